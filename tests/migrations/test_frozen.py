"""Every desk that a release could have left opens in this one, and holds what it held."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions import (
    approaches,
    conflicts,
    debriefs,
    deciding,
    imports,
    log,
    people,
    plans,
)
from debrief_desk.actions.debriefs import DebriefFilter
from debrief_desk.desk import Desk
from debrief_desk.errors import Refused
from debrief_desk.rules.states import ConflictState, DebriefState
from debrief_desk.store.base import Base
from debrief_desk.store.schema import HEAD_REVISION
from tests import builders
from tests.builders import at
from tests.conftest import SAMPLES
from tests.migrations.freeze import PASSWORD, SUPERVISOR, freeze
from tests.migrations.test_schema import differences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FROZEN = sorted((SAMPLES / "databases").glob("*.desk"))


def test_there_is_a_frozen_desk_of_the_schema_now_released() -> None:
    assert HEAD_REVISION in {path.stem for path in FROZEN}


def test_only_desks_and_their_keys_are_kept_frozen() -> None:
    kept = {path.name for path in (SAMPLES / "databases").iterdir()}
    assert kept == {name for path in FROZEN for name in (path.name, f"{path.name}.keys")}


@pytest.fixture(params=FROZEN, ids=lambda path: path.stem)
def thawed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A copy of a frozen desk, opened as somebody would who kept it on the shelf since."""
    for file in request.param.parent.glob(f"{request.param.name}*"):
        shutil.copy(file, tmp_path / file.name)
    with Desk.open(
        tmp_path / request.param.name, SUPERVISOR, PASSWORD, now=lambda: at("08:30")
    ) as desk:
        yield desk


def test_a_frozen_desk_is_sound_and_its_chain_holds(thawed: Desk) -> None:
    assert thawed.complaints() == ()
    with thawed._opened.reader.connect() as connection:
        assert differences(connection, Base.metadata) == []
    chain = thawed.read(log.verify)
    assert chain.broken_at is None
    assert chain.events >= 9


def test_its_people_are_found_and_linked_as_they_were(thawed: Desk) -> None:
    rows = {row.serial or row.name: row for row in thawed.read(people.listed).rows}
    assert set(rows) == {f"BF{n}" for n in range(1, 8)} | {"Jonas Tesfai"}
    assert rows["BF1"].person_id == rows["Jonas Tesfai"].person_id
    assert rows["Jonas Tesfai"].own_script == "ዮናስ"
    assert rows["BF5"].child_flag == "child"
    assert [r.serial for r in thawed.read(people.listed, "tesfaye").rows] == ["BF1"]
    assert len({row.person_id for row in rows.values()}) == 7


def test_what_was_decided_is_still_decided_and_can_still_be_taken_back(thawed: Desk) -> None:
    assert [c.kind for c in thawed.read(conflicts.listed) if c.kind.asks_identity] == []
    (settled,) = (c for c in thawed.read(conflicts.listed, everything=True) if c.kind.asks_identity)
    assert settled.state is ConflictState.DECIDED
    states = {
        row.reference: row.state for row in thawed.read(debriefs.listed, DebriefFilter()).rows
    }
    assert states == {
        "DD-2611-0001": DebriefState.PLANNED,
        "DD-2611-0002": DebriefState.CANCELLED,
        "DD-2611-0003": DebriefState.DECLINED,
    }
    (decision,) = thawed.write(conflicts.card, settled.id).decisions
    thawed.write(deciding.take_back, decision.id)
    assert [c.id for c in thawed.read(conflicts.listed) if c.kind.asks_identity] == [settled.id]


def test_a_no_still_stands(thawed: Desk) -> None:
    (refuser,) = thawed.read(people.listed, "BF3").rows
    assert thawed.write(people.card, refuser.id).no_approach_since == at("08:00")
    with pytest.raises(Refused):
        thawed.write(plans.register, builders.plan("NCA", "18:00", registration_id=refuser.id))
    with pytest.raises(Refused):
        thawed.write(approaches.confirm_reopening, refuser.id)


def test_its_imports_are_known_and_the_same_file_adds_nothing(thawed: Desk, tmp_path: Path) -> None:
    people_import = next(b for b in thawed.read(imports.taken) if b.kind == "people")
    assert people_import.counts["parked"] == 1
    (parked,) = thawed.read(imports.left_rows, people_import.id)
    assert "31/02/1990" in parked.reasons[0]
    file = builders.sheet(tmp_path, builders.MANIFEST)
    again = thawed.write(imports.take, imports.ImportFile(file, agency="Border Force"))
    assert again.counts["unchanged"] == again.counts["read"]


def test_the_way_frozen_desks_are_made_still_works(tmp_path: Path) -> None:
    """For the next release: what is made today opens with the same contents."""
    freeze(tmp_path / "new.desk")
    assert {file.name for file in tmp_path.iterdir()} == {"new.desk", "new.desk.keys"}
    with Desk.open(tmp_path / "new.desk", SUPERVISOR, PASSWORD) as desk:
        assert desk.read(people.listed).total == 8
