"""How is the desk kept safe from a broken disk? By a copy that is read back before it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.choosing import choose_target
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.settings.section import Section, leading
from debrief_desk.wording import _, failures, isolated
from debrief_desk.wording import settings as wording

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker


class BackupSection(Section):
    """Back up now, beside the desk or elsewhere."""

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Backup"),
            _(
                "A copy of the desk with its keys, as safe as the desk itself. Each copy is "
                "opened, read whole and compared before it counts. Keep one on another disk."
            ),
            parent,
        )
        self._worker = worker
        self.place = Label("", "label", wrap=True)
        self.backup_button = Button(_("Back up now"), "primary")
        self.elsewhere_button = Button(_("Back up elsewhere…"))
        self.body.addWidget(self.place)
        self.body.addLayout(leading(self.backup_button, self.elsewhere_button))
        self.column.addStretch(1)
        self.backup_button.clicked.connect(lambda: self._back_up(None))
        self.elsewhere_button.clicked.connect(self._choose)
        name_parts(self)

    def first_focus(self) -> QWidget:
        """Give the button that backs up."""
        return self.backup_button

    def reload(self) -> None:
        """Say where the desk lies."""
        desk = self._worker.desk
        shown = isolated(str(desk.path)) if desk is not None else ""
        self.place.setText(_("This desk: {path}").format(path=shown))

    def _choose(self) -> None:
        desk = self._worker.desk
        if desk is not None:
            choose_target(self, _("Back up as"), f"{desk.path.stem}-backup.desk", self._back_up)

    def _back_up(self, target: Path | None) -> None:
        desk = self._worker.desk
        if desk is None:
            return
        self.start(_("Copying the desk and reading the copy back…"))
        self._worker.do(lambda: desk.back_up(target), then=self._on_done, failed=self._on_failed)

    def _on_done(self, made: Any) -> None:
        self.stop()
        said = wording.backed_up(str(made.path), made.size, made.tables, made.rows)
        self.strip.say(Level.NOTE, said)

    def _on_failed(self, error: DeskError) -> None:
        self.stop()
        self.strip.say(Level.STOP, failures.sentence(error))
