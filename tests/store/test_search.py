"""Finding people by what somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions import imports, people
from debrief_desk.desk import Desk
from tests.builders import ARRIVED, MANIFEST, MANIFEST_HEADER, sheet
from tests.conftest import MORNING, PASSWORD, SUPERVISOR, copied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OTHERS = f"""{MANIFEST_HEADER}
BF7,E-1119-08,08-001,NGUYỄN,Văn Đức,,12/03/1996,M,VNM,,{ARRIVED},Vietnamese,
BF8,E-1119-08,08-002,Hayle,Lula,ሉላ ሃይለ,17/08/2001,F,ERI,Q9503855/2,{ARRIVED},Tigrinya,
BF9,E-1119-08,08-003,"O'NEILL ""x"" OR *",Anne-Marie,,17/08/2001,F,IRL,,{ARRIVED},English,
"""


@pytest.fixture(scope="module")
def peopled(_empty_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Two boats on one desk for all tests here: nearly all of them only read."""
    folder = tmp_path_factory.mktemp("peopled")
    with Desk.open(copied(_empty_desk, folder), SUPERVISOR, PASSWORD, now=lambda: MORNING) as desk:
        for text in (MANIFEST, OTHERS):
            desk.write(imports.take, imports.ImportFile(sheet(folder, text), agency="Border Force"))
        yield desk


def serials(desk: Desk, typed: str) -> list[str]:
    return [row.serial for row in desk.read(people.listed, typed).rows]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tesfaye", ["BF1"]),
        ("TESF", ["BF1"]),
        ("yonas tesf", ["BF1"]),
        ("tesf yonas", ["BF1"]),
        ("nguyen van", ["BF7"]),  # marks over and under letters do not count
        ("ሉላ", ["BF8"]),
        ("H1043377", ["BF1"]),
        ("Q9503855", ["BF8"]),
        ("07-001", ["BF1"]),
        ("08", ["BF7", "BF8", "BF9"]),
        ("BF9", ["BF9"]),
        ("anne-marie", ["BF9"]),
        ("E-1119-08 lula", ["BF8"]),
        ("tesfaye rahel", []),
        ("nobody at all", []),
        ("   ", [f"BF{n}" for n in range(1, 10)]),
    ],
)
def test_every_typed_word_begins_a_word_of_the_person(
    peopled: Desk, typed: str, found: list[str]
) -> None:
    assert serials(peopled, typed) == found


@pytest.mark.parametrize(
    "typed", ['"', "*", "OR", "a AND b", "body:x", "(", "-", "^", "'; --", "NEAR/2"]
)
def test_signs_of_a_query_language_are_only_signs(peopled: Desk, typed: str) -> None:
    assert isinstance(serials(peopled, typed), list)


def test_what_was_corrected_is_found_by_its_new_words_alone(peopled: Desk, tmp_path: Path) -> None:
    newer = sheet(tmp_path, MANIFEST.replace("TESFAYE", "GEBREMEDHIN"))
    taken = peopled.write(imports.take, imports.ImportFile(newer, agency="Border Force"))
    assert serials(peopled, "gebremedhin") == ["BF1"]
    assert serials(peopled, "tesfaye") == []
    peopled.write(imports.take_back, taken.import_id)
    assert serials(peopled, "tesfaye") == ["BF1"]


def test_a_page_is_a_window_into_the_same_list(peopled: Desk) -> None:
    whole = peopled.read(people.listed).rows
    parts = [peopled.read(people.listed, offset=at, limit=4) for at in (0, 4, 8)]
    assert [row for part in parts for row in part.rows] == list(whole)
    assert {part.total for part in parts} == {len(whole)}
