"""What happens when a step on a person's card is taken? It is asked for, sent, and said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debrief_desk.actions import ages, busy, referrals, safeguards, staff, stops
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.messages import Choice, ask
from debrief_desk.ui.people import care_parts as parts
from debrief_desk.ui.people.care_dialogs import AgeDialog, BusyDialog, InformedDialog
from debrief_desk.ui.people.safeguards import SafeguardsDialog
from debrief_desk.wording import _
from debrief_desk.wording import care as sentences

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from debrief_desk.actions.busy import BusyEntry
    from debrief_desk.actions.safeguards import SafeguardEntry
    from debrief_desk.actions.staff import RoomRow
    from debrief_desk.rules.facts import AgeDecision
    from debrief_desk.ui.people.screen import PeopleScreen


class CareSteps:
    """Takes the steps of the card that is shown."""

    def __init__(self, page: PeopleScreen) -> None:
        self.page = page

    def take(self, kind: str, about: str) -> None:
        """Take a step that `care_parts` names; `about` is the id of a row, "" for the person."""
        desk, shown = self.page.worker.desk, self.page.person.shown
        if desk is None or shown is None:
            return
        steps: dict[str, Callable[[str, str, datetime], None]] = {
            parts.AGE: self._age,
            parts.BUSY: self._busy,
            parts.BUSY_OVER: self._busy_over,
            parts.SAFEGUARDS: self._safeguards,
            parts.DONE: self._done,
            parts.CONSENT: self._consent,
            parts.PASS_ON: self._pass_on,
            parts.INFORMED: self._informed,
            parts.RELEASE: self._release,
        }
        steps[kind](shown.row.id, about, desk.now())

    def _age(self, person_id: str, _about: str, now: datetime) -> None:
        def keep(decision: AgeDecision) -> None:
            said = _("The decision is recorded; plans for this person are checked again.")
            self._send(said, ages.decide, person_id, decision)

        AgeDialog(self.page, now, keep).open()

    def _busy(self, person_id: str, _about: str, now: datetime) -> None:
        def keep(entry: BusyEntry) -> None:
            said = sentences.busy_recorded(entry.starts_at, entry.ends_at)
            self._send(said, busy.add, person_id, entry)

        def show(rooms: tuple[RoomRow, ...]) -> None:
            BusyDialog(self.page, now, rooms, keep).open()

        self.page.send(staff.rooms, then=show, key="people rooms")

    def _busy_over(self, _person_id: str, about: str, _now: datetime) -> None:
        self._send(_("The time is free again."), busy.cancel, about)

    def _safeguards(self, person_id: str, _about: str, now: datetime) -> None:
        def keep(entry: SafeguardEntry) -> None:
            said = _("Safeguards are recorded; plans for this person are checked again.")
            self._send(said, safeguards.record, person_id, entry)

        def show(known: SafeguardEntry) -> None:
            SafeguardsDialog(self.page, known, now, keep).open()

        self.page.send(safeguards.get, person_id, then=show, key="people safeguards")

    def _done(self, _person_id: str, about: str, _now: datetime) -> None:
        self._send(_("The task is done."), referrals.done, about)

    def _consent(self, _person_id: str, about: str, _now: datetime) -> None:
        self._send(sentences.consented(), referrals.consented, about)

    def _pass_on(self, _person_id: str, about: str, _now: datetime) -> None:
        ask(
            self.page,
            _("Who sees to this task?"),
            _("The time by which it is due stays as it is."),
            (Choice("pass", _("Pass the task on"), "primary"),),
            lambda _key, who: self._send(_("The task is passed on."), referrals.assign, about, who),
            reason=_("Name or office"),
        )

    def _informed(self, _person_id: str, about: str, now: datetime) -> None:
        def keep(who: str, at: datetime) -> None:
            self._send(_("Recorded."), stops.record_informed, about, who, at)

        InformedDialog(self.page, now, keep).open()

    def _release(self, _person_id: str, about: str, _now: datetime) -> None:
        ask(
            self.page,
            _("Release planning for this person?"),
            _("Every agency may plan again, with a new consent. This cannot be undone."),
            (Choice("release", _("Release planning"), "danger"),),
            lambda _key, _reason: self._send(_("Released."), stops.release, about),
        )

    def _send(self, said: str, action: Callable[..., Any], *arguments: Any) -> None:
        self.page.send(
            action,
            *arguments,
            then=lambda _done: self.page.said.emit(said, None),
            failed=lambda error: self.page.strip.say(Level.STOP, self.page.sentence(error)),
        )
