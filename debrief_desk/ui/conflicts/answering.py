"""Which answers does a conflict take from this account? And what they become when they are sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from debrief_desk.rules.codes import HandoverReason, IdentityAnswer, Ruling
from debrief_desk.ui.parts.answers import Answer
from debrief_desk.wording import _, names
from debrief_desk.wording import conflicts as sentences

if TYPE_CHECKING:
    from debrief_desk.actions.conflicts import ConflictCard

WAIT, BYPASS = "wait", "bypass"


def answers(shown: ConflictCard) -> tuple[Answer, ...]:
    """Give the answers to offer, in the order of their buttons; none for what is settled."""
    if not shown.row.state.is_open or not shown.may_take:
        return ()
    found: list[Answer] = []
    if shown.may_decide and shown.asks_identity:
        found += [
            _same(shown),
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
    if shown.bypassable:
        found.append(_bypass(shown))
    return tuple(found)


def remark(shown: ConflictCard) -> str:
    """Say what stands beside the answers: why something is not offered."""
    if shown.blind:
        return _("You are asked for a second opinion: answer it under Second look first.")
    if not shown.row.state.is_open:
        return _("Settled. Undo the decision above to decide anew.")
    if not shown.may_take:
        return _("The supervisor of the site decides; your agency is told.")
    if not shown.may_decide:
        return _("A supervisor decides. You can take it or note whom it waits for.")
    return "" if shown.asks_identity else shown.barred


def _same(shown: ConflictCard) -> Answer:
    """Give *same person* with what may become of the plans; who was first is not just passed over.

    A plan kept before another agency's earlier one asks for a reason of the list (D-8).
    """
    verdict = IdentityAnswer.SAME.value
    passes = {o.code for o in shown.outcomes if o.verdict == verdict and o.passes_over}
    return replace(
        _answer(verdict, _("&Same person"), _("Decide"), _options(shown, verdict)),
        passes=frozenset(passes),
        because=names.choices(HandoverReason),
    )


def _bypass(shown: ConflictCard) -> Answer:
    options = tuple((one.code, one.text) for one in shown.bypassable)
    answer = _answer(BYPASS, _("&Emergency bypass"), _("Ask a second supervisor"), options)
    return replace(answer, choose=_("Choose the plan that cannot wait."))


def _options(shown: ConflictCard, verdict: str) -> tuple[tuple[str, str], ...]:
    return tuple((one.code, one.text) for one in shown.outcomes if one.verdict == verdict)


def _answer(key: str, text: str, done: str, options: tuple[tuple[str, str], ...] = ()) -> Answer:
    return Answer(key, text, done, sentences.question(key), options, sentences.reasons(key))
