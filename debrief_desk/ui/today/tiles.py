"""What do the figures look like at a glance? Small pictures, and a slim line below the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import ElidedLabel, Label, card, fixed, tip
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.plots import Bar, Bars, Ink, Piece, Shares
from debrief_desk.wording import _
from debrief_desk.wording import figures as words

if TYPE_CHECKING:
    from debrief_desk.actions.figures import Figures

_INKS = {"accepted": Ink.MAIN, "refused": Ink.STOP, "unanswered": Ink.OPEN}


class Tiles(QWidget):
    """Offered and answered, double approaches, exceptions, and open conflicts by age."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offered = Label("", "strong")
        self.answers = Shares(_("Answers"))
        self.held = Label("", "label", wrap=True)
        self.prevented = fixed("", "page-title")
        self.prevented_word = Label("", "strong", wrap=True)
        self.late = Label("", "label", wrap=True)
        self.decided = Label("", "label", wrap=True)
        self.exceptions = Bars(_("Exceptions"), label=150)
        self.no_exceptions = Label(_("None in this period."), "muted", wrap=True)
        self.ages = Bars(_("Open conflicts by age"), label=76)
        self.open_now = Label("", "label", wrap=True)
        self._build()
        name_parts(self)

    def show_figures(self, found: Figures) -> None:
        """Show the figures of a period."""
        whole = found.whole
        self.offered.setText(_offered(found))
        self.answers.set_pieces(pieces(found))
        self.held.setText(
            words.sentence([(words.column(c), whole.count(c)) for c in ("held", "carried_out")])
        )
        self.prevented.setText(f"{found.prevented:,}")
        self.prevented_word.setText(words.prevented(found.prevented))
        self.late.setText(words.too_late(found.late, found.twice))
        self.decided.setText(words.time_to_decide(found.median_minutes))
        rows = [Bar(o.text, f"{o.count:,}", ((o.count, Ink.PALE),)) for o in found.overrides]
        self.exceptions.set_bars(rows)
        self.exceptions.setVisible(bool(rows))
        self.no_exceptions.setVisible(not rows)
        self.ages.set_bars(ages(found))
        self.open_now.setText(open_now(found))

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        number = QHBoxLayout()
        number.setSpacing(8)
        number.addWidget(self.prevented)
        number.addWidget(self.prevented_word, 1)
        row.addWidget(_tile("offered", self.offered, self.answers, self.held), 5)
        row.addWidget(_tile("prevented", number, self.late, self.decided), 5)
        row.addWidget(_tile("overrides", self.exceptions, self.no_exceptions), 5)
        row.addWidget(_tile("ages", self.ages, self.open_now), 4)


class SummaryLine(QFrame):
    """The figures of today in one line, and the way to all of them."""

    asked = Signal()
    """Somebody wants to see the figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Today in figures"))
        self.offered = Label("", "strong")
        self.answers = Shares(_("Answers today"))
        self.prevented = Label("", "strong")
        self.late = ElidedLabel("", "label")
        self.more = Button(_("Figures"), "quiet", icon="arrow-right")
        self._build()
        self.more.clicked.connect(self.asked)
        name_parts(self)
        style.follow(self._dress)

    def show_figures(self, found: Figures) -> None:
        """Show the figures of today."""
        self.offered.setText(_offered(found))
        self.answers.set_pieces(pieces(found))
        self.prevented.setText(f"{found.prevented:,} {words.prevented(found.prevented)}")
        self.late.setText(words.too_late(found.late, found.twice))

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self.offered)
        left.addWidget(Label(_("Today"), "label"))
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(self.prevented)
        right.addWidget(self.late)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 12, 8)
        row.setSpacing(24)
        row.addLayout(left)
        row.addWidget(self.answers, 4)
        row.addLayout(right, 4)
        row.addWidget(self.more)

    def _dress(self) -> None:
        self.answers.setMinimumWidth(style.px(230))


def pieces(found: Figures) -> list[Piece]:
    """Give the answers of everybody as shares of one bar."""
    shown = []
    for column, ink in _INKS.items():
        count = found.whole.count(column)
        shown.append(Piece(words.column(column), words.shown(count), count or 0, ink))
    return shown


def ages(found: Figures) -> list[Bar]:
    """Give the open conflicts by age; those that stop a plan come first in each bar."""
    return [
        Bar(
            words.age(row.key),
            f"{row.stops + row.others:,}",
            ((row.stops, Ink.STOP), (row.others, Ink.PALE)),
        )
        for row in found.ages
    ]


def open_now(found: Figures) -> str:
    """Say how many conflicts are open."""
    return words.open_now(
        sum(row.stops for row in found.ages), sum(row.others for row in found.ages)
    )


def _offered(found: Figures) -> str:
    return words.offered(found.whole.count("offered"), found.whole.count("people"))


def _tile(key: str, *content: QWidget | QHBoxLayout) -> QFrame:
    frame = card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(6)
    title = Label(words.tile(key), "section")
    title.setToolTip(tip(words.definition(key)))
    column.addWidget(title)
    for part in content:
        if isinstance(part, QHBoxLayout):
            column.addLayout(part)
        else:
            column.addWidget(part)
    column.addStretch(1)
    return frame
