"""What the rules look at: one plan with everything recorded about who and what it touches.

`None` and an empty collection mean *not recorded*, unless a field says otherwise. Moments are aware
UTC; days are London days. People and staff are known by opaque ids; no field holds a narrative.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import Window

if TYPE_CHECKING:
    from datetime import date, datetime

    from debrief_desk.rules.codes import (
        AgeFlag,
        ApproachOutcome,
        Band,
        BusyKind,
        ConsentOutcome,
        ExplanationPoint,
        Gender,
        GenderPreference,
        Indicator,
        MarkerKind,
        Medical,
        Mode,
        Purpose,
        Qualification,
        StopReason,
    )


@dataclass(frozen=True, slots=True)
class Language:
    """A language and, where known, its dialect: `Language("Arabic", "Sudanese")`."""

    name: str
    dialect: str = ""

    @classmethod
    def parse(cls, text: str) -> Language:
        """Read `Arabic (Sudanese)` or `Dari`; spaces around the parts are dropped."""
        name, _, dialect = text.partition("(")
        return cls(name.strip(), dialect.rstrip(" )").strip())

    def same_language(self, other: Language) -> bool:
        """Say whether both are one language, whatever the dialect."""
        return self.name.casefold() == other.name.casefold()

    def same_dialect(self, other: Language) -> bool:
        """Say whether both are one language and one dialect."""
        return self.same_language(other) and self.dialect.casefold() == other.dialect.casefold()


@dataclass(frozen=True, slots=True)
class Birth:
    """The earliest and the latest day of birth one registration allows; equal when exact."""

    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class AgeDecision:
    """A decision about a disputed age; it counts only with decider and day (C-3)."""

    adult: bool
    decider: str = ""
    decided_on: date | None = None

    @property
    def is_complete(self) -> bool:
        """Say whether decider and day are recorded."""
        return bool(self.decider) and self.decided_on is not None


@dataclass(frozen=True, slots=True)
class MarkerFacts:
    """A no-approach or suspect marker; it stands until `lifted_at` is set.

    A no-approach marker is lifted by a *person-initiated* reopening only, confirmed by a second
    officer (V-5): `reopened_at` and what follows describe it. `interpreter` says who interpreted,
    or "none" where nobody was needed.
    """

    id: str
    kind: MarkerKind
    placed_at: datetime
    lifted_at: datetime | None = None
    reopened_at: datetime | None = None
    language: str | None = None
    interpreter: str | None = None
    witness_agency: str | None = None
    recorded_by: str | None = None
    confirmed_by: str | None = None


@dataclass(frozen=True, slots=True)
class ApproachFacts:
    """One contact to ask the person, by any agency, in this stay."""

    at: datetime
    outcome: ApproachOutcome
    agency: str = ""
    debrief: str | None = None
    """The id of the plan for which it was made."""


@dataclass(frozen=True, slots=True)
class StopFacts:
    """A debrief of this stay that was stopped on the way.

    `informed_at`: when the named person for safeguarding was told (S-5). `released_at`: when a
    supervisor recorded that planning may go on (S-5, A-5).
    """

    debrief: str
    reason: StopReason
    at: datetime
    informed_at: datetime | None = None
    released_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BusyFacts:
    """Something else in the person's day; `room` where it takes place in a debrief room."""

    kind: BusyKind
    window: Window
    room: str | None = None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person: what all linked registrations together say (confirmed and provisional links).

    `languages` holds what each registration claims; `births` one entry for each registration that
    has one; `completed` counts completed debriefs of this stay, without the plan in question.
    `stay_limit` is the site's legal limit in minutes where it differs from the policy's;
    `limit_at` its moment where known (an extension is recorded there).
    """

    id: str
    registrations: frozenset[str] = frozenset()
    age_flags: frozenset[AgeFlag] = frozenset()
    births: tuple[Birth, ...] = ()
    age_decision: AgeDecision | None = None
    gender: Gender | None = None
    languages: frozenset[Language] = frozenset()
    prefers_interviewer: GenderPreference | None = None
    prefers_interpreter: GenderPreference | None = None

    screened_at: datetime | None = None
    screened_by: frozenset[str] = frozenset()
    """Staff who screened this person or work on the asylum claim (A-1)."""
    fed_dry_rested: bool | None = None
    medical: Medical | None = None
    medical_cleared_at: datetime | None = None
    indicators: frozenset[Indicator] = frozenset()
    nrm_opened_at: datetime | None = None
    """When a referral of a possible victim of trafficking was opened, to whomever (C-4, S-3)."""
    bereaved: bool | None = None
    facilitator_near: bool | None = None
    alone: bool | None = None
    """Without family or companion; not recorded counts as alone (G-3)."""
    dependants: int | None = None
    carer_recorded: bool | None = None
    legal_rep: bool | None = None
    legal_rep_notified_at: datetime | None = None

    landed_at: datetime | None = None
    arrived_at: datetime | None = None
    departs_at: datetime | None = None
    left_at: datetime | None = None
    stay_limit: int | None = None
    limit_at: datetime | None = None
    compulsory_power_at: datetime | None = None

    suspect: bool | None = None
    markers: tuple[MarkerFacts, ...] = ()
    approaches: tuple[ApproachFacts, ...] = ()
    stops: tuple[StopFacts, ...] = ()
    completed: int = 0
    busy: tuple[BusyFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class InterviewerFacts:
    """An interviewer. `name` is for the sentence only.

    `led` counts completed debriefs led, `seconded` those sat beside, `supervised` how many of both
    had a qualified colleague in the other seat. `shifts` are recorded spans of work around the
    plan; empty means that none is recorded. `away` are recorded absences.
    """

    id: str
    name: str = ""
    agency: str = ""
    authorisation: str | None = None
    awarded_on: date | None = None
    valid_to: date | None = None
    revoked: bool = False
    tier: int | None = None
    pip: int | None = None
    agency_course: bool | None = None
    abe_trained: bool | None = None
    led: int = 0
    seconded: int = 0
    supervised: int = 0
    last_debrief_on: date | None = None
    refresher_on: date | None = None
    vetting: str | None = None
    vetting_to: date | None = None
    languages: frozenset[Language] = frozenset()
    """Languages spoken to working level."""
    gender: Gender | None = None
    shifts: tuple[Window, ...] = ()
    away: tuple[Window, ...] = ()
    trainee: bool = False
    excluded: frozenset[str] = frozenset()
    """Ids of people, registrations and events with a declared link (X-8)."""
    asylum_decision_maker: bool = False


@dataclass(frozen=True, slots=True)
class InterpreterFacts:
    """An interpreter; `conflict_declared`, `is_*` and `asylum_on` concern this plan's person."""

    id: str
    name: str = ""
    languages: frozenset[Language] = frozenset()
    modes: frozenset[Mode] = frozenset()
    qualification: Qualification | None = None
    valid_to: date | None = None
    gender: Gender | None = None
    shifts: tuple[Window, ...] = ()
    away: tuple[Window, ...] = ()
    conflict_declared: bool = False
    is_arrival: bool = False
    is_family: bool = False
    is_child: bool = False
    asylum_on: frozenset[date] = frozenset()
    """London days on which they interpreted this person's asylum steps (I-4)."""


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """A room; `features` are lower-case words, among them `private` for a private route."""

    id: str
    name: str = ""
    seats: int | None = None
    features: frozenset[str] = frozenset()
    open: tuple[Window, ...] = ()
    neighbours: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """A consent record for one plan; `interpreter` says who interpreted, "none" if not needed."""

    outcome: ConsentOutcome | None = None
    at: datetime | None = None
    language: str | None = None
    interpreter: str | None = None
    explained_by: str | None = None
    version: str | None = None
    points: frozenset[ExplanationPoint] = frozenset()
    optional_line: bool = False
    """The scripted line that this part is optional was read out (V-7)."""


