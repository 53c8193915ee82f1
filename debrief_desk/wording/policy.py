"""The policy in words: every number and severity, what is wrong with a value, what changed."""

from __future__ import annotations

from typing import Final

from debrief_desk.rules.catalogue import RULES, Nature, Source
from debrief_desk.rules.numbers import Number, Unit, numbers
from debrief_desk.rules.severity import Severity
from debrief_desk.wording import N_, _, isolated
from debrief_desk.wording.names import name
from debrief_desk.wording.rules import duration

_SECTIONS: Final = {
    "voluntariness": N_("Voluntariness"),
    "safeguarding": N_("Safeguarding"),
    "welfare": N_("Welfare and rest"),
    "interpreting": N_("Interpreting"),
    "fitness": N_("Interviewers"),
    "separation": N_("Apart from screening"),
    "spacing": N_("Number and spacing"),
    "identity": N_("Who is one person"),
    "keeping": N_("How long things are kept"),
    "severity": N_("Severities"),
}
_NUMBERS: Final = {
    "voluntariness.power_minutes": N_("A compulsory power counts as recent for"),
    "voluntariness.unanswered_attempts": N_("Attempts without an answer in one stay"),
    "safeguarding.bereaved_minutes": N_("No approach to the bereaved after landing for"),
    "welfare.rest_minutes": N_("Usual rest from landing"),
    "welfare.least_rest_minutes": N_("Least rest from landing"),
    "welfare.arrival_minutes": N_("Time at the site before a debrief"),
    "welfare.night_from_hour": N_("Night begins at"),
    "welfare.night_to_hour": N_("Night ends at"),
    "welfare.usual_minutes": N_("Usual length of a debrief"),
    "welfare.break_minutes": N_("A break comes by"),
    "welfare.longest_minutes": N_("Longest debrief"),
    "welfare.before_transfer_minutes": N_("Time kept free before a transfer"),
    "welfare.stay_limit_minutes": N_("The law's limit of a stay at this site"),
    "interpreting.gap_minutes": N_("Time between two bookings of an interpreter"),
    "interpreting.shift_minutes": N_("Interpreting in one shift"),
    "fitness.lead_tier": N_("Interview tier of a lead"),
    "fitness.lead_pip": N_("or PIP level of a lead"),
    "fitness.lead_debriefs": N_("Debriefs a lead has completed"),
    "fitness.lead_supervised": N_("of these supervised"),
    "fitness.supervised_until": N_("Supervision is not asked for from"),
    "fitness.recent_months": N_("A lead has debriefed within"),
    "fitness.idle_months": N_("Without a debrief for longer is a stop"),
    "fitness.refresher_months": N_("A lead has had a refresher within"),
    "fitness.interviewers": N_("Interviewers in a debrief"),
    "fitness.vulnerable_tier": N_("Tier of the lead for an adult at risk"),
    "fitness.complex_flags": N_("Flags that make a case complex"),
    "fitness.duty_debriefs": N_("Debriefs of one interviewer in one duty"),
    "fitness.duty_minutes": N_("Length of a duty"),
    "fitness.rest_minutes": N_("Rest between two duties"),
    "fitness.reminder_days": N_("Reminder before an authorisation or a vetting ends"),
    "separation.screening_minutes": N_("Time kept free on either side of screening"),
    "spacing.approach_minutes": N_("Time between any two approaches"),
    "spacing.approaches": N_("Approaches in one stay"),
    "spacing.completed": N_("Completed debriefs in one stay"),
    "spacing.same_boat": N_("Debriefs of one boat at once in neighbouring rooms"),
    "spacing.confirm_minutes": N_("An unconfirmed plan lapses before its start by"),
    "spacing.overdue_minutes": N_("A plan that has not begun lapses after"),
    "spacing.review_minutes": N_("An emergency bypass is reviewed within"),
    "identity.near_certain": N_("Near-certain from"),
    "identity.probable": N_("Probable from"),
    "identity.possible": N_("Possible from"),
    "identity.second_reading": N_("Decisions a second person makes without seeing the first"),
    "keeping.identity_days": N_("Names and references are removed after leaving by"),
    "keeping.marker_days": N_("A no-approach marker is kept after leaving for"),
    "keeping.smallest_cell": N_("Figures for fewer people are not shown"),
}
_PARTS: Final = {
    "W-2.short": N_("less than the usual rest"),
    "W-2.shortest": N_("less than the least rest"),
    "W-5.break": N_("no break planned"),
    "W-5.long": N_("longer than usual"),
    "W-5.longest": N_("longer than the longest"),
    "I-2.language": N_("another language"),
    "I-2.dialect": N_("another dialect"),
    "I-4.person": N_("another arrival, a relative or a child"),
    "I-4.asylum": N_("the asylum interpreter of the same day"),
    "I-6.overlap": N_("booked twice"),
    "I-6.rest": N_("too little time between, or too long"),
    "X-3.recency": N_("no recent debrief or refresher"),
    "X-3.idle": N_("idle for too long"),
    "X-7.overlap": N_("booked twice"),
    "X-7.rest": N_("too many, or too little rest"),
}
_GROUPS: Final = {
    "V": N_("Voluntariness and consent"),
    "C": N_("Children"),
    "S": N_("Vulnerability and safeguarding"),
    "W": N_("Welfare, rest, healthcare"),
    "I": N_("Interpreters"),
    "G": N_("Gender and dignity"),
    "X": N_("Interviewers"),
    "A": N_("Apart from asylum and from suspicion"),
    "D": N_("Number, spacing, other agencies"),
}
_ELSEWHERE: Final = {
    "welfare.stay_limit_minutes": N_("It is set with the site, not here."),
    "identity.near_certain": N_(
        "Near-certain takes an equal reference, or an equal band of one boat, not a number."
    ),
}
_SOURCES: Final = {
    Source.LAW: N_("law"),
    Source.POLICY: N_("UK policy or inspection"),
    Source.GUIDANCE: N_("international guidance"),
    Source.DESIGN: N_("design judgement"),
}
_RANGES: Final = {
    Unit.MINUTES: N_("Minutes, {low} to {high}"),
    Unit.HOUR: N_("Hour of the London clock, {low} to {high}"),
    Unit.DAYS: N_("Days, {low} to {high}"),
    Unit.MONTHS: N_("Months, {low} to {high}"),
    Unit.COUNT: N_("A count, {low} to {high}"),
    Unit.SHARE: N_("A share, {low} to {high}"),
}
_UNITS: Final = {
    Unit.MINUTES: N_("min"),
    Unit.HOUR: N_("o'clock"),
    Unit.DAYS: N_("days"),
    Unit.MONTHS: N_("months"),
    Unit.COUNT: "",
    Unit.SHARE: N_("of 1"),
}


