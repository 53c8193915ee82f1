"""Days, births, times, lengths and words as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debrief_desk.files import words
from debrief_desk.files.births import Birth, parse_birth
from debrief_desk.files.days import UnreadableError, order_of, parse_day
from debrief_desk.files.moments import parse_hours, parse_minutes, parse_moment, parse_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.files.cells import Cell

NEAR = date(2026, 11, 20)


def born(cell: object, order: str = "dmy") -> Birth:
    return parse_birth(cell, order=order, near=NEAR)  # type: ignore[arg-type]


def code_of(parse: object, *values: object, **how: object) -> str:
    with pytest.raises(UnreadableError) as caught:
        parse(*values, **how)  # type: ignore[operator]
    return caught.value.code


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("01/02/2003", (2003, 2, 1)),
        ("1.1.01", (2001, 1, 1)),
        ("12-05-1995", (1995, 5, 12)),
        ("22-11-88", (1988, 11, 22)),
        ("1988-11-22", (1988, 11, 22)),
        ("19881122", (1988, 11, 22)),
        ("22 Nov 1988", (1988, 11, 22)),
        ("Nov 22, 1988", (1988, 11, 22)),
        ("22nd November 1988", (1988, 11, 22)),
        ("1992", (1992, None, None)),
        ("c. 1992", (1992, None, None)),
        ("00/00/1992", (1992, None, None)),
        ("xx/xx/1992", (1992, None, None)),
        ("born 1992", (1992, None, None)),
        ("05/1992", (1992, 5, None)),
        ("May 1992", (1992, 5, None)),
        ("١٩٩٢", (1992, None, None)),
        (datetime(1988, 4, 19), (1988, 4, 19)),  # noqa: DTZ001 - cells have no zone
        (36161, (1999, 1, 1)),
        (1992, (1992, None, None)),
    ],
)
def test_births_are_read_as_far_as_they_say(
    typed: object, expected: tuple[int | None, ...]
) -> None:
    birth = born(typed)
    assert (birth.year, birth.month, birth.day) == expected
    assert birth.age is None


@pytest.mark.parametrize(
    ("typed", "age"),
    [
        ("24", 24),
        ("35 yrs", 35),
        ("age ~25", 25),
        ("approx 30", 30),
        ("17 (claimed)", 17),
        ("16-18", 16),
        ("8 months", 0),
        (19.0, 19),
    ],
)
def test_ages_hold_on_the_day_the_sheet_is_about(typed: object, age: int) -> None:
    birth = born(typed)
    assert (birth.year, birth.age, birth.age_on) == (None, age, NEAR)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31/02/2001", "no-such-day"),
        ("29-Feb-2001", "no-such-day"),
        ("1375", "not-a-birth"),
        ("180", "not-a-birth"),
        ("25-20", "not-a-birth"),
        ("soon", "not-a-birth"),
        ("13/13/1990", "no-such-day"),
    ],
)
def test_a_birth_that_cannot_be_is_refused(typed: str, code: str) -> None:
    assert code_of(born, typed) == code


def test_a_birth_in_the_future_is_seen() -> None:
    assert born("01/01/2029").lies_after(NEAR)
    assert not born("20/11/2026").lies_after(NEAR)
    assert not born("0").lies_after(NEAR)


def test_the_order_of_day_and_month_is_followed() -> None:
    assert born("03/04/1988", "mdy").month == 3
    assert born("03/04/1988", "dmy").month == 4
    assert born("88-04-03", "ymd") == Birth(1988, 4, 3, as_typed="88-04-03")
    assert code_of(born, "03/04/1988", "ymd") == "other-order"


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/1988", "05/06/1999"], "ask"),
        (["03/04/1988", "22/11/1988"], "dmy"),
        (["03/04/1988", "11/22/1988"], "mdy"),
        (["88-04-03"], "ymd"),
        (["22/11/1988", "11/22/1988"], "ask"),
        (["01/01/2001", "1990", "24", ""], ""),
        (["2001-02-03", datetime(1988, 4, 5)], ""),  # noqa: DTZ001 - cells have no zone
        (["3 Apr 1988"], ""),
    ],
)
def test_a_column_decides_its_order_or_is_asked_about(cells: list[object], order: str) -> None:
    assert order_of(cells) == order  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("20-Nov 14:30", (2026, 11, 20, 14, 30)),
        ("20/11 14:30", (2026, 11, 20, 14, 30)),
        ("20/11/2026 15.45", (2026, 11, 20, 15, 45)),
        ("20.11.2026 15.45", (2026, 11, 20, 15, 45)),
        ("Fri 20 Nov 2026 at 3pm", (2026, 11, 20, 15, 0)),
        ("20 Nov 26 14:30", (2026, 11, 20, 14, 30)),
        ("2026-11-20T14:30:00+02:00", (2026, 11, 20, 12, 30)),
        ("2 Jan 08:00", (2027, 1, 2, 8, 0)),
        ("1 Jul 2026 12:00", (2026, 7, 1, 11, 0)),
    ],
)
def test_moments_are_london_time_and_become_utc(
    typed: str, expected: tuple[int, int, int, int, int]
) -> None:
    moment = parse_moment(typed, order="dmy", near=NEAR)
    assert moment.utc == datetime(*expected, tzinfo=UTC)
    assert not moment.twice


def test_a_time_the_clocks_skip_is_refused_and_a_double_one_is_marked() -> None:
    spring, autumn = date(2026, 3, 20), date(2026, 10, 20)
    assert code_of(parse_moment, "29/03/2026 01:30", order="dmy", near=spring) == "time-skipped"
    moment = parse_moment("25/10/2026 01:30", order="dmy", near=autumn)
    assert moment.twice
    assert moment.utc == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_day_without_a_time_is_no_moment() -> None:
    assert code_of(parse_moment, "20-Nov", order="dmy", near=NEAR) == "time-missing"


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("15.45", time(15, 45)),
        ("15:45", time(15, 45)),
        ("1545", time(15, 45)),
        ("3pm", time(15)),
        ("3.30 p.m.", time(15, 30)),
        ("12 am", time(0)),
        ("0830 hrs", time(8, 30)),
        ("noon", time(12)),
        (0.5, time(12)),
        (15.4, time(15, 40)),
        (8, time(8)),
        (time(8, 15), time(8, 15)),
    ],
)
def test_clock_times_are_read_in_every_style(typed: object, clock: time) -> None:
    assert parse_time(typed) == clock  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [(60, 60), ("1h", 60), ("1 hr 30", 90), ("1:30", 90), ("45 mins", 45), (time(1), 60)],
)
def test_lengths_are_minutes(typed: object, minutes: int) -> None:
    assert parse_minutes(typed) == minutes  # type: ignore[arg-type]


def test_lengths_and_times_that_cannot_be_are_refused() -> None:
    assert code_of(parse_minutes, "2000") == "not-a-length"
    assert code_of(parse_minutes, "long") == "not-a-length"
    assert code_of(parse_time, "25:00") == "not-a-time"
    assert code_of(parse_hours, "early") == "not-hours"


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("07:00-15:00", (420, 900)),
        ("22:00 - 06:00", (1320, 1800)),
        ("00:00-24:00", (0, 1440)),
        ("7am to 3pm", (420, 900)),
        ("24/7", (0, 1440)),
    ],
)
def test_shifts_are_minutes_and_may_pass_midnight(typed: str, hours: tuple[int, int]) -> None:
    assert parse_hours(typed) == hours


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Arabic (Sudanese)", ("Arabic", "Sudanese")),
        ("Sudanese Arabic", ("Arabic", "Sudanese")),
        ("arabic - Iraqi", ("Arabic", "Iraqi")),
        ("Kurdish Sorani", ("Kurdish Sorani", "")),
        ("Kurdish (Kurmanji)", ("Kurdish Kurmanji", "")),
        ("Sorani", ("Kurdish Sorani", "")),
        ("Persian", ("Farsi", "")),
        ("Lishana", ("Lishana", "")),
        ("", ("", "")),
    ],
)
def test_languages_and_dialects_are_told_apart(typed: str, expected: tuple[str, str]) -> None:
    assert words.language_of(typed) == expected


@pytest.mark.parametrize(
    ("name", "stand_in"),
    [
        ("UNKNOWN MALE 14", True),
        ("Unidentified female no. 3", True),
        ("Adult 7", True),
        ("Baby girl", True),
        ("John Doe", True),
        ("Man Singh", False),
        ("Adam Ishaq ABDALLAH", False),
        ("Nil", False),
    ],
)
def test_stand_in_names_are_no_names(name: str, stand_in: bool) -> None:
    assert words.is_stand_in(name) is stand_in


def test_short_real_names_are_kept_and_signs_are_not() -> None:
    assert [words.name_or_blank(name) for name in ("Na", "O", "N/K", "-", "FNU", " Ali ")] == [
        *("Na", "O", "", "", "", "Ali")
    ]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ahmed, Nadir", ("Nadir", "Ahmed")),
        ("Jan Mohammad ROUZBEH", ("Jan Mohammad", "ROUZBEH")),
        ("NGUYEN Van Duc", ("Van Duc", "NGUYEN")),
        ("HAROUN HASSAN", ("", "")),
        ("Samiullah", ("", "")),
        ('=HYPERLINK("a","b")', ("", "")),
    ],
)
def test_names_are_split_only_where_they_show_how(name: str, parts: tuple[str, str]) -> None:
    assert words.split_name(name) == parts


def test_words_that_are_not_known_are_told_apart_from_blanks() -> None:
    assert [words.sex_code(text) for text in ("male", "F", "?", "tall")] == ["M", "F", "", None]
    assert [words.medical_code(text) for text in ("Fit", "See nurse", "HOLD", "fine?")] == [
        *("fit", "see_nurse", "hold", None)
    ]
    assert words.preference_code("Women only") == "women"
    assert words.child_code("Age disputed") == "age_disputed"
    assert words.purpose_code("Engine and vessel") == "engine_vessel"
    assert words.is_blank("n/k")
    assert not words.is_blank("07-023")


@settings(deadline=None)
@given(
    st.dates(date(1930, 1, 1), NEAR),
    st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %b %Y", "%B %d, %Y"]),
)
def test_a_day_written_and_read_is_the_same_day(day: date, style: str) -> None:
    typed = day.strftime(style)
    assert parse_day(typed, order="dmy", near=NEAR) == day
    birth = born(typed)
    assert (birth.year, birth.month, birth.day) == (day.year, day.month, day.day)


@settings(deadline=None)
@given(st.dates(NEAR - timedelta(days=180), NEAR + timedelta(days=180)))
def test_a_missing_year_is_the_nearest(day: date) -> None:
    assert parse_day(day.strftime("%d-%b"), order="dmy", near=NEAR) == day


PARSERS: tuple[Callable[[Cell], object], ...] = (
    partial(parse_day, order="dmy", near=NEAR),
    partial(parse_moment, order="mdy", near=NEAR),
    partial(parse_birth, order="ymd", near=NEAR),
    parse_time,
    parse_minutes,
    parse_hours,
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=24),
        st.from_regex(r"[0-9 :./pam-]{1,16}", fullmatch=True),
        st.integers(-(10**12), 10**12),
        st.floats(allow_nan=False, allow_infinity=False),
        st.booleans(),
    )
)
def test_no_cell_raises_anything_but_unreadable(cell: Cell) -> None:
    for parse in PARSERS:
        try:
            read = parse(cell)
        except UnreadableError:
            continue
        assert read is not None
