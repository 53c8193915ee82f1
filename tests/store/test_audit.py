"""The audit chain: whatever is done to a row of it shows at that row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from debrief_desk.actions import desks, imports, people
from debrief_desk.desk import Desk
from debrief_desk.store import audit, driver, guarding
from debrief_desk.store.models import AuditEvent
from tests.builders import MANIFEST, sheet
from tests.conftest import MORNING, PASSWORD, SUPERVISOR, copied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COLUMNS = [column.key for column in AuditEvent.__table__.columns]
MIDDLE = 4
OTHER: dict[str, Any] = {
    "at": "2001-01-01 00:00:00.000000",
    "account_id": "0" * 32,
    "step": "0" * 32,
    "salt": b"0" * 16,
    "body_hash": b"0" * 32,
    "previous_hash": b"0" * 32,
    "hash": b"0" * 32,
    "sequence": 400,
}
REWRITTEN = (
    "{verb} INTO audit_event SELECT {sequence}, "  # noqa: S608 - names of columns
    + ", ".join("'nobody'" if name == "recipient" else name for name in COLUMNS[1:])
    + " FROM audit_event WHERE sequence = 2"
)


@pytest.fixture(scope="module")
def _logged_desk(_empty_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A closed desk with a dozen events, and its key."""
    folder = tmp_path_factory.mktemp("logged")
    path = copied(_empty_desk, folder)
    with Desk.open(path, SUPERVISOR, PASSWORD, now=lambda: MORNING) as desk:
        file = imports.ImportFile(sheet(folder, MANIFEST), agency="Border Force")
        desk.write(imports.take, file)
        for row in desk.read(people.listed).rows:
            desk.write(people.card, row.id)
        desk.write(desks.note_backup)
        return path, desk.key


@pytest.fixture
def logged(_logged_desk: tuple[Path, bytes], tmp_path: Path) -> Iterator[sa.Connection]:
    """The file of such a desk, its guards taken away."""
    path, key = _logged_desk
    engine = driver.engine(copied(path, tmp_path), key, foreign_keys=False)
    with engine.connect() as connection:
        guarding.drop_all(connection)
        yield connection
    engine.dispose()


def report(connection: sa.Connection) -> audit.ChainReport:
    with Session(bind=connection) as session:
        return audit.verify(session)


def test_an_untouched_chain_holds_and_its_fingerprint_is_that_of_the_newest_event(
    logged: sa.Connection,
) -> None:
    found = report(logged)
    with Session(bind=logged) as session:
        assert found == audit.ChainReport(audit.count(session), None, audit.fingerprint(session))
    assert found.events >= 9
    assert len(found.fingerprint.split()) == 4


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_column_shows_at_its_row(logged: sa.Connection, column: str) -> None:
    events = report(logged).events
    other = OTHER.get(column, "something else")
    logged.exec_driver_sql(
        f"UPDATE audit_event SET {column} = ? WHERE sequence = ?",  # noqa: S608 - a column's name
        (other, MIDDLE),
    )
    assert report(logged).broken_at == MIDDLE
    assert report(logged).events < events


def test_a_removed_row_shows_at_its_place(logged: sa.Connection) -> None:
    logged.exec_driver_sql(f"DELETE FROM audit_event WHERE sequence = {MIDDLE}")  # noqa: S608 - a number
    assert report(logged).broken_at == MIDDLE


def test_two_rows_that_changed_places_show_at_the_first(logged: sa.Connection) -> None:
    for old, new in ((MIDDLE, 999), (MIDDLE + 1, MIDDLE), (999, MIDDLE + 1)):
        logged.exec_driver_sql("UPDATE audit_event SET sequence = ? WHERE sequence = ?", (new, old))
    assert report(logged).broken_at == MIDDLE


