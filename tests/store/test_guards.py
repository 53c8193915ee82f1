"""What the file itself refuses, below every code path."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from debrief_desk.actions import imports, people, plans
from debrief_desk.actions.rights import writes
from debrief_desk.store.models import Debrief, NoApproachMarker, Registration
from debrief_desk.store.session import step_of
from tests.builders import MANIFEST, plan, sheet

if TYPE_CHECKING:
    from pathlib import Path

    from debrief_desk.desk import Desk


@writes(None)
def mark(session: Session, registration: str) -> None:
    session.add(
        NoApproachMarker(
            registration_id=UUID(registration), kind="no_approach", placed_at=step_of(session).now
        )
    )


@writes(None)
def lift(session: Session) -> None:
    session.scalars(sa.select(NoApproachMarker)).one().lifted_at = step_of(session).now


@pytest.fixture
def marked(desk: Desk, tmp_path: Path) -> Desk:
    """A desk with a planned debrief of one person; the person then says no, by the marker alone."""
    file = imports.ImportFile(sheet(tmp_path, MANIFEST), agency="Border Force")
    desk.write(imports.take, file)
    first = desk.read(people.listed, "TESFAYE").rows[0]
    desk.write(plans.register, plan(registration_id=first.id))
    with Session(desk._opened.writer) as session:
        session.execute(sa.update(Debrief).values(state="cancelled"))
        session.commit()
    desk.write(mark, first.id)
    return desk


def raw(desk: Desk, statement: str) -> None:
    with desk._opened.writer.begin() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("state", ["draft", "planned", "waiting", "cleared", "in_progress"])
def test_raw_sql_cannot_open_a_debrief_of_somebody_who_said_no(marked: Desk, state: str) -> None:
    with pytest.raises(sa.exc.DatabaseError, match="no-approach-marker"):
        raw(marked, f"UPDATE debrief SET state = '{state}'")  # noqa: S608 - a state


def test_raw_sql_cannot_add_one_either_nor_for_a_linked_record(marked: Desk) -> None:
    with Session(marked._opened.reader) as session:
        refused = session.scalars(sa.select(NoApproachMarker)).one().registration_id
        other = session.scalars(
            sa.select(Registration.id).where(Registration.id != refused).limit(1)
        ).one()
    columns = [c.name for c in Debrief.__table__.columns]
    chosen = ", ".join(
        {
            "id": "'" + "1" * 32 + "'",
            "reference": "'DD-9'",
            "state": "'planned'",
            "registration_id": f"'{other.hex}'",
        }.get(name, f'"{name}"')
        for name in columns
    )
    named = ", ".join(f'"{name}"' for name in columns)
    insert = f"INSERT INTO debrief ({named}) SELECT {chosen} FROM debrief"  # noqa: S608 - names of columns
    raw(
        marked,
        f"UPDATE registration SET person_id = (SELECT person_id FROM registration"  # noqa: S608 - ids
        f" WHERE id = '{refused.hex}') WHERE id = '{other.hex}'",
    )
    with pytest.raises(sa.exc.DatabaseError, match="no-approach-marker"):
        raw(marked, insert)
    raw(marked, f"UPDATE registration SET person_id = home_person_id WHERE id = '{other.hex}'")  # noqa: S608 - an id
    raw(marked, insert)  # the same row for somebody who did not say no is taken
    with pytest.raises(sa.exc.DatabaseError, match="no-approach-marker"):
        raw(
            marked,
            f"UPDATE debrief SET registration_id = '{refused.hex}' WHERE reference = 'DD-9'",  # noqa: S608 - an id
        )


def test_a_lifted_marker_stands_in_nobodys_way_and_cannot_be_unset_or_moved(marked: Desk) -> None:
    marked.write(lift)
    raw(marked, "UPDATE debrief SET state = 'planned'")
    for change in (
        "lifted_at = NULL",
        "lifted_at = '2030-01-01 00:00:00'",
        "placed_at = '2030-01-01 00:00:00'",
        "kind = 'suspect'",
    ):
        with pytest.raises(sa.exc.DatabaseError, match="no_approach_marker_keeps"):
            raw(marked, f"UPDATE no_approach_marker SET {change}")  # noqa: S608 - above


@pytest.mark.parametrize("column", ["home_person_id", "agency_id", "registered_at"])
def test_where_a_registration_comes_from_cannot_be_changed(marked: Desk, column: str) -> None:
    with pytest.raises(sa.exc.DatabaseError, match="registration_keeps"):
        raw(marked, f"UPDATE registration SET {column} = '2001-01-01 00:00:00.000000'")  # noqa: S608 - a column


def test_a_debrief_cannot_end_before_it_starts(marked: Desk) -> None:
    with pytest.raises(sa.exc.DatabaseError, match="ends_after_start"):
        raw(marked, "UPDATE debrief SET ends_at = starts_at")


def test_a_pair_stands_once_and_in_order(marked: Desk) -> None:
    with Session(marked._opened.reader) as session:
        a, b, *_ = sorted(session.scalars(sa.select(Registration.id)))

    def statement(number: int, one: UUID, other: UUID) -> str:
        return (
            "INSERT INTO identity_decision (id, a_id, b_id, verdict, origin, code, reason, facts,"  # noqa: S608 - ids
            f" decided_at) VALUES ('{number:032x}', '{one.hex}', '{other.hex}', 'same', 'person',"
            " '', '', '', '2026-11-20 08:00:00')"
        )

    with pytest.raises(sa.exc.DatabaseError, match="pair_in_order"):
        raw(marked, statement(1, b, a))
    raw(marked, statement(1, a, b))
    with pytest.raises(sa.exc.DatabaseError, match="UNIQUE"):
        raw(marked, statement(2, a, b))
