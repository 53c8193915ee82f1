"""The kinds of conflict a supervisor settles."""

from __future__ import annotations

from enum import StrEnum


class ConflictKind(StrEnum):
    """What a conflict is about; every conflict in the inbox has exactly one."""

    SAME_PERSON = "same_person"
    POSSIBLE_PERSON = "possible_person"
    SECOND_APPROACH = "second_approach"
    NO_APPROACH = "no_approach"
    CHILD = "child"
    WELFARE = "welfare"
    DOUBLE_BOOKING = "double_booking"
    EXPERIENCE = "experience"
    INTERPRETER = "interpreter"
    CROWDING = "crowding"
    TIME_IN_CENTRE = "time_in_centre"
    IMPORT = "import"
    MERGE = "merge"

    @property
    def asks_identity(self) -> bool:
        """Say whether the question *Is it the same person?* belongs to this kind."""
        return self in (ConflictKind.SAME_PERSON, ConflictKind.POSSIBLE_PERSON)
