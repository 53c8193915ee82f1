"""May this password protect a desk? And how a password becomes a key.

Length and a short list of what people type first, no rules of composition: ASVS 5, section 6.2.
"""

from __future__ import annotations

import time
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from debrief_desk.errors import WrongCall

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST: Final = 12  # characters
MOST: Final = 256  # characters; longer ones only cost time
_TARGET_SECONDS: Final = 0.5
_KIB_PER_STEP: Final = 16 * 1024
_COMMON: Final = (
    "password", "passw0rd", "passwort", "qwerty", "qwertyuiop", "azerty", "letmein", "welcome",
    "iloveyou", "administrator", "supervisor", "coordinator", "changeme", "secret", "monkey",
    "dragon", "football", "liverpool", "arsenal", "debriefdesk", "debrief", "borderforce",
    "homeoffice", "immigration", "manston", "dover", "kent",
)  # fmt: skip
_RUNS: Final = (
    "0123456789012345",
    "9876543210987654",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a password costs: Argon2id memory in KiB, passes and lanes."""

    memory_kib: int
    passes: int
    lanes: int


FLOOR: Final = Cost(memory_kib=64 * 1024, passes=1, lanes=4)
_USUAL: Final = Cost(memory_kib=64 * 1024, passes=3, lanes=4)
CEILING: Final = Cost(memory_kib=256 * 1024, passes=10, lanes=16)


def check(password: str, about: Iterable[str] = ()) -> None:
    """Accept a new password of 12 to 256 characters that is not among the first guesses.

    `about` names what an attacker knows, such as the account's name: alone it is no password.

    Raises:
        WrongCall: `password-too-short` (`least`), `password-too-long` (`most`) or
            `password-too-common`.
    """
    if len(password) < LEAST:
        raise WrongCall("password-too-short", least=LEAST)
    if len(password) > MOST:
        raise WrongCall("password-too-long", most=MOST)
    if _is_first_guess(password, about):
        raise WrongCall("password-too-common")


def derive(password: str, salt: bytes, cost: Cost) -> bytes:
    """Give the 32 bytes that Argon2id (RFC 9106) makes of `password`; slow on purpose."""
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        unicodedata.normalize("NFKC", password).encode(),  # one password on every keyboard
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )


def calibrate() -> Cost:
    """Give the cost at which one guess takes about 0.5 s here: 64 to 256 MiB, 3 passes, 4 lanes.

    The time grows with the memory, so one measurement at the least memory is enough.
    """
    started = time.perf_counter()
    derive("the time this takes", bytes(16), _USUAL)
    seconds = time.perf_counter() - started
    steps = int(_USUAL.memory_kib * _TARGET_SECONDS / seconds / _KIB_PER_STEP)
    memory = min(max(steps * _KIB_PER_STEP, FLOOR.memory_kib), CEILING.memory_kib)
    return Cost(memory, _USUAL.passes, _USUAL.lanes)


def _is_first_guess(password: str, about: Iterable[str]) -> bool:
    """Tell whether little is left of `password` without words that everybody tries."""
    left = "".join(each for each in password.casefold() if each.isalnum())
    if len(set(password)) <= 4 or any(left in run for run in _RUNS):  # noqa: PLR2004 - a few signs repeated
        return True
    known = ("".join(each for each in text.casefold() if each.isalnum()) for text in about)
    for word in sorted({*_COMMON, *known} - {""}, key=len, reverse=True):
        left = left.replace(word, "")
    return len(left.strip("0123456789")) <= 1  # "Password2026!" is the word and a year
