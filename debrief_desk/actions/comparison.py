"""Two records beside each other, fact by fact, each with a verdict in a word."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from debrief_desk.actions import against, links
from debrief_desk.actions.naming import (
    names_hidden,
    shown_birth,
    shown_language,
    shown_name,
    shown_script,
)
from debrief_desk.identity.features import prepare
from debrief_desk.identity.letters import differing_letters
from debrief_desk.identity.scoring import Scorer
from debrief_desk.identity.scripts import romanised, script_of
from debrief_desk.identity.verdicts import Evidence, Relation
from debrief_desk.rules.severity import Level
from debrief_desk.store import match_index
from debrief_desk.wording import _
from debrief_desk.wording import evidence as sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from debrief_desk.store.models import Registration

Marks = tuple[tuple[int, int], ...]
"""(start, end) positions in a text; the end is not part of it."""
_WORD: Final = re.compile(r"\w+")
_ALIKE: Final = 0.4
"""Two words of a name are set against each other from this likeness on (0..1)."""
_MARKED_THOUGH_EQUAL: Final = ("name", "latin", "band", "reference")
NAME_FIELDS: Final = ("name", "native_name", "latin")


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One fact of both sides, `field` by its code where it is about the person.

    `fixed` is for times and references: left to right everywhere.
    """

    label: str
    left: str
    right: str
    verdict: str = ""
    level: Level | None = None
    left_marks: Marks = ()
    right_marks: Marks = ()
    fixed: bool = False
    field: str = ""


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One piece of evidence in a sentence, and how it speaks."""

    sentence: str
    verdict: str
    level: Level | None


@dataclass(frozen=True, slots=True)
class WeightRow:
    """How far one field moves the weight: `bits` above 0 speak for one person."""

    label: str
    bits: float


@dataclass(frozen=True, slots=True)
class Beside:
    """Two records side by side, and why they may be one person.

    `told` and `weights` come strongest first; `marks` are the places on the scale of bits from
    which a word holds.
    """

    rows: tuple[ComparedRow, ...]
    told: tuple[ToldRow, ...]
    weights: tuple[WeightRow, ...]
    marks: tuple[tuple[float, str], ...]
    likeness: str


def beside(session: Session, one: Registration, other: Registration) -> Beside:
    """Answer *Is it the same person?*: row by row as typed, in sentences, and by weight."""
    features = [prepare(links.record_of(r)) for r in (one, other)]
    bands = links.thresholds(session)
    scorer = Scorer(match_index.statistics(session), thresholds=bands)
    known = against.known(session, [links.ordered(one.id, other.id)])
    verdict = scorer.compare(features[0], features[1], tuple(*known.values()))
    found = [e for e in verdict.evidence if e.relation is not Relation.MISSING]
    weighed = [e for e in verdict.evidence if e.code == "prior" or e in found]
    return Beside(
        rows=_rows(one, other, found),
        told=tuple(
            ToldRow(worded(e, one, other), *_verdict([e]))
            for e in sorted(found, key=lambda e: -abs(e.bits))
        ),
        weights=_weights(weighed),
        marks=(
            (_log_odds(bands.possible), _("possible")),
            (_log_odds(bands.probable), _("probable")),
        ),
        likeness=sentences.band_name(verdict.band),
    )


def side_by_side(one: Registration, other: Registration) -> tuple[ComparedRow, ...]:
    """Give two records row by row as typed, what differs marked, without weighing anything."""
    return _rows(one, other, ())


def worded(found: Evidence, one: Registration, other: Registration) -> str:
    """Give the sentence of a piece of evidence with what the two agencies wrote."""
    if found.field in ("arrival", "event") and found.code.startswith("event_"):
        found = replace(found, left=_event(one), right=_event(other))
    elif found.code.startswith("name_") or (found.field == "name" and names_hidden(one)):
        found = replace(found, left=shown_name(one), right=shown_name(other))
    return sentences.sentence(found)


def _rows(
    one: Registration, other: Registration, found: Sequence[Evidence]
) -> tuple[ComparedRow, ...]:
    by_field: dict[str, list[Evidence]] = defaultdict(list)
    for e in found:
        by_field["event" if e.code.startswith("event_") else e.field].append(e)
    facts = (
        (_("Name as given"), shown_name, "name", False),
        (_("Own script"), shown_script, "native_name", False),
        (_("In Latin letters"), _latin(one, other), "latin", True),
        (_("Reference"), _references, "reference", True),
        (_("Wristband"), lambda r: r.band, "band", True),
        (_("Arrived with"), _event, "event", True),
        (_("Born"), shown_birth, "birth", True),
        (_("Sex"), lambda r: r.sex, "sex", False),
        (_("Nationality"), lambda r: r.nationality, "nationality", False),
        (_("Language"), shown_language, "language", False),
    )
    rows = []
    for label, of, field, fixed in facts:
        left, right = of(one), of(other)
        if left or right:
            row = _compared(label, left, right, by_field[field], field, fixed=fixed)
            rows.append(replace(row, field=field))
    return tuple(rows)


def _compared(
    label: str, left: str, right: str, found: Sequence[Evidence], field: str, *, fixed: bool
) -> ComparedRow:
    if not (left and right):
        return ComparedRow(label, left, right, _("Not on both"), None, fixed=fixed)
    if left == right:
        return ComparedRow(label, left, right, _("Identical"), Level.CLEAR, fixed=fixed)
    verdict, level = _verdict(found)
    marks: tuple[Marks, Marks] = ((), ())
    if field == "birth" and any(letter.isalpha() for letter in left + right):
        return ComparedRow(label, left, right, verdict, level, fixed=fixed)  # an age and a date
    if level is not Level.CLEAR or field in _MARKED_THOUGH_EQUAL:
        marks = _MARKS.get(field, differing_letters)(left, right)
    return ComparedRow(label, left, right, verdict, level, *marks, fixed=fixed)


def _verdict(found: Sequence[Evidence]) -> tuple[str, Level | None]:
    """Sum the evidence of one field up in a word."""
    relations = {e.relation for e in found}
    if not relations:
        return "", None
    if relations == {Relation.AGREE}:
        return _("Agrees"), Level.CLEAR
    if sum(e.bits for e in found) < 0:
        return _("Differs"), Level.CHECK
    return (_("In part"), Level.NOTE) if Relation.DIFFER in relations else (_("Alike"), Level.NOTE)


def _name_marks(left: str, right: str) -> tuple[Marks, Marks]:
    """Mark the letters that differ, word against the word most like it, in whatever order."""
    from rapidfuzz.distance import Indel

    sides = [list(_WORD.finditer(text)) for text in (left, right)]
    pairs = sorted(
        (
            (-Indel.normalized_similarity(a[0].casefold(), b[0].casefold()), i, j)
            for i, a in enumerate(sides[0])
            for j, b in enumerate(sides[1])
        ),
    )
    marks: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    free = [set(range(len(words))) for words in sides]
    for likeness, i, j in pairs:
        if -likeness >= _ALIKE and i in free[0] and j in free[1]:
            free[0].discard(i)
            free[1].discard(j)
            spans = differing_letters(sides[0][i][0], sides[1][j][0])
            for side, word, own in zip(marks, (sides[0][i], sides[1][j]), spans, strict=True):
                side.extend((word.start() + start, word.start() + end) for start, end in own)
    for side, words, left_over in zip(marks, sides, free, strict=True):
        side.extend(words[at].span() for at in left_over)
    return tuple(sorted(marks[0])), tuple(sorted(marks[1]))


def _date_marks(left: str, right: str) -> tuple[Marks, Marks]:
    """Mark the day, month or year that differs or that only one side has; years stand last."""
    sides = [[word.span() for word in _WORD.finditer(text)][::-1] for text in (left, right)]
    texts = (left, right)
    marks: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for at in range(max(map(len, sides))):
        parts = [
            text[slice(*side[at])] if at < len(side) else ""
            for text, side in zip(texts, sides, strict=True)
        ]
        if parts[0] != parts[1]:
            for mark, side in zip(marks, sides, strict=True):
                mark.extend(side[at : at + 1])
    return tuple(sorted(marks[0])), tuple(sorted(marks[1]))


_MARKS: Final = {"name": _name_marks, "latin": _name_marks, "birth": _date_marks}


def _weights(found: Sequence[Evidence]) -> tuple[WeightRow, ...]:
    """Sum the weight by field: how rare a match is at all first, then the strongest."""
    bits: dict[str, float] = defaultdict(float)
    for e in found:
        bits[e.field] += e.bits
    rows = [WeightRow(sentences.field_name(f), b) for f, b in bits.items() if f != "register" and b]
    rows.sort(key=lambda row: -abs(row.bits))
    if "register" in bits:
        rows.insert(0, WeightRow(sentences.field_name("register"), bits["register"]))
    return tuple(rows)


def _log_odds(probability: float) -> float:
    return math.log2(probability / (1 - probability))


def _latin(one: Registration, other: Registration) -> Callable[[Registration], str]:
    """Give how to write names in Latin letters, so that two scripts can be read beside each other.

    "" for both where neither has a name in another script.
    """
    if not (_foreign(one) or _foreign(other)):
        return lambda _registration: ""
    return lambda registration: _romanised(_foreign(registration) or shown_name(registration))


def _foreign(registration: Registration) -> str:
    """Give the name in another script, wherever it was typed; "" where there is none."""
    for name in (shown_script(registration), shown_name(registration)):
        if script_of(name) not in ("", "latin"):
            return name
    return ""


def _romanised(name: str) -> str:
    return " ".join(word.title() for word in map(romanised, name.split()) if word)


def _event(registration: Registration) -> str:
    return registration.event.number if registration.event else ""


def _references(registration: Registration) -> str:
    return ", ".join(i.value for i in registration.identifiers)
