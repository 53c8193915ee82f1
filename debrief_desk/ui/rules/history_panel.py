"""Which policies held before, who saved them and why, and how does one come back?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label, card
from debrief_desk.ui.parts.messages import Choice, ask
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.wording import _, day_and_clock, ngettext

if TYPE_CHECKING:
    from debrief_desk.actions.policies import VersionRow


class HistoryPanel(QWidget):
    """Every version, newest first; below, what the chosen one changed."""

    wanted_back = Signal(str, str)
    """(id of a version, reason)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_edit = False
        self.table: Table[VersionRow] = Table(_("Versions"), _columns(), key=lambda row: row.id)
        self.title = Label("", "section")
        self.why = Label("", wrap=True)
        self.changes = Label("", wrap=True)
        self.back_button = Button(_("Go back to it…"), icon="arrow-counter-clockwise")
        self._build()
        name_parts(self)
        self.table.chosen.connect(lambda _key: self._show_chosen())
        self.table.opened.connect(lambda _key: self._ask_back())
        self.back_button.clicked.connect(self._ask_back)

    def show_versions(self, rows: tuple[VersionRow, ...], *, may_edit: bool) -> None:
        """Show these versions, newest first; one that is new is chosen."""
        self._may_edit = may_edit
        known = self.table.rows.rowCount()
        self.table.set_rows(rows)
        if len(rows) > known:
            self.table.choose_row(0)
        self._show_chosen()

    def _chosen(self) -> VersionRow | None:
        at = self.table.currentIndex().row()
        return self.table.rows.row(at) if at >= 0 else None

    def _show_chosen(self) -> None:
        row = self._chosen()
        self.back_button.setVisible(self._may_edit)
        self.back_button.setEnabled(row is not None and not row.in_force)
        if row is None:
            return
        title = _("Version {n}, in force") if row.in_force else _("Version {n}")
        self.title.setText(title.format(n=row.number))
        self.why.setText(row.reason)
        nothing = _("It changed nothing.") if row.number > 1 else _("Nothing came before it.")
        self.changes.setText("\n".join(row.changes) or nothing)

    def _ask_back(self) -> None:
        row = self._chosen()
        if row is None or row.in_force or not self._may_edit:
            return
        ask(
            self,
            _("Go back to version {n}?").format(n=row.number),
            _("Its values are saved as a new version. Every open plan is checked under it."),
            (Choice("back", _("Go back"), "primary"),),
            lambda _key, reason: self.wanted_back.emit(row.id, reason),
            reason=_("Why"),
        )

    def _build(self) -> None:
        inside = QWidget()
        words = QVBoxLayout(inside)
        words.setContentsMargins(20, 14, 20, 14)
        words.setSpacing(6)
        words.addWidget(self.title)
        words.addWidget(self.why)
        words.addSpacing(4)
        words.addWidget(Label(_("What it changed"), "label"))
        words.addWidget(self.changes)
        words.addStretch(1)
        frame = card()
        body = QVBoxLayout(frame)
        body.setContentsMargins(1, 1, 1, 12)
        body.addWidget(scrolling(inside), 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 0, 20, 0)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.table, 3)
        column.addWidget(frame, 2)


def _columns() -> tuple[Column[VersionRow], ...]:
    return (
        Column(_("Version"), lambda row: str(row.number), fixed=True, strong=True, width=76),
        Column(_("Saved"), lambda row: day_and_clock(row.saved_at), fixed=True, width=176),
        Column(_("By"), lambda row: row.by, width=150),
        Column(
            _("Why"), lambda row: row.reason, tooltip=lambda row: row.reason, width=200,
            stretch=True,
        ),
        Column(_("Changes"), _changed, tooltip=lambda row: "\n".join(row.changes), width=110),
    )  # fmt: skip


def _changed(row: VersionRow) -> str:
    count = len(row.changes)
    return ngettext("{n} value", "{n} values", count).format(n=count) if count else "–"
