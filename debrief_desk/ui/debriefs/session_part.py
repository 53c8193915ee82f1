"""When, where and by whom? The fields of a session, filled in by keyboard from left to right."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions.choosing import Choices
from debrief_desk.actions.plan_drafts import MINUTES, DebriefPlan
from debrief_desk.actions.teams import Team
from debrief_desk.rules.codes import Mode, Purpose
from debrief_desk.rules.proposals import Post
from debrief_desk.ui.debriefs import choices, team_lists
from debrief_desk.ui.debriefs.team_choice import TeamChoice
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import (
    CheckEntry,
    ChoiceEntry,
    DateEntry,
    Field,
    QuickTimeEntry,
)
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, london, names, planning
from debrief_desk.wording.moments import moments

if TYPE_CHECKING:
    from datetime import date

_TICKS = ("shared_language", "awake_and_asked")


class SessionPart(QWidget):
    """The session as it stands in the form."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._offered = Choices()
        self._language = ""
        self._team = Team()
        self._standing: team_lists.Standing = {}
        self._recorded: dict[str, object] = {}
        self._written = dict.fromkeys(("room", "lead", "second"), "")
        self._build()
        self._connect()

    # what stands in the form

    def starts_at(self) -> datetime | None:
        """Give the start as UTC; None while it is not there or does not exist."""
        at, on = self.start.clock(), self.day.value()
        if at is None or on is None:
            return None
        found = moments(on, at)
        if len(found) > 1 and self.which.value() == "second":
            return found[1]
        return found[0] if found else None

    def plan(self) -> DebriefPlan:
        """Give the plan without its person."""
        ticked = {"shared_language": self.shared.value(), "awake_and_asked": self.awake.value()}
        recorded = self._recorded | {name: True for name, on in ticked.items() if on}
        return DebriefPlan(
            agency=self.agency.value() or "",
            starts_at=self.starts_at(),
            minutes=int(self.length.value() or MINUTES),
            room_id=self.room.value() or "",
            lead_id=self.lead.value() or "",
            second_id=self.second.value() or "",
            lead_text=self._written["lead"],
            second_text=self._written["second"],
            room_text=self._written["room"],
            interpreter_id=self.interpreter.value() or "",
            mode=self.mode.value() or "",
            purpose=self.purpose.value() or "",
            recorded=tuple(recorded.items()),
        )

    def missing(self) -> tuple[tuple[str, Field, str], ...]:
        """Give what bars saving: in a word, its field, and what is wrong with it."""
        wrong = []
        if not self.agency.value():
            wrong.append((_("the agency"), self.agency_field, _("Choose the agency that plans.")))
        if self.starts_at() is None:
            wrong.append((_("the start"), self.start_field, self._start_error()))
        return tuple(wrong)

    # what happens to it

    def begin(self, day: date, agency: str) -> None:
        """Begin anew on a day, for an agency; nothing else is filled in."""
        self._recorded = {}
        self._standing = {}
        self.show_team(Team(), registered=False)
        self._show_written(DebriefPlan(agency))
        self.blockSignals(True)
        self.day.set_value(day)
        self.start.set_clock(None)
        self.length.set_choices(choices.lengths(MINUTES))
        self.length.set_value(str(MINUTES))
        self.agency.set_value(agency or None)
        for entry in (self.room, self.lead, self.second, self.interpreter):
            entry.set_value(None)
        self.purpose.set_value("")
        self.mode.set_value(Mode.IN_PERSON.value)
        self.shared.set_value(False)
        self.awake.set_value(False)
        self.blockSignals(False)
        self.set_locked(False)
        self._settle()

    def keep_on_offer(self, standing: team_lists.Standing) -> None:
        """Let whoever a debrief names stay chosen, though out of use since."""
        self._standing = standing

    def show_plan(self, plan: DebriefPlan) -> None:
        """Show a plan that stands."""
        recorded = dict(plan.recorded)
        self.show_team(Team(), registered=False)
        self._recorded = {k: v for k, v in recorded.items() if k not in _TICKS}
        self._show_written(plan)
        self.blockSignals(True)
        self.agency.set_value(plan.agency)
        self._fill_team()
        if plan.starts_at is not None:
            local = london(plan.starts_at)
            self.day.set_value(local.date())
            self.start.set_clock(local.time())
            self.which.set_value("second" if local.fold else "first")
        self.length.set_choices(choices.lengths(plan.minutes))
        self.length.set_value(str(plan.minutes))
        self.room.set_value(plan.room_id or None)
        self.lead.set_value(plan.lead_id or None)
        self.second.set_value(plan.second_id or None)
        self.interpreter.set_value(plan.interpreter_id or None)
        self.mode.set_value(plan.mode)
        self.purpose.set_value(plan.purpose)
        self.shared.set_value(bool(recorded.get("shared_language")))
        self.awake.set_value(bool(recorded.get("awake_and_asked")))
        self.blockSignals(False)
        self._settle()

    def go_on(self) -> None:
        """Keep the session and set its start to where the last one ends."""
        begun = self.starts_at()
        if begun is None:
            return
        local = london(begun + timedelta(minutes=int(self.length.value() or MINUTES)))
        self.day.set_value(local.date())
        self.start.set_clock(local.time())

    def to_start(self) -> None:
        """Put the keyboard on the start; what is written there is written over."""
        self.start.setFocus()
        self.start.selectAll()

    def to(self, field: str) -> None:
        """Put the keyboard on a field: start, length, room, lead, second or interpreter."""
        if field == "start":
            self.to_start()
        else:
            entries = {
                "room": self.room,
                "lead": self.lead,
                "second": self.second,
                "interpreter": self.interpreter,
                "length": self.length,
            }
            entries[field].setFocus()

    def set_choices(self, offered: Choices) -> None:
        """Offer these agencies, rooms and staff; what is chosen stays."""
        self._offered = offered
        self.agency.set_choices(choices.agencies(offered))
        self._fill_team()

    def set_language(self, language: str) -> None:
        """Put the interpreters of this language first."""
        self._language = language
        self._fill_team()

    def show_team(self, team: Team, *, registered: bool) -> None:
        """Put first who fits the plan, and say why somebody chosen does not."""
        if team != self._team:
            self._team = team
            self._fill_team()
        chosen = {post: entry.value() or "" for post, entry in self._posts().items()}
        self.team.show_team(team, chosen, registered=registered)
        self.link.setVisible(
            registered and any(chosen[post] for post in Post if post is not Post.ROOM)
        )

    def named(self) -> tuple[tuple[str, str], ...]:
        """Give id and text of lead, second and interpreter, as far as they are chosen."""
        people = (self.lead, self.second, self.interpreter)
        return tuple((e.value() or "", e.currentText()) for e in people if e.value())

    def take(self, post: str, key: str) -> None:
        """Choose somebody, or a room, for a post."""
        entry = self._posts()[Post(post)]
        entry.set_value(key)
        entry.setFocus()

    def set_locked(self, locked: bool) -> None:
        """Keep the agency as it is: a debrief stays with the agency that planned it."""
        self.agency.setEnabled(not locked)

    # how it is made

    def _build(self) -> None:
        self.agency, self.day = ChoiceEntry(searchable=True), DateEntry()
        self.start, self.length = QuickTimeEntry(), ChoiceEntry(choices.lengths(MINUTES))
        self.which = ChoiceEntry([("first", _("first (BST)")), ("second", _("second (GMT)"))])
        self.which.set_value("first")
        self.room, self.lead = ChoiceEntry(searchable=True), ChoiceEntry(searchable=True)
        self.second, self.interpreter = ChoiceEntry(searchable=True), ChoiceEntry(searchable=True)
        self.mode = ChoiceEntry([("", _("Not said")), *names.choices(Mode)])
        self.purpose = ChoiceEntry([("", _("Not said")), *names.choices(Purpose)])
        self.shared = CheckEntry(_("Lead and person share a language"))
        self.awake = CheckEntry(_("Awake at night and asked to go ahead"))
        self.agency_field = Field(_("Agency"), self.agency, required=True)
        self.start_field = Field(_("Start"), self.start, required=True)
        self.which_field = Field(_("Which of the two"), self.which)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for column in range(12):
            grid.setColumnStretch(column, 1)
        start = QHBoxLayout()
        start.setSpacing(8)
        start.addWidget(self.start_field)
        start.addWidget(self.which_field)
        grid.addWidget(self.agency_field, 0, 0, 1, 4)
        grid.addWidget(Field(_("Date"), self.day), 0, 4, 1, 3)
        grid.addLayout(start, 0, 7, 1, 3)
        grid.addWidget(Field(_("Length"), self.length), 0, 10, 1, 2)
        grid.addWidget(Field(_("Room"), self.room), 1, 0, 1, 4)
        grid.addWidget(Field(_("Lead"), self.lead), 1, 4, 1, 8)
        grid.addWidget(Field(_("Second interviewer"), self.second), 2, 0, 1, 6)
        grid.addWidget(Field(_("Interpreter"), self.interpreter), 2, 6, 1, 6)
        grid.addWidget(Field(_("How the interpreter takes part"), self.mode), 3, 0, 1, 4)
        grid.addWidget(Field(_("Purpose"), self.purpose), 3, 4, 1, 4)
        ticks = QVBoxLayout()
        ticks.setSpacing(2)
        ticks.addStretch(1)
        ticks.addWidget(self.shared)
        ticks.addWidget(self.awake)
        grid.addLayout(ticks, 3, 8, 1, 4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(grid)
        self.team = TeamChoice()
        whole.addWidget(self.team)
        self.link = Button(_("Somebody here knows this person…"), "quiet")
        self.link.hide()
        links = QHBoxLayout()
        links.addWidget(self.link)
        links.addStretch(1)
        whole.addLayout(links)
        name_parts(self)
        self.which_field.hide()

    def _connect(self) -> None:
        self.agency.changed.connect(self._fill_team)
        self.day.changed.connect(self._settle)
        self.start.changed.connect(self._settle)
        entries = (
            *(self.agency, self.day, self.start, self.which, self.length, self.room, self.lead),
            *(self.second, self.interpreter, self.mode, self.purpose, self.shared, self.awake),
        )
        for entry in entries:
            entry.changed.connect(self.changed)

    def _posts(self) -> dict[Post, ChoiceEntry]:
        return {
            Post.LEAD: self.lead,
            Post.SECOND: self.second,
            Post.INTERPRETER: self.interpreter,
            Post.ROOM: self.room,
        }

    def _fill_team(self) -> None:
        agency = self.agency.value() or ""
        team_lists.fill(
            self._posts(), self._offered, self._team, agency, self._language, held=self._standing
        )

    def _show_written(self, plan: DebriefPlan) -> None:
        """Keep names that no record of this desk bears, and show them where one is chosen."""
        self._written = {
            "room": plan.room_text,
            "lead": plan.lead_text,
            "second": plan.second_text,
        }
        for name, entry in (("room", self.room), ("lead", self.lead), ("second", self.second)):
            edit = entry.lineEdit()
            if edit is not None:
                edit.setPlaceholderText(self._written[name] or _("Type to search"))

    def _settle(self) -> None:
        """Ask which of two 01:30s is meant, exactly on the night that has two."""
        at, on = self.start.clock(), self.day.value()
        found = moments(on, at) if at is not None and on is not None else ()
        self.which_field.setVisible(len(found) > 1)
        gone = at is not None and on is not None and not found
        self.start_field.set_error(planning.no_such_time(f"{at:%H:%M}") if gone else "")
        if self.agency.value():
            self.agency_field.set_error("")

    def _start_error(self) -> str:
        at = self.start.clock()
        if at is not None:
            return planning.no_such_time(f"{at:%H:%M}")
        return _("Write a time such as 14:30.")
