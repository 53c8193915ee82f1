"""Why a step of the work was not taken: a rule refuses it, a right or a fact is missing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.wording import _, day_and_clock, left_to_right, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _no_approach(at: datetime | str | None = None, **_values: Any) -> str:
    """Say since when the marker stands; `at` is kept as ISO 8601 text beside a parked row."""
    if isinstance(at, str):
        at = datetime.fromisoformat(at) if at else None
    if at is None:
        return _(
            "There is a no-approach marker for this person, so nobody can plan a debrief. The "
            "registration is kept; the plan is not."
        )
    return _(
        "There is a no-approach marker for this person since {since}, so nobody can plan a "
        "debrief. The registration is kept; the plan is not."
    ).format(since=left_to_right(day_and_clock(at)))


def _not_clear(count: int = 1, **_values: Any) -> str:
    return ngettext(
        "This debrief cannot be cleared yet: {count} point is open. It stays planned.",
        "This debrief cannot be cleared yet: {count} points are open. It stays planned.",
        count,
    ).format(count=left_to_right(str(count)))


def _changed(reference: str = "", **_values: Any) -> str:
    if not reference:
        return _(
            "Somebody changed this record after it was shown. Nothing was overwritten; look again."
        )
    return _(
        "Somebody changed {reference} after it was shown. Nothing was overwritten; look at it "
        "again."
    ).format(reference=left_to_right(reference))


SENTENCES: Final[Mapping[str, Callable[..., str]]] = {
    # refused at once, whoever asks (DECISIONS.md, where a finding blocks)
    "refused-V-4": _no_approach,
    "refused-C-1": lambda **_values: _(
        "This person is recorded as under 18, and nobody under 18 is debriefed. The registration "
        "is kept; the plan is not."
    ),
    "refused-C-2": lambda **_values: _(
        "This person's age is disputed or undecided, which counts as a child's. The registration "
        "is kept; the plan is not. Plan again when the age is decided."
    ),
    "refused-A-4": lambda **_values: _(
        "This person is not eligible for a voluntary debrief. The registration is kept; the plan "
        "is not. Refer to the site's supervisor."
    ),
    # rights
    "right-missing": lambda **_values: _(
        "Your account may not do this, and nothing was changed. Ask a supervisor of this desk."
    ),
    "other-agency": lambda **_values: _(
        "This belongs to another agency, and nothing was changed. Ask that agency, or the site's "
        "supervisor."
    ),
    # debriefs and people
    "not-clear": _not_clear,
    "debrief-changed": _changed,
    "welfare-changed": lambda **_values: _(
        "Somebody else recorded other welfare for this person meanwhile. Nothing was overwritten."
    ),
    "start-missing": lambda **_values: _("A plan needs a start. Nothing was saved."),
    "length-missing": lambda **_values: _("A plan needs a length. Nothing was saved."),
    "person-missing": lambda **_values: _(
        "A plan needs a person: a name, a band or a number. Nothing was saved."
    ),
    "agency-missing": lambda **_values: _(
        "It is not said which agency this is for. Nothing was saved. Name the agency."
    ),
    "state-cannot-follow": lambda **_values: _(
        "This debrief has moved on, so the step does not fit any more. Nothing was changed; look "
        "at it again."
    ),
    "debrief-unknown": lambda **_values: _("There is no such debrief on this desk any more."),
    "registration-unknown": lambda **_values: _("There is no such registration on this desk."),
    "code-unknown": lambda **_values: _(
        "A word that was chosen is on no list of this version. Nothing was saved; choose again."
    ),
    "order-unknown": lambda **_values: _("The list cannot be sorted by this column."),
    "desk-set-up-already": lambda **_values: _("This desk is set up already and stays as it is."),
}