@dataclass(frozen=True, slots=True)
class BypassFacts:
    """An emergency bypass of deconfliction (D-11); complete with reason and a second person."""

    asked_by: str
    concurred_by: str | None = None
    concurred_at: datetime | None = None
    has_reason: bool = False
    reviewed_at: datetime | None = None

    @property
    def is_complete(self) -> bool:
        """Say whether somebody else concurred and a reason stands."""
        return (
            self.has_reason
            and self.concurred_at is not None
            and self.concurred_by not in (None, self.asked_by)
        )


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """One planned debrief.

    `agency` and `partners` are names; only the plan that is judged knows its partners.
    `first_saved_at` decides who was first (D-8); `entered_at` is when it came to this desk, which
    differs for imported plans (D-10). `lead_text`, `second_text` and `interpreter_text` hold what
    a sheet names and nobody of that name is known yet. The fields `shared_language` to
    `adviser_consulted` are what the coordinator recorded for this plan.
    """

    id: str
    start: datetime
    end: datetime
    reference: str = ""
    agency: str = ""
    partners: frozenset[str] = frozenset()
    person: str = ""
    registration: str = ""
    room: str | None = None
    lead: str | None = None
    second: str | None = None
    interpreter: str | None = None
    lead_text: str = ""
    second_text: str = ""
    interpreter_text: str = ""
    mode: Mode | None = None
    state: DebriefState = DebriefState.PLANNED
    event: str | None = None
    purpose: Purpose | None = None
    first_saved_at: datetime | None = None
    entered_at: datetime | None = None
    confirmed_at: datetime | None = None

    consent: ConsentFacts | None = None
    shared_language: bool | None = None
    awake_and_asked: bool | None = None
    preference_waived_at: datetime | None = None
    break_after: int | None = None
    """Minutes from the start to the planned break."""
    channel_recorded: bool | None = None
    privacy_confirmed: bool | None = None
    adviser_consulted: bool | None = None
    bypass: BypassFacts | None = None

    @property
    def window(self) -> Window:
        """Give the planned span."""
        return Window(self.start, self.end)

    @property
    def interviewers(self) -> frozenset[str]:
        """Give the ids of lead and second, as far as known."""
        return frozenset(who for who in (self.lead, self.second) if who)


@dataclass(frozen=True, slots=True)
class MatchFacts:
    """Another person this one may be, not linked and not decided to be different.

    `person` is the other's id, `marked` since when a no-approach or suspect marker stands there,
    `plans` the other's open plans. *Unsure* keeps a match; *different* removes it.
    """

    person: str
    band: Band
    same_event: bool = False
    marked_at: datetime | None = None
    plans: tuple[PlanFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One plan with everything the rules need to judge it.

    `others` are the open plans besides this one that share its person (all of the stay), or an
    interviewer, the interpreter, the room or the event (24 h either side). Order does not matter.
    """

    plan: PlanFacts
    person: PersonFacts
    lead: InterviewerFacts | None = None
    second: InterviewerFacts | None = None
    interpreter: InterpreterFacts | None = None
    room: RoomFacts | None = None
    others: tuple[PlanFacts, ...] = ()
    matches: tuple[MatchFacts, ...] = field(default=())
