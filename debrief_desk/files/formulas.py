"""Keep text from becoming a formula in the spreadsheet of whoever opens our CSV (ASVS 1.2.10)."""

from __future__ import annotations

import re
from typing import Final

GUARD_MARK: Final = "debrief-desk-guarded-1"
"""A cell of this text near the top says that the file was written by `guarded`."""

# = + - @ and their full-width forms, also behind spaces or apostrophes: programs trim.
_STARTS_FORMULA: Final = re.compile(r"[\s']*[=+\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """Give `text` with an apostrophe in front if a spreadsheet could take it for a formula."""
    return f"'{text}" if _STARTS_FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Undo `guarded` exactly; other texts, such as `'Abd al-Rahman`, stay as they are."""
    return text[1:] if text.startswith("'") and _STARTS_FORMULA.match(text, 1) else text
