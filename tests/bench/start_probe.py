"""Start the real window on a desk and time it from the process's first line: `PATH NAME PASSWORD`."""

from __future__ import annotations

import time

STARTED = time.perf_counter()

import os  # noqa: E402 - the clock starts first
import sys  # noqa: E402
from pathlib import Path  # noqa: E402

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> None:
    """Print what was measured as `what|value|target` lines."""
    from PySide6.QtCore import QSettings, QTimer
    from PySide6.QtWidgets import QApplication

    from debrief_desk.app import practise
    from debrief_desk.ui.main_window import MainWindow, apply_saved_theme
    from debrief_desk.ui.worker import Worker

    app = QApplication([])
    settings = QSettings(str(Path(sys.argv[1]).with_suffix(".ini")), QSettings.Format.IniFormat)
    apply_saved_theme(app, settings)
    window = MainWindow(Worker(), settings=settings, practise=practise)
    window.begin()
    window.show()
    window.grab()
    shown = time.perf_counter() - STARTED
    print(f"window on screen, from the first line of Python|{shown:.2f} s|under 0.6 s")

    from debrief_desk.desk import Desk
    from debrief_desk.store import keys
    from debrief_desk.store.keys import Owner

    unlocked = keys.unlock(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
    accepted = time.perf_counter()
    owner = Owner(unlocked.account_id, unlocked.name, unlocked.roles)

    def usable() -> None:
        screen = window.screens.get("debriefs")
        if screen is not None and screen.list.table.rows.rowCount() > 0:  # type: ignore[attr-defined]
            window.grab()
            took = time.perf_counter() - accepted
            print(f"usable list, from the accepted password|{took:.2f} s|under 1.5 s")
            status = Path("/proc/self/status")
            if status.exists():
                lines = dict(
                    line.split(":", 1) for line in status.read_text().splitlines() if ":" in line
                )
                print(
                    f"memory with the list open|{int(lines['VmRSS'].split()[0]) / 1024:.0f} MB|under 300 MB"
                )
            window.close()
            app.quit()
        elif "debriefs" not in window.screens and window.screens:
            window.visit("debriefs")

    window.worker.do(
        lambda: Desk._assemble(Path(sys.argv[1]), unlocked.key, owner, _now),
        then=lambda desk: (window.worker.adopt(desk), window.enter()),
        failed=lambda error: sys.exit(str(error)),
    )
    timer = QTimer()
    timer.timeout.connect(usable)
    timer.start(5)
    app.exec()


def _now() -> object:
    from datetime import UTC, datetime

    return datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


if __name__ == "__main__":
    main()
