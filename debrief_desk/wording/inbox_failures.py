"""Why a bypass, a second opinion, a family or a passed-over slot was not recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from debrief_desk.wording import N_, _, isolated, left_to_right

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _about(said: str) -> Callable[..., str]:
    """Make a sentence about one debrief, named where it is known."""

    def sentence(reference: str = "", **_values: Any) -> str:
        debrief = left_to_right(reference) if reference else _("This debrief")
        return _(said).format(debrief=debrief)

    return sentence


SENTENCES: Final[Mapping[str, Callable[..., str]]] = {
    # emergency bypass
    "bypass-unknown": lambda **_values: _(
        "There is no such bypass any more. Nothing was changed; it may be withdrawn already."
    ),
    "bypass-plan-closed": _about(
        N_("{debrief} is closed, so there is nothing left to bypass. Nothing was changed.")
    ),
    "bypass-there": _about(
        N_("A bypass is recorded for {debrief} already. Nothing was changed; withdraw it first.")
    ),
    "bypass-nothing": _about(
        N_(
            "A bypass would lift nothing of {debrief}: it lifts D-1, D-2, D-3 and D-5 only, never "
            "what protects the person. Nothing was changed."
        )
    ),
    "bypass-concurred": _about(
        N_("Somebody concurred with the bypass of {debrief} already. Nothing was changed.")
    ),
    "bypass-same-account": lambda **_values: _(
        "You asked for this bypass, so somebody else has to concur. Nothing was changed; ask "
        "another supervisor to sign in."
    ),
    "bypass-not-concurred": _about(
        N_("Nobody concurred with the bypass of {debrief}, so there is nothing to review yet.")
    ),
    "bypass-reviewed": _about(
        N_("The bypass of {debrief} is reviewed already. Nothing was changed.")
    ),
    "bypass-review-own": lambda **_values: _(
        "You asked for this bypass, so somebody else has to review it. Nothing was changed."
    ),
    "bypass-used": _about(
        N_("{debrief} began under its bypass, so it is reviewed and not withdrawn.")
    ),
    # second opinions
    "opinion-unknown": lambda **_values: _(
        "This second opinion is not asked for any more. Nothing was changed."
    ),
    "opinion-own": lambda **_values: _(
        "You decided this one first, so somebody else gives the second opinion. Nothing was "
        "changed."
    ),
    # families
    "family-one-person": lambda **_values: _(
        "The two records are linked as one person, so they are no family. Nothing was changed; "
        "undo the link first if it is wrong."
    ),
    "family-known": lambda **_values: _(
        "The two are on record as a family already. Nothing was changed."
    ),
    "family-unknown": lambda **_values: _(
        "There is no such family tie any more. Nothing was changed; it may be withdrawn already."
    ),
    "family-no-pair": lambda **_values: _("No pair is chosen. Nothing was decided."),
    # boats
    "event-unknown": lambda **_values: _(
        "No boat of this number is on this desk. Nothing was changed; check the number."
    ),
    "event-same": lambda **_values: _("The two numbers are one boat already. Nothing was changed."),
    "event-no-alias": lambda **_values: _(
        "This number stands for its own boat already. Nothing was changed."
    ),
    # first in time
    "handover-reason-missing": _about(
        N_(
            "Another agency was first in time, so keeping {debrief} needs a reason of the list: "
            "language, accreditation or priority. Nothing was decided."
        )
    ),
    "handover-reason-unknown": lambda reason="", **_values: _(
        "{word} is no reason for passing the first over. Nothing was decided; choose language, "
        "accreditation or priority."
    ).format(word=isolated(str(reason)) if reason else _("This")),
}
