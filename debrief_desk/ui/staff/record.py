"""What has an interviewer done? The sum, where it is known from, what waits to be countersigned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from debrief_desk.actions import declarations, experience
from debrief_desk.actions.declarations import Marks
from debrief_desk.rules.roles import Right
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import CheckEntry
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.ui.staff.dialogs import DeclareDialog
from debrief_desk.ui.tokens import CARD_PADDING
from debrief_desk.wording import _
from debrief_desk.wording import staff as words

if TYPE_CHECKING:
    from debrief_desk.actions.experience import Declared, DeclaredRow, Record
    from debrief_desk.ui.staff.member import MemberView


class RecordCard(QFrame):
    """The experience of the interviewer who is shown."""

    def __init__(self, view: MemberView) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.member = view
        self._rows: dict[str, DeclaredRow] = {}
        self.whole = Label("", "strong", wrap=True)
        self.sheet = Label("", "muted", wrap=True)
        self.here = Label("", "muted", wrap=True)
        self.trainee = CheckEntry(_("Trainee"))
        self.decides = CheckEntry(_("Decides on asylum claims"))
        self.table: Table[DeclaredRow] = Table(
            _("Declared by hand"), _columns(), lambda row: row.id, compact=True
        )
        self.declare = Button(_("Declare…"))
        self.countersign = Button(_("Countersign"))
        self.take_back = Button(_("Take back"))
        column = QVBoxLayout(self)
        column.setContentsMargins(CARD_PADDING, CARD_PADDING, CARD_PADDING, CARD_PADDING)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.addWidget(Label(_("Experience"), "section"))
        row.addStretch(1)
        for button in (self.declare, self.countersign, self.take_back):
            row.addWidget(button)
        column.addLayout(row)
        for label in (self.whole, self.sheet, self.here):
            column.addWidget(label)
        marks = QHBoxLayout()
        marks.addWidget(self.trainee)
        marks.addWidget(self.decides)
        marks.addStretch(1)
        column.addLayout(marks)
        column.addWidget(self.table, 1)
        column.addStretch()
        self.trainee.clicked.connect(self._on_mark)
        self.decides.clicked.connect(self._on_mark)
        self.declare.clicked.connect(self._on_declare)
        self.countersign.clicked.connect(self._on_countersign)
        self.take_back.clicked.connect(self._on_take_back)
        self.table.chosen.connect(lambda _key: self._allow())
        name_parts(self)
        self._allow()

    def show_record(self, record: Record) -> None:
        """Show what somebody has done."""
        whole, sheet = record.whole, record.sheet
        self.trainee.set_value(self.member.about.trainee)
        self.decides.set_value(self.member.about.asylum_decision_maker)
        self.whole.setText(
            words.experience(whole.led, whole.seconded, whole.supervised, whole.last_on)
        )
        self.sheet.setText(words.from_sheet(sheet.led, sheet.supervised))
        self.here.setText(
            words.from_here(record.here_led, record.here_second, record.here_supervised)
        )
        self._rows = {row.id: row for row in record.declared}
        self.table.set_rows(record.declared)
        self.table.setVisible(bool(record.declared))
        if record.declared and self.table.key() is None:
            self.table.choose_row(0)
        self._allow()

    def _chosen(self) -> DeclaredRow | None:
        return self._rows.get(str(self.table.key()))

    def _allow(self) -> None:
        row = self._chosen()
        waits = row is not None and row.countersigned_at is None
        own = row is not None and row.own
        self.countersign.setEnabled(waits and not own and self.member.page.may(Right.COUNTERSIGN))
        self.countersign.setToolTip(_("Another account has to do it.") if waits and own else "")
        self.take_back.setEnabled(row is not None)

    def _on_mark(self) -> None:
        view = self.member
        marks = Marks(self.trainee.value(), self.decides.value())
        said = _("Recorded; open plans are checked again.")
        view.send(declarations.mark, view.about.id, marks, said=said)

    def _on_declare(self) -> None:
        view = self.member

        def declare(declared: Declared) -> None:
            said = _("Declared. It counts once another account has countersigned it.")
            view.send(experience.declare, view.about.id, declared, said=said)

        DeclareDialog(self, view.about.name, declare).open()

    def _on_countersign(self) -> None:
        row = self._chosen()
        if row is not None:
            said = _("Countersigned. It counts from now on.")
            self.member.send(experience.countersign, row.id, said=said)

    def _on_take_back(self) -> None:
        row = self._chosen()
        if row is not None:
            self.member.send(experience.take_back, row.id, said=_("The declaration is taken back."))


def _columns() -> tuple[Column[DeclaredRow], ...]:
    return (
        Column(
            _("Counts"),
            lambda row: _("Counts") if row.countersigned_at else _("Waits"),
            severity=lambda row: Level.CLEAR if row.countersigned_at else Level.CHECK,
            width=92,
        ),
        Column(_("Led"), lambda row: str(row.led), fixed=True, width=48),
        Column(_("Supervised"), lambda row: str(row.supervised), fixed=True, width=92),
        Column(_("Last on"), lambda row: words.until(row.last_on), fixed=True, width=124),
        Column(
            _("Who stands for it"),
            lambda row: words.declared(row.countersigned_by, row.declared_by),
            width=120,
            stretch=True,
        ),
    )
