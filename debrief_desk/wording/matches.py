"""Sentences for registers that cannot be matched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from debrief_desk.wording import _, isolated, left_to_right

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


def _columns_missing(columns: Iterable[str] = (), **_values: Any) -> str:
    return _(
        "The first line has no column {columns}. Nothing was matched. Name the columns as the help "
        "of this command lists them."
    ).format(columns=", ".join(isolated(name) for name in columns))


def _id_missing(line: int = 0, **_values: Any) -> str:
    return _(
        "Line {line} has no record_id. Nothing was matched. Give every record its own."
    ).format(line=left_to_right(str(line)))


def _id_twice(line: int = 0, **_values: Any) -> str:
    return _(
        "Line {line} has a record_id that stands above already. Nothing was matched. Give every "
        "record its own."
    ).format(line=left_to_right(str(line)))


SENTENCES: Final[Mapping[str, Callable[..., str]]] = {
    "match-columns-missing": _columns_missing,
    "match-id-missing": _id_missing,
    "match-id-twice": _id_twice,
}
