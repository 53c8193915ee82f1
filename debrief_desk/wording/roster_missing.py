"""What a plan still lacks, in a word or two: for a roster, where a sentence has no room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.wording import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORT: Final = {
    "V-1": N_("consent"),
    "V-2": N_("explanation"),
    "V-4": N_("no approach"),
    "V-5": N_("reopening"),
    "V-7": N_("told it is optional"),
    "V-10": N_("who it is"),
    "C-1": N_("age"),
    "C-2": N_("age"),
    "C-3": N_("age"),
    "C-4": N_("referral"),
    "C-6": N_("carer for children"),
    "S-1": N_("screening"),
    "S-2": N_("adult at risk"),
    "S-3": N_("referral"),
    "S-4": N_("bereavement"),
    "S-5": N_("release after disclosure"),
    "S-6": N_("private route"),
    "W-1": N_("food and clothes"),
    "W-2": N_("rest"),
    "W-3": N_("night"),
    "W-4": N_("healthcare"),
    "W-5": N_("length"),
    "W-6": N_("end of stay"),
    "W-7": N_("other appointment"),
    "I-1": N_("interpreter"),
    "I-2": N_("interpreter's language"),
    "I-3": N_("interpreter's qualification"),
    "I-4": N_("interpreter"),
    "I-5": N_("interpreter"),
    "I-6": N_("interpreter booked twice"),
    "I-7": N_("remote interpreting"),
    "G-1": N_("preference"),
    "G-2": N_("preference"),
    "G-3": N_("woman on the team"),
    "X-1": N_("lead's authorisation"),
    "X-2": N_("lead's experience"),
    "X-3": N_("lead's practice"),
    "X-4": N_("second interviewer"),
    "X-5": N_("training for adults at risk"),
    "X-6": N_("interview adviser"),
    "X-7": N_("booked twice"),
    "X-8": N_("independence"),
    "X-9": N_("vetting"),
    "X-10": N_("shift"),
    "A-1": N_("apart from screening"),
    "A-2": N_("apart from screening"),
    "A-4": N_("not eligible"),
    "A-5": N_("release after a stop"),
    "A-7": N_("legal representative"),
    "D-1": N_("other agency's plan"),
    "D-2": N_("second plan"),
    "D-3": N_("who it is"),
    "D-5": N_("debriefed already"),
    "D-6": N_("recent approach"),
    "D-9": N_("one boat at once"),
    "D-10": N_("confirmation"),
    "D-11": N_("bypass"),
}
SHOWN: Final = 4
"""Words shown before the rest is only counted."""


def missing(rules: Iterable[str]) -> str:
    """Name what is missing by the rules that ask for it, each word once; "" for none."""
    words = list(dict.fromkeys(_(_SHORT[rule]) if rule in _SHORT else rule for rule in rules))
    shown, more = words[:SHOWN], len(words) - SHOWN
    if more > 0:
        shown.append(ngettext("{n} more", "{n} more", more).format(n=more))
    return ", ".join(shown)
