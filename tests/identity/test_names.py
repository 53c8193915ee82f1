from __future__ import annotations

import pytest

from debrief_desk.identity import names, numbers, scripts, spelling
from debrief_desk.identity.records import Record


def plain(given: str = "", family: str = "", native: str = "") -> set[str]:
    record = Record(id="a", given_name=given, family_name=family, native_name=native)
    return {part.plain for part in names.parts_of(record)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Abdulrahman", "Abd al-Rahman"),
        ("Abd irahman", "Abdirahman"),
        ("Nasrullah", "Nasr Ullah"),
        ("Nuruddin", "Nur Uddin"),
        ("Karimzada", "Karim Zadeh"),
        ("Abdullah", "Abd Allah"),
        ("Al-Sayed Omar", "Omar Elsayed"),
    ],
)
def test_joined_and_split_compounds_have_a_part_in_common(one: str, other: str) -> None:
    left = {spelling.rough(p) for p in plain(one)} | {
        spelling.rough(names.without_article(p)) for p in plain(one)
    }
    right = {spelling.rough(p) for p in plain(other)} | {
        spelling.rough(names.without_article(p)) for p in plain(other)
    }
    assert left & right


@pytest.mark.parametrize(
    "filler",
    ["FNU", "LNU", "Unknown", "UNKNOWN MALE 14", "N/K", "n/a", "-", "?", "not known", "XXX"],
)
def test_fillers_never_become_part_of_a_name(filler: str) -> None:
    assert plain(given=filler) == set()
    assert plain(given="Yonas", family=filler) == {"yonas"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed", "Muhamad"),
        ("Hossein", "Hussain"),
        ("Yousef", "Yusuf"),
        ("Khaled", "Khalid"),
        ("Vijay", "Wijay"),
        ("Şahin", "Sahin"),
        ("Nguyễn", "Nguyen"),
        ("Qadri", "Kadri"),
        ("Jehad", "Djehad"),
    ],
)
def test_spellings_by_ear_meet(one: str, other: str) -> None:
    left, right = scripts.romanised(one), scripts.romanised(other)
    assert set(spelling.skeletons(left)) & set(spelling.skeletons(right))
    assert spelling.rough(left) == spelling.rough(right)


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("محمد", "Mohammed"),
        ("کریم", "Karim"),
        ("زدران", "Zadran"),
        ("هەژار", "Hezhar"),
        ("ዮናስ", "Yonas"),
        ("ኪዳነ", "Kidane"),
        ("হাওলাদার", "Hawladar"),
        ("Дмитрий", "Dmitri"),
        ("يونس", "Younes"),
    ],
)
def test_a_name_in_its_own_script_meets_its_latin_form(native: str, latin: str) -> None:
    assert set(spelling.skeletons(scripts.romanised(native))) & set(
        spelling.skeletons(scripts.romanised(latin))
    )


def test_mahmud_is_not_spelled_like_mohammed() -> None:
    assert spelling.canonical("mahmud") != spelling.canonical("mohammed")


@pytest.mark.parametrize(
    ("one", "other"),
    [("07-023", "7/23"), ("WB 12-004", "12/4"), ("band 55", "055"), ("D152-004", "d152/4")],
)
def test_bands_are_equal_whatever_separates_and_pads_them(one: str, other: str) -> None:
    left, right = numbers.band(one), numbers.band(other)
    assert left is not None
    assert right is not None
    assert left.exact == right.exact


def test_a_look_alike_band_is_equal_only_when_folded() -> None:
    left, right = numbers.band("03-O11"), numbers.band("03-011")
    assert left is not None
    assert right is not None
    assert (left.exact != right.exact, left.folded) == (True, right.folded)


@pytest.mark.parametrize(
    ("one", "other"),
    [("H1043377", "H 1043377"), ("Z5671801 6", "Z5671801/6"), ("S6980677-6", "s69806776")],
)
def test_references_are_equal_whatever_separates_them(one: str, other: str) -> None:
    assert numbers.reference(one) == numbers.reference(other) != None  # noqa: E711 - and both are known


@pytest.mark.parametrize("text", ["", "pending", "12", "n/a"])
def test_what_is_no_reference_is_none(text: str) -> None:
    assert numbers.reference(text) is None
