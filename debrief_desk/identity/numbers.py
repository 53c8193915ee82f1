"""Normal forms of references and wristbands, which are typed with spaces, slashes and slips."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from debrief_desk.identity import scripts

DIGITS: Final = 10  # of a reference that are kept
BAND: Final = 12  # characters of a band's normal form that are kept

_REFERENCE: Final = re.compile(r"([A-Z]*)(\d+)(?:[^A-Z0-9]+(\d))?")
_CORE: Final = 7  # digits of a Home Office reference; an eighth is its check digit
_GROUPS: Final = re.compile(r"\d+|[A-Z]+")
_LABEL: Final = re.compile(r"^(?:WB|WRISTBAND|WRIST|BAND|NO|NR)(?=\d|$)")
_LOOK_ALIKES: Final = str.maketrans("OQIL7SBZ", "00111582")


@dataclass(frozen=True, slots=True)
class Number:
    """A reference in normal form: its initial letters and its digits without the check digit."""

    initial: str
    digits: str


@dataclass(frozen=True, slots=True)
class BandNumber:
    """A wristband in normal form.

    `exact` ignores separators, labels and zero padding; `folded` also takes look-alikes for equal
    (O/0, 1/7/I, S/5, B/8, Z/2); `boat` is what stands before the last group, empty for "55".
    """

    exact: str
    folded: str
    boat: str


def reference(text: str) -> Number | None:
    """Give the normal form of a reference; None where it has fewer than four digits."""
    shown = scripts.normal(text).upper()
    squeezed = re.sub(r"(?<=[A-Z])[^A-Z0-9]+(?=\d)", "", shown)
    found = _REFERENCE.search(squeezed)
    if found is None:
        return None
    initial, digits = found[1][-3:], found[2]
    if found[3] is None and initial and len(digits) == _CORE + 1:
        digits = digits[:_CORE]
    minimum = 4
    return Number(initial, digits[:DIGITS]) if len(digits) >= minimum else None


def band(text: str) -> BandNumber | None:
    """Give the normal form of a wristband; None where no digit is in it."""
    shown = scripts.normal(text).upper()
    words = [_LABEL.sub("", w) for w in re.split(r"[^A-Z0-9]+", shown)]
    words = [w for w in words if w]
    if not any(c.isdigit() for c in "".join(words)):
        return None
    exact = "-".join("".join(_unpadded(g) for g in _GROUPS.findall(w)) for w in words)
    folded_words = [w.translate(_LOOK_ALIKES) for w in words]
    folded = "-".join("".join(_unpadded(g) for g in _GROUPS.findall(w)) for w in folded_words)
    boat = exact.rpartition("-")[0]
    return BandNumber(exact[:BAND], folded[:BAND], boat[:BAND])


def _unpadded(group: str) -> str:
    return group.lstrip("0") or "0" if group.isdigit() else group
