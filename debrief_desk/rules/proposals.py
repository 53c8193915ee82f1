"""Who could lead, sit beside or interpret, and where: free and fit; and why the others cannot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from debrief_desk.rules.dignity import woman_on_team
from debrief_desk.rules.facts import InterpreterFacts, InterviewerFacts, RoomFacts
from debrief_desk.rules.finding import Finding, found
from debrief_desk.rules.registry import JUDGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from debrief_desk.rules.facts import Case, PlanFacts
    from debrief_desk.rules.policy import Policy


Candidate = InterviewerFacts | InterpreterFacts | RoomFacts


class Post(StrEnum):
    """What somebody would do in the debrief, or where it would be."""

    LEAD = "lead"
    SECOND = "second"
    INTERPRETER = "interpreter"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who may take the post; `warnings` ask for a reason, `speaks` the person's language."""

    id: str
    name: str
    speaks: bool
    warnings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Who may not, and the first reason why."""

    id: str
    name: str
    first: Finding


@dataclass(frozen=True, slots=True)
class Proposals:
    """Every candidate once: the fit, best first, and the others by name."""

    fit: tuple[Proposal, ...]
    left_out: tuple[LeftOut, ...]


_SHARED: Final = ("X-4", "X-8", "X-9", "A-1", "G-2", "X-10", "X-7")
_ASKED: Final[dict[Post, tuple[str, ...]]] = {
    Post.LEAD: ("X-1", "X-2", "X-3", "X-5", *_SHARED),
    Post.SECOND: _SHARED,
    Post.INTERPRETER: ("I-2", "I-3", "I-4", "I-5", "G-2", "X-10", "I-6"),
    Post.ROOM: ("S-6", "A-2", "X-7", "D-9"),
}
"""The rules asked for each post, what somebody is before whether somebody is free."""
_OF_THE_ROOM: Final = frozenset({"no_private_route", "same_room", "crowded"})
"""Reasons that lie in the room, though they name the plan."""


def propose(
    case: Case,
    post: Post,
    candidates: Iterable[Candidate],
    bookings: Mapping[str, tuple[PlanFacts, ...]],
    policy: Policy,
) -> Proposals:
    """Judge every candidate for `post` in `case` by the rules that judge a plan.

    `bookings` gives each candidate's open plans by id. Left out is who meets a stop, is of an
    agency that takes no part, or is not there; the fit come with the fewest warnings first, then
    who speaks the language, the plan's own agency, and who has least to do.
    """
    fit: list[tuple[tuple[object, ...], Proposal]] = []
    left_out = []
    for who in candidates:
        booked = bookings.get(who.id, ())
        trial = _with(case, post, who, booked)
        findings = _about(trial, post, who, policy)
        first = next((one for one in findings if one.severity.stops or one.rule == "X-10"), None)
        if first is not None:
            left_out.append(LeftOut(who.id, who.name, first))
            continue
        spoken = () if isinstance(who, RoomFacts) else who.languages
        speaks = any(a.same_language(b) for a in spoken for b in case.person.languages)
        lacks_woman = any(True for _ in woman_on_team(trial, policy))
        foreign = isinstance(who, InterviewerFacts) and who.agency != case.plan.agency
        place = (lacks_woman, len(findings), not speaks, foreign, len(booked), who.name, who.id)
        fit.append((place, Proposal(who.id, who.name, speaks, findings)))
    fit.sort(key=lambda ranked: ranked[0])
    left_out.sort(key=lambda one: (one.name, one.id))
    return Proposals(tuple(proposal for _, proposal in fit), tuple(left_out))


def _with(case: Case, post: Post, who: Candidate, booked: tuple[PlanFacts, ...]) -> Case:
    """Give the case with `who` in the post and everything they are booked for."""
    known = {other.id: other for other in (*case.others, *booked) if other.id != case.plan.id}
    others = tuple(known.values())
    if isinstance(who, RoomFacts):
        return replace(case, plan=replace(case.plan, room=who.id), room=who, others=others)
    if isinstance(who, InterpreterFacts):
        plan = replace(case.plan, interpreter=who.id, interpreter_text="", shared_language=False)
        return replace(case, plan=plan, interpreter=who, others=others)
    if post is Post.LEAD:
        plan = replace(case.plan, lead=who.id, lead_text="")
        return replace(case, plan=plan, lead=who, others=others)
    plan = replace(case.plan, second=who.id, second_text="")
    return replace(case, plan=plan, second=who, others=others)


def _about(trial: Case, post: Post, who: Candidate, policy: Policy) -> tuple[Finding, ...]:
    """Give the findings of the post's rules that lie in `who`, in the order they are asked."""
    findings = []
    agencies = {trial.plan.agency, *trial.plan.partners}
    if isinstance(who, InterviewerFacts) and who.agency not in agencies:
        findings.append(found(policy, "X-1", "other_agency", who.id, who=who.name))
    if isinstance(who, RoomFacts) and not _is_open(who, trial):
        findings.append(found(policy, "X-7", "closed", who.id, part="overlap", who=who.name))
    for rule in _ASKED[post]:
        findings += [
            one
            for one in JUDGES[rule](trial, policy)
            if who.id in one.subject or (post is Post.ROOM and one.reason in _OF_THE_ROOM)
        ]
    return tuple(findings)


def _is_open(room: RoomFacts, case: Case) -> bool:
    return not room.open or any(hours.holds(case.plan.window) for hours in room.open)
