"""Why a decision, a reopening, an undo or an issued roster was not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from debrief_desk.wording import N_, _, isolated, left_to_right, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _unsettled(count: int = 2, **_values: Any) -> str:
    return ngettext(
        "{count} open plan is for this one person. Nothing was decided; say what becomes of it.",
        "{count} open plans are for this one person. Nothing was decided; say what becomes of "
        "them.",
        count,
    ).format(count=left_to_right(str(count)))


def _in_progress(reference: str = "", **_values: Any) -> str:
    return _(
        "{debrief} is being carried out and cannot be cancelled here. Nothing was decided."
    ).format(debrief=_plan(reference))


def _not_a_plan_of_it(reference: str = "", **_values: Any) -> str:
    return _(
        "{debrief} is not part of this conflict. Nothing was decided; choose one that is."
    ).format(debrief=_plan(reference))


def _no_sequence(reference: str = "", **_values: Any) -> str:
    return _(
        "One after the other does not fit into the stay after {debrief}. Nothing was decided; "
        "choose a joint debrief, or keep one."
    ).format(debrief=left_to_right(reference) if reference else _("the first debrief"))


def _unknown(said: str) -> Callable[..., str]:
    """Make a sentence that shows the word that was not understood, whatever its name."""

    def sentence(**values: Any) -> str:
        word = next((str(value) for value in values.values() if value), "")
        return _(said).format(word=isolated(word) or _("This"))

    return sentence


def _plan(reference: str) -> str:
    return left_to_right(reference) if reference else _("This debrief")


SENTENCES: Final[Mapping[str, Callable[..., str]]] = {
    # conflicts
    "conflict-unknown": lambda **_values: _("There is no such conflict on this desk."),
    "conflict-settled": lambda **_values: _(
        "This conflict is settled already. Nothing was changed; undo the decision to decide anew."
    ),
    "reason-missing": lambda **_values: _(
        "A decision needs a reason. Nothing was decided; say why in a few words."
    ),
    "verdict-unknown": _unknown(
        N_("{word} is no answer to a conflict. Nothing was decided; choose one of the answers.")
    ),
    "plans-unknown": _unknown(
        N_("{word} is no answer about plans. Nothing was decided; choose one of the list.")
    ),
    "plans-unsettled": _unsettled,
    "plan-not-in-conflict": _not_a_plan_of_it,
    "agency-not-in-conflict": lambda **_values: _(
        "This agency has no plan in this conflict. Nothing was decided; choose one that has."
    ),
    "debrief-in-progress": _in_progress,
    "sequence-does-not-fit": _no_sequence,
    "hard-cannot-be-allowed": lambda **_values: _(
        "A Stop cannot be allowed by anybody. Nothing was decided; move, change or cancel a plan."
    ),
    "links-contradict": lambda **_values: _(
        "This contradicts other decisions: two records found to be different people would be one "
        "person by a chain of links. Nothing was decided; undo one of those decisions first."
    ),
    "decision-unknown": lambda **_values: _(
        "There is no such decision any more. Nothing was changed; it may be undone already."
    ),
    "notice-unknown": lambda **_values: _("There is no such notice on this desk any more."),
    # approaches and the no-approach marker
    "debrief-closed": lambda **_values: _(
        "This debrief is closed, so no approach can be recorded for it. Nothing was changed."
    ),
    "no-marker": lambda **_values: _("There is no no-approach marker for this person to lift."),
    "reopening-not-asked": lambda **_values: _(
        "The marker stays: the person's own wish, its language and a witness are not recorded yet."
    ),
    "reopening-same-account": lambda **_values: _(
        "The marker stays: somebody else than who recorded the wish has to confirm it."
    ),
    # undo
    "undo-changed-since": lambda **_values: _(
        "Something of it was changed again since, so nothing was undone. Undo the later change "
        "first."
    ),
    "undo-refusal": lambda **_values: _(
        "A refusal was recorded with it, and a refusal is never undone. Nothing was changed."
    ),
    "import-unknown": lambda **_values: _(
        "There is no such import to undo any more. Nothing was changed; it may be undone already."
    ),
    # rosters
    "recipient-missing": lambda **_values: _(
        "A roster needs a recipient. Nothing was issued; say who gets it."
    ),
    "log-recipient-missing": lambda **_values: _(
        "A copy of the log needs a recipient. Nothing was written; say who gets it."
    ),
    "format-unknown": _unknown(
        N_("{word} is no format for a roster. Nothing was issued; choose one of the list.")
    ),
    "level-unknown": _unknown(
        N_("{word} is no level of detail for a roster. Nothing was issued; choose one of the list.")
    ),
    # figures
    "period-wrong": lambda **_values: _(
        "This period ends before it begins, or is longer than ten years. Choose other days."
    ),
    "figures-format": _unknown(
        N_("{word} is no format for figures. Nothing was written; end the name in .xlsx or .csv.")
    ),
    "agency-unknown": lambda **_values: _(
        "There is no agency of this name on this desk. Nothing was done; check the spelling."
    ),
}
