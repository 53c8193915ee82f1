"""The rules that the file itself keeps, whatever wrote to it: triggers, declared in one registry.

Alembic's batch operations on SQLite drop the triggers of a table without a word. So no migration
makes one: after every upgrade all are made anew from here, and every opening compares them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

GUARDS: Final[dict[str, str]] = {}  # name of the trigger -> its CREATE TRIGGER statement
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


def register(name: str, sql: str) -> None:
    """Declare the trigger `name`; `sql` is its whole statement, `CREATE TRIGGER name ...`.

    Raises:
        ValueError: the name is taken, or is not that of the statement.
    """
    if name in GUARDS or sql.split(maxsplit=3)[:3] != ["CREATE", "TRIGGER", _checked(name)]:
        raise ValueError(name)
    GUARDS[name] = sql.strip().removesuffix(";")  # as SQLite keeps it, so that it can be compared


def append_only(table: str, sequence: str | None = None) -> None:
    """Declare that rows of `table` are never changed or removed.

    With a column `sequence`, each new row also carries the next number after the highest, which
    refuses gaps and replacing a row by inserting it again.
    """
    for verb in ("update", "delete"):
        name = f"{table}_no_{verb}"
        register(name, _refusal(name, f"BEFORE {verb.upper()} ON {_checked(table)}"))
    if sequence is not None:
        name = f"{table}_next_in_line"
        column = _checked(sequence)
        follows = f"(SELECT coalesce(max({column}), 0) + 1 FROM {table})"  # noqa: S608 - checked names
        condition = f"NEW.{column} IS NOT {follows}"
        register(name, _refusal(name, f"BEFORE INSERT ON {table}", condition))


def frozen(table: str, columns: Sequence[str], *, once_set: bool = False) -> None:
    """Declare that these columns keep what they were made with, or were first set to."""
    name = f"{table}_keeps_{'_'.join(columns)}"
    parts = []
    for column in map(_checked, columns):
        changed = f"NEW.{column} IS NOT OLD.{column}"
        parts.append(f"(OLD.{column} IS NOT NULL AND {changed})" if once_set else changed)
    event = f"BEFORE UPDATE OF {', '.join(columns)} ON {_checked(table)}"
    register(name, _refusal(name, event, " OR ".join(parts)))


def create_all(connection: Connection, guards: Mapping[str, str] = GUARDS) -> None:
    """Make every guard anew, as declared; others stay as they are."""
    for name, sql in guards.items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_checked(name)}")
        connection.exec_driver_sql(sql)


def drop_all(connection: Connection) -> None:
    """Drop every trigger of the file, before a migration rebuilds tables they speak of."""
    for name in _present(connection):
        connection.exec_driver_sql(f'DROP TRIGGER "{name.replace(chr(34), chr(34) * 2)}"')


def missing(connection: Connection, guards: Mapping[str, str] = GUARDS) -> tuple[str, ...]:
    """Name the guards that are not in the file, or not as declared."""
    present = _present(connection)
    return tuple(name for name, sql in guards.items() if present.get(name) != sql)


def unknown(connection: Connection, guards: Mapping[str, str] = GUARDS) -> tuple[str, ...]:
    """Name the triggers of the file that nobody declared."""
    return tuple(name for name in _present(connection) if name not in guards)


def _present(connection: Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    return {row.name: row.sql for row in rows}


def _refusal(name: str, event: str, condition: str = "") -> str:
    """Write a trigger that refuses under its own name, as a constraint of PostgreSQL would."""
    when = f"WHEN {condition}\n" if condition else ""
    return f"CREATE TRIGGER {name}\n{event}\n{when}BEGIN\n  SELECT RAISE(ABORT, '{name}');\nEND"


def _checked(name: str) -> str:
    """Give `name` back; names of guards, tables and columns come from the code, never from data."""
    if _NAME.fullmatch(name) is None:
        raise ValueError(name)
    return name
