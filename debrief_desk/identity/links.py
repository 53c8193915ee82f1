"""The two rules by which the desk links records provisionally, and the rules for look-alikes.

Everything else is a suggestion until a person decides (DECISIONS.md, Identity; DOMAIN.md 7.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

FAMILY_LINKED: Final = "family_linked"
PRESENT_ELSEWHERE: Final = "present_elsewhere"
AGAINST: Final = frozenset({FAMILY_LINKED, PRESENT_ELSEWHERE})
"""What a desk may know of two records beside what stands in them: two people of one family, and
two people who were there at one time in two places."""
FAMILY_CEILING: Final = "ceiling_family"

_SAME_REFERENCE: Final = frozenset({"reference_same"})
_SAME_BAND: Final = frozenset({"band_same", "band_reissued"})
_SHARED_MARK: Final = _SAME_REFERENCE | _SAME_BAND | {
    "reference_digits", "reference_slip", "band_look_alike",
}  # fmt: skip
_OTHER_NAME: Final = frozenset({"name_differs", "first_differs"})
_OPEN_NAMES: Final = frozenset({"name_differs_1", "name_differs_2", "name_differs_3"})
_KNOWN_BY_NAME: Final = frozenset({  # by the first name, or by none at all
    "first_agrees", "first_alike", "name_differs",
})  # fmt: skip
_OTHER_ARRIVAL: Final = frozenset({"event_differs", "day_same_week", "day_far"})
_CONTRADICTED: Final = frozenset({"sex_differs", "birth_far"})


def link_reason(codes: AbstractSet[str]) -> str | None:
    """Give why two records are linked provisionally, None where they are not.

    `link_reference`: an equal reference of one issuer, unless the name and also sex or age speak
    against it; equal digits under another initial only with a compatible name. `link_band`: an
    equal band (or one it replaced) in the same event with a compatible name; where a name is
    missing, sex must not differ. A band never links what the desk knows to be two people.
    """
    other_name = bool(codes & _OTHER_NAME)
    if codes & _SAME_REFERENCE and not (other_name and codes & _CONTRADICTED):
        return "link_reference"
    named = "name_missing" not in codes
    if "reference_digits" in codes and named and not other_name and not codes & _CONTRADICTED:
        return "link_reference"
    if codes & AGAINST:
        return None
    compatible = not other_name if named else "sex_differs" not in codes
    if "event_same" in codes and codes & _SAME_BAND and compatible:
        return "link_band"
    return None


def ceiling_reason(codes: AbstractSet[str]) -> str | None:
    """Give why two records without a shared reference or band are at most possible, else None.

    `ceiling_kin`: a shared name and other ones beside it, as family and twins have them.
    `ceiling_age`: more than eight years apart, as father and son are. `ceiling_arrival`: another
    event, or days apart: namesakes, unless somebody records that two events are one.
    `ceiling_family`: recorded as two of one family: weak, unless a reference agrees.
    """
    if FAMILY_LINKED in codes and not codes & _SAME_REFERENCE:
        return FAMILY_CEILING
    if codes & _SHARED_MARK:
        return None
    other_names = codes & _OPEN_NAMES or "part_loose" in codes
    if other_names and not codes & _KNOWN_BY_NAME:
        return "ceiling_kin"
    if "birth_far" in codes:
        return "ceiling_age"
    return "ceiling_arrival" if codes & _OTHER_ARRIVAL else None
