"""A roster's versions, copies and marks, and what each level leaves out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions import debriefs, plans, rosters
from debrief_desk.actions.plan_drafts import DebriefPlan
from debrief_desk.actions.registrations import PersonEntry
from debrief_desk.actions.rosters import RosterOrder
from debrief_desk.errors import FileRefused, WrongCall
from debrief_desk.rules.codes import CancelReason

if TYPE_CHECKING:
    from pathlib import Path

    from debrief_desk.desk import Desk

DAY = datetime(2026, 11, 20, tzinfo=UTC)
ORDER = RosterOrder(DAY, DAY + timedelta(days=1), recipient="Night shift lead")
PEOPLE = (
    ("Amina", "Hashimi", "NCA", 14),
    ("Tesfay", "Gebremedhin", "Kent Police", 15),
    ("Minh", "Nguyen", "NCA", 16),
)


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """A desk with three plans of two agencies this afternoon."""
    for number, (given, family, agency, hour) in enumerate(PEOPLE):
        person = PersonEntry(given_name=given, family_name=family, born="1990-02-03", band=f"07-{number:03d}")  # fmt: skip
        start = DAY + timedelta(hours=hour)
        desk.write(plans.register, DebriefPlan(agency, person=person, starts_at=start))
    return desk


def rows(desk: Desk) -> tuple[debriefs.DebriefRow, ...]:
    return desk.read(debriefs.on_board, DAY, DAY + timedelta(days=1))


def test_every_format_of_one_list_is_a_copy_of_one_version(planned: Desk, tmp_path: Path) -> None:
    issued = [
        planned.write(rosters.issue, ORDER, tmp_path / f"r.{kind}", kind)
        for kind in rosters.FORMATS
    ]
    assert [(i.version, i.copy_no, i.changed) for i in issued] == [(1, n, 0) for n in range(1, 5)]
    assert sorted(path.name for path in tmp_path.glob("r.*")) == [
        "r.csv",
        "r.ics",
        "r.pdf",
        "r.xlsx",
    ]
    sent = planned.read(rosters.issued)
    assert next((row.version, row.copy_no, row.format) for row in sent) == (1, 4, "ics")
    assert {row.recipient for row in sent} == {"Night shift lead"}


def test_the_same_format_for_the_same_recipient_counts_up(planned: Desk, tmp_path: Path) -> None:
    first = planned.write(rosters.issue, ORDER, tmp_path / "r.csv", "csv")
    again = planned.write(rosters.issue, ORDER, tmp_path / "r.csv", "csv")
    assert (first.version, again.version, again.changed) == (1, 2, 0)


def test_a_change_makes_a_version_whose_copies_mark_exactly_that_row(
    planned: Desk, tmp_path: Path
) -> None:
    planned.write(rosters.issue, ORDER, tmp_path / "r.pdf", "pdf")
    moved = rows(planned)[1]
    later = moved.starts_at + timedelta(minutes=30)
    planned.write(plans.move, moved.id, moved.version, starts_at=later)
    for copy, kind in enumerate(rosters.FORMATS, 1):
        issued = planned.write(rosters.issue, ORDER, tmp_path / f"r.{kind}", kind)
        assert (issued.version, issued.copy_no, issued.changed) == (2, copy, 1)
    sheet = planned.write(rosters.issue_to_print, ORDER)
    assert sheet.meta.version == 2
    assert sheet.meta.compared_with == 1
    assert {line.reference: line.change for line in sheet.rows if line.change} == {
        moved.reference: "changed"
    }


def test_a_new_and_a_cancelled_plan_are_marked_as_such(planned: Desk, tmp_path: Path) -> None:
    planned.write(rosters.issue, ORDER, tmp_path / "r.pdf", "pdf")
    gone = rows(planned)[0]
    planned.write(plans.cancel, gone.id, gone.version, CancelReason.NO_LONGER_NEEDED)
    person = PersonEntry(given_name="Selam", family_name="Woldu", band="09-001")
    plan = DebriefPlan("NCA", person=person, starts_at=DAY + timedelta(hours=18))
    new = planned.write(plans.register, plan)
    sheet = planned.read(rosters.preview, ORDER)
    marked = {line.reference: line.change for line in sheet.rows if line.change}
    assert marked == {gone.reference: "cancelled", new.reference: "new"}
    cancelled = next(line for line in sheet.rows if line.change == "cancelled")
    assert (cancelled.person, cancelled.lead) == ("", "")


def test_levels_but_the_supervisors_leave_uncleared_plans_out_and_say_how_many(
    planned: Desk,
) -> None:
    order = RosterOrder(ORDER.starts_from, ORDER.starts_before, level="door")
    sheet = planned.read(rosters.preview, order)
    assert (len(sheet.rows), sheet.meta.left_out) == (0, 3)
    whole = planned.read(
        rosters.preview, RosterOrder(*_span(), level="door", include_uncleared=True)
    )
    assert (len(whole.rows), whole.meta.left_out) == (3, 0)
    assert not any(line.person or line.lead or line.agency for line in whole.rows)


def test_one_agency_gets_its_own_rows_only(planned: Desk) -> None:
    sheet = planned.read(rosters.preview, RosterOrder(*_span(), agency="NCA"))
    assert {line.agency for line in sheet.rows} == {"NCA"}
    assert len(sheet.rows) == 2


def test_what_is_missing_is_named_in_a_few_words(planned: Desk) -> None:
    line = planned.read(rosters.preview, ORDER).rows[0]
    assert line.state == "Not cleared"
    assert line.missing.startswith("consent")
    assert len(line.missing) < 90


def test_nothing_is_recorded_where_the_file_cannot_be_written(
    planned: Desk, tmp_path: Path
) -> None:
    with pytest.raises(FileRefused):
        planned.write(rosters.issue, ORDER, tmp_path / "away" / "r.pdf", "pdf")
    assert planned.read(rosters.issued) == ()


def test_a_roster_without_a_recipient_is_not_issued(planned: Desk, tmp_path: Path) -> None:
    with pytest.raises(WrongCall) as refused:
        planned.write(rosters.issue, RosterOrder(*_span()), tmp_path / "r.pdf", "pdf")
    assert refused.value.code == "recipient-missing"
    assert not list(tmp_path.glob("*.pdf"))


def _span() -> tuple[datetime, datetime]:
    return ORDER.starts_from, ORDER.starts_before
