"""A section of the policy as a form: its numbers or its severities, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from debrief_desk.rules.policy import SEVERITY
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.labels import Label, line
from debrief_desk.ui.parts.listing import Entry
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.ui.rules.setting_rows import NumberSetting, SettingRow, SeveritySetting
from debrief_desk.wording import _
from debrief_desk.wording import policy as words

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from debrief_desk.actions.policy_cards import Section


class SectionForm(QFrame):
    """The values of one section."""

    edited = Signal(str)

    def __init__(self, section: Section, *, may_edit: bool) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(section.title)
        self.rows: dict[str, SettingRow] = {}
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(0)
        for number in section.numbers:
            self._add(NumberSetting(number, may_edit=may_edit))
        group = ""
        for severity in section.severities:
            if words.group(severity.rule) != group:
                group = words.group(severity.rule)
                title = Label(group, "section")
                title.setContentsMargins(20, 14, 20, 4)
                self._column.addWidget(title)
            self._add(SeveritySetting(severity, may_edit=may_edit))
        self._column.addStretch(1)
        self._area = scrolling(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._area)

    def stand(self, section: Section, edits: Mapping[str, float | str]) -> None:
        """Show what is in force now, with what is written over it and not saved yet."""
        for number in section.numbers:
            row = self.rows[number.path]
            if isinstance(row, NumberSetting):
                row.stand(number)
        for severity in section.severities:
            row = self.rows[severity.path]
            if isinstance(row, SeveritySetting):
                row.stand(severity)
        for path in self.rows.keys() & edits.keys():
            self.rows[path].put(edits[path])

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Say beside each value what is wrong with it."""
        for path, row in self.rows.items():
            row.set_error(faults.get(path, ""))

    def first_focus(self) -> QWidget | None:
        """Give the first editor that may be used."""
        return next((row.editor for row in self.rows.values() if row.editor is not None), None)

    def show_rule(self, rule: str) -> None:
        """Bring the severity of a rule into sight, and the keyboard to it."""
        for path, row in self.rows.items():
            name = path.removeprefix(f"{SEVERITY}.")
            if name.partition(".")[0] == rule:
                if row.editor is not None:
                    row.editor.setFocus()
                self._area.ensureWidgetVisible(row, 0, row.height())
                return

    def _add(self, row: SettingRow) -> None:
        if self.rows:
            self._column.addWidget(line())
        self.rows[row.path] = row
        row.edited.connect(self.edited)
        self._column.addWidget(row)


def section_entry(section: Section, edits: Container[str], faults: Container[str]) -> Entry:
    """Give a section as the list shows it: what is the site's own, not saved, or wrong."""
    numbers, severities = section.numbers, section.severities
    paths = [*(n.path for n in numbers), *(s.path for s in severities)]
    own = sum(n.value != n.default for n in numbers)
    own += sum(s.value is not s.default for s in severities)
    written = sum(path in edits for path in paths)
    wrong = sum(path in faults for path in paths)
    level, badge = None, ""
    if wrong:
        level, badge = Level.STOP, _("{n} wrong").format(n=wrong)
    elif written:
        level, badge = Level.CHECK, _("{n} not saved").format(n=written)
    remark = _("{n} of the site's own").format(n=own) if own else ""
    return Entry(section.key, section.title, remark, level=level, badge=badge)
