"""How strong a rule is, and how strong a finding looks."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """How strong a finding is, in the words of the rule table."""

    HARD = "HARD"
    """Cannot be cleared by anybody."""
    HARD_STAR = "HARD*"
    """Bars *cleared* until a supervisor records a reasoned decision."""
    WARN = "WARN"
    """The coordinator may go on with a reason."""
    NOTE = "NOTE"
    """Information; nothing is asked of anybody."""
    AUTO = "auto"
    """The desk acts by itself when the condition holds (D-10)."""

    @property
    def stops(self) -> bool:
        """Say whether a finding of this severity bars *cleared*."""
        return self in (Severity.HARD, Severity.HARD_STAR)

    @property
    def rank(self) -> int:
        """Give 0 for the strongest; a larger number is weaker."""
        return _RANKS[self]


class Level(StrEnum):
    """What the eye sees of a severity."""

    STOP = "stop"
    CHECK = "check"
    NOTE = "note"
    CLEAR = "clear"


_RANKS: Final = {severity: rank for rank, severity in enumerate(Severity)}
_LEVELS: Final = {
    Severity.HARD: Level.STOP,
    Severity.HARD_STAR: Level.STOP,
    Severity.WARN: Level.CHECK,
    Severity.NOTE: Level.NOTE,
    Severity.AUTO: Level.NOTE,
}


def level(severity: Severity | None) -> Level:
    """Give the level shown for `severity`; `None` (nothing was found) is *Clear*."""
    return Level.CLEAR if severity is None else _LEVELS[severity]
