"""What does the site's policy say, what would a change do, and who changed it when?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from debrief_desk.actions import policies, policy_cards, policy_trials
from debrief_desk.errors import Interrupted
from debrief_desk.rules.policy import SEVERITY
from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.parts.busy import BusyBar
from debrief_desk.ui.parts.listing import Entry, Listing
from debrief_desk.ui.parts.messages import MessageStrip
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.rules.history_panel import HistoryPanel
from debrief_desk.ui.rules.section_form import SectionForm, section_entry
from debrief_desk.ui.rules.trial_panel import TrialPanel
from debrief_desk.wording import _, failures
from debrief_desk.wording import policy_trials as sentences

if TYPE_CHECKING:
    from debrief_desk.actions.policies import Saved
    from debrief_desk.actions.policy_cards import PolicyCard
    from debrief_desk.actions.policy_trials import Trial
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Job, Worker

TRIAL, HISTORY = "trial", "history"
_LIST = 232


class PolicyPart(QWidget):
    """Sections at the left; at the right the values of one, a trial, or the versions."""

    changed = Signal()
    """Something was written, judged, saved or thrown away."""
    saved = Signal(str)
    """A version was saved: the sentence to say."""

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._card: PolicyCard | None = None
        self._edits: dict[str, float | str] = {}
        self._faults: dict[str, str] = {}
        self._forms: dict[str, SectionForm] = {}
        self._job: Job | None = None
        self._wanted = ""
        self.strip = MessageStrip()
        self.busy = BusyBar()
        self.sections = Listing(_("Sections of the policy"))
        self.trial = TrialPanel()
        self.history = HistoryPanel()
        self.stack = QStackedWidget()
        self._build()
        name_parts(self)
        self.sections.chosen.connect(self._on_section)
        self.sections.opened.connect(lambda _key: self._focus_form())
        self.trial.asked.connect(self.try_it)
        self.history.wanted_back.connect(self._go_back)
        style.follow(self._dress)

    @property
    def may_edit(self) -> bool:
        """Say whether this account may change the policy."""
        return self._card is not None and self._card.may_edit

    @property
    def is_edited(self) -> bool:
        """Say whether something is written that is not saved."""
        return bool(self._edits)

    @property
    def is_sound(self) -> bool:
        """Say whether everything written may stand."""
        return not self._faults

    def reload(self) -> None:
        """Ask for the policy in force and its versions; what is written stays."""
        self._worker.send(
            policy_cards.in_force, then=self._on_card, failed=self._on_failed, key="policy"
        )
        self._worker.send(
            policies.versions, then=self._on_versions, failed=self._say, key="policy versions"
        )

    def show_rule(self, rule: str) -> None:
        """Show the severity of a rule, now or when the policy has come."""
        self._wanted = rule
        if self._card is not None:
            self._show_wanted()

    def try_it(self) -> None:
        """Try what is written on the last decisions; nothing is saved."""
        self.sections.choose(TRIAL)
        job = self._worker.send(
            policy_trials.tried,
            dict(self._edits),
            then=self._on_trial,
            failed=self._on_no_trial,
            progress=self.trial.busy.progress,
            key="policy trial",
        )
        if not job.done:
            self.trial.start(job.cancel)

    def save(self, reason: str) -> None:
        """Save what is written as a new version."""
        self._send(policies.save, dict(self._edits), reason)

    def discard(self) -> None:
        """Throw away what is written and not saved."""
        self._edits, self._faults = {}, {}
        self._stand()

    def _send(self, action: Any, *arguments: Any) -> None:
        self.strip.clear()
        self.setEnabled(False)
        job = self._worker.send(
            action,
            *arguments,
            then=self._on_saved,
            failed=self._on_not_saved,
            progress=self.busy.progress,
        )
        if not job.done:
            self.busy.start(_("Checking every open plan under the new policy"), job.cancel)

    def _go_back(self, version: str, reason: str) -> None:
        self._send(policies.go_back, version, reason)

    def _on_card(self, card: PolicyCard) -> None:
        self._card = card
        self.states.show_content()
        if card.faults:
            self.strip.say(Level.CHECK, card.faults)
        if self.sections.key() is None:
            self._list_sections()
            self.sections.choose(card.sections[0].key)
        self._stand()
        if self._wanted:
            self._show_wanted()

    def _on_versions(self, rows: Any) -> None:
        self.history.show_versions(rows, may_edit=self.may_edit)

    def _on_failed(self, error: DeskError) -> None:
        self.states.show_failed(
            _("The policy could not be read"),
            failures.sentence(error),
            action=_("Try again"),
            do=self.reload,
        )

    def _on_saved(self, saved: Saved) -> None:
        self.busy.stop()
        self.setEnabled(True)
        self._edits, self._faults = {}, {}
        self.saved.emit(sentences.saved(saved.version, saved.plans, saved.opened, saved.closed))
        self.reload()

    def _on_not_saved(self, error: DeskError) -> None:
        self.busy.stop()
        self.setEnabled(True)
        self._say(error)
        self.changed.emit()

    def _say(self, error: DeskError) -> None:
        self.strip.say(Level.STOP, failures.sentence(error))

    def _on_trial(self, trial: Trial) -> None:
        self.trial.show_trial(trial)

    def _on_no_trial(self, error: DeskError) -> None:
        if isinstance(error, Interrupted):
            self.trial.busy.stop()
            self.trial.forget(may_try=self._may_try())
        else:
            self.trial.show_failure(_("It could not be tried"), failures.sentence(error))

    def _may_try(self) -> bool:
        return self.may_edit and self.is_edited and self.is_sound

    def _on_edited(self, path: str) -> None:
        form = next(form for form in self._forms.values() if path in form.rows)
        row = form.rows[path]
        if row.is_edited():
            self._edits[path] = row.value()
        else:
            self._edits.pop(path, None)
        if self._edits:
            self._worker.send(
                policies.faults,
                dict(self._edits),
                then=self._on_faults,
                failed=self._say,
                key="policy faults",
            )
        else:
            self._on_faults({})

    def _on_faults(self, faults: dict[str, str]) -> None:
        self._faults = faults
        for form in self._forms.values():
            form.show_faults(faults)
        self._list_sections()
        self.trial.forget(may_try=self._may_try())
        self.changed.emit()

    def _stand(self) -> None:
        """Show what is in force in every form that was built, and what is written over it."""
        if self._card is None:
            return
        for section in self._card.sections:
            if section.key in self._forms:
                self._forms[section.key].stand(section, self._edits)
        self._on_faults(self._faults)

    def _list_sections(self) -> None:
        if self._card is None:
            return
        entries = [section_entry(one, self._edits, self._faults) for one in self._card.sections]
        if self.may_edit:
            entries.append(Entry(TRIAL, _("Try it"), _("On the last 200 decisions")))
        entries.append(Entry(HISTORY, _("Versions"), _("Who changed it, when and why")))
        self.sections.set_entries(entries)

    def _on_section(self, key: Any) -> None:
        if key is None or self._card is None:
            return
        panels = {TRIAL: self.trial, HISTORY: self.history}
        self.stack.setCurrentWidget(panels.get(str(key)) or self._form(str(key)))

    def _form(self, key: str) -> SectionForm:
        """Give the form of a section, built when it is first seen."""
        if key not in self._forms and self._card is not None:
            section = next(one for one in self._card.sections if one.key == key)
            form = SectionForm(section, may_edit=self.may_edit)
            form.setObjectName(f"form_{key}")
            form.edited.connect(self._on_edited)
            self._forms[key] = form
            self.stack.addWidget(form)
        return self._forms[key]

    def _focus_form(self) -> None:
        shown = self.stack.currentWidget()
        focus = shown.first_focus() if isinstance(shown, SectionForm) else None
        if focus is not None:
            focus.setFocus()
        elif shown is self.history:
            self.history.table.setFocus()

    def _show_wanted(self) -> None:
        self.sections.choose(SEVERITY)
        self._form(SEVERITY).show_rule(self._wanted)
        self._wanted = ""

    def _build(self) -> None:
        self.stack.addWidget(self.trial)
        self.stack.addWidget(self.history)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.sections)
        row.addWidget(self.stack, 1)
        self.states = States(inside)
        self.states.show_loading()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.strip)
        column.addWidget(self.busy)
        column.addWidget(self.states, 1)

    def _dress(self) -> None:
        self.sections.setFixedWidth(style.px(_LIST))
