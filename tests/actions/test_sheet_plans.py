"""A sheet that comes again never blanks or overwrites what the desk wrote of a plan since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions import imports, plans
from debrief_desk.store.models import Debrief
from tests.builders import at, sheet

if TYPE_CHECKING:
    from pathlib import Path

    from debrief_desk.actions.imports import Imported

    from .conftest import SmallDesk

HEADER = "Our ref,Name,DOB,Sex,Nationality,Band,Event,Planned date,Planned time,Mins,Lead,Second,Room,Saved"
WHO = "NCA-1,Xhevahire QOSJA,14/02/1990,F,ALB,09-001,E-1119-07"
DAY = "20/11/2026"


def take(small: SmallDesk, folder: Path, where: str, who: str = WHO) -> Imported:
    """Import NCA's sheet of one row: time, length, lead, second, room, and when it was saved."""
    text = f"{HEADER}\n{who},{DAY},{where}\n"
    return small.desk.write(imports.take, imports.ImportFile(sheet(folder, text), agency="NCA"))


@pytest.fixture
def planned(small: SmallDesk, tmp_path: Path) -> SmallDesk:
    take(small, tmp_path, "14:00,45,N. Ready,N. Second,Room 1,20/11/2026 07:00")
    assert standing(small)["room"] == "Room 1"
    return small


def plan_of(small: SmallDesk) -> Debrief:
    (debrief,) = small.stored(Debrief)
    return debrief


def standing(small: SmallDesk) -> dict[str, object]:
    one = plan_of(small)
    return {
        "start": one.starts_at,
        "end": one.ends_at,
        "lead": one.lead.name if one.lead else one.lead_text,
        "second": one.second.name if one.second else one.second_text,
        "room": one.room.name if one.room else one.room_text,
    }


def move(small: SmallDesk, **values: object) -> None:
    debrief = plan_of(small)
    small.desk.write(plans.move, str(debrief.id), debrief.version, **values)


def test_blank_cells_of_a_newer_row_change_nothing(planned: SmallDesk, tmp_path: Path) -> None:
    before = standing(planned)
    done = take(planned, tmp_path, "14:00,,,,,20/11/2026 09:00")
    assert (done.counts["updated"], done.counts["parked"]) == (1, 0)
    assert standing(planned) == before


def test_a_newer_row_moves_what_only_sheets_have_written(
    planned: SmallDesk, tmp_path: Path
) -> None:
    done = take(planned, tmp_path, "15:00,60,N. Second,N. Ready,Room 2,20/11/2026 09:00")
    assert (done.counts["updated"], done.counts["parked"]) == (1, 0)
    assert standing(planned) == {
        "start": at("15:00"), "end": at("16:00"),
        "lead": "N. Second", "second": "N. Ready", "room": "Room 2",
    }  # fmt: skip


def test_what_the_desk_wrote_later_stays_and_the_difference_is_set_aside_in_words(
    planned: SmallDesk, tmp_path: Path
) -> None:
    trainee = planned.id_of("N. Trainee")
    move(planned, starts_at=at("16:00"), lead_id=trainee, room_id=planned.id_of("Room 9"))
    before = standing(planned)
    done = take(planned, tmp_path, "14:30,,N. Ready,N. Trainee,Room 2,20/11/2026 07:30")
    assert done.counts["parked"] == 1
    assert standing(planned) == before | {"second": "N. Trainee"}  # nobody here wrote the second
    (left,) = done.left
    assert len(left.reasons) == 3
    for word in ("14:30", "N. Ready", "Room 2"):
        assert [said for said in left.reasons if word in said and "stays" in said], word


def test_a_room_taken_away_by_hand_is_not_put_back_by_an_older_sheet(
    planned: SmallDesk, tmp_path: Path
) -> None:
    move(planned, room_id="")
    other = WHO.replace("09-001", "09-002")
    done = take(planned, tmp_path, "14:00,45,N. Ready,N. Second,Room 1,20/11/2026 07:00", other)
    assert done.counts["parked"] == 1
    assert standing(planned)["room"] == ""


def test_a_sheet_saved_later_than_the_desk_wrote_is_taken(
    planned: SmallDesk, tmp_path: Path
) -> None:
    move(planned, room_id=planned.id_of("Room 9"))
    done = take(planned, tmp_path, "14:00,45,N. Ready,N. Second,Room 2,20/11/2026 23:00")
    assert (done.counts["updated"], done.counts["parked"]) == (1, 0)
    assert standing(planned)["room"] == "Room 2"


def test_a_debrief_that_has_begun_is_left_as_it_is(planned: SmallDesk, tmp_path: Path) -> None:
    from debrief_desk.actions.rights import writes
    from debrief_desk.rules.states import DebriefState

    @writes(None)
    def begin(session, key) -> None:  # type: ignore[no-untyped-def]
        session.get_one(Debrief, key).state = DebriefState.IN_PROGRESS

    planned.desk.write(begin, plan_of(planned).id)
    before = standing(planned)
    done = take(planned, tmp_path, "15:00,45,N. Ready,N. Second,Room 2,20/11/2026 23:00")
    assert done.counts["parked"] == 1
    assert standing(planned) == before
