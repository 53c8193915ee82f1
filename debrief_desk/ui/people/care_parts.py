"""What does a card show of what protects the person? One part a subject, each with its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from debrief_desk.rules.codes import Eligibility, StopReason
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label, fixed
from debrief_desk.wording import _, course
from debrief_desk.wording import care as sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QFrame

    from debrief_desk.actions.people import PersonCard
    from debrief_desk.actions.referrals import ReferralRow
    from debrief_desk.actions.stops import StopRow

_UNSURE_OF_AGE = (Eligibility.CHILD, Eligibility.AGE_DISPUTED)
_TOP = Qt.AlignmentFlag.AlignTop

AGE, BUSY, BUSY_OVER, SAFEGUARDS = "age", "busy", "busy_over", "safeguards"
DONE, CONSENT, PASS_ON = "done", "consent", "pass_on"
INFORMED, RELEASE = "informed", "release"
"""The steps a card offers, as `PersonView.cared` names them."""


class CareParts:
    """Builds the parts of one card; `step(kind, id)` is called when a button is pressed."""

    def __init__(
        self,
        shown: PersonCard,
        titled: Callable[[str, QWidget], QFrame],
        step: Callable[[str, str], None],
    ) -> None:
        self._shown, self._care = shown, shown.care
        self._titled, self._step = titled, step

    def stops(self) -> QFrame | None:
        """Show the debriefs that were stopped; None where there was none."""
        if not self._care.stops:
            return None
        box, grid = _grid(0)
        for at, row in enumerate(self._care.stops):
            line = course.stop_line(row.reason, row.at, row.reference)
            grid.addLayout(_lines(line, _stop_standing(row)), at, 0)
            told = row.reason is not StopReason.SAFEGUARDING or row.informed_at is not None
            if not told and self._care.may_edit:
                grid.addWidget(self._button(_("Record who was told…"), INFORMED, row.id), at, 1)
            elif row.holds and self._care.may_release:
                grid.addWidget(self._button(_("Release…"), RELEASE, row.id), at, 1, _TOP)
        return self._titled(_("Stopped debriefs"), box)

    def tasks(self) -> QFrame | None:
        """Show the tasks that were opened for the person; None where there was none."""
        if not self._care.referrals:
            return None
        box, grid = _grid(0)
        for at, row in enumerate(self._care.referrals):
            line = sentences.task(row.kind, row.reference)
            grid.addLayout(_lines(line, _task_standing(row)), at, 0)
            if row.done_at is not None or not self._care.may_edit:
                continue
            if row.may_be_consented:
                grid.addWidget(self._button(_("Consents"), CONSENT, row.id), at, 1, _TOP)
            grid.addWidget(self._button(_("Pass on…"), PASS_ON, row.id), at, 2, _TOP)
            grid.addWidget(self._button(_("Done"), DONE, row.id), at, 3, _TOP)
        return self._titled(_("Tasks"), box)

    def age(self) -> QFrame:
        """Show the age decisions, and offer to record one."""
        box, grid = _grid(0)
        for at, row in enumerate(self._care.ages):
            said = sentences.age(row.decider, row.decided_on, adult=row.adult)
            grid.addWidget(Label(said, wrap=True), at, 0)
        under = len(self._care.ages)
        if not under:
            unsure = self._shown.eligibility in _UNSURE_OF_AGE
            text = sentences.refer_children() if unsure else _("No decision is recorded.")
            grid.addWidget(Label(text, "muted", wrap=True), 0, 0)
            under = 1
        if self._care.may_decide_age:
            button = self._button(_("Record an age decision…"), AGE, "")
            grid.addWidget(button, under, 0, Qt.AlignmentFlag.AlignLeft)
        return self._titled(_("Age"), box)

    def busy(self) -> QFrame:
        """Show what else is in the person's day, and offer to add to it."""
        box, grid = _grid(1)
        for at, row in enumerate(self._care.busy):
            said = sentences.busy_when(row.starts_at, row.ends_at)
            grid.addWidget(fixed(said), at, 0)
            grid.addWidget(Label(sentences.busy(row.kind, row.room), wrap=True), at, 1)
            if self._care.may_edit:
                button = self._button(_("Take back"), BUSY_OVER, row.id, "quiet")
                button.setAccessibleName(_("Take back {when}").format(when=said))
                grid.addWidget(button, at, 2)
        under = len(self._care.busy)
        if not under:
            grid.addWidget(Label(_("Nothing else is recorded."), "muted"), 0, 0, 1, 2)
            under = 1
        if self._care.may_edit:
            button = self._button(_("Add a busy time…"), BUSY, "")
            grid.addWidget(button, under, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)
        return self._titled(_("Busy times"), box)

    def safeguards(self) -> QFrame:
        """Show what is recorded about safety, in categories, and offer to change it."""
        box, grid = _grid(1)
        grid.setColumnMinimumWidth(0, 128)
        care = self._care
        pairs = sentences.safeguards(
            indicators=care.indicators,
            bereaved=care.bereaved,
            facilitator_near=care.facilitator_near,
            alone=care.alone,
            dependants=care.dependants,
            carer=care.carer_recorded,
            representative=care.legal_rep,
            notified_at=care.legal_rep_notified_at,
            compulsory_power_at=care.compulsory_power_at,
        )
        for at, (label, word) in enumerate(pairs):
            grid.addWidget(Label(label, "label", wrap=True), at, 0)
            grid.addWidget(Label(word, wrap=True), at, 1)
        if not pairs:
            grid.addWidget(Label(_("Nothing is recorded."), "muted"), 0, 0, 1, 2)
        if self._care.may_edit:
            button = self._button(_("Record safeguards…"), SAFEGUARDS, "")
            grid.addWidget(button, max(len(pairs), 1), 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        return self._titled(_("Safeguards"), box)

    def _button(self, text: str, kind: str, about: str, dress: str = "plain") -> Button:
        button = Button(text, dress)
        button.setObjectName(f"{kind}_button")
        button.clicked.connect(lambda _checked: self._step(kind, about))
        return button


def _grid(wide: int) -> tuple[QWidget, QGridLayout]:
    """Give a grid whose column `wide` takes the room that is left."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(wide, 1)
    return box, grid


def _stop_standing(row: StopRow) -> str:
    told = ""
    if row.reason is StopReason.SAFEGUARDING:
        told = course.stop_told(row.informed, row.informed_at)
    return " ".join(filter(None, (told, course.stop_released(row.released_at, holds=row.holds))))


def _task_standing(row: ReferralRow) -> str:
    if row.done_at is not None:
        return sentences.task_done(row.done_at, row.done_by or row.owner)
    return sentences.task_due(row.owner, row.due_at, overdue=row.overdue)


def _lines(first: str, second: str) -> QVBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(first, "strong", wrap=True))
    words.addWidget(Label(second, "label", wrap=True))
    return words
