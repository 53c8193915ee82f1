"""What leaves the desk on a roster: to whom it is on record, and what no level gives away."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import deciding, plans, rosters
from debrief_desk.actions.deciding import Decision
from debrief_desk.actions.rosters import RosterOrder
from debrief_desk.errors import WrongCall
from debrief_desk.files.rosters import Level
from debrief_desk.rules.codes import CancelReason
from debrief_desk.store.models import AuditEvent, Roster
from tests.builders import at

if TYPE_CHECKING:
    from pathlib import Path

    from debrief_desk.actions.plans import Registered

    from .conftest import SmallDesk

PERSON = ("TESFAYE", "Yonas", "H1043377", "07-001", "BF1", "E-1119-07")
STAFF = ("N. Ready", "N. Second", "Interpreter T")


def order(
    level: str = "supervisor", agency: str = "", recipient: str = "Shift lead"
) -> RosterOrder:
    return RosterOrder(at("00:00"), at("23:59"), agency, level, recipient=recipient)  # type: ignore[arg-type]


@pytest.fixture
def cleared(small: SmallDesk) -> Registered:
    """One cleared debrief of NCA at 14:00, one planned one of Kent Police at 16:00."""
    made = small.register("NCA")
    small.consent(made.debrief_id)
    small.desk.write(plans.clear, made.debrief_id, small.debrief(made.reference).version)
    small.register("Kent Police", serial="BF2", clock="16:00")
    return made


def issued(small: SmallDesk, folder: Path, level: str, kind: str) -> str:
    """Issue a roster; gives every word of what was written."""
    small.desk.write(rosters.issue, order(level), folder / f"r.{kind}", kind)
    if kind == "xlsx":
        book = load_workbook(folder / "r.xlsx")
        return " ".join(str(c) for s in book for row in s.iter_rows(values_only=True) for c in row)
    return " ".join(
        file.read_text(encoding="utf-8-sig").replace("\r\n ", "")
        for file in sorted(folder.glob(f"r*.{kind}"))
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ics"])
@pytest.mark.parametrize("level", get_args(Level))
def test_a_level_gives_away_what_its_readers_need_and_no_more(
    small: SmallDesk, cleared: Registered, tmp_path: Path, level: str, kind: str
) -> None:
    text = issued(small, tmp_path, level, kind)
    assert cleared.reference in text
    for word in PERSON[2:]:
        assert word not in text, word  # neither reference nor band nor boat on any level
    named = level in ("supervisor", "interviewer") and kind != "ics"
    assert ("TESFAYE" in text) is named
    if level == "door":
        assert not [word for word in STAFF if word in text]


def test_a_cleared_debrief_is_on_the_door_list_and_an_uncleared_one_is_not(
    small: SmallDesk, cleared: Registered
) -> None:
    sheet = small.desk.read(rosters.preview, order("door"))
    assert [line.reference for line in sheet.rows] == [cleared.reference]
    assert sheet.meta.left_out == 1


@pytest.mark.usefixtures("cleared")
def test_the_recipient_is_on_record_in_the_step_that_issues(
    small: SmallDesk, tmp_path: Path
) -> None:
    small.desk.write(
        rosters.issue, order(recipient="  Duty officer, gate 2 "), tmp_path / "r.csv", "csv"
    )
    with Session(small.desk._opened.reader) as session:
        newest = select(AuditEvent).where(AuditEvent.kind == "disclosed")
        event = session.scalars(newest.order_by(AuditEvent.sequence.desc())).first()
        (roster,) = session.scalars(select(Roster))
    assert event is not None
    assert (event.recipient, event.reason, event.action) == (
        "Duty officer, gate 2", "supervisor", "rosters.issue",
    )  # fmt: skip
    assert (roster.recipient, roster.version, roster.format) == ("Duty officer, gate 2", 1, "csv")
    assert "TESFAYE" not in event.body


def test_a_joint_debrief_is_on_the_rosters_of_both_agencies(small: SmallDesk) -> None:
    first = small.register("NCA")
    small.register("Kent Police", clock="16:00")
    (conflict,) = small.conflicts("same_person")
    joint = Decision("same", f"joint:{first.reference}", "One talk is enough")
    small.desk.write(deciding.decide, conflict.id, joint)
    for agency, partner in (("NCA", "Kent Police"), ("Kent Police", "Kent Police")):
        (line,) = small.desk.read(rosters.preview, order(agency=agency)).rows
        assert (line.reference, line.partner) == (first.reference, partner)
    assert small.desk.read(rosters.preview, order(agency="Border Force")).rows == ()


def test_cancelled_and_refused_debriefs_are_on_no_roster(small: SmallDesk) -> None:
    made = small.register("NCA")
    small.desk.write(plans.cancel, made.debrief_id, 1, CancelReason.UNFIT)
    for level in get_args(Level):
        assert small.desk.read(rosters.preview, order(level)).rows == ()


@pytest.mark.parametrize(
    ("wrong", "kind", "code"),
    [
        (order(agency="Nobody's"), "csv", "agency-unknown"),
        (order("everything"), "csv", "level-unknown"),
        (order(recipient="  "), "csv", "recipient-missing"),
        (order(), "doc", "format-unknown"),
    ],
)
def test_an_order_that_cannot_be_met_writes_and_records_nothing(
    small: SmallDesk, tmp_path: Path, wrong: RosterOrder, kind: str, code: str
) -> None:
    with pytest.raises(WrongCall) as refused:
        small.desk.write(rosters.issue, wrong, tmp_path / f"r.{kind}", kind)
    assert refused.value.code == code
    assert not list(tmp_path.glob("r.*"))
    assert small.stored(Roster) == []
