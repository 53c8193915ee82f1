"""Which rules hold here, and what does this site's policy set? Two parts of one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget

from debrief_desk.ui.parts.buttons import Button, Segments
from debrief_desk.ui.parts.fields import Field, TextEntry
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.rules.policy_part import PolicyPart
from debrief_desk.ui.rules.rule_list import RuleList
from debrief_desk.ui.screen import Screen
from debrief_desk.wording import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from debrief_desk.ui.worker import Worker

RULES, POLICY = "rules", "policy"


class RulesScreen(Screen):
    """The rules with today's numbers, and the policy with its versions."""

    tables = frozenset({"debrief", "policy_version"})

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker, _("Rules"), search=_("Find rule, word, source…"))
        self._build()
        self._connect()
        name_parts(self)

    def reload(self) -> None:
        """Ask for the rules and for the policy again; what is written stays."""
        self.rules.reload()
        self.policy.reload()

    def show_for(self, about: Any) -> None:
        """Show the policy, or a rule by its id, such as `W-3`."""
        self._show(POLICY if about == POLICY else RULES)
        if about != POLICY:
            self.rules.choose(str(about))

    def first_focus(self) -> QWidget:
        """Give the search, or the sections of the policy."""
        return self.header.search if self.parts.choice() == RULES else self.policy.sections

    def _build(self) -> None:
        self.parts = Segments(_("Part"), ((RULES, _("Rules")), (POLICY, _("Policy"))))
        self.header.add(self.parts)
        self.rules = RuleList(self.worker)
        self.policy = PolicyPart(self.worker)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.rules)
        self.stack.addWidget(self.policy)
        self.body.addWidget(self.stack, 1)
        self.reason = TextEntry(_("What this change is for"))
        self.reason_field = Field(_("Why"), self.reason, required=True)
        self.discard_button = Button(_("Discard"))
        self.try_button = Button(_("Try it on the last 200 decisions"))
        self.save_button = Button(_("Save the policy"), "primary")
        self.add_to_foot(self.reason_field, 1)
        for button in (self.discard_button, self.try_button, self.save_button):
            self.add_to_foot(button)
        self.foot.hide()

    def _connect(self) -> None:
        self.parts.chosen.connect(self._show)
        self.header.searched.connect(self.rules.search)
        self.rules.counted.connect(self._tell)
        self.rules.cleared.connect(self._clear_search)
        self.rules.wanted.connect(self._on_wanted)
        self.policy.changed.connect(self._tell)
        self.policy.saved.connect(self._on_saved)
        self.discard_button.clicked.connect(self.policy.discard)
        self.try_button.clicked.connect(self.policy.try_it)
        self.save_button.clicked.connect(self._save)
        self.reason.returnPressed.connect(self._save)
        self.reason.changed.connect(lambda: self.reason_field.set_error(""))

    def _show(self, part: str) -> None:
        self.parts.choose(part)
        self.stack.setCurrentWidget(self.rules if part == RULES else self.policy)
        self.header.search.setVisible(part == RULES)
        self._tell()

    def _tell(self) -> None:
        """Say what is in sight, and offer what may be done about what is written."""
        policy = self.parts.choice() == POLICY
        if not policy:
            self.header.set_subtitle(self.rules.remark())
        elif self.policy.may_edit:
            self.header.set_subtitle(_("The newest version holds from the next check"))
        else:
            self.header.set_subtitle(_("An administrator can change the policy"))
        self.foot.setVisible(policy and self.policy.is_edited)
        for button in (self.try_button, self.save_button):
            button.setEnabled(self.policy.is_sound)

    def _save(self) -> None:
        if not (self.policy.is_edited and self.policy.is_sound):
            return
        if not self.reason.value():
            self.reason_field.set_error(_("Write a reason; it is kept in the record."))
            self.reason.setFocus()
            return
        self.policy.save(self.reason.value())

    def _on_saved(self, text: str) -> None:
        self.reason.clear()
        self.said.emit(text, None)
        self._tell()

    def _on_wanted(self, rule: str) -> None:
        self._show(POLICY)
        self.policy.show_rule(rule)

    def _clear_search(self) -> None:
        self.header.search.clear()
        self.rules.search("")
