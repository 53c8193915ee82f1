"""From a file to a receipt: what was found, what is asked, what was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.wording import (
    N_,
    _,
    day_and_clock,
    isolated,
    left_to_right,
    ngettext,
    sheet_failures,
)
from debrief_desk.wording.imports import kind_title, skipped_reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

_STATES: Final = {
    "new": N_("New"),
    "update": N_("Changed"),
    "same": N_("Same as before"),
    "parked": N_("Will be parked"),
    "rejected": N_("Will be rejected"),
}
_OUTCOMES: Final = {
    "read": N_("Read"),
    "added": N_("Added"),
    "updated": N_("Updated"),
    "linked": N_("Linked"),
    "parked": N_("Parked"),
    "rejected": N_("Rejected"),
    "unchanged": N_("Unchanged"),
}
_EXPLAINED: Final = {
    "read": N_("Rows of the file, without titles and footers."),
    "added": N_("New here."),
    "updated": N_("Known before; the sender has changed them."),
    "linked": N_("Added, and by band or reference the same person as one already here."),
    "parked": N_("Kept, but something in the row has to be settled first."),
    "rejected": N_("Not taken: nothing to go by."),
    "unchanged": N_("Known before and the same."),
}


def state_title(state: str) -> str:
    """Say what taking a row would do."""
    return _(_STATES[state])


def outcome_title(outcome: str) -> str:
    """Give the word for an outcome, or for all rows read."""
    return _(_OUTCOMES[outcome])


def outcome_meaning(outcome: str) -> str:
    """Say what a row of this outcome is."""
    return _(_EXPLAINED[outcome])


def found(kind: str, rows: int, header_line: int, encoding: str, sheet: str) -> str:
    """Say what a file was recognised as."""
    counted = ngettext("{count} row", "{count} rows", rows).format(count=_number(rows))
    parts = [
        kind_title(kind),
        counted,
        _("headings in line {line}").format(line=_number(header_line)),
        _("sheet {sheet}").format(sheet=isolated(sheet)) if sheet else "",
        sheet_failures.encoding_title(encoding) if encoding else "",
    ]
    return " · ".join(part for part in parts if part)


def columns_found(known: int, unknown: int, *, remembered: bool) -> str:
    """Say how many columns have a meaning, and whether they are read as before."""
    said = ngettext(
        "{known} column has a meaning.", "{known} columns have a meaning.", known
    ).format(known=_number(known))
    if unknown:
        said += " " + ngettext(
            "{unknown} is not known: its cells are kept as typed and not used.",
            "{unknown} are not known: their cells are kept as typed and not used.",
            unknown,
        ).format(unknown=_number(unknown))
    if remembered:
        said += " " + _("They are read as this sender's last file was.")
    return said


def counted(counts: Mapping[str, int]) -> str:
    """Say how many rows would end in each state."""
    parts = [
        f"{_number(counts[state])} {_(title).lower()}"
        for state, title in _STATES.items()
        if counts.get(state)
    ]
    return ", ".join(parts)


def ask_order(headings: Iterable[str], examples: Iterable[str]) -> str:
    """Ask once in which order days and months are written."""
    return _(
        "In {headings} day and month cannot be told apart ({examples}). Which comes first?"
    ).format(
        headings=", ".join(isolated(heading) for heading in headings),
        examples=", ".join(left_to_right(example) for example in examples),
    )


def added_up(counts: Mapping[str, int]) -> str:
    """Write the sum that accounts for every row: `420 read = 130 added + 290 linked`."""
    parts = [
        f"{_number(counts.get(outcome, 0))} {_(title).lower()}"
        for outcome, title in _OUTCOMES.items()
        if outcome != "read" and counts.get(outcome)
    ]
    total = _("{count} read").format(count=_number(counts.get("read", 0)))
    return f"{total} = {' + '.join(parts)}" if parts else total


def skipped(lines: Iterable[tuple[int, str]]) -> str:
    """List the lines that are no rows, with the reason; "" for none."""
    listed = [
        _("line {line}: {reason}").format(line=_number(line), reason=skipped_reason(why).lower())
        for line, why in lines
    ]
    if not listed:
        return ""
    shown = "; ".join(listed[:_SHOWN])
    more = len(listed) - _SHOWN
    if more > 0:
        shown += "; " + ngettext("{count} more", "{count} more", more).format(count=_number(more))
    return _("Not rows: {lines}.").format(lines=shown)


def about_line(line: int, remarks: Iterable[str]) -> str:
    """Say everything about one row; "" where there is nothing to say."""
    said = " ".join(remarks)
    number = left_to_right(str(line))
    return _("Line {line}: {remarks}").format(line=number, remarks=said) if said else ""


def undo_question(counts: Mapping[str, int]) -> str:
    """Ask whether a whole import is to be undone."""
    added = counts.get("added", 0) + counts.get("linked", 0)
    return _(
        "What this import added ({added}) is withdrawn and what it changed ({updated}) is as it "
        "was before. Plans that came with it are cancelled. It stays in the log."
    ).format(added=_number(added), updated=_number(counts.get("updated", 0)))


def earlier(kind: str, agency: str, at: datetime, undone: datetime | None) -> str:
    """Name an earlier import by what it was, whose, and when it was taken or undone."""
    sender = isolated(agency) or _("no sender")
    said = _("{kind} from {sender}, taken {at}").format(
        kind=kind_title(kind), sender=sender, at=left_to_right(day_and_clock(at))
    )
    if undone is None:
        return said
    return _("{taken}, undone {at}").format(taken=said, at=left_to_right(day_and_clock(undone)))


def taken(counts: Mapping[str, int], seconds: float) -> str:
    """Say that a file was taken."""
    return ngettext(
        "{count} row read in {seconds} s. Every row is accounted for.",
        "{count} rows read in {seconds} s. Every row is accounted for.",
        counts["read"],
    ).format(count=_number(counts["read"]), seconds=left_to_right(f"{max(seconds, 0.1):.1f}"))


_SHOWN: Final = 6


def _number(value: int) -> str:
    return left_to_right(f"{value:,}")
