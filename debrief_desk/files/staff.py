"""Interviewers, interpreters and rooms as agencies and sites send them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from debrief_desk.files import words
from debrief_desk.files.cells import Cell, as_text
from debrief_desk.files.days import UnreadableError, parse_day
from debrief_desk.files.moments import parse_hours
from debrief_desk.files.reading import RowReader, parse_rows

if TYPE_CHECKING:
    from datetime import date

    from debrief_desk.files.cells import Sheet
    from debrief_desk.files.days import DateOrder
    from debrief_desk.files.headings import Mapping
    from debrief_desk.files.rows import ParsedSheet, RowNote, RowProblem

Tongue = tuple[str, str]
"""A language with its dialect, or with ""."""

_HIGHEST_TIER: Final = 5
_MOST_SEATS: Final = 1000
_MOST_DEBRIEFS: Final = 100_000


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
    """One interpreter; `modes` holds `in_person`, `video`, `phone`, in the order of the cell."""

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


def parse_interviewers(
    sheet: Sheet, mapping: Mapping, *, date_order: DateOrder = "dmy", near: date
) -> ParsedSheet[InterviewerRow]:
    """Parse a sheet of interviewers; a row without a name or staff number is hollow."""
    return parse_rows(sheet, mapping, _interviewer, date_order=date_order, near=near)


def parse_interpreters(
    sheet: Sheet, mapping: Mapping, *, date_order: DateOrder = "dmy", near: date
) -> ParsedSheet[InterpreterRow]:
    """Parse a sheet of interpreters; a row without a name is hollow."""
    return parse_rows(sheet, mapping, _interpreter, date_order=date_order, near=near)


def parse_rooms(
    sheet: Sheet, mapping: Mapping, *, date_order: DateOrder = "dmy", near: date
) -> ParsedSheet[RoomRow]:
    """Parse a sheet of rooms; a row without a name is hollow. Hours may be missing."""
    return parse_rows(sheet, mapping, _room, date_order=date_order, near=near)


def _interviewer(reader: RowReader) -> InterviewerRow:
    number = partial(_whole_number, most=_MOST_DEBRIEFS)
    start, end = reader.value("shift", parse_hours) or (None, None)
    row = InterviewerRow(
        line=reader.row.line,
        agency=reader.text("agency"),
        name=words.name_or_blank(reader.typed("name")),
        staff_no=reader.text("staff_no"),
        authorisation=reader.text("authorisation"),
        valid_to=_day(reader, "valid_to"),
        tier=reader.value("tier", partial(_whole_number, least=1, most=_HIGHEST_TIER)),
        debriefs_led=reader.value("debriefs_led", number),
        of_these_supervised=reader.value("of_these_supervised", number),
        last_debrief=_day(reader, "last_debrief"),
        refresher=_day(reader, "refresher"),
        vetting=reader.text("vetting"),
        vetting_to=_day(reader, "vetting_to"),
        languages=_tongues(reader),
        gender=reader.code("gender", words.sex_code, "", ""),
        shift_start=start,
        shift_end=end,
        as_typed=reader.as_typed,
    )
    led, supervised = row.debriefs_led, row.of_these_supervised
    if led is not None and supervised is not None and supervised > led:
        reader.problem("more-supervised-than-led", "of_these_supervised")
    notes, problems = tuple(reader.notes), tuple(reader.problems)
    hollow = not row.name and not row.staff_no
    return replace(row, notes=notes, problems=problems, hollow=hollow)


def _interpreter(reader: RowReader) -> InterpreterRow:
    start, end = reader.value("shift", parse_hours) or (None, None)
    row = InterpreterRow(
        line=reader.row.line,
        agency=reader.text("agency"),
        name=words.name_or_blank(reader.typed("name")),
        languages=_tongues(reader),
        modes=_modes(reader),
        qualification=reader.text("qualification"),
        valid_to=_day(reader, "valid_to"),
        gender=reader.code("gender", words.sex_code, "", ""),
        shift_start=start,
        shift_end=end,
        as_typed=reader.as_typed,
    )
    notes, problems = tuple(reader.notes), tuple(reader.problems)
    return replace(row, notes=notes, problems=problems, hollow=not row.name)


def _room(reader: RowReader) -> RoomRow:
    opens, closes = reader.value("open", parse_hours) or (None, None)
    row = RoomRow(
        line=reader.row.line,
        name=words.name_or_blank(reader.typed("name")),
        seats=reader.value("seats", partial(_whole_number, least=1, most=_MOST_SEATS)),
        features=tuple(one.casefold() for one in words.several(reader.text("features"))),
        open_from=opens,
        open_to=closes,
        neighbours=words.several(reader.text("neighbours")),
        as_typed=reader.as_typed,
    )
    notes, problems = tuple(reader.notes), tuple(reader.problems)
    return replace(row, notes=notes, problems=problems, hollow=not row.name)


def _day(reader: RowReader, field: str) -> date | None:
    return reader.value(field, partial(parse_day, order=reader.order(field), near=reader.near))


def _tongues(reader: RowReader) -> tuple[Tongue, ...]:
    """Read languages; dialects of a column of their own belong to a row's only language."""
    tongues: list[Tongue] = []
    for part in words.several(reader.text("languages")):
        language, dialects = words.language_of(part)
        tongues.extend((language, dialect) for dialect in words.several(dialects) or ("",))
    own = words.several(reader.text("dialects"))
    if own and len({language for language, _ in tongues}) == 1:
        language = tongues[0][0]
        tongues = [(language, dialect) for dialect in own] + [one for one in tongues if one[1]]
    elif own:
        reader.note("word-unclear", "dialects", typed=reader.typed("dialects"))
    return tuple(dict.fromkeys(tongues))


def _modes(reader: RowReader) -> tuple[str, ...]:
    modes = []
    for part in words.several(reader.text("modes")):
        mode = words.mode_code(part)
        if mode is None:
            reader.note("word-unclear", "modes", typed=part)
        else:
            modes.append(mode)
    return tuple(dict.fromkeys(modes))


def _whole_number(cell: Cell, *, least: int = 0, most: int) -> int:
    text = as_text(cell)
    if not text.isdecimal() or not least <= int(text[:9]) <= most:
        raise UnreadableError("not-a-number")
    return int(text[:9])
