"""Which pairs of one boat are different people? Several at once, with one reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.rules.codes import FamilyTie, IdentityAnswer
from debrief_desk.ui import style
from debrief_desk.ui.parts.answers import SuggestingEntry
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import CheckEntry, ChoiceEntry, Field
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.wording import _, isolated, names
from debrief_desk.wording import conflicts as inbox
from debrief_desk.wording import second_looks as sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from debrief_desk.actions.boats import Boat, BoatPair

Chosen = tuple[tuple[tuple[str, str], ...], str, FamilyTie | None]
_WIDE, _HIGH = 640, 560


class FamiliesDialog(QDialog):
    """Pairs of one boat, those of this conflict ticked; a pair with an agreeing reference never."""

    def __init__(
        self, parent: QWidget, boat: Boat, conflict: int, chosen: Callable[[Chosen], None]
    ) -> None:
        """`conflict` is the number whose pairs are ticked; `chosen` gets pairs, reason and tie."""
        super().__init__(parent)
        self._boat, self._chosen = boat, chosen
        self.setWindowTitle(_("Families of one boat"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(style.px(_WIDE), style.px(_HIGH))
        self.count = Label("", "muted")
        self.ticks: list[tuple[BoatPair, CheckEntry]] = []
        self.reason = SuggestingEntry()
        self.reason.suggest(inbox.reasons(IdentityAnswer.DIFFERENT.value))
        self.tie = ChoiceEntry((("", _("Not said to be a family")), *names.choices(FamilyTie)))
        self.tie.set_value("")
        self.done_button = Button(_("Mark as different people"), "primary")
        self.done_button.setDefault(True)
        self.cancel_button = Button(_("Cancel"))
        self._build(conflict)
        self.done_button.clicked.connect(lambda _checked: self._on_done())
        self.cancel_button.clicked.connect(self.reject)
        name_parts(self)
        self._on_ticked()
        next((tick for _pair, tick in self.ticks if tick.isEnabled()), self.reason).setFocus()

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Give the pairs that are ticked."""
        return tuple((p.one_id, p.other_id) for p, tick in self.ticks if tick.value())

    def _build(self, conflict: int) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(_("Families of one boat"), "section"))
        said = _(
            "Tick the pairs that are different people. All are decided in one step with one "
            "reason, and one undo takes all of them back."
        )
        column.addWidget(Label(said, wrap=True))
        column.addWidget(self.count)
        column.addWidget(scrolling(self._list(conflict)), 1)
        hint = _("Recorded with the pairs. It speaks against one person from then on.")
        self._reason_field = Field(_("Reason, kept in the record"), self.reason, required=True)
        column.addWidget(self._reason_field)
        column.addWidget(Field(_("They are"), self.tie, hint=hint))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.done_button)
        column.addLayout(row)

    def _list(self, conflict: int) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for pair in self._boat.pairs:
            tick = CheckEntry(_pair(pair).replace("&", "&&"))
            tick.setEnabled(not pair.refused)
            tick.set_value(bool(conflict) and pair.conflict == conflict and not pair.refused)
            tick.setAccessibleDescription(_about(pair))
            tick.changed.connect(self._on_ticked)
            column.addWidget(tick)
            about = Label(_about(pair), "label", wrap=True)
            about.setContentsMargins(style.px(26), 0, 0, 0)
            column.addWidget(about)
            self.ticks.append((pair, tick))
        column.addStretch(1)
        return inside

    def _on_ticked(self) -> None:
        chosen = len(self.pairs())
        self.count.setText(sentences.families(self._boat.event, chosen, len(self.ticks)))
        self.done_button.setEnabled(bool(chosen))

    def _on_done(self) -> None:
        if not self.reason.value():
            self._reason_field.set_error(_("Write a reason; it is kept in the record."))
            self.reason.setFocus()
            return
        tie = self.tie.value()
        told = (self.pairs(), self.reason.value(), FamilyTie(tie) if tie else None)
        self.accept()
        self._chosen(told)


def refused(pairs: Sequence[BoatPair]) -> tuple[str, ...]:
    """Name the pairs that were left as they are."""
    return tuple(_pair(pair) for pair in pairs)


def _pair(pair: BoatPair) -> str:
    return _("{one} and {other}").format(one=isolated(pair.one), other=isolated(pair.other))


def _about(pair: BoatPair) -> str:
    """Say what tells the two apart, and why the pair cannot be ticked where it cannot."""
    parts = [pair.apart]
    if pair.conflict:
        parts.insert(0, _("Conflict {number}").format(number=pair.conflict))
    if pair.refused:
        parts.append(_("A reference agrees: decide this one by itself."))
    return " · ".join(part for part in parts if part)
