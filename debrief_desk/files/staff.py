"""Interviewers, interpreters and rooms as agencies and sites send them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from debrief_desk.files.rows import RowNote, RowProblem

Tongue = tuple[str, str]
"""A language with its dialect, or with ""."""


@dataclass(frozen=True, slots=True)
class InterviewerRow:
    """One interviewer. Absent text is "", everything else absent is None.

    Attributes:
        authorisation: "" is a valid row: this interviewer has none (X-1).
        valid_to: last day of the authorisation.
        tier: interview tier 1 to 5.
        debriefs_led: counted by the agency before this desk.
        of_these_supervised: how many of `debriefs_led` were supervised.
        vetting: name of the level.
        gender: `M`, `F` or "".
        shift_start: minutes after local midnight, as is `shift_end`; a shift past midnight ends
            after minute 1440.
    """

    line: int
    agency: str = ""
    name: str = ""
    staff_no: str = ""
    authorisation: str = ""
    valid_to: date | None = None
    tier: int | None = None
    debriefs_led: int | None = None
    of_these_supervised: int | None = None
    last_debrief: date | None = None
    refresher: date | None = None
    vetting: str = ""
    vetting_to: date | None = None
    languages: tuple[Tongue, ...] = ()
    gender: str = ""
    shift_start: int | None = None
    shift_end: int | None = None
    as_typed: tuple[tuple[str, str], ...] = ()
    notes: tuple[RowNote, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class InterpreterRow:
    """One interpreter; `modes` holds `in_person`, `video`, `phone`."""

    line: int
    agency: str = ""
    name: str = ""
    languages: tuple[Tongue, ...] = ()
    modes: tuple[str, ...] = ()
    qualification: str = ""
    valid_to: date | None = None
    gender: str = ""
    shift_start: int | None = None
    shift_end: int | None = None
    as_typed: tuple[tuple[str, str], ...] = ()
    notes: tuple[RowNote, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class RoomRow:
    """One room; `features` as typed in lower case, `neighbours` are names of other rooms."""

    line: int
    name: str = ""
    seats: int | None = None
    features: tuple[str, ...] = ()
    open_from: int | None = None
    open_to: int | None = None
    neighbours: tuple[str, ...] = ()
    as_typed: tuple[tuple[str, str], ...] = ()
    notes: tuple[RowNote, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    hollow: bool = False
