"""What every mapped class shares: named constraints, UUIDv7 keys, UTC times, enums by value."""

from __future__ import annotations

import enum
import secrets
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from sqlalchemy import JSON, DateTime, Dialect, Enum, MetaData, TypeDecorator, Uuid
from sqlalchemy.orm import DeclarativeBase, mapped_column

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


_last_uuid = 0


def uuid7() -> UUID:
    """Make a UUID of version 7 (RFC 9562), later than every earlier one of this process.

    48 bits of Unix milliseconds and 74 random bits; within a millisecond the last one counts up.
    """
    global _last_uuid  # noqa: PLW0603 - the order of birth is the order of keys
    milliseconds = (time.time_ns() // 1_000_000) & ((1 << 48) - 1)
    payload = (milliseconds << 74) | secrets.randbits(74)
    _last_uuid = max(payload, _last_uuid + 1)
    rest = _last_uuid & ((1 << 74) - 1)
    value = (_last_uuid >> 74) << 80 | 0x7 << 76 | (rest >> 62) << 64 | 0b10 << 62
    return UUID(int=value | rest & ((1 << 62) - 1))


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware UTC in Python, UTC without a zone in the file; naive values are refused."""

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """Name the type of its values, which an undo asks for."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Refuse a naive moment and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Give the stored moment its zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


class KeptJson(TypeDecorator[Any]):
    """A mapping kept as JSON; text that is no JSON comes back as it is, for its reader to judge."""

    impl = JSON
    cache_ok = True

    @property
    def python_type(self) -> type[dict[str, Any]]:
        """Name the type of its values, which an undo asks for."""
        return dict

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Read what is kept; one damaged row shall not keep a whole desk shut."""
        read = super().result_processor(dialect, coltype)
        if read is None:
            return None

        def kept(value: Any) -> Any:
            try:
                return read(value)
            except ValueError:
                return value

        return kept


def _values(kind: type[enum.Enum]) -> Sequence[str]:
    return [str(member.value) for member in kind]


class Base(DeclarativeBase):
    """Base of all mapped classes."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - read once by SQLAlchemy
        datetime: UtcDateTime,
        UUID: Uuid(as_uuid=True),
        dict[str, Any]: JSON(none_as_null=True),
        list[str]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
        enum.Enum: Enum(
            enum.Enum,
            native_enum=False,
            length=24,
            values_callable=_values,
            create_constraint=False,
        ),
    }


Key = Annotated[UUID, mapped_column(primary_key=True, default=uuid7)]
