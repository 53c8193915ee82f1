"""A small desk of two tables, built by real migrations of its own, in a real encrypted file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from debrief_desk.store import database, guarding, keys, passwords
from debrief_desk.store.upgrading import Schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debrief_desk.store.database import Opened

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "four unrelated words"
OWNER = keys.Owner("0198f0aa-0000-7000-8000-000000000001", "First Supervisor", ("supervisor",))

_ENV = """
from alembic import context
context.configure(
    connection=context.config.attributes["connection"], transactional_ddl=True, render_as_batch=True
)
context.run_migrations()
"""
FIRST = """
import sqlalchemy as sa
from alembic import op
revision = "a1"
down_revision = None
def upgrade():
    op.create_table(
        "person", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String)
    )
    op.create_table(
        "entry",
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id")),
    )
"""
SECOND = """
import sqlalchemy as sa
from alembic import op
revision = "b2"
down_revision = "a1"
def upgrade():
    op.execute("UPDATE entry SET person_id = person_id")
    with op.batch_alter_table("entry", recreate="always") as batch:
        batch.add_column(sa.Column("note", sa.String))
    op.execute("UPDATE entry SET note = 'rewritten'")
"""


@dataclass(frozen=True)
class Made:
    """A desk on disk, closed, with its key and the schema it was made by."""

    path: Path
    key: bytes
    schema: Schema
    recovery: str

    def open(self, schema: Schema | None = None, *, read_only: bool = False) -> Opened:
        return database.open_database(
            self.path, self.key, schema or self.schema, read_only=read_only
        )


@pytest.fixture(scope="session")
def guards() -> dict[str, str]:
    """The guards of the small desk, declared as the real ones are."""
    declared: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guarding, "GUARDS", declared)
        guarding.append_only("entry", sequence="sequence")
        guarding.frozen("person", ("name",))
    return declared


@pytest.fixture(scope="session")
def schema_of(
    tmp_path_factory: pytest.TempPathFactory, guards: dict[str, str]
) -> Callable[..., Schema]:
    """Give the schema to which the given versions lead."""

    def build(head: str, *versions: str) -> Schema:
        folder = tmp_path_factory.mktemp("migrations")
        (folder / "versions").mkdir()
        (folder / "env.py").write_text(_ENV)
        for number, version in enumerate(versions):
            (folder / "versions" / f"{number}.py").write_text(version)
        return Schema(head, folder, guards)

    return build


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, schema_of: Callable[..., Schema]) -> Made:
    """A desk with three people and three entries, built once and copied for each test."""
    schema = schema_of("a1", FIRST)
    path = tmp_path_factory.mktemp("template") / "desk" / "D.desk"
    key, recovery = keys.create_keys(path, OWNER, PASSWORD, cost=passwords.FLOOR)
    database.create_database(path, key, schema)
    desk = Made(path, key, schema, recovery)
    opened = desk.open()
    with opened.writer.begin() as connection:
        for number in (1, 2, 3):
            connection.exec_driver_sql("INSERT INTO person VALUES (?, ?)", (number, f"P{number}"))
            connection.exec_driver_sql("INSERT INTO entry VALUES (?, ?)", (number, number))
    opened.close()
    return desk


@pytest.fixture
def made(tmp_path: Path, template: Made) -> Made:
    """A closed desk of one's own with three people and three entries."""
    shutil.copytree(template.path.parent, tmp_path / "desk")
    return replace(template, path=tmp_path / "desk" / "D.desk")


@pytest.fixture
def opened(made: Made) -> Iterator[Opened]:
    desk = made.open()
    yield desk
    desk.close()


@pytest.fixture
def start_program() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start Python with this program in another process; it is ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", code, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def contents(path: Path) -> bytes:
    """Read a file from another process, as `open` here would drop the locks of a live database."""
    code = "import sys; sys.stdout.buffer.write(open(sys.argv[1], 'rb').read())"
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code, str(path)], capture_output=True, check=True
    ).stdout


@pytest.fixture
def read_outside() -> Callable[[Path], bytes]:
    return contents
