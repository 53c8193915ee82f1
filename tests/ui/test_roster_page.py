"""The roster's page on a real desk: what is shown is what is issued, and what is recorded."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog

from debrief_desk.actions import debriefs, plans, rosters
from debrief_desk.actions.plan_drafts import DebriefPlan
from debrief_desk.actions.registrations import PersonEntry
from debrief_desk.ui.rosters.screen import RostersScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk
    from debrief_desk.errors import DeskError

pytestmark = pytest.mark.usefixtures("dressed")

DAY = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def planned(desk: Desk) -> Desk:
    people = (("Amina", "Hashimi", "NCA", 9), ("Tesfay", "Woldu", "Kent Police", 15), ("Minh", "Nguyen", "NCA", 23))  # fmt: skip
    for number, (given, family, agency, hour) in enumerate(people):
        person = PersonEntry(given_name=given, family_name=family, born="1990-02-03", band=f"07-{number:03d}")  # fmt: skip
        plan = DebriefPlan(agency, person=person, starts_at=DAY + timedelta(hours=hour))
        desk.write(plans.register, plan)
    return desk


@pytest.fixture
def screen(open_page: Callable[..., RostersScreen], planned: Desk) -> RostersScreen:
    return open_page(RostersScreen, planned, 1200)


def lines(screen: RostersScreen) -> list[rosters.RosterLine]:
    model = screen.preview.rows
    return [row for at in range(model.rowCount()) if (row := model.row(at)) is not None]


def issue(screen: RostersScreen, kind: str, folder: Path) -> Path:
    screen._ways[kind].click()
    dialog = screen.window().findChild(QFileDialog)
    assert dialog is not None
    target = folder / Path(dialog.selectedFiles()[0]).name
    dialog.setParent(None)
    dialog.fileSelected.emit(str(target))
    dialog.deleteLater()
    return target


def test_the_preview_shows_the_day_without_marks_before_the_first_issue(
    screen: RostersScreen,
) -> None:
    assert [line.person for line in lines(screen)] == ["Amina Hashimi", "Tesfay Woldu", "Minh Nguyen"]  # fmt: skip
    assert "Version 1 · copy 1" in screen.header.subtitle.text()
    assert screen.preview.isColumnHidden(0)
    assert not screen.only_changed.isVisible()


def test_agency_shift_and_own_times_narrow_the_list(screen: RostersScreen) -> None:
    screen.options.agency.setCurrentIndex(screen.options.agency.findText("Kent Police"))
    assert [line.person for line in lines(screen)] == ["Tesfay Woldu"]
    screen.options.agency.setCurrentIndex(0)
    screen.options.span.set_value("night")
    assert [line.person for line in lines(screen)] == ["Minh Nguyen"]
    screen.options.span.set_value("own")
    assert screen.options.times.isVisible()
    screen.options.start.set_value(time(8))
    screen.options.end.set_value(time(10))
    assert [line.person for line in lines(screen)] == ["Amina Hashimi"]


def test_the_door_list_says_what_it_leaves_out_and_can_take_it_in(screen: RostersScreen) -> None:
    screen.options.level.set_value("door")
    assert lines(screen) == []
    assert "cleared" in screen.preview_states.title.text()
    screen.preview_states.action.click()
    assert screen.options.uncleared.isChecked()
    assert len(lines(screen)) == 3
    hidden = [screen.preview.isColumnHidden(at) for at in range(screen.preview.rows.columnCount())]
    assert hidden == [True, False, False, False, *[True] * 8]


def test_nothing_is_issued_without_a_recipient(screen: RostersScreen, planned: Desk) -> None:
    screen.to_pdf.click()
    assert screen.options.recipient_field.has_error()
    assert screen.window().findChild(QFileDialog) is None
    screen.options.recipient.set_value("Night shift lead")
    assert not screen.options.recipient_field.has_error()
    assert planned.read(rosters.issued) == ()


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv", "ics"])
def test_every_form_is_written_and_recorded(
    screen: RostersScreen, planned: Desk, tmp_path: Path, kind: str, qtbot: QtBot
) -> None:
    screen.options.recipient.set_value("Night shift lead")
    with qtbot.waitSignal(screen.said) as said:
        target = issue(screen, kind, tmp_path)
    assert target.name == f"roster-2026-11-20-supervisor-v1.{kind}"
    assert target.stat().st_size > 100
    assert target.name in said.args[0]
    (sent,) = planned.read(rosters.issued)
    assert (sent.format, sent.recipient, sent.version) == (kind, "Night shift lead", 1)
    assert screen.sent.rows.rowCount() == 1


def test_after_a_change_exactly_the_changed_row_is_marked(
    screen: RostersScreen, planned: Desk, tmp_path: Path
) -> None:
    screen.options.recipient.set_value("Night shift lead")
    issue(screen, "csv", tmp_path)
    moved = planned.read(debriefs.on_board, DAY, DAY + timedelta(days=1))[1]
    planned.write(plans.move, moved.id, moved.version, minutes=90)
    screen.reload()
    marked = [(line.reference, line.change) for line in lines(screen) if line.change]
    assert marked == [(moved.reference, "changed")]
    assert not screen.preview.isColumnHidden(0)
    assert "Version 2 · copy 1" in screen.header.subtitle.text()
    screen.only_changed.click()
    assert [line.reference for line in lines(screen)] == [moved.reference]


def test_paper_goes_through_the_printer_box_and_is_recorded(
    screen: RostersScreen, planned: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    screen.options.recipient.set_value("Night shift lead")
    screen.to_print.click()
    dialog = screen.window().findChild(QPrintDialog)
    assert dialog is not None
    assert dialog.isVisible()
    assert planned.read(rosters.issued) == ()
    dialog.close()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    with qtbot.waitSignal(screen.said) as said:
        screen._print(printer)
    assert "1 page" in said.args[0]
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
    assert planned.read(rosters.issued)[0].format == "print"


def test_a_folder_that_is_gone_is_said_and_nothing_is_recorded(
    screen: RostersScreen, planned: Desk, tmp_path: Path
) -> None:
    told: list[DeskError] = []
    screen.failed.connect(told.append)
    screen.options.recipient.set_value("Night shift lead")
    issue(screen, "pdf", tmp_path / "away")
    assert [error.code for error in told] == ["folder-missing"]
    assert planned.read(rosters.issued) == ()


def test_sent_rosters_take_the_whole_page(screen: RostersScreen) -> None:
    screen.views._buttons["sent"].click()
    assert not screen.form.isVisible()
    assert "No roster was issued yet" in screen.sent_states.title.text()
    screen.sent_states.action.click()
    assert screen.form.isVisible()
    assert QApplication.activeModalWidget() is None
