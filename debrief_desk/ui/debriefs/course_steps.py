"""How does a debrief take its course? Each step is asked for, sent, and its effect said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from debrief_desk.actions import course
from debrief_desk.rules.severity import Level
from debrief_desk.ui.debriefs.course_dialogs import StopDialog, TimeDialog, TimeQuestion
from debrief_desk.wording import _
from debrief_desk.wording import course as sentences

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from debrief_desk.actions.course import Completed, Readiness, Stop
    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.ui.debriefs.screen import DebriefsScreen


class CourseSteps:
    """Begin, complete, stop and withdraw, for the row that is given."""

    def __init__(self, page: DebriefsScreen, over: QWidget) -> None:
        """`over` is the widget over whose window is asked."""
        self.page, self._over = page, over

    def begin(self, row: DebriefRow) -> None:
        """Look whether it may begin now; then ask when it did, or say what stands in the way."""
        self.page.send(
            course.readiness, row.id, then=partial(self._ready, row), key="debriefs readiness"
        )

    def complete(self, row: DebriefRow) -> None:
        """Ask when it ended."""
        self._ask(
            TimeQuestion(
                _("Complete {reference}?").format(reference=row.reference),
                sentences.running(row.started_at),
                _("Ended at"),
                _("Complete the debrief"),
                earliest=row.started_at,
            ),
            lambda at: self.page.send(
                course.complete, row.id, row.version, at, then=partial(self._completed, row)
            ),
        )

    def withdraw(self, row: DebriefRow) -> None:
        """Ask when the person wished to end; never why."""
        self._ask(
            TimeQuestion(
                _("The person will not go on"),
                _(
                    "No reason is asked for. Nobody may approach this person from now on, and all "
                    "other plans are cancelled, at every agency. This cannot be undone."
                ),
                _("Ended at"),
                _("Record and end"),
                "danger",
                row.started_at,
            ),
            lambda at: self.page.send(
                course.withdraw,
                row.id,
                row.version,
                at,
                then=lambda others: self._say(sentences.withdrawn(row.reference, others)),
            ),
        )

    def stop(self, row: DebriefRow) -> None:
        """Ask for the reason, and for safeguarding what it needs."""

        def send(wanted: Stop) -> None:
            self.page.send(
                course.stop,
                row.id,
                row.version,
                wanted,
                then=lambda others: self._say(
                    sentences.stopped(row.reference, wanted.reason, others)
                ),
            )

        StopDialog(self._over, row, self.page.now(), send).open()

    def _ready(self, row: DebriefRow, ready: Readiness) -> None:
        if ready.missing:
            self.page.tell(
                Level.CHECK,
                sentences.not_ready(row.reference, ready.missing),
                action=_("See what is open"),
                do=lambda: self.page.list.opened.emit(row.id),
            )
            return
        self._ask(
            TimeQuestion(
                _("Begin {reference}?").format(reference=row.reference),
                sentences.consented(ready.consent_at, ready.language, ready.explained_by),
                _("Began at"),
                _("Begin the debrief"),
            ),
            lambda at: self.page.send(
                course.begin,
                row.id,
                row.version,
                at,
                then=lambda _done: self._say(sentences.begun(row.reference)),
            ),
        )

    def _ask(self, question: TimeQuestion, answered: Callable[[datetime], object]) -> None:
        TimeDialog(self._over, question, self.page.now(), answered).open()

    def _completed(self, row: DebriefRow, done: Completed) -> None:
        self._say(sentences.completed(row.reference, done.minutes))
        if done.level is not Level.CLEAR:
            said = sentences.over_length(done.minutes, done.limit, done.level)
            self.page.tell(done.level, said)

    def _say(self, text: str) -> None:
        self.page.strip.clear()
        self.page.said.emit(text, None)
