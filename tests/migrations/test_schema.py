"""The migrations lead to the schema of the mapped classes, one after another, by themselves."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from debrief_desk import paths
from debrief_desk.store import guarding
from debrief_desk.store.base import Base
from debrief_desk.store.schema import HEAD_REVISION

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, MetaData

    from debrief_desk.desk import Desk

SEARCH = re.compile("person_search(_data|_idx|_content|_docsize|_config)?")
"""The full-text index and its shadow tables, which no mapped class describes."""
VERSIONS = sorted((paths.migrations() / "versions").glob("[0-9]*.py"))


def differences(connection: Connection, metadata: MetaData) -> list[Any]:
    """Give what Alembic would change to get from the file to `metadata`."""

    def told(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or name is None or SEARCH.fullmatch(name) is None

    options = {"include_name": told, "compare_type": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def written(connection: Connection) -> dict[str, tuple[str, list[str], str]]:
    """Give the statements that SQLite keeps of tables and indexes, their clauses in fixed order."""
    rows = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL"
    )
    found = {}
    for name, sql in rows:
        if SEARCH.fullmatch(name) is None and name != "alembic_version":
            head, _, rest = "".join(sql.replace('"', "").split()).partition("(")
            clauses, _, tail = rest.rpartition(")")
            found[name] = (head, sorted(clauses.split(",")), tail)
    return found


def test_the_migrated_file_has_the_schema_of_the_mapped_classes(desk: Desk) -> None:
    with desk._opened.reader.connect() as connection:
        assert differences(connection, Base.metadata) == []


def test_checks_partial_indexes_and_rowids_are_those_of_the_mapped_classes(desk: Desk) -> None:
    """Alembic compares none of these; SQLite keeps the statements, which can be compared."""
    blank = sa.create_engine("sqlite://")
    with blank.connect() as fresh, desk._opened.reader.connect() as migrated:
        Base.metadata.create_all(fresh)
        assert written(migrated) == written(fresh)
    blank.dispose()


def _add_column(metadata: MetaData) -> None:
    metadata.tables["agency"].append_column(sa.Column("motto", sa.String))


def _add_table(metadata: MetaData) -> None:
    sa.Table("verdict", metadata, sa.Column("id", sa.Uuid, primary_key=True))


def _add_index(metadata: MetaData) -> None:
    sa.Index("ix_room_seats", metadata.tables["room"].c.seats)


def _allow_null(metadata: MetaData) -> None:
    metadata.tables["debrief"].c.reference.nullable = True


def _retype(metadata: MetaData) -> None:
    metadata.tables["room"].c.seats.type = sa.String()


@pytest.mark.parametrize("alter", [_add_column, _add_table, _add_index, _allow_null, _retype])
def test_a_mapped_class_that_was_altered_shows(
    desk: Desk, alter: Callable[[MetaData], None]
) -> None:
    altered = sa.MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.sorted_tables:
        table.to_metadata(altered)
    with desk._opened.reader.connect() as connection:
        assert differences(connection, altered) == []
        alter(altered)
        assert len(differences(connection, altered)) == 1


def test_there_is_one_head_and_one_way_to_it() -> None:
    scripts = ScriptDirectory(str(paths.migrations()))
    assert scripts.get_heads() == [HEAD_REVISION]
    walked = list(scripts.walk_revisions())
    assert len(walked) == len(VERSIONS)
    for script in walked:
        assert script.down_revision is None or isinstance(script.down_revision, str)
        assert len(script.nextrev) <= 1
        assert not script.branch_labels
        assert not script.dependencies


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.stem)
def test_a_version_stands_by_itself_and_leads_only_forward(version: Any) -> None:
    """What it says must stay true when the program has long moved on."""
    tree = ast.parse(version.read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= {"sqlalchemy", "alembic", "datetime", "json", "__future__"}
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert "upgrade" in functions
    assert "downgrade" not in functions


def test_every_guard_speaks_of_a_table_that_is_there() -> None:
    for name, sql in guarding.GUARDS.items():
        found = re.search(r"\bON (\w+)", sql)
        assert found is not None, name
        assert found[1] in Base.metadata.tables, name
