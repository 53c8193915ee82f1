"""Two records beside each other, fact by fact, each with a verdict in a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debrief_desk.actions import links
from debrief_desk.actions.naming import shown_birth, shown_language, shown_name
from debrief_desk.identity.features import prepare
from debrief_desk.identity.letters import differing_letters
from debrief_desk.identity.scoring import Scorer
from debrief_desk.identity.verdicts import Evidence, Relation
from debrief_desk.rules.severity import Level
from debrief_desk.store import match_index
from debrief_desk.wording import _, clock, day_and_clock, span
from debrief_desk.wording import evidence as sentences

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from debrief_desk.actions.conflicts import PartyRow
    from debrief_desk.store.models import Registration

Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One fact of both sides. `fixed` is for times and references: left to right everywhere."""

    label: str
    left: str
    right: str
    verdict: str = ""
    level: Level | None = None
    left_marks: Marks = ()
    right_marks: Marks = ()
    fixed: bool = False
    bits: float = 0.0


def compared(session: Session, one: Registration, other: Registration) -> tuple[ComparedRow, ...]:
    """Answer *Is it the same person?* row by row: as typed on both sides, and how they stand."""
    relations = {e.field: e for e in _evidence(session, one, other)}
    facts = (
        (_("Name as given"), shown_name, "name", False),
        (_("Own script"), lambda r: r.native_name, "native_name", False),
        (_("Reference"), _references, "reference", True),
        (_("Wristband"), lambda r: r.band, "band", True),
        (_("Arrived with"), lambda r: r.event.number if r.event else "", "event", True),
        (_("Born"), shown_birth, "born", True),
        (_("Sex"), lambda r: r.sex, "sex", False),
        (_("Nationality"), lambda r: r.nationality, "nationality", False),
        (_("Language"), shown_language, "language", False),
    )
    rows = []
    for label, of, field, fixed in facts:
        left, right = of(one), of(other)
        if left or right:
            rows.append(_compared(label, left, right, relations.get(field), fixed=fixed))
    return tuple(rows)


def evidence(session: Session, one: Registration, other: Registration) -> tuple[ComparedRow, ...]:
    """Give the evidence in sentences, strongest first, with its weight in bits."""
    told = [e for e in _evidence(session, one, other) if e.relation is not Relation.MISSING]
    return tuple(
        ComparedRow(
            label=sentences.sentence(e),
            left=e.left,
            right=e.right,
            verdict=_verdict(e)[0],
            level=_verdict(e)[1],
            bits=e.bits,
        )
        for e in sorted(told, key=lambda e: -abs(e.bits))
    )


def plans_compared(left: PartyRow, right: PartyRow) -> tuple[ComparedRow, ...]:
    """Answer *Do the plans clash?* row by row."""
    rows = []
    if left.starts_at and left.ends_at and right.starts_at and right.ends_at:
        shared = min(left.ends_at, right.ends_at) - max(left.starts_at, right.starts_at)
        minutes = int(shared.total_seconds() // 60)
        verdict, level = (
            (_("{minutes} min overlap").format(minutes=minutes), Level.STOP)
            if minutes > 0
            else (_("Apart"), Level.CLEAR)
        )
        rows.append(
            ComparedRow(
                _("When"),
                span(left.starts_at, left.ends_at),
                span(right.starts_at, right.ends_at),
                verdict,
                level,
                fixed=True,
            )
        )
    same_room = bool(left.room) and left.room == right.room
    rows.append(
        ComparedRow(
            _("Room"),
            left.room or _("none yet"),
            right.room or _("none yet"),
            _("Same room") if same_room else "",
            Level.CHECK if same_room else None,
        )
    )
    rows.append(ComparedRow(_("Lead"), left.lead or _("none yet"), right.lead or _("none yet")))
    if left.first_saved_at and right.first_saved_at:
        first = (
            _("A was first") if left.first_saved_at <= right.first_saved_at else _("B was first")
        )
        same_day = left.first_saved_at.date() == right.first_saved_at.date()
        shown = clock if same_day else day_and_clock
        rows.append(
            ComparedRow(
                _("Registered"),
                shown(left.first_saved_at),
                shown(right.first_saved_at),
                first,
                fixed=True,
            )
        )
    return tuple(rows)


def _evidence(session: Session, one: Registration, other: Registration) -> tuple[Evidence, ...]:
    features = [prepare(links.record_of(r)) for r in (one, other)]
    return Scorer(match_index.statistics(session)).compare(features[0], features[1]).evidence


def _references(registration: Registration) -> str:
    return ", ".join(i.value for i in registration.identifiers)


def _compared(
    label: str, left: str, right: str, found: Evidence | None, *, fixed: bool
) -> ComparedRow:
    if not (left and right):
        return ComparedRow(label, left, right, _("Not on both"), None, fixed=fixed)
    if left == right:
        return ComparedRow(label, left, right, _("Identical"), Level.CLEAR, fixed=fixed)
    marks_left, marks_right = differing_letters(left, right)
    verdict, level = _verdict(found) if found else ("", None)
    return ComparedRow(
        label, left, right, verdict, level, tuple(marks_left), tuple(marks_right), fixed=fixed
    )


def _verdict(found: Evidence) -> tuple[str, Level | None]:
    match found.relation:
        case Relation.AGREE:
            return _("Agrees"), Level.CLEAR
        case Relation.ALIKE:
            return _("Alike"), Level.NOTE
        case Relation.DIFFER:
            return _("Differs"), Level.CHECK
        case _:
            return _("Missing"), None
