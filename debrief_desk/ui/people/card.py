"""What does this desk hold about one person? One page: facts, plans, links, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.rules.states import DebriefState
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import ElidedLabel, Label, card, fixed
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.ui.people.care_parts import CareParts
from debrief_desk.ui.tokens import CARD_PADDING
from debrief_desk.wording import _, day, names, planning, span
from debrief_desk.wording import people as sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debrief_desk.actions.histories import HistoryRow
    from debrief_desk.actions.people import PersonCard, PersonRow, SuggestionRow


_MOST = 8
"""Suggestions shown on a card; the others stand under *To link*."""


class PersonView(QWidget):
    """One person in full, in two columns that scroll together."""

    opened = Signal(str, str)
    """(place, about): a plan, or the record of the other side."""
    unlinked = Signal(str, str)
    """The two records whose link is to be taken back."""
    reopening = Signal(str)
    """`ask` or `confirm`: what is to be recorded of the person's own wish to talk."""
    compared = Signal(str, str)
    """The two records to set beside each other."""
    cared = Signal(str, str)
    """A step of `care_parts`, and the id of the row it is about, "" for the person."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Person"))
        self.shown: PersonCard | None = None
        self._history: tuple[HistoryRow, ...] = ()
        self._area = scrolling(QWidget())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        name_parts(self)

    def show_card(self, shown: PersonCard) -> None:
        """Show this person; what was scrolled to stays where it is the same one."""
        same = self.shown is not None and self.shown.row.id == shown.row.id
        self._history = self._history if same else ()
        self.shown = shown
        self._fill(keep=same)

    def show_history(self, rows: tuple[HistoryRow, ...]) -> None:
        """Show what was changed, newest first."""
        self._history = rows
        self._fill(keep=True)

    def _fill(self, *, keep: bool) -> None:
        shown = self.shown
        if shown is None:
            return
        at = self._area.verticalScrollBar().value() if keep else 0
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        page = QVBoxLayout(inside)
        page.setContentsMargins(0, 0, 8, 0)
        page.setSpacing(12)
        page.addWidget(self._standing(shown))
        columns = QHBoxLayout()
        columns.setSpacing(12)
        care = CareParts(shown, titled, self.cared.emit)
        left = [_facts(shown), care.age(), _welfare(shown), care.safeguards(), _as_typed(shown)]
        right = [
            *(care.stops(), care.tasks(), self._plans(shown), care.busy(), self._linked(shown)),
            *(self._suspected(shown), self._changes()),
        ]
        for widgets in (left, right):
            column = QVBoxLayout()
            column.setSpacing(12)
            for widget in widgets:
                if widget is not None:
                    column.addWidget(widget)
            column.addStretch(1)
            columns.addLayout(column, 1)
        page.addLayout(columns, 1)
        self._area.setWidget(inside)
        self._area.verticalScrollBar().setValue(at)

    def _standing(self, shown: PersonCard) -> QFrame:
        level, said = sentences.eligibility(
            shown.eligibility, shown.no_approach_since, waits=shown.care.waits
        )
        strip = QFrame()
        strip.setProperty("kind", "strip")
        strip.setProperty("level", level.value)
        row = QHBoxLayout(strip)
        row.setContentsMargins(12, 7, 7, 7)
        row.setSpacing(10)
        row.addWidget(SeverityBadge(level))
        row.addWidget(Label(said, "strong", wrap=True), 1)
        if shown.no_approach_since is not None and shown.may_reopen:
            asked = shown.reopening_asked
            text = _("Confirm the wish to talk…") if asked else _("The person asked to talk…")
            button = Button(text)
            button.setObjectName("reopen_button")
            step = "confirm" if asked else "ask"
            button.clicked.connect(lambda _checked: self.reopening.emit(step))
            row.addWidget(button)
        return strip

    def _plans(self, shown: PersonCard) -> QFrame:
        box, grid = _grid()
        for at, plan in enumerate(shown.plans):
            grid.addWidget(
                fixed(f"{day(plan.starts_at)} {span(plan.starts_at, plan.ends_at)}"), at, 0
            )
            grid.addWidget(ElidedLabel(plan.agency), at, 1)
            grid.addWidget(Label(names.name(DebriefState(plan.state)), "muted"), at, 2)
            if plan.id:
                button = Button(plan.reference, "quiet")
                button.setAccessibleName(_("Open {plan}").format(plan=plan.reference))
                button.clicked.connect(
                    lambda _checked, about=plan.id: self.opened.emit("debriefs", about)
                )
                grid.addWidget(button, at, 3)
            else:
                grid.addWidget(fixed(plan.reference, "label"), at, 3)
        grid.setColumnStretch(1, 1)
        others = {plan.agency for plan in shown.plans} - {shown.row.agency}
        none = [] if shown.plans else [_("No agency has a plan.")]
        if not others and not shown.suspected:
            none.append(planning.nobody_else())
        if none:
            text = Label(" ".join(none), "muted", wrap=True)
            grid.addWidget(text, len(shown.plans), 0, 1, 4)
        return titled(_("Plans of all agencies"), box)

    def _linked(self, shown: PersonCard) -> QFrame:
        box, grid = _grid()
        for at, linked in enumerate(shown.linked):
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(ElidedLabel(linked.row.name, "strong"))
            about = sentences.about(linked.row.agency, linked.row.serial)
            words.addWidget(ElidedLabel(about, "label"))
            words.addWidget(Label(sentences.origin(linked.origin, linked.code), "label", wrap=True))
            grid.addLayout(words, at, 0)
            if linked.linked_to and shown.may_link:
                button = Button(_("Unlink"), icon="link-break")
                button.setObjectName("unlink_button")
                pair = (linked.row.id, linked.linked_to)
                button.clicked.connect(lambda _checked, pair=pair: self.unlinked.emit(*pair))
                grid.addWidget(button, at, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        if not shown.linked:
            grid.addWidget(Label(_("No other record is linked."), "muted"), 0, 0)
        return titled(_("Linked records"), box)

    def _suspected(self, shown: PersonCard) -> QFrame | None:
        if not shown.suspected or not shown.may_link:
            return None
        box, grid = _grid()
        own = {shown.row.id, *(linked.row.id for linked in shown.linked)}
        others: dict[str, tuple[PersonRow, SuggestionRow]] = {}
        for pair in shown.suspected:
            other = pair.right if pair.left.id in own else pair.left
            others.setdefault(other.id, (other, pair))
        for at, (other, pair) in enumerate(list(others.values())[:_MOST]):
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(ElidedLabel(other.name, "strong"))
            words.addWidget(ElidedLabel(sentences.about(other.agency, other.serial), "label"))
            words.addWidget(Label(" ".join(pair.reasons), "label", wrap=True))
            grid.addLayout(words, at, 0)
            button = Button(_("Compare"))
            ids = (pair.left.id, pair.right.id)
            button.clicked.connect(lambda _checked, ids=ids: self.compared.emit(*ids))
            grid.addWidget(button, at, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        return titled(_("May also be"), box)

    def _changes(self) -> QFrame:
        box, grid = _grid()
        for at, row in enumerate(self._history):
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Label(row.text, wrap=True))
            words.addWidget(Label(row.detail, "label"))
            grid.addLayout(words, at, 0)
        if not self._history:
            grid.addWidget(Label(_("Loading…"), "muted"), 0, 0)
        return titled(_("History of changes"), box)


def titled(title: str, inside: QWidget) -> QFrame:
    """Give a card with a title."""
    frame = card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(CARD_PADDING, 12, CARD_PADDING, 14)
    column.setSpacing(8)
    column.addWidget(Label(title, "section"))
    column.addWidget(inside)
    return frame


def _grid() -> tuple[QWidget, QGridLayout]:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(8)
    return box, grid


def _pairs(pairs: Sequence[tuple[str, str, bool]], *, wide: int = 128) -> QWidget:
    """Give labels and values below each other; the third says that a value is left to right."""
    box, grid = _grid()
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, wide)
    grid.setColumnStretch(1, 1)
    for at, (label, value, ltr) in enumerate(pairs):
        grid.addWidget(Label(label, "label", wrap=True), at, 0)
        grid.addWidget(fixed(value) if ltr else Label(value, wrap=True), at, 1)
    return box


def _facts(shown: PersonCard) -> QFrame:
    row = shown.row
    pairs = (
        (_("Own script"), row.own_script, False),
        (_("Born"), row.born, True),
        (_("Sex"), row.sex, False),
        (_("Nationality"), row.nationality, False),
        (_("Language"), row.language, False),
        (_("Reference"), row.reference, True),
        (_("Wristband"), row.band, True),
        (_("Arrived with"), row.event, True),
        (_("Record of"), sentences.about(row.agency, row.serial), False),
    )
    told = [(label, value or sentences.unrecorded(), ltr) for label, value, ltr in pairs]
    return titled(_("What this desk holds"), _pairs(told))


def _welfare(shown: PersonCard) -> QFrame:
    return titled(
        _("Stay and welfare"),
        _pairs(
            (
                (_("Landed"), sentences.moment(shown.landed_at), True),
                (_("Arrived at the site"), sentences.moment(shown.arrived_at), True),
                (_("Screened"), sentences.moment(shown.screened_at), True),
                (_("Fed, dry and rested"), sentences.yes_no(shown.rested), False),
                (_("Healthcare says"), sentences.medical(shown.medical), False),
                (_("Prefers as interviewer"), sentences.preference(shown.preference), False),
            )
        ),
    )


def _as_typed(shown: PersonCard) -> QFrame | None:
    if not shown.as_typed:
        return None
    pairs = [(heading, cell, False) for heading, cell in shown.as_typed]
    return titled(_("As the agency typed it"), _pairs(pairs))
