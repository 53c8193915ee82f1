"""Which papers does an interviewer hold? A list, and how one is added, renewed or revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from debrief_desk.actions import accreditations
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.messages import Choice, ask
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.ui.staff.dialogs import PaperDialog
from debrief_desk.ui.tokens import CARD_PADDING
from debrief_desk.wording import _, london
from debrief_desk.wording import staff as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debrief_desk.actions.accreditations import AccreditationRow, Paper
    from debrief_desk.ui.staff.member import MemberView


class PapersCard(QFrame):
    """The papers of the interviewer who is shown."""

    def __init__(self, view: MemberView) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.member = view
        self._rows: dict[str, AccreditationRow] = {}
        self.table: Table[AccreditationRow] = Table(
            _("Papers"), _columns(), lambda row: row.id, compact=True
        )
        self.add = Button(_("Add…"))
        self.renew = Button(_("Renew…"))
        self.revoke = Button(_("Revoke…"))
        column = QVBoxLayout(self)
        column.setContentsMargins(CARD_PADDING, CARD_PADDING, CARD_PADDING, CARD_PADDING)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(Label(_("Papers"), "section"))
        row.addStretch(1)
        for button in (self.add, self.renew, self.revoke):
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        self.add.clicked.connect(self._on_add)
        self.renew.clicked.connect(self._on_renew)
        self.revoke.clicked.connect(self._on_revoke)
        self.table.chosen.connect(lambda _key: self._allow())
        name_parts(self)
        self._allow()

    def show_rows(self, rows: Sequence[AccreditationRow]) -> None:
        """Show these papers; the first is chosen."""
        self._rows = {row.id: row for row in rows}
        self.table.set_rows(rows)
        if rows and self.table.key() is None:
            self.table.choose_row(0)
        self._allow()

    def _chosen(self) -> AccreditationRow | None:
        return self._rows.get(str(self.table.key()))

    def _allow(self) -> None:
        row = self._chosen()
        standing = row is not None and row.revoked_on is None
        self.renew.setEnabled(standing)
        self.revoke.setEnabled(standing)

    def _on_add(self) -> None:
        view = self.member
        today = london(view.page.now()).date()

        def add(paper: Paper) -> None:
            view.send(accreditations.add, view.about.id, paper, said=_("The paper is recorded."))

        PaperDialog(self, view.about.name, today, add).open()

    def _on_renew(self) -> None:
        row, view = self._chosen(), self.member
        if row is None:
            return

        def renew(paper: Paper) -> None:
            if paper.valid_to is not None:
                wanted = row.id, paper.valid_to, paper.seen_by
                view.send(accreditations.renew, *wanted, said=_("The paper is renewed."))

        today = london(view.page.now()).date()
        PaperDialog(self, view.about.name, today, renew, row).open()

    def _on_revoke(self) -> None:
        row, view = self._chosen(), self.member
        if row is None:
            return
        ask(
            self,
            _("Revoke this paper?"),
            _("It counts no longer from today on. Open plans are checked again at once."),
            [Choice("revoke", _("Revoke it"), "danger")],
            lambda _key, _reason: view.send(
                accreditations.revoke, row.id, said=_("The paper is revoked.")
            ),
        )


def _columns() -> tuple[Column[AccreditationRow], ...]:
    return (
        Column(
            _("Today"),
            lambda row: _("Stands") if row.stands else _("Not valid"),
            severity=lambda row: Level.CLEAR if row.stands else Level.NOTE,
            width=104,
        ),
        Column(
            _("Paper"),
            lambda row: words.paper(row.kind, row.level),
            strong=True,
            width=150,
            stretch=True,
        ),
        Column(_("Awarded"), lambda row: words.until(row.awarded_on), fixed=True, width=128),
        Column(_("Last day"), lambda row: words.until(row.valid_to), fixed=True, width=128),
        Column(_("Revoked"), lambda row: words.until(row.revoked_on), fixed=True, width=128),
        Column(_("Seen by"), lambda row: row.seen_by or _("the sheet"), muted=True, width=130),
    )
