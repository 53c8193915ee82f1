"""Reading JSON values with the name of the field in every refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from debrief_desk import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LARGEST: Final = 1_000_000
MOST_ROWS: Final = 5_000
LONGEST_TEXT: Final = 100
SPAN_ENDS: Final = 2
T = TypeVar("T")


def refuse(code: str, field: str) -> errors.FileRefused:
    """Make the refusal of one field; the caller raises it."""
    return errors.FileRefused(code, field=field)


class Fields:
    """One JSON object and its path; every reader raises `FileRefused` with the field's name."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, dict):
            raise refuse("roster-not-an-object", path or "$")
        self.values: dict[object, object] = value
        self.path = path

    def name(self, key: str) -> str:
        """Give the full name of a field, as `persons[3].departs`."""
        return f"{self.path}.{key}" if self.path else key

    def get(self, key: str) -> object:
        """Give a value that must be there."""
        if key not in self.values:
            raise refuse("roster-key-missing", self.name(key))
        return self.values[key]

    def whole(self, key: str, low: int = 0, high: int = LARGEST) -> int:
        """Give a whole number in [low, high]; true, 1.0 and "1" are none."""
        return whole(self.get(key), self.name(key), low, high)

    def text(self, key: str) -> str:
        """Give a text of 1 to 100 characters."""
        return text(self.get(key), self.name(key))

    def text_or_none(self, key: str) -> str | None:
        """Give a text, or None where the file says null."""
        return None if self.get(key) is None else self.text(key)

    def flag(self, key: str) -> bool:
        """Give true or false."""
        value = self.get(key)
        if not isinstance(value, bool):
            raise refuse("roster-wrong-type", self.name(key))
        return value

    def items(self, key: str) -> list[object]:
        """Give a list of at most 5,000 values."""
        value = self.get(key)
        if not isinstance(value, list):
            raise refuse("roster-wrong-type", self.name(key))
        if len(value) > MOST_ROWS:
            raise refuse("roster-too-many", self.name(key))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts, none twice."""
        found = tuple(
            text(value, f"{self.name(key)}[{at}]") for at, value in enumerate(self.items(key))
        )
        if len(set(found)) != len(found):
            raise refuse("roster-duplicate", self.name(key))
        return found

    def spans(self, key: str) -> tuple[tuple[int, int], ...]:
        """Give a list of spans, each with its start before its end, in order of time."""
        return tuple(
            sorted(
                span(value, f"{self.name(key)}[{at}]") for at, value in enumerate(self.items(key))
            )
        )

    def span(self, key: str, *, empty: bool = False) -> tuple[int, int]:
        """Give one span `[start, end]`, start before end (or equal, where it may be empty)."""
        return span(self.get(key), self.name(key), empty=empty)

    def part(self, key: str) -> Fields:
        """Give the object under a key."""
        return Fields(self.get(key), self.name(key))

    def parts(self, key: str) -> Iterator[Fields]:
        """Give the objects of a list."""
        for at, value in enumerate(self.items(key)):
            yield Fields(value, f"{self.name(key)}[{at}]")

    def records(self, key: str, make: Callable[[Fields], T]) -> tuple[T, ...]:
        """Read every object of a list; their ids must differ."""
        made: list[T] = []
        seen: set[str] = set()
        for part in self.parts(key):
            own = part.text("id")
            if own in seen:
                raise refuse("roster-duplicate-id", part.name("id"))
            seen.add(own)
            made.append(make(part))
        return tuple(made)

    def known(self, key: str, ids: Iterable[str]) -> str:
        """Give a text that must be one of `ids`."""
        value = self.text(key)
        if value not in ids:
            raise refuse("roster-unknown-id", self.name(key))
        return value


def whole(value: object, name: str, low: int = 0, high: int = LARGEST) -> int:
    """Give a whole number in [low, high], or refuse the field `name`."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise refuse("roster-wrong-type", name)
    if not low <= value <= high:
        raise refuse("roster-number-out-of-range", name)
    return value


def text(value: object, name: str) -> str:
    """Give a text of 1 to 100 characters, or refuse the field `name`."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TEXT:
        raise refuse("roster-wrong-type", name)
    return value


def span(value: object, name: str, *, empty: bool = False) -> tuple[int, int]:
    """Give `[start, end]` with start before end, or refuse the field `name`."""
    if not isinstance(value, list) or len(value) != SPAN_ENDS:
        raise refuse("roster-wrong-type", name)
    start = whole(value[0], name, low=-LARGEST)
    end = whole(value[1], name, low=-LARGEST)
    if start > end or (start == end and not empty):
        raise refuse("roster-impossible-window", name)
    return start, end
