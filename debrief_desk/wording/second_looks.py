"""What is said where a second person is needed: bypasses, second opinions, families, notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.rules.severity import Level
from debrief_desk.wording import N_, _, day, day_and_clock, isolated, left_to_right, ngettext, span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_STAGES: Final = {
    "asked": (Level.CHECK, N_("Waits for a second person")),
    "stands": (Level.NOTE, N_("Stands; its review is due")),
    "overdue": (Level.STOP, N_("Its review is overdue")),
    "reviewed": (Level.CLEAR, N_("Reviewed")),
}


def stage(code: str) -> tuple[Level, str]:
    """Give level and words for where a bypass stands."""
    found, said = _STAGES[code]
    return found, _(said)


def stage_by(code: str, due: datetime | None) -> str:
    """Say where a bypass stands, and until when somebody has to act."""
    said = stage(code)[1]
    if due is None or code == "reviewed":
        return said
    return _("{said}, by {due}").format(said=said, due=left_to_right(day_and_clock(due)))


def by_whom(did: str, who: str, at: datetime, words: str = "") -> str:
    """Say who did a step of it, when, and in which words."""
    said = _("{did} {who}, {when}").format(
        did=did, who=isolated(who) or _("somebody"), when=left_to_right(day_and_clock(at))
    )
    return f"{said}: {isolated(words)}" if words else said


def lifts() -> str:
    """Say what an emergency bypass lifts, and what nothing lifts."""
    return _(
        "It lifts D-1, D-2, D-3 and D-5 for this one debrief. A no, a child, a medical hold and "
        "every other stop stay as they are."
    )


def remaining(rules: Sequence[str]) -> str:
    """Name the rules that bar the debrief all the same; "" where there is none."""
    if not rules:
        return ""
    return _("Not lifted: {rules}.").format(rules=left_to_right(", ".join(rules)))


def blind() -> str:
    """Say what the account has to do before it may see a conflict that it is to answer blind."""
    return _(
        "You are asked for a second opinion on this one. Answer it under Second look first: "
        "until then neither evidence nor the first answer is shown."
    )


def agreement(given: int, agreed: int, waiting: int) -> str:
    """Say how second opinions went, and how many are not given yet."""
    if given:
        said = ngettext(
            "{agreed} of {n} second opinion agrees with the first",
            "{agreed} of {n} second opinions agree with the first",
            given,
        ).format(agreed=agreed, n=given)
    else:
        said = _("no second opinion was given yet")
    if waiting:
        said += ngettext(", {n} is waited for", ", {n} are waited for", waiting).format(n=waiting)
    return said


def looks(waiting: int) -> str:
    """Say how many things wait for a second person."""
    if not waiting:
        return _("Nothing waits for a second person.")
    return ngettext(
        "{n} thing waits for a second person.", "{n} things wait for a second person.", waiting
    ).format(n=waiting)


def opinion(number: int) -> str:
    """Name a second opinion without telling anything of the first."""
    return _("Is it one person? Conflict {number}").format(number=left_to_right(str(number)))


def opinion_given(*, agreed: bool) -> str:
    """Say what a second opinion led to."""
    if agreed:
        return _("Both answers are the same. The decision stands.")
    return _("The first answer was another one. The conflict is open again.")


def pointer(slot: tuple[datetime, datetime], *told: str) -> str:
    """Give another agency's plan in one line: `told` is agency, site, check and contact."""
    start, end = slot
    agency, *others = map(isolated, told)
    when = left_to_right(f"{day(start)} {span(start, end)}")
    return " · ".join(part for part in (agency, when, *others) if part)


def acknowledged(who: str, at: datetime | None) -> str:
    """Say who acknowledged a notice and when; that nobody did yet."""
    if at is None:
        return _("Not acknowledged yet")
    return _("Acknowledged: {who}, {when}").format(
        who=isolated(who) or _("somebody"), when=left_to_right(day_and_clock(at))
    )


def families(event: str, chosen: int, pairs: int) -> str:
    """Say how many pairs of a boat are chosen."""
    return ngettext(
        "{event}: {chosen} of {n} undecided pair chosen",
        "{event}: {chosen} of {n} undecided pairs chosen",
        pairs,
    ).format(event=left_to_right(event), chosen=chosen, n=pairs)


def parted(done: int, refused: Sequence[str]) -> str:
    """Say how many pairs were found different, and which were left because a reference agrees."""
    said = ngettext(
        "{n} pair is marked as different people.", "{n} pairs are marked as different people.", done
    ).format(n=done)
    if refused:
        named = ", ".join(map(isolated, refused))
        said += " " + _("Left as they are, because a reference agrees: {pairs}.").format(
            pairs=named
        )
    return said
