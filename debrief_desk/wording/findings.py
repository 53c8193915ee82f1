"""What a finding says: what was found, why it matters, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from debrief_desk.rules.codes import BusyKind, ExplanationPoint
from debrief_desk.wording import N_, _, day, day_and_clock, isolated, left_to_right, span
from debrief_desk.wording.names import name
from debrief_desk.wording.next_steps import next_step
from debrief_desk.wording.rules import duration, times, why

if TYPE_CHECKING:
    from debrief_desk.rules.finding import Finding

_WHAT: Final = {
    "V-1.missing": N_("Consent is not recorded in full: {missing}."),
    "V-2.unticked": N_("Not yet explained: {missing}."),
    "V-3.refused": N_("The person refused on {since}."),
    "V-4.marked": N_("A no-approach marker stands since {since}."),
    "V-5.incomplete": N_("The reopening is not complete: {missing}."),
    "V-6.withdrawn": N_("The person withdrew on {since}."),
    "V-7.recent_power": N_("A compulsory power was used at {at}."),
    "V-8.attempts": N_("Asked {count_times} in this stay without an answer."),
    "V-10.match": N_("This may be somebody with a marker since {since}."),
    "C-1.child": N_("On record as under 18."),
    "C-2.disputed": N_("The age is disputed or undecided, and counts as a child's."),
    "C-2.unknown": N_("No age is recorded."),
    "C-3.contradiction": N_("One record shows a child, another an adult."),
    "C-4.not_referred": N_("A child with an indicator of trafficking has not been referred."),
    "C-6.no_carer": N_("No carer is named for the children ({count})."),
    "S-1.unrecorded": N_("Screening for vulnerability and welfare is not recorded."),
    "S-1.after_start": N_("Screening at {at} comes after the planned start."),
    "S-2.indicator": N_("An indicator of an adult at risk is recorded."),
    "S-3.no_task": N_("An indicator of trafficking is recorded, and no referral task is open."),
    "S-3.task_open": N_("An indicator of trafficking is recorded; the referral task is open."),
    "S-4.too_early": N_("Bereaved or a survivor: no approach before {until}."),
    "S-4.decide": N_("Bereaved or a survivor of a fatal incident."),
    "S-5.not_informed": N_("The named person has not been told of the disclosure at {at}."),
    "S-5.not_released": N_("A debrief was stopped for safeguarding at {at}."),
    "S-6.no_private_route": N_("Being seen may bring harm, and the room has no private route."),
    "W-1.unrecorded": N_("Food, drink, dry clothes and toilet are not confirmed."),
    "W-1.not_yet": N_("Food, drink, dry clothes or toilet are still missing."),
    "W-2.unrecorded": N_("The time of landing is not recorded."),
    "W-2.shortest": N_("{minutes} after landing; at least {limit} must pass."),
    "W-2.short": N_("{minutes} after landing; {limit} is usual."),
    "W-2.arrival": N_("{minutes} after arrival at the site; {limit} is usual."),
    "W-3.night": N_("The start at {start} is at night."),
    "W-4.unrecorded": N_("Healthcare's word on fitness is not recorded."),
    "W-4.ask": N_("Healthcare has not answered yet."),
    "W-4.ask_first": N_("Pregnancy is recorded, and healthcare has not answered yet."),
    "W-4.hold": N_("Medical hold."),
    "W-4.unfit": N_("Not fit, says healthcare."),
    "W-5.no_break": N_("No break is planned by {limit}."),
    "W-5.late_break": N_("The break comes after {minutes}; it should come by {limit}."),
    "W-5.long": N_("Planned for {minutes}; {limit} is usual."),
    "W-5.longest": N_("Planned for {minutes}; {limit} is the most."),
    "W-6.transfer": N_("Ends less than {limit} before the transfer on {departs}."),
    "W-6.limit": N_("Does not end before the limit of the stay on {until}."),
    "W-7.busy": N_("Runs into another slot: {what}, {slot}."),
    "I-1.language_unknown": N_("The person's language is not recorded."),
    "I-1.nobody": N_("No interpreter is named."),
    "I-1.not_known_yet": N_("The interpreter named is not known to this desk yet."),
    "I-2.unrecorded": N_("No language is recorded for {who}."),
    "I-2.language": N_("{who} does not interpret {languages}."),
    "I-2.dialect": N_("{who} is not recorded for the dialect {languages}."),
    "I-2.contradiction": N_("The records name different languages: {languages}."),
    "I-3.none": N_("No recognised qualification is recorded for {who}."),
    "I-3.no_date": N_("The qualification of {who} has no date."),
    "I-3.expired": N_("The qualification of {who} ended on {valid_to}."),
    "I-4.arrival": N_("{who} arrived here too."),
    "I-4.family": N_("{who} is family."),
    "I-4.child": N_("{who} is a child."),
    "I-4.asylum": N_("{who} interprets this person's asylum steps on the same day."),
    "I-5.declared": N_("{who} has declared a conflict."),
    "I-6.overlap": N_("{who} interprets elsewhere {slot}."),
    "I-6.gap": N_("{who} has {minutes} between two bookings; {limit} is usual."),
    "I-6.long": N_("{who} would interpret {minutes} in one shift; {limit} is usual."),
    "I-7.channel": N_("The recorded channel for remote interpreting is not confirmed."),
    "I-7.privacy": N_("Privacy at the interpreter's end is not confirmed."),
    "G-1.blank": N_("The preference is not recorded: {missing}."),
    "G-2.unrecorded": N_("It is not recorded whether {who} meets the person's preference."),
    "G-2.not_met": N_("{who} does not meet the person's preference."),
    "G-3.no_woman": N_("No woman is on the team."),
    "G-3.not_known_yet": N_("It is not recorded whether a woman is on the team."),
    "X-1.nobody": N_("No lead is named."),
    "X-1.not_known_yet": N_("The lead named is not known to this desk yet."),
    "X-1.none": N_("{who} has no debrief authorisation."),
    "X-1.no_date": N_("The authorisation of {who} has no date."),
    "X-1.not_yet": N_("The authorisation of {who} has not begun on that day."),
    "X-1.expired": N_("The authorisation of {who} ended on {valid_to}."),
    "X-1.revoked": N_("The authorisation of {who} was revoked."),
    "X-1.other_agency": N_("{who} is of an agency that takes no part."),
    "X-2.short": N_("{who} lacks {missing} ({led} so far, {supervised} supervised)."),
    "X-3.never": N_("No earlier debrief of {who} is recorded."),
    "X-3.idle": N_("{who} last debriefed on {last}, too long ago."),
    "X-3.not_recent": N_("{who} last debriefed on {last}."),
    "X-3.refresher": N_("{who} has had no recent refresher."),
    "X-4.nobody": N_("No second interviewer is named."),
    "X-4.not_known_yet": N_("The second interviewer named is not known to this desk yet."),
    "X-4.trainee_leads": N_("{who} is a trainee and would lead."),
    "X-4.two_trainees": N_("{who} and {other} both lack a lead's experience."),
    "X-4.one_person": N_("Lead and second are the same person."),
    "X-5.untrained": N_("{who} has no training for an adult at risk."),
    "X-6.not_consulted": N_("{count} flags, and no interview adviser was consulted."),
    "X-7.interviewer": N_("{who} is booked elsewhere {slot}."),
    "X-7.room": N_("{who} is booked {slot}."),
    "X-7.closed": N_("{who} is closed then."),
    "X-7.many": N_("{who} would have {count} debriefs in one duty; {limit} is usual."),
    "X-7.short_rest": N_("{who} has less than {limit} of rest between duties."),
    "X-8.asylum": N_("{who} decides on asylum claims."),
    "X-8.link": N_("{who} has declared a link to the person or the event."),
    "X-9.unrecorded": N_("The vetting of {who} is not recorded."),
    "X-9.expired": N_("The vetting of {who} ended on {valid_to}."),
    "X-10.absent": N_("{who} is absent then."),
    "X-10.off_shift": N_("The debrief lies outside the shift of {who}."),
    "A-1.screener": N_("{who} screened this person or works on the claim."),
    "A-2.too_close": N_("{minutes} from screening; {limit} is usual."),
    "A-2.same_room": N_("Planned in the room of the screening."),
    "A-4.refer": N_("Not eligible: refer."),
    "A-5.stopped": N_("A debrief was stopped for a change of status at {at}."),
    "A-7.not_notified": N_("The legal representative has not been notified before the slot."),
    "D-1.second_plan": N_("{agency} plans a debrief {slot} ({reference})."),
    "D-2.second_plan": N_("The agency plans another debrief {slot} ({reference})."),
    "D-3.match": N_("Possibly the same person: {agency} planned first, {slot} ({reference})."),
    "D-3.match_first": N_(
        "Possibly the same person: {agency} planned later, {slot} ({reference})."
    ),
    "D-4.possible": N_("Somebody on record is somewhat alike."),
    "D-5.completed": N_("Already debriefed {count_times} in this stay."),
    "D-6.too_soon": N_("Approached on {at}; {limit} must pass."),
    "D-6.too_many": N_("Approached {count_times} in this stay; {limit} is the most."),
    "D-9.crowded": N_("{count} debriefs of one boat at once in neighbouring rooms."),
    "D-10.unconfirmed": N_("Nobody confirmed the plan for {start}."),
    "D-10.overdue": N_("The debrief planned for {start} has not begun."),
    "D-11.incomplete": N_("The bypass lacks a reason or a second person's concurrence."),
    "D-11.review_due": N_("Bypassed; the review is due by {until}."),
    "D-11.review_overdue": N_("Bypassed; the review was due by {until}."),
}

_PARTS: Final = {
    "record": N_("nothing yet"),
    "outcome": N_("outcome"),
    "at": N_("time"),
    "language": N_("language"),
    "interpreter": N_("interpreter"),
    "explained_by": N_("who explained"),
    "version": N_("version of the explanation"),
    "witness": N_("witness"),
    "confirmation": N_("confirmation by a second officer"),
    "other_agency": N_("a witness of another agency"),
    "second_officer": N_("a second officer other than the first"),
    "interviewer": N_("interviewer"),
    "level": N_("the level"),
    "debriefs": N_("completed debriefs"),
    "supervised": N_("supervised debriefs"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in three sentences."""

    what: str
    why: str
    next: str

    def __str__(self) -> str:
        return f"{self.what} {self.why} {self.next}"


