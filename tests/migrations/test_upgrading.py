"""A desk of the schema now released, met by later and by broken versions of the program."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from debrief_desk import paths
from debrief_desk.desk import Desk
from debrief_desk.errors import FileRefused
from debrief_desk.store import database, driver, guarding
from debrief_desk.store.schema import HEAD_REVISION, SCHEMA
from debrief_desk.store.upgrading import Schema
from tests.conftest import PASSWORD, SUPERVISOR

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NEXT = "next"
REBUILDS = f"""
import sqlalchemy as sa
from alembic import op
revision = "{NEXT}"
down_revision = "{HEAD_REVISION}"
def upgrade():
    with op.batch_alter_table("audit_event", recreate="always") as batch:
        batch.add_column(sa.Column("note", sa.String))
    op.execute("UPDATE audit_event SET note = 'rewritten'")
"""  # noqa: S608 - a migration, of constants
BREAKS = f"""{REBUILDS}
    op.execute("DELETE FROM agency WHERE name = 'NCA'")
    connection = op.get_bind()
    rows = connection.exec_driver_sql("SELECT count(note) FROM audit_event").scalar()
    left = connection.exec_driver_sql("SELECT count(*) FROM agency").scalar()
    raise RuntimeError(f"broke with {{rows}} rewritten and {{left}} agencies left")
"""  # noqa: S608 - a migration, of constants
Rows = dict[str, list[tuple[object, ...]]]


def later_schema(folder: Path, version: str) -> Schema:
    """Give the released migrations with one more version after them."""
    shutil.copytree(paths.migrations(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "next.py").write_text(version)
    return Schema(NEXT, folder)


@pytest.fixture
def closed(desk_path: Path, open_desk: Callable[[Path], Desk]) -> tuple[Path, bytes, Rows]:
    """A closed desk of today: its path, its key, and everything in it."""
    desk = open_desk(desk_path)
    key, rows = desk.key, contents(desk._opened.reader)
    desk.close()
    assert len(rows["agency"]) == 3
    return desk_path, key, rows


def contents(engine: sa.Engine) -> Rows:
    """Give every row of every table."""
    with engine.connect() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        ).scalars()
        return {
            name: sorted(map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"')), key=str)  # noqa: S608 - names of tables
            for name in names.all()
        }


def test_an_upgrade_keeps_every_row_and_makes_the_guards_anew(
    closed: tuple[Path, bytes, Rows], tmp_path: Path
) -> None:
    """Rebuilding a table drops its triggers without a word; they must stand again afterwards."""
    path, key, rows = closed
    opened = database.open_database(path, key, later_schema(tmp_path / "later", REBUILDS))
    try:
        assert (opened.revision, opened.upgraded_from) == (NEXT, HEAD_REVISION)
        upgraded = contents(opened.reader)
        assert all(row[-1] == "rewritten" for row in upgraded["audit_event"])
        for table in rows.keys() - {"audit_event", "alembic_version"}:
            assert upgraded[table] == rows[table], table
        with opened.writer.connect() as connection:
            assert guarding.missing(connection) == ()
            with pytest.raises(sa.exc.DatabaseError, match="audit_event_no_update"):
                connection.exec_driver_sql("UPDATE audit_event SET note = 'again'")
    finally:
        opened.close()


def test_an_upgrade_that_fails_half_way_leaves_the_old_desk_usable_and_a_backup(
    closed: tuple[Path, bytes, Rows], tmp_path: Path, open_desk: Callable[[Path], Desk]
) -> None:
    path, key, rows = closed
    with pytest.raises(FileRefused) as refused:
        database.open_database(path, key, later_schema(tmp_path / "later", BREAKS))
    assert refused.value.code == "upgrade-failed"
    # It did rewrite rows before it broke, or this test would prove nothing.
    events = len(rows["audit_event"])
    assert str(refused.value.__cause__) == f"broke with {events} rewritten and 2 agencies left"

    copy = path.with_name(f"{path.name}.backups") / str(refused.value.values["backup"])
    assert f"{HEAD_REVISION}-to-{NEXT}" in copy.name
    for each in (path, copy):
        engine = driver.engine(each, key, read_only=True)
        assert contents(engine) == rows
        engine.dispose()
    desk = open_desk(path)
    assert desk._opened.revision == HEAD_REVISION
    assert desk.complaints() == ()


def test_a_desk_of_a_newer_version_is_refused_and_not_a_byte_of_it_changes(
    closed: tuple[Path, bytes, Rows],
) -> None:
    path, key, _rows = closed
    engine = driver.engine(path, key)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    before = {file.name: file.read_bytes() for file in path.parent.glob(f"{path.name}*")}
    with pytest.raises(FileRefused) as refused:
        Desk.open(path, SUPERVISOR, PASSWORD)
    assert refused.value.code == "newer-desk"
    after = {file.name: file.read_bytes() for file in path.parent.glob(f"{path.name}*")}
    assert {name: after[name] for name in (path.name, f"{path.name}.keys")} == {
        name: before[name] for name in (path.name, f"{path.name}.keys")
    }
    assert not path.with_name(f"{path.name}.backups").exists()


def test_a_guard_that_was_removed_is_set_right_when_the_desk_opens(
    closed: tuple[Path, bytes, Rows], open_desk: Callable[[Path], Desk]
) -> None:
    path, key, _rows = closed
    engine = driver.engine(path, key)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER change_no_update")
        assert guarding.missing(connection, SCHEMA.guards) == ("change_no_update",)
    engine.dispose()
    desk = open_desk(path)
    assert "guards-restored" in desk._opened.notices
    with desk._opened.reader.connect() as connection:
        assert guarding.missing(connection, SCHEMA.guards) == ()
