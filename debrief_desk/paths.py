"""Where things are: what ships with the program, and the folders of this user."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def resources() -> Path:
    """Give the folder `resources/`: inside the package in a wheel, beside it in a checkout."""
    inside = _PACKAGE / "resources"
    return inside if inside.is_dir() else _PACKAGE.parent / "resources"


@cache
def migrations() -> Path:
    """Give the folder `migrations/`: inside the package in a wheel, beside it in a checkout."""
    inside = _PACKAGE / "migrations"
    return inside if inside.is_dir() else _PACKAGE.parent / "migrations"


def desks() -> Path:
    """Give the folder in which this user's desks are offered first."""
    import platformdirs

    return Path(platformdirs.user_data_dir("Debrief Desk", appauthor=False))


def logs() -> Path:
    """Give the folder for this user's log and crash files."""
    import platformdirs

    return Path(platformdirs.user_log_dir("Debrief Desk", appauthor=False))