def said(finding: Finding) -> Said:
    """Give what was found, why it matters and what to do next."""
    return Said(title(finding), why(finding.rule), next_step(finding.rule, finding.reason))


def title(finding: Finding) -> str:
    """Say what was found, with its values; what was bypassed says so."""
    text = _(_WHAT[f"{finding.rule}.{finding.reason}"]).format(**_words(finding))
    return _("{text} Bypassed.").format(text=text) if finding.value("bypassed") else text


def sentence(finding: Finding) -> str:
    """Give the finding as one line of plain text: what, why and what to do next."""
    return str(said(finding))


def _words(finding: Finding) -> dict[str, str]:
    values = dict(finding.values)
    words = {key: _word(key, value) for key, value in values.items()}
    start, end = values.get("start"), values.get("end")
    if isinstance(start, datetime) and isinstance(end, datetime):
        words["slot"] = left_to_right(f"{day(start)} {span(start, end)}")
    count, limit = values.get("count"), values.get("limit")
    if isinstance(count, int):
        words["count_times"] = times(count)
        words["limit"] = str(limit)  # beside a count the limit is a count, else it is minutes
    return words


def _word(key: str, value: object) -> str:
    """Write one value; codes may come as plain text, when a finding was kept and read back."""
    if isinstance(value, (datetime, date)):
        return left_to_right(day_and_clock(value) if isinstance(value, datetime) else day(value))
    if isinstance(value, (tuple, list)):
        return ", ".join(_part(one) if key == "missing" else isolated(one) for one in value)
    if key == "what":
        return name(BusyKind(str(value)))
    if key in ("minutes", "limit") and isinstance(value, (int, float)):
        return duration(value)
    if key in ("who", "other") and not value:
        return _("this officer")
    return isolated(value) if isinstance(value, str) else str(value)


def _part(code: str) -> str:
    return _(_PARTS[code]) if code in _PARTS else name(ExplanationPoint(code))
