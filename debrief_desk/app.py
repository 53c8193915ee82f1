"""Start the program: the window first, everything slow after its first paint."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from debrief_desk import __version__, logs, paths
from debrief_desk.wording import moments

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

_COLLECTING = (700, 10, 100)  # objects, young collections, middle collections before the next


def start(arguments: Sequence[str] = ()) -> int:
    """Show the window and run until it is closed; gives the exit code."""
    logs.start(paths.logs())
    logs.catch_crashes(paths.logs())
    QApplication.setOrganizationName("Debrief Desk")
    QApplication.setApplicationName("Debrief Desk")
    QApplication.setApplicationVersion(__version__)
    app = QApplication([sys.argv[0], *arguments])
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    from debrief_desk.ui.main_window import MainWindow, apply_saved_theme
    from debrief_desk.ui.worker import Worker

    settings = QSettings()
    apply_saved_theme(app, settings)
    window = MainWindow(Worker(now=_set_clock()), settings=settings, practise=practise)
    window.worker.opened.connect(_spare_collecting)
    window.begin()
    window.show()
    QTimer.singleShot(0, lambda: window.worker.do(_warm_up, then=lambda _done: None))
    return app.exec()


def _warm_up() -> None:
    """Import what opening a desk and the form need, on the desk's own thread, after the paint."""
    import debrief_desk.desk
    import debrief_desk.ui.debriefs.screen  # noqa: F401 - imported for its effect


def _spare_collecting() -> None:
    """Keep full collections short and rare: each stops every thread while it looks at all objects.

    What the program has loaded by now stays until it ends and is not looked at again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTING)


def practise(path: Path) -> tuple[str, str]:
    """Make the practice desk where it is not there yet; gives who signs in with which password."""
    from debrief_desk import demo
    from debrief_desk.desk import wall_clock

    if not path.exists():
        demo.make(path, now=_set_clock() or wall_clock, password=demo.PASSWORD).close()
    return demo.SUPERVISOR, demo.PASSWORD


def _set_clock() -> Callable[[], datetime] | None:
    """Give the clock that DEBRIEF_DESK_NOW sets, for a demonstration; None is the real one."""
    moment = moments.given(os.environ.get("DEBRIEF_DESK_NOW", ""))
    return None if moment is None else lambda: moment
