"""How are welfare, wishes and the stay of a person asked for? Over the window, by keyboard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from debrief_desk.actions import welfare
from debrief_desk.actions.welfare import MEDICAL, WelfareEntry
from debrief_desk.errors import Stale
from debrief_desk.rules.codes import GenderPreference
from debrief_desk.ui import style
from debrief_desk.ui.debriefs.versions import VersionsDialog
from debrief_desk.ui.parts.asking import Asking
from debrief_desk.ui.parts.fields import ChoiceEntry, Field
from debrief_desk.ui.parts.moment_field import MomentField
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, names, versions
from debrief_desk.wording import welfare as sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.actions.welfare import Overtaken
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.debriefs.screen import DebriefsScreen

_RESTED = {"": None, "yes": True, "no": False}


class WelfareRecording:
    """Asks for the welfare of a debrief's person and keeps it.

    What somebody else recorded meanwhile is set beside it, and a person chooses.
    """

    def __init__(self, page: DebriefsScreen, row: DebriefRow) -> None:
        self._page, self._row = page, row
        self._shown = WelfareEntry()

    def ask(self) -> None:
        """Show what is on record, to be filled in."""
        about = self._row.registration_id
        self._page.send(welfare.get, about, then=self._show, key="debriefs welfare")

    def _show(self, known: WelfareEntry) -> None:
        self._shown = known
        WelfareDialog(self._page, self._row, known, self._page.now(), self._keep).open()

    def _keep(self, entry: WelfareEntry, offered: WelfareEntry | None = None) -> None:
        self._page.send(
            welfare.record,
            self._row.registration_id,
            entry,
            self._shown,
            offered,
            then=lambda _done: self._page.said.emit(sentences.recorded(self._row.person), None),
            failed=partial(self._on_failed, entry),
        )

    def _on_failed(self, entry: WelfareEntry, error: DeskError) -> None:
        if not isinstance(error, Stale):
            self._page.failed.emit(error)
            return
        about, then = self._row.registration_id, partial(self._on_overtaken, entry)
        self._page.send(welfare.overtaken, about, self._shown, entry, then=then)

    def _on_overtaken(self, entry: WelfareEntry, found: Overtaken) -> None:
        title = versions.welfare_title(self._row.person)
        answered = partial(self._on_settled, entry, found)
        VersionsDialog(self._page, title, found.rows, answered).open()

    def _on_settled(
        self, entry: WelfareEntry, found: Overtaken, mine_stands: Mapping[str, bool]
    ) -> None:
        wished = {row.field: row.mine_stands is not False for row in found.rows}
        offered = welfare.settled(found, entry, wished)
        chosen = welfare.settled(found, entry, mine_stands)
        self._shown = found.now
        self._keep(chosen, offered if offered != chosen else None)


class WelfareDialog(Asking):
    """Asks what is known now; what is on record stands in it, an empty field is not recorded."""

    def __init__(
        self,
        parent: QWidget,
        row: DebriefRow,
        known: WelfareEntry,
        now: datetime,
        answered: Callable[[WelfareEntry], None],
    ) -> None:
        super().__init__(
            parent,
            sentences.title(row.reference),
            _("Categories and times only, no detail. It counts for every plan of this person."),
        )
        self._now, self._answered = now, answered
        self._build()
        self._show(known)
        self.setMaximumWidth(style.px(680))
        self.setMinimumWidth(style.px(600))
        self.go.clicked.connect(self._on_go)
        name_parts(self)
        self.screened.clock.setFocus()

    def _build(self) -> None:
        day = self._now
        self.screened = MomentField(_("Screened"), day)
        self.cleared = MomentField(_("Cleared by healthcare"), day)
        self.landed = MomentField(_("Landed"), day)
        self.arrived = MomentField(_("Arrived at the site"), day)
        self.departs = MomentField(_("Leaves the site"), day)
        self.rested = ChoiceEntry(sentences.rested())
        self.medical = ChoiceEntry(sentences.medical(MEDICAL))
        wishes = (("", _("Not asked")), *names.choices(GenderPreference))
        self.preference, self.interpreter = ChoiceEntry(wishes), ChoiceEntry(wishes)
        self.add_row(self.screened, Field(_("Fed, dry and rested"), self.rested))
        self.add_row(Field(_("Healthcare says"), self.medical), self.cleared)
        self.add_row(
            Field(_("Prefers as interviewer"), self.preference),
            Field(_("Prefers as interpreter"), self.interpreter),
        )
        self.add_row(self.landed, self.arrived)
        self.add_row(self.departs, QWidget())
        self.go = self.add_buttons(_("Record welfare"), "primary")

    def _show(self, known: WelfareEntry) -> None:
        for field, moment in (
            (self.screened, known.screened_at),
            (self.cleared, known.medical_cleared_at),
            (self.landed, known.landed_at),
            (self.arrived, known.arrived_at),
            (self.departs, known.departs_at),
        ):
            field.set_value(moment)
        self.rested.set_value(next(k for k, v in _RESTED.items() if v is known.rested))
        self.medical.set_value(known.medical)
        self.preference.set_value(known.preference)
        self.interpreter.set_value(known.interpreter_preference)

    def _on_go(self) -> None:
        wrong = self._complain()
        if wrong:
            wrong[0].clock.setFocus()
            self.fit()
            return
        self.accept()
        self._answered(
            WelfareEntry(
                screened_at=self.screened.value(),
                rested=_RESTED[self.rested.value() or ""],
                medical=self.medical.value() or "",
                preference=self.preference.value() or "",
                interpreter_preference=self.interpreter.value() or "",
                landed_at=self.landed.value(),
                arrived_at=self.arrived.value(),
                departs_at=self.departs.value(),
                medical_cleared_at=self.cleared.value(),
            )
        )

    def _complain(self) -> list[MomentField]:
        """Mark each time that cannot be; gives those, in reading order."""
        past = (self.screened, self.cleared, self.landed, self.arrived)
        wrong = []
        for field in (*past, self.departs):
            text = self._wrong(field, past=field in past)
            field.set_error(text)
            if text:
                wrong.append(field)
        return wrong

    def _wrong(self, field: MomentField, *, past: bool) -> str:
        at, order = field.value(), (self.landed, self.arrived, self.departs)
        if at is None:
            return "" if field.is_empty() else sentences.no_moment()
        if past and at > self._now:
            return sentences.not_yet(self._now)
        for earlier in order[: order.index(field)] if field in order else ():
            first = earlier.value()
            if first is not None and at < first:
                return sentences.before(earlier.title)
        return ""
