"""The schema this version of the program works with, its guards among it."""

from typing import Final

from debrief_desk.store import guards as _guards  # registers every guard
from debrief_desk.store.upgrading import Schema

HEAD_REVISION: Final = "0002"
SCHEMA: Final = Schema(HEAD_REVISION)

__all__ = ["HEAD_REVISION", "SCHEMA", "_guards"]
