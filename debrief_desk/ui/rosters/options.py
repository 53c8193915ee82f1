"""Which roster, for whom? The form at the left; every change of it renews the preview."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, cast, get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions.roster_bundles import LEVELS
from debrief_desk.actions.rosters import Level, Post, RosterOrder
from debrief_desk.ui.parts.fields import (
    CheckEntry,
    ChoiceEntry,
    DateEntry,
    Field,
    TextEntry,
    TimeEntry,
)
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, from_london, roster_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debrief_desk.actions.desks import AgencyRow
    from debrief_desk.actions.roster_bundles import Taker

_ALL: Final = "all"
_DAY: Final = "day"
_OWN: Final = "own"
EACH: Final = "each"
_POSTS: Final = (_ALL, *get_args(Post)[1:])
_SHIFTS: Final = (
    ("early", time(7), time(15)),
    ("late", time(15), time(23)),
    ("night", time(23), time(7)),
)


class Options(QFrame):
    """The order for a roster: span, agency, level, uncleared plans, recipient."""

    changed = Signal()
    """Something that the list depends on is another now."""

    def __init__(self, on: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._build(on)
        self._connect()
        name_parts(self)
        self._follow()

    def order(self) -> RosterOrder:
        """Give the order as it stands; the recipient may still be missing."""
        start, end = self._span()
        agency = self.agency.value()
        return RosterOrder(
            starts_from=start,
            starts_before=end,
            agency="" if agency in {None, _ALL} else self.agency.currentText(),
            level=self.chosen_level(),
            include_uncleared=self.uncleared.value(),
            recipient=self.recipient.value(),
            post=self.chosen_post(),
            who="" if self.who.value() in {None, EACH} else str(self.who.value()),
        )

    def chosen_post(self) -> Post:
        """Give for whom alone the roster is; "" for everybody."""
        return next((post for post in get_args(Post) if post == self.post.value()), "")

    @property
    def is_bundle(self) -> bool:
        """Say whether one roster for each is wanted."""
        return bool(self.chosen_post()) and self.who.value() in {None, EACH}

    def set_takers(self, takers: Sequence[Taker]) -> None:
        """Offer those who have a debrief, all of them one by one first."""
        chosen = self.who.value()
        names = [(one.id, one.name) for one in takers]
        self.who.blockSignals(True)
        self.who.set_choices([(EACH, roster_sheets.each(len(takers))), *names])
        known = {EACH, *(one.id for one in takers)}
        self.who.set_value(chosen if chosen in known else EACH)
        self.who.blockSignals(False)
        self._follow()

    def chosen_level(self) -> Level:
        """Give the level of detail; in a bundle it is that of whom each is for."""
        if self.is_bundle:
            return LEVELS[self.chosen_post()]
        return cast("Level", self.level.value() or "supervisor")

    def set_agencies(self, agencies: Sequence[AgencyRow]) -> None:
        """Offer these agencies beside all of them."""
        self.agency.set_choices(
            ((_ALL, _("All agencies")), *((one.id, one.name) for one in agencies))
        )
        if self.agency.value() is None:
            self.agency.set_value(_ALL)

    def demand_recipient(self) -> bool:
        """Tell whether a recipient is named; if not, say so and put the keyboard there.

        In a bundle each is issued to whom it is for.
        """
        named = bool(self.recipient.value()) or self.is_bundle
        self.recipient_field.set_error("" if named else _("Say who gets it; this is recorded."))
        if not named:
            self.recipient.setFocus()
        return named

    def _build(self, on: date) -> None:
        self.day = DateEntry()
        self.day.set_value(on)
        self.span = ChoiceEntry(
            (
                (_DAY, _("Whole day")),
                *((key, f"{start:%H:%M}–{end:%H:%M}") for key, start, end in _SHIFTS),
                (_OWN, _("Other times")),
            )
        )
        self.span.set_value(_DAY)
        self.start, self.end = TimeEntry(), TimeEntry()
        self.start.set_value(time(7))
        self.end.set_value(time(15))
        self.agency = ChoiceEntry()
        self.set_agencies(())
        self.post = ChoiceEntry([(key, roster_sheets.post_name(key)) for key in _POSTS])
        self.post.set_value(_ALL)
        self.who = ChoiceEntry(searchable=True)
        self.who_field = Field(_("Which"), self.who)
        levels = (*reversed(get_args(Level)),)
        self.level = ChoiceEntry([(key, roster_sheets.level_name(key)) for key in levels])
        self.level.set_value("supervisor")
        self.level_field = Field(_("Level of detail"), self.level)
        self.uncleared = CheckEntry(_("With plans that are not cleared"))
        self.uncleared_note = Label(
            _("This level lists plans that are not cleared, too."), "label", wrap=True
        )
        self.recipient = TextEntry(_("Team, post or name"))
        self.recipient_field = Field(_("Issued to"), self.recipient, required=True)
        self.times = QWidget()
        times = QHBoxLayout(self.times)
        times.setContentsMargins(0, 0, 0, 0)
        times.setSpacing(8)
        times.addWidget(Field(_("From"), self.start))
        times.addWidget(Field(_("To"), self.end))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addWidget(Label(_("What to issue"), "section"))
        for widget in (
            Field(_("Day"), self.day),
            Field(_("Shift"), self.span),
            self.times,
            Field(_("Agency"), self.agency),
            Field(_("For"), self.post),
            self.who_field,
            self.level_field,
            self.uncleared,
            self.uncleared_note,
            self.recipient_field,
        ):
            column.addWidget(widget)
        column.addStretch(1)

    def _connect(self) -> None:
        editors: tuple[Any, ...] = (
            *(self.day, self.span, self.start, self.end),
            *(self.agency, self.post, self.who, self.level, self.uncleared),
        )
        for editor in editors:
            editor.changed.connect(self._on_changed)
        self.recipient.changed.connect(lambda: self.recipient_field.set_error(""))

    def _on_changed(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        whole = self.chosen_level() == "supervisor"
        alone = bool(self.chosen_post())
        self.who_field.setVisible(alone)
        self.level_field.setVisible(not self.is_bundle)
        self.recipient_field.setVisible(self.chosen_post() == "room" or not self.is_bundle)
        self.times.setVisible(self.span.value() == _OWN)
        self.uncleared.setVisible(not whole)
        self.uncleared_note.setVisible(whole)

    def _span(self) -> tuple[datetime, datetime]:
        """Give the span in UTC; one that ends before it begins runs past midnight."""
        on = self.day.value() or date.min
        shifts = {key: (start, end) for key, start, end in _SHIFTS}
        shifts[_OWN] = (self.start.value(), self.end.value())
        start, end = shifts.get(self.span.value() or _DAY, (time(), time()))
        last = on if end > start else on + timedelta(days=1)
        return from_london(datetime.combine(on, start)), from_london(datetime.combine(last, end))
