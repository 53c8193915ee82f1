"""Which desks does this user work with? Those opened before, and those in the user's folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from debrief_desk import paths

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtCore import QSettings

_KEY: Final = "desks"
_MOST: Final = 12
_PRACTICE: Final = "practice"


def known_desks(settings: QSettings) -> tuple[Path, ...]:
    """Give the desks that are there, the one opened last first, practice days at the end."""
    own = (paths.desks(), practice_folder())
    found = [*_kept(settings), *(file for folder in own for file in sorted(folder.glob("*.desk")))]
    standing = [file for file in dict.fromkeys(found) if file.is_file()]
    return tuple(sorted(standing, key=is_practice))


def remember(settings: QSettings, path: Path) -> None:
    """Put a desk first in the list of those opened before."""
    before = [file for file in _kept(settings) if file != path]
    settings.setValue(_KEY, [str(file) for file in (path, *before)][:_MOST])


def proposed(site: str) -> Path:
    """Give where a new desk of this site would lie: a name that is free, in the user's folder."""
    letters = "".join(sign if sign.isalnum() else " " for sign in site)
    stem = "-".join(letters.split())[:60] or "desk"
    taken = {file.name.casefold() for file in paths.desks().glob("*")}
    names = [f"{stem}.desk", *(f"{stem}-{number}.desk" for number in range(2, len(taken) + 3))]
    return paths.desks() / next(name for name in names if name.casefold() not in taken)


def practice_folder() -> Path:
    """Give the folder of practice desks, apart from the real ones."""
    return paths.desks() / _PRACTICE


def practice_desk(today: dt.date) -> Path:
    """Give the practice desk of a day; there is one a day."""
    return practice_folder() / f"practice-{today:%Y-%m-%d}.desk"


def is_practice(path: Path) -> bool:
    """Tell whether a desk lies among those made for practising."""
    return path.parent == practice_folder()


def _kept(settings: QSettings) -> list[Path]:
    value = settings.value(_KEY, [])
    texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return [Path(str(text)) for text in texts if text]
