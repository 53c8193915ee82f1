"""What waits for a second person? Opinions to give blind, bypasses to concur with or to review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions import bypasses, opinions
from debrief_desk.actions.outcomes import letter
from debrief_desk.errors import NotAllowed
from debrief_desk.rules.codes import IdentityAnswer
from debrief_desk.rules.severity import Level
from debrief_desk.ui.conflicts.standing import CONCUR, WITHDRAW, bypass_record, titled
from debrief_desk.ui.parts.answers import Answer, AnswerBar
from debrief_desk.ui.parts.compare import CompareView, EvidenceSection, Side
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.listing import Entry, Listing
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.ui.parts.reading import in_order
from debrief_desk.ui.parts.states import States
from debrief_desk.wording import _, clock, isolated
from debrief_desk.wording import second_looks as sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.actions.bypasses import BypassRow
    from debrief_desk.actions.opinions import Agreement, BlindCard, OpinionRow
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.screen import Screen

REVIEW = "review"


class SecondLook(States):
    """The list at the left, one thing in full at the right, and the answer below in `bar`."""

    def __init__(self, screen: Screen, counted: Callable[[str], None]) -> None:
        """`counted` is told in words how much waits, and how second opinions went."""
        self.queue = Listing(_("Waits for a second person"))
        inside = QWidget()
        super().__init__(inside)
        self._screen, self._counted = screen, counted
        self._opinions: tuple[OpinionRow, ...] = ()
        self._bypasses: tuple[BypassRow, ...] = ()
        self._at = 0
        self.bar = AnswerBar(_("Second look"))
        self._area = scrolling(QWidget())
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.queue)
        row.addWidget(self._area, 1)
        self.queue.chosen.connect(self._on_chosen)
        self.queue.opened.connect(lambda _key: self._focus_answers())
        self.bar.answered.connect(self._on_answer)

    def ask(self) -> None:
        """Ask for everything that waits; the chosen thing stays, or its neighbour is chosen."""
        if not (self._opinions or self._bypasses):
            self.show_loading()
        self._screen.send(
            opinions.waiting, then=self._on_opinions, failed=self._on_failed, key="opinions"
        )

    def _on_opinions(self, rows: tuple[OpinionRow, ...]) -> None:
        self._opinions = rows
        self._screen.send(bypasses.due, then=self._on_bypasses, key="bypasses")
        self._screen.send(opinions.agreement, then=self._on_agreement, key="agreement")

    def _on_agreement(self, found: Agreement) -> None:
        waiting = len(self._opinions) + len(self._bypasses)
        if found.asked:
            told = sentences.agreement(found.given, found.agreed, found.asked - found.given)
            self._counted(f"{sentences.looks(waiting)} {told[0].upper()}{told[1:]}.")
        else:
            self._counted(sentences.looks(waiting))

    def _on_bypasses(self, rows: tuple[BypassRow, ...]) -> None:
        self._bypasses = rows
        entries = [_bypass_entry(row) for row in rows] + [_opinion_entry(o) for o in self._opinions]
        before = self.queue.key()
        self.queue.set_entries(entries)
        if not self.isHidden():
            self._screen.foot.setVisible(bool(entries))
        if not entries:
            self.bar.offer(())
            self.show_empty(
                _("Nothing waits for a second person"),
                _("Emergency bypasses, their reviews, and second opinions to give stand here."),
                icon="check",
            )
            return
        self.show_content()
        if self.queue.key() is None:
            self.queue.setCurrentIndex(self.queue.entries.index(min(self._at, len(entries) - 1)))
        if self.queue.key() == before:
            self._show_chosen()

    def _on_failed(self, error: DeskError) -> None:
        self.bar.offer(())
        if isinstance(error, NotAllowed):
            self.show_locked(_("This is for supervisors"), self._screen.sentence(error))
            return
        self.show_failed(
            _("This cannot be shown"),
            self._screen.sentence(error),
            action=_("Try again"),
            do=self.ask,
        )

    def _on_chosen(self, key: str | None) -> None:
        if key is not None:
            self._at = self.queue.currentIndex().row()
            self._show_chosen()

    def _show_chosen(self) -> None:
        key = self.queue.key()
        bypass = self._bypass(key)
        if bypass is not None:
            self._show_bypass(bypass)
        elif key is not None:
            self._screen.send(opinions.card, key, then=self._show_opinion, key="blind card")

    def _bypass(self, key: str | None) -> BypassRow | None:
        return next((row for row in self._bypasses if row.id == key), None)

    def _show_bypass(self, row: BypassRow) -> None:
        about = _("Emergency bypass: {person}").format(person=isolated(row.person))
        self._fill(titled(about, bypass_record(row)))
        answers = []
        if row.may_concur:
            answers.append(Answer(CONCUR, _("Con&cur"), _("Concur with the bypass"), ""))
        if row.may_review:
            hint = _("What does the review say? Kept in the record")
            answers.append(Answer(REVIEW, _("&Review"), _("Record the review"), hint))
        if row.may_withdraw:
            answers.append(Answer(WITHDRAW, _("&Withdraw"), _("Withdraw the bypass"), ""))
        waits = _("You asked for it: another supervisor goes on from here.")
        self.bar.offer(answers, "" if row.may_concur or row.may_review else waits)
        in_order(self.queue, *self.bar.stops())

    def _show_opinion(self, shown: BlindCard) -> None:
        if shown.row.id != self.queue.key():
            return
        one, other = shown.compared
        compare = CompareView(_("Two records"))
        compare.setObjectName("blind")
        compare.show_records(
            Side(letter(one), shown.sides[one]),
            Side(letter(other), shown.sides[other]),
            [EvidenceSection(_("Is it the same person?"), shown.rows)],
        )
        said = _(
            "Somebody decided this already. You see the records as they were typed, and nothing "
            "of that decision, so that the two answers can be compared."
        )
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(Label(said, "muted", wrap=True))
        column.addWidget(compare)
        self._fill(titled(sentences.opinion(shown.row.number), box))
        texts = (
            (IdentityAnswer.SAME.value, _("&Same person"), _("Answer: same person")),
            (IdentityAnswer.DIFFERENT.value, _("&Not the same person"), _("Answer: different")),
            (IdentityAnswer.UNSURE.value, _("&Unsure"), _("Answer: unsure")),
        )
        self.bar.offer([Answer(key, text, done, "") for key, text, done in texts])
        in_order(self.queue, *self.bar.stops())

    def _fill(self, widget: QWidget) -> None:
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(widget)
        column.addStretch(1)
        self._area.setWidget(inside)

    def _focus_answers(self) -> None:
        first = next(iter(self.bar.buttons.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_answer(self, answer: str, _option: str, written: str) -> None:
        key = self.queue.key()
        if key is None:
            return
        calls: dict[str, tuple[Any, ...]] = {
            CONCUR: (bypasses.concur, key),
            REVIEW: (bypasses.review, key, written),
            WITHDRAW: (bypasses.withdraw, key),
        }
        done = calls.get(answer, (opinions.give, key, answer))
        self._screen.send(
            *done,
            then=lambda result: self._on_done(answer, result),
            failed=lambda error: self.bar.say(self._screen.sentence(error)),
        )

    def _on_done(self, answer: str, result: Any) -> None:
        said = {
            CONCUR: _("Concurred. The review falls due; it stands here until then."),
            REVIEW: _("The review is recorded."),
            WITHDRAW: _("Withdrawn. What it lifted stands again."),
        }
        self._screen.said.emit(
            said.get(answer) or sentences.opinion_given(agreed=bool(result)), None
        )
        self.queue.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ask()


def _bypass_entry(row: BypassRow) -> Entry:
    level, _said = sentences.stage(row.stage)
    return Entry(
        key=row.id,
        title=row.person,
        detail=f"{row.agency} · {row.reference}",
        level=level,
        badge=_("Bypass"),
        corner=clock(row.starts_at),
        more=sentences.stage_by(row.stage, row.due_at),
    )


def _opinion_entry(row: OpinionRow) -> Entry:
    return Entry(
        key=row.id,
        title=sentences.opinion(row.number),
        detail=" / ".join(row.agencies),
        level=Level.CHECK,
        badge=_("Second opinion"),
        corner=clock(row.asked_at),
    )
