"""What would other limits have done with the pairs that were decided? A curve, and a trial."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions.quality import GRID
from debrief_desk.rules.codes import Band
from debrief_desk.ui.parts.curves import Curves, Line, Marker
from debrief_desk.ui.parts.fields import ChoiceEntry, Field
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.states import States
from debrief_desk.wording import _, names
from debrief_desk.wording import quality as words

if TYPE_CHECKING:
    from debrief_desk.actions.quality import Quality, Tried

_LEAST_PROBABLE = 0.3
_MOST = 0.99


class Limits(QWidget):
    """Two limits to choose, and what they would have shown, opened and missed."""

    chosen = Signal(float, float)
    """(possible, probable): other limits to try."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.curves = Curves(_("Decided pairs shown, by the lowest probability shown"))
        self.possible = ChoiceEntry()
        self.probable = ChoiceEntry()
        self.possible.setAccessibleName(_("Possible from"))
        self.probable.setAccessibleName(_("Probable from"))
        self.same = Label("", wrap=True)
        self.different = Label("", wrap=True)
        self.waiting = Label("", "muted", wrap=True)
        self.error = Label("", "error", wrap=True)
        self.tried = QWidget()
        self.states = States(self.tried)
        self._open = 0
        self._build()
        for entry in (self.possible, self.probable):
            entry.changed.connect(self._on_changed)
        name_parts(self)

    def show_quality(self, found: Quality) -> None:
        """Begin with the limits in force."""
        self._open = found.whole.open
        if not found.now.trial.same and not found.now.trial.different:
            self.states.show_empty(
                _("Nobody has decided a pair yet"),
                _("With the first answers you can try other limits on them here."),
            )
            return
        self.states.show_content()
        self._offer(self.possible, found.limits.possible, 0.0)
        self._offer(self.probable, found.limits.probable, _LEAST_PROBABLE)
        self.curves.set_lines(
            [words.percent(at) for at in GRID],
            (
                Line(_("one person"), tuple(float(point.same) for point in found.curve)),
                Line(
                    _("two people"),
                    tuple(float(point.different) for point in found.curve),
                    dashed=True,
                ),
            ),
            (
                Marker(_place(found.limits.possible), names.name(Band.POSSIBLE)),
                Marker(_place(found.limits.probable), names.name(Band.PROBABLE)),
            ),
            spoken=words.curve([(p.at, p.same, p.different) for p in found.curve]),
        )
        self.show_tried(found.now)

    def show_tried(self, found: Tried) -> None:
        """Say what the limits chosen would have done."""
        one = found.trial
        self.error.hide()
        self.same.setText(
            words.same_tried(one.same, one.same_shown, one.same_opened, one.same_missed)
        )
        self.different.setText(
            words.different_tried(one.different, one.different_shown, one.different_opened)
        )
        self.waiting.setText(words.open_tried(self._open, found.open_shown, found.open_opened))

    def show_failed(self, sentence: str) -> None:
        """Say why limits cannot be tried; what was shown before stays."""
        self.error.setText(sentence)
        self.error.show()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Field(_("Possible from"), self.possible))
        row.addWidget(Field(_("Probable from"), self.probable))
        row.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(row)
        for label in (self.error, self.same, self.different, self.waiting):
            right.addWidget(label)
        right.addWidget(
            Label(_("Near certain takes an equal reference or wristband; no limit moves it. "
                    "A limit below the one in force shows what was kept, no more."),
                  "label", wrap=True)
        )  # fmt: skip
        right.addStretch(1)
        whole = QHBoxLayout(self.tried)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(20)
        whole.addWidget(self.curves, 3)
        whole.addLayout(right, 2)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(self.states)
        self.error.hide()

    def _offer(self, entry: ChoiceEntry, now: float, least: float) -> None:
        offered = sorted({now, *(at for at in GRID if least <= at <= _MOST)})
        entry.blockSignals(True)
        entry.set_choices([(str(at), words.percent(at)) for at in offered])
        entry.set_value(str(now))
        entry.blockSignals(False)

    def _on_changed(self) -> None:
        possible, probable = self.possible.value(), self.probable.value()
        if possible and probable:
            self.chosen.emit(float(possible), float(probable))


def _place(limit: float) -> float:
    """Give where a limit stands between the marks of the axis."""
    after = min(bisect_left(GRID, limit), len(GRID) - 1)
    if not after:
        return 0.0
    low, high = GRID[after - 1], GRID[after]
    return after - 1 + min(1.0, max(0.0, (limit - low) / (high - low)))
