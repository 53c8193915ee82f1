"""Why not this one, and who instead? A line for each post whose choice does not fit the plan."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions import declarations, teams
from debrief_desk.actions.teams import Team
from debrief_desk.rules.proposals import Post
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.asking import Asking
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import ChoiceEntry, Field
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _
from debrief_desk.wording import teams as sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from debrief_desk.actions.plan_drafts import DebriefPlan
    from debrief_desk.actions.teams import CandidateRow
    from debrief_desk.ui.debriefs.form import DebriefForm

_INSTEAD = 3


class PostLine(QWidget):
    """One post: why the one chosen does not fit, and up to three who do, a button each."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.badge = SeverityBadge(Level.STOP)
        self.why = Label("", wrap=True)
        self.buttons = [Button("", "quiet") for _n in range(_INSTEAD)]
        self._ids = [""] * _INSTEAD
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.badge)
        row.addWidget(self.why, 1)
        column.addLayout(row)
        instead = QHBoxLayout()
        instead.setSpacing(6)
        for at, button in enumerate(self.buttons):
            button.clicked.connect(lambda _on=False, at=at: self.taken.emit(self._ids[at]))
            button.setMinimumWidth(1)  # a long name makes no form wider
            instead.addWidget(button)
        instead.addStretch(1)
        column.addLayout(instead)
        name_parts(self)

    def show_post(self, post: Post, why: str, fit: tuple[CandidateRow, ...]) -> None:
        """Say why, and offer the first of those who fit."""
        self.badge.set_badge(Level.STOP, sentences.post(post))
        self.why.setText(why if fit else f"{why} {sentences.nobody(post)}")
        for at, button in enumerate(self.buttons):
            button.setVisible(at < len(fit))
            if at < len(fit):
                self._ids[at] = fit[at].id
                speaks = fit[at].speaks and post is not Post.INTERPRETER
                button.setText(sentences.take(fit[at].name, speaks=speaks))
                button.setToolTip(" ".join(filter(None, (button.text(), fit[at].why))))


class TeamChoice(QWidget):
    """The lines of the posts that do not fit; hidden while all do."""

    taken = Signal(str, str)
    """Post and id of who is taken instead."""
    waited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = {post: PostLine() for post in Post}
        self.outlook = Label("", "muted", wrap=True)
        self.wait = Button(_("Wait for a team"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        for post, line in self.lines.items():
            line.setObjectName(post.value)
            line.taken.connect(partial(self.taken.emit, post.value))
            line.hide()
            column.addWidget(line)
        row = QHBoxLayout()
        row.addWidget(self.wait)
        row.addWidget(self.outlook, 1)
        column.addLayout(row)
        self.wait.clicked.connect(self.waited)
        name_parts(self)
        self.hide()

    def show_team(self, team: Team, chosen: Mapping[Post, str], *, registered: bool) -> None:
        """Say of each chosen id whether it fits; `registered` debriefs may wait for a team."""
        lacking = False
        for post, line in self.lines.items():
            rows = team.of(post)
            mine = next((row for row in rows if row.id == chosen[post]), None)
            wrong = mine is not None and not mine.fit
            line.setVisible(wrong)
            if mine is not None and wrong:
                fit = tuple(row for row in rows if row.fit)
                line.show_post(post, mine.why, fit)
                lacking = lacking or not fit
        self.outlook.setVisible(lacking)
        self.outlook.setText(sentences.may_wait(registered=registered))
        self.wait.setVisible(lacking and registered)
        self.setVisible(any(not line.isHidden() for line in self.lines.values()))


class LinkDialog(Asking):
    """Asks who of the team declared a link to the person (X-8, I-5)."""

    def __init__(
        self,
        parent: QWidget,
        team: Sequence[tuple[str, str]],
        answered: Callable[[str], None],
    ) -> None:
        super().__init__(
            parent,
            _("Who declared a link?"),
            _("Only that there is one is kept, never which. They are left out for this person."),
        )
        self._answered = answered
        self.who = ChoiceEntry(team)
        self.who_field = Field(_("Who"), self.who, required=True)
        self.column.addWidget(self.who_field)
        self.go = self.add_buttons(_("Record the link"), "primary")
        self.go.clicked.connect(self._on_go)
        name_parts(self)
        self.who.setFocus()

    def _on_go(self) -> None:
        chosen = self.who.value()
        if chosen is None:
            self.who_field.set_error(_("Choose who declared it."))
            self.fit()
            return
        self.accept()
        self._answered(chosen)


class TeamOfForm:
    """Asks who fits what stands in the form, and does what is chosen there."""

    def __init__(self, form: DebriefForm) -> None:
        self.form = form
        form.session.team.taken.connect(form.session.take)
        form.session.team.waited.connect(self._wait)
        form.session.link.clicked.connect(self._ask_link)

    def ask(self, plan: DebriefPlan) -> None:
        """Judge everybody for the plan that stands in the form; not without time and person."""
        card = self.form.card
        if plan.starts_at is None or (card is not None and not card.row.state.is_open):
            self.form.session.show_team(Team(), registered=False)
            return
        self.form.page.send(teams.fitting, plan, then=partial(self._show, plan), key="team")

    def _show(self, plan: DebriefPlan, team: Team) -> None:
        if plan == self.form.plan():
            self.form.session.show_team(team, registered=bool(plan.debrief_id))

    def _ask_link(self) -> None:
        LinkDialog(self.form, self.form.session.named(), self._link).open()

    def _link(self, staff_id: str) -> None:
        card = self.form.card
        if card is not None:
            self.form.page.send(
                declarations.link,
                staff_id,
                card.row.id,
                then=lambda _done: self.form.check_again(),
            )

    def _wait(self) -> None:
        card = self.form.card
        if card is not None:
            self.form.page.send(teams.wait, card.row.id, card.row.version, then=self._on_waits)

    def _on_waits(self, _done: None) -> None:
        self.form.page.said.emit(sentences.waits(), None)
        self.form.left.emit()
