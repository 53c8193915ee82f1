"""From an empty file, or an older desk, to the schema of this version, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from debrief_desk import paths
from debrief_desk.errors import FileRefused
from debrief_desk.store import checking, driver, guarding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from alembic.config import Config


@dataclass(frozen=True, slots=True)
class Schema:
    """What this version of the program expects of a file, and the migrations that lead there."""

    head: str
    migrations: Path = field(default_factory=paths.migrations)
    guards: Mapping[str, str] = field(default_factory=lambda: guarding.GUARDS)


def is_older(revision: str, schema: Schema) -> bool:
    """Tell whether the migrations lead from `revision` to the head; a newer desk's are unknown."""
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    scripts = ScriptDirectory.from_config(_config(schema))
    try:
        scripts.get_revision(revision)
    except CommandError:
        return False
    return revision != schema.head


def upgrade(path: Path, key: bytes, schema: Schema) -> None:
    """Bring the desk `path` to the head, in one transaction with its guards and all checks.

    References are not enforced while tables are rebuilt, and are all checked before it counts.

    Raises:
        FileRefused: `upgrade-failed`: the result would not be whole; the file is as it was.
    """
    from alembic import command

    config = _config(schema)
    engine = driver.engine(path, key, foreign_keys=False)
    try:
        with engine.begin() as connection:
            guarding.drop_all(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, schema.head)
            guarding.create_all(connection, schema.guards)
            if checking.thorough(connection.connection.driver_connection):
                raise FileRefused("upgrade-failed", file=path.name)
    finally:
        engine.dispose()


def _config(schema: Schema) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(schema.migrations).replace("%", "%%"))
    return config
