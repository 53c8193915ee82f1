"""What is to stand where two people changed one record? Field by field, both values shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.announce import announce
from debrief_desk.ui.parts.asking import Asking
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label, line
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _
from debrief_desk.wording import versions as sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from debrief_desk.actions.versions import FieldVersions


class VersionsDialog(Asking):
    """Asks for one value of each field that both changed; Escape keeps the form as it is."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        rows: Sequence[FieldVersions],
        answered: Callable[[Mapping[str, bool]], None],
    ) -> None:
        """`answered` gets, by field, whether the own value is to stand."""
        asks = any(row.mine_stands is None for row in rows)
        super().__init__(parent, title, sentences.explanation(asks=asks))
        self._rows, self._answered = tuple(rows), answered
        self.ways: dict[str, tuple[Button, Button]] = {}
        self._groups: list[QButtonGroup] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(Label(_("Stands now"), "label"), 0, 1)
        grid.addWidget(Label(_("Entered by you"), "label"), 0, 2)
        for row in self._rows:
            self._add(grid, row)
        self.column.addLayout(grid)
        self.error = Label("", "error", wrap=True)
        self.error.hide()
        self.column.addWidget(self.error)
        self.go = self.add_buttons(_("Save this"), "primary")
        self.go.clicked.connect(self._on_go)
        self.setMinimumWidth(style.px(600))
        self.setMaximumWidth(style.px(680))
        name_parts(self)
        first = self._open()
        (self.ways[first[0].field][0] if first else self.go).setFocus()

    def _add(self, grid: QGridLayout, row: FieldVersions) -> None:
        at = grid.rowCount()
        grid.addWidget(line(), at, 0, 1, 3)
        theirs = _way(row.theirs, _("{field}, stands now: {value}"), row.label)
        mine = _way(row.mine, _("{field}, entered by you: {value}"), row.label)
        theirs.setAccessibleDescription(sentences.written(row.by, row.at))
        group = QButtonGroup(self)
        for way, stands in ((theirs, False), (mine, True)):
            way.setChecked(row.mine_stands is stands)
            group.addButton(way)
        grid.addWidget(Label(row.label, "strong", wrap=True), at + 1, 0)
        grid.addWidget(theirs, at + 1, 1)
        grid.addWidget(mine, at + 1, 2)
        grid.addWidget(Label(sentences.written(row.by, row.at), "label", wrap=True), at + 2, 1)
        self.ways[row.field] = theirs, mine
        self._groups.append(group)

    def _open(self) -> list[FieldVersions]:
        """Give the fields for which nothing is chosen yet."""
        return [row for row in self._rows if not any(b.isChecked() for b in self.ways[row.field])]

    def _on_go(self) -> None:
        still = self._open()
        if still:
            self.error.setText(sentences.choose([row.label for row in still]))
            self.error.show()
            announce(self, self.error.text())
            self.ways[still[0].field][0].setFocus()
            self.fit()
            return
        self.accept()
        self._answered({field: mine.isChecked() for field, (_theirs, mine) in self.ways.items()})


def _way(value: str, spoken: str, field: str) -> Button:
    """Give a value to choose; a tick beside it says that it is chosen."""
    way = Button(value.replace("&", "&&"), "segment")
    style.restyle(way, edge="only")
    way.setCheckable(True)
    way.toggled.connect(lambda on: way.set_icon("check" if on else ""))
    way.setAccessibleName(spoken.format(field=field, value=value))
    return way
