"""Parse people sheets: names, births, bands, stays and plans, each as far as the row says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Final

from debrief_desk.files import words
from debrief_desk.files.births import Birth, parse_birth
from debrief_desk.files.days import UnreadableError, parse_day
from debrief_desk.files.moments import Moment, at_london, parse_minutes, parse_moment, parse_time
from debrief_desk.files.person_rows import PersonRow, band_key, reference_key, row_key, row_keys
from debrief_desk.files.reading import RowReader, parse_rows
from debrief_desk.files.rows import ParsedSheet, RowNote, RowProblem, SkippedLine
from debrief_desk.rules.codes import Purpose
from debrief_desk.wording import london

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from debrief_desk.files.cells import Cell, Sheet
    from debrief_desk.files.days import DateOrder
    from debrief_desk.files.headings import Mapping

__all__ = [
    "Birth",
    "ParsedSheet",
    "PersonRow",
    "RowNote",
    "RowProblem",
    "SkippedLine",
    "parse_people",
    "row_key",
    "row_keys",
]

_ISSUERS: Final = {
    "home_office_reference": words.HOME_OFFICE,
    "port_reference": "Port",
    "person_number": "Atlas",
    "biometric_number": "Biometric",
    "reference": "",
}
_DISPUTED: Final = re.compile(r"disput", re.IGNORECASE)


def parse_people(
    sheet: Sheet, mapping: Mapping, *, date_order: DateOrder = "dmy", near: date
) -> ParsedSheet[PersonRow]:
    """Parse a people sheet; every line is a row or a skipped line.

    Args:
        sheet: as read.
        mapping: of kind `people`.
        date_order: for columns that leave it open; ask for it where
            `headings.date_order_needed` names columns.
        near: the day the sheet is about; missing years are the nearest, ages hold on it.
    """
    parsed = parse_rows(sheet, mapping, _person, date_order=date_order, near=near)
    return replace(parsed, rows=tuple(_repeats_marked(parsed.rows)))


def _person(reader: RowReader) -> PersonRow:
    stay = {field: _moment(reader, field) for field in ("landed_at", "arrived_at", "screened_at")}
    row = PersonRow(
        line=reader.row.line,
        serial=reader.text("serial"),
        agency=reader.text("agency"),
        birth=_birth(reader),
        sex=reader.code("sex", words.sex_code, "", ""),
        nationality=reader.text("nationality"),
        references=_references(reader),
        band=_band(reader),
        event=reader.text("event"),
        event_day=_event_day(reader, stay["landed_at"]),
        landed_at=stay["landed_at"],
        arrived_at=stay["arrived_at"],
        screened_at=stay["screened_at"],
        welfare=reader.code("welfare", words.yes_or_no, None, None),
        medical=reader.code("medical", words.medical_code, "unclear", ""),
        interviewer_preference=reader.code(
            "interviewer_preference", words.preference_code, "unclear", ""
        ),
        child_flag=_child_flag(reader),
        planned_start=_planned_start(reader),
        minutes=reader.value("minutes", parse_minutes),
        lead=reader.text("lead"),
        second=reader.text("second"),
        room=reader.text("room"),
        purpose=reader.code("purpose", words.purpose_code, Purpose.OTHER_AGREED.value, ""),
        saved_at=_moment(reader, "saved_at"),
        as_typed=reader.as_typed,
    )
    row = _with_language(_with_names(row, reader), reader)
    something = (
        *(row.family_name, row.given_name, row.full_name, row.native_name, row.placeholder),
        *(row.birth, row.references, row.band),
    )
    return replace(
        row,
        notes=tuple(reader.notes),
        problems=tuple(reader.problems),
        hollow=not any(something) and not reader.text("birth"),
    )


def _with_names(row: PersonRow, reader: RowReader) -> PersonRow:
    family = words.name_or_blank(reader.typed("family_name"))
    given = words.name_or_blank(reader.typed("given_name"))
    full = words.name_or_blank(reader.typed("full_name"))
    row = replace(row, native_name=words.name_or_blank(reader.typed("native_name")))
    typed = full or " ".join(filter(None, (family, given)))
    if words.is_stand_in(typed):
        return replace(row, placeholder=True)
    if full and not family and not given:
        given, family = words.split_name(full)
    return replace(row, family_name=family, given_name=given, full_name=full)


def _with_language(row: PersonRow, reader: RowReader) -> PersonRow:
    """Read the language, and whether an interpreter is needed: "yes" leaves the language open."""
    language, dialect = words.language_of(reader.text("language"))
    dialect = reader.text("dialect") or dialect
    asked = reader.typed("interpreter_needed")
    needed = words.yes_or_no(asked)
    if needed is None and words.is_language(asked):
        needed = True
        if not language:
            language, dialect = words.language_of(asked)
    elif needed is None and not words.is_blank(asked):
        reader.note("word-unclear", "interpreter_needed", typed=asked)
    return replace(row, language=language, dialect=dialect, interpreter_needed=needed)


def _birth(reader: RowReader) -> Birth | None:
    for field in ("birth", "age"):
        parse = partial(parse_birth, order=reader.order(field), near=reader.near)
        if reader.text(field):
            birth = reader.value(field, parse)
            if birth is not None and birth.lies_after(reader.near):
                reader.note("birth-in-future", field)
            return birth
    return None


def _child_flag(reader: RowReader) -> str:
    """Read the flag; a word that is not known counts as disputed, which bars a debrief (C-2)."""
    flag = reader.code("child_flag", words.child_code, "age_disputed", "")
    born = reader.typed("birth") + reader.typed("age")
    return "age_disputed" if not flag and _DISPUTED.search(born) else flag


def _references(reader: RowReader) -> tuple[tuple[str, str], ...]:
    found = []
    for field, issuer in _ISSUERS.items():
        if value := reader.text(field):
            found.append((value, issuer or words.issuer_of(value)))
    return tuple(dict.fromkeys(found))


def _band(reader: RowReader) -> str:
    if isinstance(reader.cell("band"), (date, time)):
        reader.note("band-became-date", "band")  # a spreadsheet took 7/12 for 7 December
        return ""
    return reader.text("band")


def _event_day(reader: RowReader, landed_at: datetime | None) -> date | None:
    """Read the day of the landing; of `landed_at` where the event has no day of its own."""
    if reader.text("event_day"):
        order = reader.order("event_day")
        return reader.value("event_day", partial(_day_of, order=order, near=reader.near))
    if landed_at is not None:
        return london(landed_at).date()
    try:
        return _day_of(reader.cell("landed_at"), order=reader.order("landed_at"), near=reader.near)
    except UnreadableError:  # blank, or said already where `landed_at` was read
        return None


def _day_of(cell: Cell, *, order: DateOrder, near: date) -> date:
    """Read a day, or the London day of a moment."""
    try:
        return parse_day(cell, order=order, near=near)
    except UnreadableError:
        return london(parse_moment(cell, order=order, near=near).utc).date()


def _planned_start(reader: RowReader) -> datetime | None:
    """Read the planned start from one column, or from a day and a time; none is no problem."""
    if reader.text("planned"):
        return _moment(reader, "planned")
    if not reader.text("planned_time"):
        if reader.text("planned_day"):
            reader.note("time-missing", "planned_day")
        return None
    if not reader.text("planned_day"):
        reader.problem("planned-day-missing", "planned_time")
        return None
    order = reader.order("planned_day")
    day = reader.value("planned_day", partial(parse_day, order=order, near=reader.near))
    clock = reader.value("planned_time", parse_time)
    if day is None or clock is None:
        return None
    return _noted(reader, "planned_time", lambda: at_london(day, clock))


def _moment(reader: RowReader, field: str) -> datetime | None:
    if not reader.text(field):
        return None
    cell, order = reader.cell(field), reader.order(field)
    return _noted(reader, field, lambda: parse_moment(cell, order=order, near=reader.near))


def _noted(reader: RowReader, field: str, parse: Callable[[], Moment]) -> datetime | None:
    """Give the moment; note what is open about it, and park the row where it cannot be."""
    try:
        moment = parse()
    except UnreadableError as unreadable:
        if unreadable.code == "time-missing":
            reader.note("time-missing", field)
        else:
            reader.problem(unreadable.code, field)
        return None
    if moment.twice:
        reader.note("time-twice", field)
    return moment.utc


def _repeats_marked(rows: Iterable[PersonRow]) -> Iterator[PersonRow]:
    """Mark rows that repeat the sender's own reference or a band of the same event."""
    first: dict[str, PersonRow] = {}
    for row in rows:
        notes, problems = row.notes, row.problems
        for key in (reference_key(row), band_key(row)):
            before = first.setdefault(key, row) if key else row
            if before.as_typed == row.as_typed:
                continue
            values = (("line", str(before.line)),)
            if key.startswith("ref:"):
                problems = (*problems, RowProblem("reference-repeated", "serial", values))
            else:
                notes = (*notes, RowNote("band-repeated", "band", values))
        changed = notes is not row.notes or problems is not row.problems
        yield replace(row, notes=notes, problems=problems) if changed else row
