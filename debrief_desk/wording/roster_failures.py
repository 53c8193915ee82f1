"""Why a roster problem, a plan or a call to plan was refused; each sentence names the field."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.wording import N_, _, isolated

if TYPE_CHECKING:
    from collections.abc import Callable

_TEXTS: Final = {
    "roster-not-an-object": N_(
        "This is no roster file: {field} is not an object. Nothing was planned. Choose another "
        "file."
    ),
    "roster-schema": N_(
        "The field {field} does not name a version this program reads. Nothing was planned. Ask "
        "the sender for a current file."
    ),
    "roster-key-missing": N_("The field {field} is missing. Nothing was planned. Add it."),
    "roster-wrong-type": N_(
        "The field {field} holds a value of the wrong kind. Nothing was planned. Correct it."
    ),
    "roster-number-out-of-range": N_(
        "The number in the field {field} is too small or too large. Nothing was planned. "
        "Correct it."
    ),
    "roster-too-many": N_(
        "The field {field} has more rows than can be planned. Nothing was planned. Split the day."
    ),
    "roster-empty": N_(
        "The field {field} is empty or too short. Nothing was planned. Complete it."
    ),
    "roster-duplicate": N_(
        "The field {field} names something twice. Nothing was planned. Remove one of the two."
    ),
    "roster-duplicate-id": N_(
        "The value of {field} is used for two rows. Nothing was planned. Give each row its own."
    ),
    "roster-unknown-id": N_(
        "The field {field} names something the file does not hold. Nothing was planned. "
        "Correct the name, or add the row."
    ),
    "roster-unknown-value": N_(
        "The value of {field} is not one of those allowed. Nothing was planned. Correct it."
    ),
    "roster-impossible-window": N_(
        "The times in the field {field} end before they begin, or are too short. Nothing was "
        "planned. Correct them."
    ),
    "roster-gender-unsaid": N_(
        "The field {field} is empty, but the wish is marked as firm. Nothing was planned. Say "
        "which gender was asked for."
    ),
    "roster-group-of-two-people": N_(
        "The request in {field} is for another person than its joint group. Nothing was planned. "
        "Correct the group."
    ),
    "roster-pin-no-group": N_(
        "The pinned booking in {field} serves neither one request nor one whole joint group. "
        "Nothing was planned. Correct it."
    ),
    "roster-pins-contradict": N_(
        "The pinned booking in {field} contradicts another one. Nothing was planned. Unpin one of "
        "the two."
    ),
    "roster-unknown-mode": N_(
        "There is no such way of re-planning. Nothing was planned. Choose freeze, gentle or open."
    ),
    "roster-unknown-engine": N_(
        "There is no such engine. Nothing was planned. Choose builtin or cpsat."
    ),
    "roster-no-optimiser": N_(
        "OR-Tools is not installed. Nothing was planned. Install debrief-desk[optimiser], or plan "
        "with the built-in engine."
    ),
    "roster-unknown-request": N_("The day has no request {request}. Choose one that it has."),
    "roster-request-is-booked": N_(
        "The request {request} has a place already, so there is nothing to explain."
    ),
    "taker-unknown": N_(
        "There is no such room or member of staff. Nothing was issued. Choose one of the list."
    ),
    "nothing-to-issue": N_(
        "Nobody has a debrief in this span. Nothing was issued. Choose another day or shift."
    ),
    "priority-unknown": N_("Choose 1 (urgent), 2 or 3. Nothing was changed."),
    "open-after-told": N_(
        "People have been told their bookings, so the day cannot be planned afresh. Nothing was "
        "changed. Keep what stands, or rearrange a little."
    ),
    "no-lines": N_("No line is chosen. Nothing was changed. Choose the lines to accept."),
    "step-unknown": N_("There is no such acceptance to take back. Nothing was changed."),
    "slot-gone": N_("This slot is no longer free. {because} Nothing was changed."),
    "shift-impossible": N_(
        "A shift lies between 06:00 and 06:00 of the next day and ends after it begins. Nothing "
        "was planned. Correct the times."
    ),
    "problem-or-desk": N_(
        "Say what to plan: a problem file, or --desk with --date. Nothing was planned."
    ),
    "plan-file-missing": N_("Say where the plan goes with --out. Nothing was planned."),
    "planner-ended": N_(
        "Planning ended without an answer. Nothing was changed. Start it again; if it happens "
        "twice, send the log."
    ),
}


def _say(text: str, field: str = "", request: str = "", because: str = "", **_values: Any) -> str:
    return _(text).format(field=isolated(field), request=isolated(request), because=because)


SENTENCES: Final[dict[str, Callable[..., str]]] = {
    code: partial(_say, text) for code, text in _TEXTS.items()
}
