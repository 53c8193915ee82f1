"""Which answers does a conflict take from this account? And what they become when they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.rules.codes import IdentityAnswer, Ruling
from debrief_desk.ui.parts.answers import Answer
from debrief_desk.wording import _
from debrief_desk.wording import conflicts as sentences

if TYPE_CHECKING:
    from debrief_desk.actions.conflicts import ConflictCard

WAIT = "wait"


def answers(shown: ConflictCard) -> tuple[Answer, ...]:
    """Give the answers to offer, in the order of their buttons; none for what is settled."""
    if not shown.row.state.is_open or not shown.may_take:
        return ()
    found: list[Answer] = []
    if shown.may_decide and shown.asks_identity:
        same = _options(shown, IdentityAnswer.SAME.value)
        found += [
            _answer(IdentityAnswer.SAME.value, _("&Same person"), _("Decide"), same),
            _answer(IdentityAnswer.DIFFERENT.value, _("&Not the same person"), _("Decide")),
            _answer(IdentityAnswer.UNSURE.value, _("&Unsure"), _("Leave it waiting")),
        ]
    elif shown.may_decide:
        if not shown.barred:
            found.append(_answer(Ruling.ALLOW.value, _("&Allow with a reason"), _("Allow")))
        cancel = _options(shown, Ruling.CANCEL.value)
        if cancel:
            found.append(_answer(Ruling.CANCEL.value, _("&Cancel a plan"), _("Cancel it"), cancel))
    found.append(_answer(WAIT, _("&Wait for somebody"), _("Wait")))
    return tuple(found)


def remark(shown: ConflictCard) -> str:
    """Say what stands beside the answers: why something is not offered."""
    if not shown.row.state.is_open:
        return _("Settled. Undo the decision above to decide anew.")
    if not shown.may_take:
        return _("The supervisor of the site decides; your agency is told.")
    if not shown.may_decide:
        return _("A supervisor decides. You can take it or note whom it waits for.")
    return "" if shown.asks_identity else shown.barred


def _options(shown: ConflictCard, verdict: str) -> tuple[tuple[str, str], ...]:
    return tuple((one.code, one.text) for one in shown.outcomes if one.verdict == verdict)


def _answer(key: str, text: str, done: str, options: tuple[tuple[str, str], ...] = ()) -> Answer:
    return Answer(key, text, done, sentences.question(key), options, sentences.reasons(key))
