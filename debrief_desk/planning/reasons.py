"""Why a request is left out: the first true cause, in the order of rosters.md section 6.

The causes up to COMBINATION are tested on an empty day and do not depend on the plan. What remains
is CAPACITY: the one family of resources whose bookings are in the way, found by clearing each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debrief_desk.planning.placing import Openings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from debrief_desk.planning.concessions import Concession
    from debrief_desk.planning.day import Day
    from debrief_desk.planning.jobs import Job, Need
    from debrief_desk.planning.occupancy import Occupancy
    from debrief_desk.planning.roster import Interpreter, Interviewer, Span


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a request has no place; `wording.reasons` makes the sentence.

    `stay` is when the person is there and `minutes` what is asked; `names` says what is missing
    (languages, agencies, accreditations, features, modes, a gender); `number` counts those who
    would do, or the starts that clearing `family` opens; `spans` are their duties. The code FREE
    stands for a request that could be placed right now.
    """

    request: str
    code: str
    stay: Span
    minutes: int
    names: tuple[str, ...] = ()
    number: int = 0
    spans: tuple[Span, ...] = ()
    family: str | None = None
    concession: Concession | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """A code with what belongs to it, before it is tied to a request."""

    code: str
    names: tuple[str, ...] = ()
    number: int = 0
    spans: tuple[Span, ...] = ()
    family: str | None = None


FAMILIES = ("interviewer", "interpreter", "room", "adult", "person")


def static_cause(day: Day, request: int, empty: Occupancy) -> Cause | None:
    """Give why a request is impossible on an empty day, or None where it is possible alone."""
    first: Cause | None = None
    for job in day.jobs_of_request[request]:
        cause = _job_cause(day, job, empty)
        if cause is None:
            return None
        first = first or cause
    return first


def _job_cause(day: Day, job: Job, empty: Occupancy) -> Cause | None:
    if not job.window or day.resources[job.person].limit < 1:
        return Cause("WINDOW", spans=day.resources[job.person].spans)
    cause = (
        _lead_cause(day, job)
        or _interpreter_cause(day, job)
        or _company_cause(day, job)
        or _room_cause(day, job)
    )
    if cause is None and not Openings(empty, job).starts():
        return Cause("COMBINATION")
    return cause


def _lead_cause(day: Day, job: Job) -> Cause | None:
    """AGENCY, ACCREDITATION, EXPERIENCE, EXCLUDED, GENDER, LEAD_SHIFT."""
    need = job.need
    rows: Sequence[Interviewer] = day.problem.interviewers
    fitting = [row for row in rows if row.agency in need.agencies]
    if not fitting or (need.joint and len({row.agency for row in fitting}) < len(need.agencies)):
        return Cause("AGENCY", tuple(sorted(need.agencies)))
    held = [row for row in fitting if need.accreditations <= row.accreditations]
    if not held:
        return Cause("ACCREDITATION", tuple(sorted(need.accreditations)), len(fitting))
    versed = [row for row in held if row.experience >= need.experience]
    if not versed:
        most = max(row.experience for row in held)
        return Cause("EXPERIENCE", (str(need.experience), str(most)), len(held))
    refused = _unwelcome(need, versed)
    if refused is not None:
        return refused
    return _off_duty(day, job, "LEAD_SHIFT", (), [row for row in versed if need.may_lead(row)])


def _unwelcome(need: Need, rows: Sequence[Interviewer | Interpreter]) -> Cause | None:
    """EXCLUDED where everybody is; GENDER where nobody left meets the firm wish."""
    allowed = [row for row in rows if row.id not in need.person.excluded_staff]
    if not allowed:
        return Cause("EXCLUDED", number=len(rows))
    if any(need.admits(row.id, row.gender) for row in allowed):
        return None
    return Cause("GENDER", (need.person.gender_pref or "",), len(allowed))


def _off_duty(
    day: Day, job: Job, code: str, names: tuple[str, ...], rows: Sequence[Interviewer | Interpreter]
) -> Cause | None:
    """Give the cause `code` when nobody of `rows` is on duty while the person is there."""
    kind = "interpreter" if code == "INTERPRETER_SHIFT" else "interviewer"
    if any(job.window & day.starts(day.number[kind, row.id], job.minutes) for row in rows):
        return None
    return Cause(code, names, len(rows), tuple(sorted({row.shift for row in rows})))


def _interpreter_cause(day: Day, job: Job) -> Cause | None:
    """LANGUAGE, MODE, INTERPRETER_SHIFT; none of them where a lead on duty needs no interpreter."""
    need = job.need
    if any(lead.direct and job.window & day.starts(lead.number, job.minutes) for lead in job.leads):
        return None
    language = need.person.language
    speaking = [row for row in day.problem.interpreters if language in row.languages]
    if not speaking:
        return Cause("LANGUAGE", (language,))
    refused = _unwelcome(need, speaking)
    if refused is not None:
        return refused
    welcome = [row for row in speaking if need.admits(row.id, row.gender)]
    offering = [row for row in welcome if row.modes & need.modes]
    if not offering:
        return Cause("MODE", (language, *sorted(need.modes)), len(welcome))
    return _off_duty(day, job, "INTERPRETER_SHIFT", (language,), offering)


def _company_cause(day: Day, job: Job) -> Cause | None:
    """SECOND and ADULT."""
    if job.with_second and not any(
        number != lead.number and job.window & day.starts(number, job.minutes)
        for lead in job.leads
        for number, _ in job.pools[lead.pool]
    ):
        return Cause("SECOND", number=len({own for pool in job.pools for own, _ in pool}))
    if job.adults is not None and not any(
        job.window & day.starts(number, job.minutes) for number in job.adults
    ):
        spans = {span for number in job.adults for span in day.resources[number].spans}
        return Cause("ADULT", number=len(job.adults), spans=tuple(sorted(spans)))
    return None


def _room_cause(day: Day, job: Job) -> Cause | None:
    """ROOM: no room that fits is open while the person is there."""
    fitting = {*job.rooms, *(room for option in job.options for room in option.rooms)}
    if any(job.window & day.starts(number, job.minutes) for number in fitting):
        return None
    return Cause("ROOM", tuple(sorted(job.need.features)), len(fitting))


def capacity(
    jobs: Sequence[Job], occupancy: Occupancy, cleared: Callable[[str], Occupancy]
) -> Cause:
    """Give the family whose bookings are in the way and how many starts clearing it opens.

    `cleared` gives the occupancy without the bookings of one family.
    """
    if any(Openings(occupancy, job).starts() for job in jobs):
        return Cause("FREE")
    best = Cause("CAPACITY", family="several")
    for family in FAMILIES:
        opened = 0
        for job in jobs:
            opened |= Openings(cleared(family), job).starts()
        if opened.bit_count() > best.number:
            best = Cause("CAPACITY", number=opened.bit_count(), family=family)
    return best


def reason(day: Day, request: int, cause: Cause, concession: Concession | None) -> Reason:
    """Tie a cause to a request."""
    row = day.problem.requests[request]
    job = day.jobs_of_request[request][0]
    leaves = job.need.person.departs - day.problem.rules.depart_buffer_min
    stay = (max(day.problem.now_min, job.need.person.available_from), leaves)
    return Reason(
        request=row.id,
        code=cause.code,
        stay=stay,
        minutes=job.minutes,
        names=cause.names,
        number=cause.number,
        spans=cause.spans,
        family=cause.family,
        concession=concession,
    )