def test_a_row_sealed_again_after_a_change_shows_at_the_next(logged: sa.Connection) -> None:
    """Whoever knows how the seal is made has to make all later ones too."""
    table = AuditEvent.__table__
    row = dict(logged.execute(sa.select(table).where(table.c.sequence == MIDDLE)).mappings().one())
    row["recipient"] = "nobody"
    row["hash"] = audit._seal(row)
    logged.execute(sa.update(table).where(table.c.sequence == MIDDLE).values(row))
    assert report(logged).broken_at == MIDDLE + 1


def test_a_missing_tail_keeps_the_chain_but_not_the_fingerprint(logged: sa.Connection) -> None:
    before = report(logged)
    logged.exec_driver_sql(f"DELETE FROM audit_event WHERE sequence = {before.events}")  # noqa: S608 - a number
    after = report(logged)
    assert after.broken_at is None
    assert after.events == before.events - 1
    assert after.fingerprint != before.fingerprint


def test_a_body_may_be_erased_and_the_chain_still_holds(logged: sa.Connection) -> None:
    logged.exec_driver_sql(f"UPDATE audit_event SET body = '' WHERE sequence = {MIDDLE}")  # noqa: S608 - a number
    assert report(logged).broken_at is None


@pytest.mark.parametrize(
    ("statement", "guard"),
    [
        ("UPDATE audit_event SET reason = 'x' WHERE sequence = 2", "audit_event_no_update"),
        ("DELETE FROM audit_event WHERE sequence = 2", "audit_event_no_delete"),
        (
            REWRITTEN.format(verb="REPLACE", sequence="sequence"),
            "audit_event_next_in_line",
        ),
        (
            REWRITTEN.format(verb="INSERT", sequence="sequence + 900"),
            "audit_event_next_in_line",
        ),
        ("UPDATE change SET new = NULL", "change_no_update"),
        ("DELETE FROM change", "change_no_delete"),
    ],
)
def test_the_file_itself_refuses_to_change_what_was_logged(
    desk: Desk, statement: str, guard: str
) -> None:
    desk.write(desks.note_backup)
    with (
        desk._opened.writer.connect() as connection,
        pytest.raises(sa.exc.DatabaseError, match=guard),
    ):
        connection.exec_driver_sql(statement)


def test_a_look_is_on_record_in_the_step_that_looks(desk: Desk, tmp_path: Path) -> None:
    desk.write(
        imports.take,
        imports.ImportFile(sheet(tmp_path, MANIFEST), agency="Border Force"),
    )
    (row, *_) = desk.read(people.listed).rows
    desk.write(people.card, row.id)
    with Session(desk._opened.reader) as session:
        newest = session.scalars(
            sa.select(AuditEvent).order_by(AuditEvent.sequence.desc()).limit(1)
        ).one()
    assert (newest.kind, newest.entity, newest.entity_id) == ("consulted", "registration", row.id)
    assert newest.action == "people.card"
    assert newest.account_id == desk.who.account_id


def test_no_name_and_no_reference_of_a_person_stands_in_the_log(desk: Desk, tmp_path: Path) -> None:
    desk.write(
        imports.take,
        imports.ImportFile(sheet(tmp_path, MANIFEST), agency="Border Force"),
    )
    with Session(desk._opened.reader) as session:
        told = " ".join(
            str(value)
            for row in session.execute(sa.select(AuditEvent.__table__)).all()
            for value in row
        )
    for word in ("TESFAYE", "Yonas", "H1043377", "07-001"):
        assert word not in told


def test_a_step_that_changes_nothing_adds_no_event(desk: Desk) -> None:
    contact = desk.read(desks.agencies)[0]
    with Session(desk._opened.reader) as session:
        before = audit.count(session)
    desk.write(desks.set_contact, contact.id, contact.contact)
    with Session(desk._opened.reader) as session:
        assert audit.count(session) == before


def test_the_chain_goes_on_where_it_stood_when_the_desk_opens_again(desk: Desk) -> None:
    desk.write(desks.note_backup)
    path = desk.path
    desk.close()
    with Desk.open(path, SUPERVISOR, PASSWORD) as again:
        again.write(desks.note_backup)
        with Session(again._opened.reader) as session:
            assert audit.verify(session).broken_at is None
