"""Draw the README's pictures: the record day in the real window, without a screen.

PYTHONPATH=. python tests/ui/pictures.py resources/pictures
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from debrief_desk.actions import conflicts, debriefs, imports, people
from debrief_desk.actions.debriefs import DebriefFilter
from debrief_desk.actions.desks import DeskSetup
from debrief_desk.app import practise
from debrief_desk.desk import Desk
from debrief_desk.store.passwords import FLOOR
from debrief_desk.ui import style
from debrief_desk.ui.main_window import MainWindow
from debrief_desk.ui.tokens import Theme
from debrief_desk.ui.worker import InlineWorker

RECORD_DAY = Path(__file__).resolve().parent.parent / "data" / "record-day"
FILES = (
    ("rooms.csv", ""),
    ("interviewers.csv", ""),
    ("interpreters.csv", ""),
    ("border-force-manifest.csv", "Border Force"),
    ("nca-planned.xlsx", "NCA"),
    ("kent-police-planned.csv", "Kent Police"),
)
PLACES = ("today", "debriefs", "people", "interviewers", "board", "roster", "import", "rules")
SECONDS = 0.5
PLANNED_WITHIN = 60.0
PAIRS = 1000
MORNING = datetime(2026, 11, 20, 7, 20, tzinfo=UTC)


def settle(app: QApplication) -> None:
    """Let the window paint and its timers run out."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        app.processEvents()


def main(folder: Path) -> None:
    """Draw every picture into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    style.apply_theme(app, Theme.LIGHT)
    with tempfile.TemporaryDirectory() as name:
        setup = DeskSetup("Manston", "N. Adeyemi", ("NCA", "Kent Police", "Border Force"))
        desk, _recovery = Desk.create(
            Path(name) / "day.desk",
            setup,
            "a quiet harbour at dawn",
            now=lambda: MORNING,
            cost=FLOOR,
        )
        for file, agency in FILES:
            desk.write(imports.take, imports.ImportFile(RECORD_DAY / file, agency=agency))
        worker = InlineWorker()
        worker.adopt(desk)
        settings = QSettings(str(Path(name) / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(worker, settings=settings, practise=practise)
        window.resize(1366, 768)
        window.enter()
        window.show()
        for place in PLACES:
            window.visit(place)
            settle(app)
            keep(window, folder / f"{place}.png")
        draw_conflict(app, window, desk, folder)
        draw_form(app, window, desk, folder)
        draw_plan(app, window, folder)
        draw_quality(app, window, desk, folder)
        style.apply_theme(app, Theme.DARK)
        window.visit("board")
        settle(app)
        keep(window, folder / "board-dark.png")
        window.close()


def draw_conflict(app: QApplication, window: MainWindow, desk: Desk, folder: Path) -> None:
    """Show the two records of one person whom two agencies plan to see."""
    rows = desk.read(conflicts.listed)
    chosen = next(row for row in rows if row.kind.asks_identity and len(row.agencies) > 1)
    window.visit("conflicts", chosen.id)
    settle(app)
    keep(window, folder / "conflicts.png")


def draw_form(app: QApplication, window: MainWindow, desk: Desk, folder: Path) -> None:
    """Plan for somebody whom another agency has planned already."""
    window.visit("debriefs", "new")
    settle(app)
    form: Any = window.screens["debriefs"].form  # type: ignore[attr-defined]
    form.person.new_button.click()
    planned = next(
        row for row in desk.read(debriefs.listed, DebriefFilter()).rows if row.band and row.event
    )
    fields = form.person.fields
    fields.full_name.set_value(planned.person.replace("e", "ee", 1).upper())
    fields.band.set_value(planned.band.replace("-0", "/"))
    fields.boat.set_value(planned.event)
    fields.language.set_value(planned.language)
    form.session.agency.set_value(form.session.agency.itemData(1))
    form.session.start.setText("14:30")
    form.session.start.editingFinished.emit()
    settle(app)
    settle(app)
    keep(window, folder / "form.png")


def draw_plan(app: QApplication, window: MainWindow, folder: Path) -> None:
    """Let the desk propose a plan for the day, and wait for it."""
    window.visit("plan")
    settle(app)
    page: Any = window.screens["plan"]
    page.options.propose.click()
    until = time.monotonic() + PLANNED_WITHIN
    while page.offer() is None:
        if time.monotonic() > until:
            raise TimeoutError("no plan was proposed")
        app.processEvents()
    settle(app)
    keep(window, folder / "plan.png")


def draw_quality(app: QApplication, window: MainWindow, desk: Desk, folder: Path) -> None:
    """Decide one suggested pair in ten by who they truly are; show how good suggestions were."""
    with (RECORD_DAY / "truth.csv").open(encoding="utf-8", newline="") as file:
        truly = [
            {row["border_force"], row["nca"], row["kent_police"]} for row in csv.DictReader(file)
        ]
    for pair in desk.read(people.to_link, PAIRS)[::10]:
        serials = {pair.left.serial, pair.right.serial}
        verdict = "same" if any(serials <= one for one in truly) else "different"
        desk.write(people.decide_pair, pair.left.id, pair.right.id, verdict, "Looked at both")
    window.visit("quality")
    settle(app)
    keep(window, folder / "quality.png")


def keep(window: MainWindow, path: Path) -> None:
    """Save the window as a picture of 256 colours, packed as tightly as PNG allows."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colours = np.frombuffer(image.constBits(), dtype=np.uint32)
    found, often = np.unique(colours, return_counts=True)
    table = [int(colour) for colour in found[np.argsort(-often)][:256]]
    small = image.convertToFormat(
        QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither
    )
    small.save(str(path), quality=0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