def section(subject: str) -> str:
    """Name a section of the policy."""
    return _(_SECTIONS[subject])


def label(path: str) -> str:
    """Say what a number is, or which case of which rule a severity is for."""
    if path in _NUMBERS:
        return _(_NUMBERS[path])
    rule = path.removeprefix("severity.")
    if rule in _PARTS:
        return _("{rule}: {part}").format(rule=rule.partition(".")[0], part=_(_PARTS[rule]))
    return rule


def part(severity: str) -> str:
    """Say which case of a rule `W-2.short` is; "" where a rule has one case only."""
    return _(_PARTS[severity]) if severity in _PARTS else ""


def shown(path: str, value: float | str) -> str:
    """Write a value of the policy: `4 h`, `23:00`, `6 months`, `0.9`, *A supervisor decides*."""
    if isinstance(value, str):
        return name(Severity(value)) if value in tuple(Severity) else isolated(value)
    number = numbers().get(path)
    unit = number.unit if number is not None else Unit.COUNT
    if unit is Unit.MINUTES:
        return duration(value)
    if unit is Unit.HOUR:
        return f"{value:02.0f}:00"
    suffix = unit_word(unit) if unit in (Unit.DAYS, Unit.MONTHS) else ""
    return f"{value:g} {suffix}".rstrip()


def unit_word(unit: Unit) -> str:
    """Give the short word beside an editor."""
    return _(_UNITS[unit]) if _UNITS[unit] else ""


def allowed(number: Number, shipped: float) -> str:
    """Say the unit, the range and the default of a number, and where it is bound."""
    low, high = number.low, number.high
    if number.is_bound:
        low, high = (shipped, high) if number.stricter == "more" else (low, shipped)
    said = _(_RANGES[number.unit]).format(low=f"{low:g}", high=f"{high:g}")
    said = _("{range}; default {value}").format(range=said, value=shown(number.path, shipped))
    if number.elsewhere:
        return elsewhere(number.path)
    return (
        _("{said}. Only stricter than the default.").format(said=said) if number.is_bound else said
    )


def elsewhere(path: str) -> str:
    """Say what sets a value that no policy sets."""
    return _(_ELSEWHERE.get(path, N_("No policy sets it.")))


def bound(rule: str) -> str:
    """Say why a severity may not be made milder; "" where it may."""
    found = RULES[rule]
    if found.nature is Nature.ABSENCE:
        return _("Kept by leaving the field out; there is nothing to set.")
    if found.nature is Nature.WAY:
        return _("A way of working; there is nothing to set.")
    if found.strongest is Severity.AUTO:
        return _("The desk acts by itself; there is nothing to set.")
    if Source.LAW in found.sources:
        return _("The law's: nobody can make it milder.")
    if found.fixed:
        return _("It protects the person: nobody can make it milder.")
    return (
        "" if found.is_changeable else _("Policy or guidance of others: nobody can make it milder.")
    )


def source(rule: str) -> str:
    """Say how strong the source of a rule is, and its papers: `UK policy (HMICFRS, May 2025)`."""
    found = RULES[rule]
    kinds = ", ".join(_(_SOURCES[kind]) for kind in found.sources)
    said = _("{kinds}: {papers}").format(kinds=kinds, papers=isolated(found.origin))
    return said[:1].upper() + said[1:]


def reason(kept: str) -> str:
    """Say why a version was saved; the first one comes with the program."""
    return _("The policy the program ships.") if kept == "default" else kept


def difference(path: str, before: float | str | None, after: float | str | None) -> str:
    """Say what a version changed: `Usual rest from landing: 4 h → 5 h`."""
    absent = _("not set")
    return _("{what}: {before} → {after}").format(
        what=label(path),
        before=absent if before is None else shown(path, before),
        after=absent if after is None else shown(path, after),
    )


def group(rule: str) -> str:
    """Name the group of a rule by its letter."""
    return _(_GROUPS[rule[0]])
