"""The recovery key: 160 random bits, printed once for the safe, typed in when nobody can sign in.

Crockford's base 32 (no letters that look alike) in groups of four, with his check sign at the end,
so that a slip of the pen is told apart from a wrong sheet.
"""

from __future__ import annotations

import secrets
from typing import Final

from debrief_desk.errors import WrongCall

_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECKS: Final = _SIGNS + "*~$=U"  # 37 signs, a prime, so that one wrong sign never goes unseen
_BYTES: Final = 20
_LENGTH: Final = _BYTES * 8 // 5
_LOOK_ALIKES: Final = str.maketrans("OIL", "011", "- \t\r\n")


def new() -> bytes:
    """Give 160 bits from the operating system."""
    return secrets.token_bytes(_BYTES)


def written(recovery: bytes) -> str:
    """Write the key for paper: eight groups of four signs, then the check sign."""
    number = int.from_bytes(recovery)
    signs = "".join(_SIGNS[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    groups = [signs[start : start + 4] for start in range(0, _LENGTH, 4)]
    return "-".join([*groups, _CHECKS[number % len(_CHECKS)]])


def read(text: str) -> bytes:
    """Read a typed key, in any case and grouping, with O for 0 and I or L for 1.

    Raises:
        WrongCall: `recovery-mistyped`: the length, a sign or the check sign is wrong.
    """
    signs = text.upper().translate(_LOOK_ALIKES)
    body, check = signs[:_LENGTH], signs[_LENGTH:]
    if len(body) != _LENGTH or len(check) != 1 or not set(body) <= set(_SIGNS):
        raise WrongCall("recovery-mistyped")
    number = 0
    for sign in body:
        number = number << 5 | _SIGNS.index(sign)
    if _CHECKS[number % len(_CHECKS)] != check:
        raise WrongCall("recovery-mistyped")
    return number.to_bytes(_BYTES)
