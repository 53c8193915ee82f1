"""Why a step about staff was not taken: duties, experience, accreditations."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.wording import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable

_TEXTS: Final = {
    "staff-unknown": N_("There is no such member of staff on this desk."),
    "staff-left": N_(
        "Somebody took this person off the list. Nothing was saved; choose somebody else."
    ),
    "staff-other-post": N_(
        "An interpreter cannot take an interviewer's place, nor the other way round. Nothing was "
        "changed."
    ),
    "duty-unknown": N_("This duty was taken back already. Nothing was changed."),
    "duty-hours": N_(
        "A usual shift needs a start and another time as its end. Nothing was saved; leave both "
        "empty where there is no usual shift."
    ),
    "duty-days": N_("A usual shift is on days of the week. Nothing was saved; choose the days."),
    "duty-ends": N_("This would end before it begins. Nothing was saved; look at the times."),
    "duty-long": N_(
        "A shift lasts a day at most and an absence a year. Nothing was saved; look at the dates."
    ),
    "duty-reason": N_("An absence needs a reason from the list. Nothing was saved; choose one."),
    "experience-count": N_(
        "Earlier debriefs are counted from 0 to 10,000, and no more can be supervised than there "
        "were. Nothing was saved."
    ),
    "experience-future": N_(
        "The last of the earlier debriefs cannot lie ahead. Nothing was saved."
    ),
    "experience-unknown": N_("This entry was settled already. Nothing was changed."),
    "experience-own": N_(
        "Somebody else has to countersign what you declared. Nothing was changed; ask another "
        "supervisor."
    ),
    "accreditation-unknown": N_("There is no such accreditation that still stands."),
    "accreditation-kind": N_(
        "Say what kind of accreditation this is; a PIP level is a number from 1 to 4. Nothing was "
        "saved."
    ),
    "accreditation-dates": N_(
        "An authorisation needs a last day, and it cannot end before it begins. Nothing was saved."
    ),
    "accreditation-seen": N_("Say who saw the paper. Nothing was saved."),
}


def _said(text: str, **_values: Any) -> str:
    return _(text)


SENTENCES: Final[dict[str, Callable[..., str]]] = {
    code: partial(_said, text) for code, text in _TEXTS.items()
}
