"""Each Qt trap we know of stays shut."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QLabel, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.compare import MarkedLabel, marked
from debrief_desk.ui.parts.fields import CheckEntry, ChoiceEntry, DateEntry, TextEntry, TimeEntry
from debrief_desk.ui.parts.labels import Label, fixed, tip
from debrief_desk.ui.parts.sidebar import Place, Sidebar
from debrief_desk.ui.tokens import Theme

pytestmark = pytest.mark.usefixtures("dressed")

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def differing(one: QImage, other: QImage) -> int:
    assert one.size() == other.size()
    return sum(
        one.pixel(x, y) != other.pixel(x, y)
        for x in range(one.width())
        for y in range(one.height())
    )


@pytest.mark.parametrize("kind", [DateEntry, TimeEntry])
def test_date_and_time_edits_are_wide_enough_inside_to_be_read(qtbot: QtBot, kind: type) -> None:
    edit = kind()
    qtbot.addWidget(edit)
    edit.resize(160, 32)
    edit.show()
    assert edit.lineEdit().width() > 120


def test_a_rule_for_line_edits_leaves_those_inside_other_editors_alone(qtbot: QtBot) -> None:
    combo = ChoiceEntry([("a", "Alpha")], searchable=True)
    clock = TimeEntry()
    plain = TextEntry()
    for widget in (combo, clock, plain):
        qtbot.addWidget(widget)
        widget.resize(160, 32)
        widget.show()
    inner = combo.lineEdit()
    assert inner is not None
    assert inner.height() < 32
    assert clock.lineEdit().height() <= 32
    assert plain.height() == 32
    assert combo.height() == 32
    assert clock.height() == 32


def test_focus_and_errors_do_not_move_a_control(qtbot: QtBot) -> None:
    for editor in (TextEntry(), TimeEntry(), DateEntry(), ChoiceEntry([("a", "A")])):
        qtbot.addWidget(editor)
        editor.show()
        before = editor.sizeHint().height()
        style.restyle(editor, state="error")
        assert editor.sizeHint().height() == before, type(editor)


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_an_unticked_box_can_be_seen(dressed: QApplication, qtbot: QtBot, theme: Theme) -> None:
    style.apply_theme(dressed, theme)
    box = CheckEntry("")
    qtbot.addWidget(box)
    box.resize(40, 28)
    box.show()
    colours = {picture(box).pixelColor(x, 14).name().upper() for x in range(2, 26)}
    assert style.tokens().border in colours


def test_a_combo_box_keeps_its_arrow(qtbot: QtBot) -> None:
    combo = ChoiceEntry([("a", "")])
    qtbot.addWidget(combo)
    combo.resize(160, 32)
    combo.show()
    seen = picture(combo)
    shades = [seen.pixelColor(x, y).lightness() for x in range(130, 156) for y in range(8, 24)]
    assert min(shades) < 128
    assert sum(shade < 200 for shade in shades) > 8


def test_places_are_announced_as_list_items(qtbot: QtBot) -> None:
    sidebar = Sidebar("Desk", "", (Place("a", "Board", "printer"), Place("b", "People", "users")))
    qtbot.addWidget(sidebar)
    sidebar.show()
    interface = QAccessible.queryAccessibleInterface(sidebar.list)
    assert interface.role() == QAccessible.Role.List
    assert interface.child(0).role() == QAccessible.Role.ListItem
    assert interface.child(0).text(QAccessible.Text.Name) == "Board"


@pytest.mark.usefixtures("turned")
def test_times_and_dates_stay_left_to_right_in_a_turned_layout(qtbot: QtBot) -> None:
    clock, day = TimeEntry(), DateEntry()
    clock.set_value(time(13, 30))
    day.set_value(date(2026, 11, 23))
    for edit in (clock, day):
        qtbot.addWidget(edit)
        edit.show()
    assert clock.text() == "13:30"
    assert day.text() == "Mon 23 Nov 2026"


def test_times_stay_left_to_right_when_the_layout_turns_later(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    clock, reference = TimeEntry(), TextEntry(fixed=True)
    clock.set_value(time(13, 30))
    row.addWidget(clock)
    row.addWidget(reference)
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    window.show()
    assert clock.text() == "13:30"
    assert not clock.isRightToLeft()
    assert not reference.isRightToLeft()


@pytest.mark.usefixtures("turned")
def test_a_label_of_figures_is_isolated_from_the_words_around_it(qtbot: QtBot) -> None:
    label = fixed("13:30–14:45")
    qtbot.addWidget(label)
    assert label.text() == "\u206613:30–14:45\u2069"


def test_markup_in_data_is_shown_and_not_obeyed(qtbot: QtBot) -> None:
    name = '<b>Eve</b><img src="x">'
    plain = Label(name)
    rich = MarkedLabel(name, ((0, 3),))
    for label in (plain, rich):
        qtbot.addWidget(label)
        label.show()
    assert plain.textFormat() == Qt.TextFormat.PlainText
    assert plain.sizeHint().width() > QLabel("Eve").sizeHint().width() + 60
    assert "<img" not in rich.text()
    assert "&lt;img" in rich.text()
    assert "<" not in tip(name).removeprefix("<span>").removesuffix("</span>")


def test_markup_stays_text_whatever_is_marked() -> None:
    assert marked("a<b>c", ((1, 4),), "#FFE08A").count("<span") == 1
    assert "<b>" not in marked("a<b>c", ((1, 3), (2, 5)), "#FFE08A")


@pytest.mark.usefixtures("turned")
def test_the_whole_text_of_data_stands_in_its_own_direction(qtbot: QtBot) -> None:
    english, arabic = MarkedLabel("30 min overlap"), MarkedLabel("هاوار")
    for label in (english, arabic):
        qtbot.addWidget(label)
    assert 'dir="ltr"' in english.text()
    assert 'dir="rtl"' in arabic.text()
    assert 'align="right"' in english.text()


def test_nothing_shown_by_itself_becomes_a_window_of_its_own(qtbot: QtBot) -> None:
    before = {id(widget) for widget in QApplication.topLevelWidgets() if widget.isVisible()}
    from debrief_desk.ui.parts.fields import Field
    from debrief_desk.ui.parts.page import Page

    made = [Page("Board", "Today", search="Find"), Field("Name", TextEntry(), hint="As given")]
    for widget in made:
        qtbot.addWidget(widget)
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert {id(widget) for widget in shown} <= before


def test_a_wheel_over_a_field_without_focus_changes_nothing(qtbot: QtBot) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent

    for editor in (ChoiceEntry([("a", "A"), ("b", "B")]), TimeEntry(), DateEntry()):
        qtbot.addWidget(editor)
        if isinstance(editor, QComboBox):
            editor.set_value("a")
        before = editor.value()
        turn = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(editor, turn)
        assert editor.value() == before


def test_two_windows_drawn_alike_are_alike_to_the_pixel(qtbot: QtBot) -> None:
    pictures = []
    for _ in range(2):
        label = Label("Hawar Karim هاوار ሰላም 14:08", "section")
        qtbot.addWidget(label)
        label.resize(300, 30)
        label.show()
        pictures.append(picture(label))
    assert differing(*pictures) == 0
