"""Sentences for the evidence of a verdict: what agrees, is alike, differs or is missing.

Values are shown as typed, in whatever script, each isolated so that its direction stays its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from debrief_desk.identity.verdicts import Band, Relation
from debrief_desk.wording import _, isolated, left_to_right

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debrief_desk.identity.verdicts import Evidence, Verdict

_ISO_DAY: Final = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMBERS: Final = frozenset({"birth", "reference", "band", "arrival", "event"})


def sentence(evidence: Evidence) -> str:
    """Give one sentence for a piece of evidence, with both values where it has them."""
    template = _sentences().get(evidence.code)
    if template is None:
        return missing_sentence(evidence.field) if evidence.relation == Relation.MISSING else ""
    show = left_to_right if evidence.field in _NUMBERS else isolated
    left, right = evidence.left, evidence.right
    if evidence.field == "birth":
        left, right = _day_first(left), _day_first(right)
    return template.format(a=show(left), b=show(right))


def _day_first(birth: str) -> str:
    """Write 1998-08-14 as everywhere else, 14/08/1998; a year alone stays."""
    return _ISO_DAY.sub(r"\3/\2/\1", birth)


def sentences(verdict: Verdict) -> list[str]:
    """Give the sentences of a verdict, strongest first, then what is missing; nothing twice."""
    order = sorted(verdict.evidence, key=lambda e: (e.relation == Relation.MISSING, -abs(e.bits)))
    return _distinct(sentence(e) for e in order)


def missing_sentence(field: str) -> str:
    """Say that a field cannot be compared, and what to ask for."""
    asked = {
        "name": _("No name to compare."),
        "birth": _("No date of birth to compare."),
        "reference": _("No reference to compare: ask for the Home Office reference."),
        "band": _("No wristband to compare: ask for the wristband number."),
        "arrival": _("No event or landing day to compare: ask which boat."),
        "sex": _("Sex not recorded on both sides."),
        "nationality": _("Nationality not recorded on both sides."),
        "language": _("Language not recorded on both sides."),
    }
    return asked.get(field, "")


def band_name(band: Band) -> str:
    """Give a band in words: a verdict, never a percentage."""
    return {
        Band.NEAR_CERTAIN: _("Almost certainly the same person"),
        Band.PROBABLE: _("Probably the same person"),
        Band.POSSIBLE: _("Possibly the same person"),
        Band.WEAK: _("Little speaks for the same person"),
    }[band]


def field_name(field: str) -> str:
    """Give the label of a field of the evidence, for the bars of the waterfall."""
    labels = {
        "register": _("Size of the register"),
        "name": _("Name"),
        "birth": _("Date of birth"),
        "reference": _("Reference"),
        "band": _("Wristband"),
        "arrival": _("Arrival"),
        "event": _("Event"),
        "sex": _("Sex"),
        "nationality": _("Nationality"),
        "language": _("Language"),
        "family": _("Family"),
        "presence": _("Presence"),
        "rule": _("Rule"),
    }
    return labels.get(field, field)


def _sentences() -> dict[str, str]:
    return {**_names(), **_births(), **_numbers(), **_circumstances(), **_rules()}


def _names() -> dict[str, str]:
    return {
        "part_same": _("Name part {a} is the same."),
        "part_canonical": _("Name parts {a} and {b} are spellings of one name."),
        "part_close": _("Name parts {a} and {b} are spelled almost alike."),
        "part_sound": _("Name parts {a} and {b} sound alike."),
        "part_slip": _("Name parts {a} and {b} differ by a slip."),
        "part_initial": _("{a} and {b}: one may be the initial of the other."),
        "part_weak": _("Name parts {a} and {b} agree, but very many names have them."),
        "part_loose": _("Name parts {a} and {b} differ by several letters."),
        "part_joined": _("{a} and {b}: the same name parts, written together and apart."),
        "part_within": _("Name part {a} is contained in {b}, or the other way round."),
        "family_agrees": _("A family name agrees."),
        "first_agrees": _("The first given name agrees."),
        "first_alike": _("The first given names sound alike."),
        "first_extra": _("The first given name of one side is not on the other: {a}, {b}."),
        "first_differs": _("The first given names differ: {a}, {b}."),
        "order_turned": _("The name parts that agree stand in another order: {a}, {b}."),
        "name_complete": _("Every part of both names agrees."),
        "name_extra_1": _("One side has a name part more: {a}, {b}."),
        "name_extra_2": _("One side has several name parts more: {a}, {b}."),
        "name_differs_1": _("A name part differs on each side: {a}, {b}."),
        "name_differs_2": _("Two name parts differ on each side: {a}, {b}."),
        "name_differs_3": _("Three or more name parts differ on each side: {a}, {b}."),
        "name_differs": _("No part of the names agrees: {a}, {b}."),
        "name_missing": _("No name to compare."),
        "kin_pattern": _("Same arrival and a shared name, other names differ: perhaps family."),
    }


def _births() -> dict[str, str]:
    return {
        "birth_same": _("Date of birth {a} is the same."),
        "birth_default_both": _("Both born on 1 January ({a}): a default date, weak."),
        "birth_year_default": _("Same year of birth, one side gives 1 January: {a}, {b}."),
        "birth_year_only": _("Same year of birth: {a}, {b}."),
        "birth_swapped": _("Day and month of birth exchanged: {a}, {b}."),
        "birth_days_apart": _("Dates of birth a day or two apart: {a}, {b}."),
        "birth_digit": _("One digit of the day or month of birth differs: {a}, {b}."),
        "birth_disputed": _("Same day and month of birth, a few years apart: {a}, {b}."),
        "birth_loose_1_apart": _("Estimated years of birth one apart: {a}, {b}."),
        "birth_loose_2_apart": _("Estimated years of birth two apart: {a}, {b}."),
        "birth_loose_5_apart": _("Estimated years of birth three to five apart: {a}, {b}."),
        "birth_part_slip": _("Day or month of birth differs: {a}, {b}."),
        "birth_same_year": _("Same year, other day and month of birth: {a}, {b}."),
        "birth_year_slip": _("Same day and month of birth, year a slip apart: {a}, {b}."),
        "birth_day_and_month": _("Same day and month of birth, other year: {a}, {b}."),
        "birth_calendar": _("Births seven or eight years apart, as between calendars: {a}, {b}."),
        "birth_calendar_default": _(
            "Both born on 1 January, seven or eight years apart, as between calendars: {a}, {b}."
        ),
        "birth_solar_calendar": _(
            "Births a year and a day or two apart, as from the Persian calendar: {a}, {b}."
        ),
        "birth_default_slip": _("Both born on 1 January, year a slip apart: {a}, {b}."),
        "birth_age_near": _("Age and date of birth go together: {a}, {b}."),
        "birth_age_2_apart": _("Age and birth about two years apart: {a}, {b}."),
        "birth_age_5_apart": _("Age and birth three to five years apart: {a}, {b}."),
        "birth_1_apart": _("Births about a year apart: {a}, {b}."),
        "birth_2_apart": _("Births about two years apart: {a}, {b}."),
        "birth_5_apart": _("Births three to five years apart: {a}, {b}."),
        "birth_8_apart": _("Births six to eight years apart: {a}, {b}."),
        "birth_far": _("Births more than eight years apart: {a}, {b}."),
    }


def _numbers() -> dict[str, str]:
    return {
        "reference_same": _("Reference {a} is the same."),
        "reference_digits": _("Same digits in the reference, other initial: {a}, {b}."),
        "reference_slip": _("References differ by one slip: {a}, {b}."),
        "reference_differs": _("References differ: {a}, {b}."),
        "band_same": _("Wristband {a} is the same."),
        "band_reissued": _("Wristband equal to one that was replaced: {a}, {b}."),
        "band_look_alike": _("Wristbands equal but for characters that look alike: {a}, {b}."),
        "band_slip": _("Wristbands differ by one character: {a}, {b}."),
        "band_next": _("Neighbouring wristbands of one boat, as family members have: {a}, {b}."),
        "band_same_boat": _("Different wristbands of one boat: {a}, {b}."),
        "band_differs": _("Wristbands differ: {a}, {b}."),
        "band_elsewhere": _("Equal wristband, but in another event: {a}, {b}."),
    }


def _circumstances() -> dict[str, str]:
    return {
        "event_same": _("Same event {a}."),
        "event_differs": _("Different events: {a}, {b}."),
        "day_same": _("Arrived on the same day {a}."),
        "day_next": _("Arrived a day apart, as across midnight: {a}, {b}."),
        "day_same_week": _("Arrived in the same week, on other days: {a}, {b}."),
        "day_far": _("Arrived more than a week apart: {a}, {b}."),
        "day_by_band": _("The others with wristbands of that boat arrived on the day {a}{b}."),
        "day_not_by_band": _("Nobody else with wristbands of that boat arrived on the day {a}{b}."),
        "sex_same": _("Same sex."),
        "sex_differs": _("Sex differs: {a}, {b}."),
        "country_same": _("Nationality agrees: {a}, {b}."),
        "country_confused": _("Nationalities often claimed for each other: {a}, {b}."),
        "country_differs": _("Nationality differs: {a}, {b}."),
        "language_same": _("Same language {a}."),
        "language_differs": _("Language differs: {a}, {b}."),
        "family_linked": _("Recorded as two people of one family."),
        "present_elsewhere": _("Both were there at the same time, in two places."),
    }


def _rules() -> dict[str, str]:
    return {
        "prior": _("Two people in a register of this size are rarely the same."),
        "link_reference": _("Equal reference: linked until a person decides otherwise."),
        "link_band": _("Equal wristband in one event: linked until a person decides otherwise."),
        "ceiling_kin": _("Could be family: at most possible without a shared reference or band."),
        "ceiling_age": _(
            "Ages too far apart: at most possible without a shared reference or band."
        ),
        "ceiling_family": _("Two people of one family, unless a reference says otherwise."),
        "ceiling_arrival": _(
            "Arrived otherwise: at most possible, unless the two events are recorded as one."
        ),
    }


def _distinct(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]
