"""What is wrong with a policy: beside the field it is about, and as a failure of the step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from debrief_desk.rules.numbers import numbers
from debrief_desk.wording import _, isolated, left_to_right
from debrief_desk.wording.policy import elsewhere, label, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from debrief_desk.errors import DeskError


def fault(error: DeskError) -> str:
    """Say in one sentence what is wrong with the value of one field."""
    path = str(error.values.get("field", ""))
    say = _BESIDE.get(error.code)
    return say(path, error.values) if say else _("This version does not know it.")


def kept_with_faults(paths: tuple[str, ...]) -> str:
    """Say that a kept policy could not be read whole, and what holds instead."""
    return _(
        "The policy kept in this desk has values that cannot hold: {which}. The shipped values "
        "hold for them until a policy is saved again."
    ).format(which=", ".join(_named(path) for path in paths))


def _kind(path: str, _values: Mapping[str, Any]) -> str:
    number = numbers().get(path)
    if number is None:
        return _("Choose one of the severities.")
    return _("Write a whole number.") if number.whole else _("Write a number from 0 to 1.")


def _between(path: str, values: Mapping[str, Any]) -> str:
    low, high = (shown(path, float(values[key])) for key in ("low", "high"))
    return _("It lies between {low} and {high}.").format(low=low, high=high)


_BESIDE: Final[Mapping[str, Callable[[str, Mapping[str, Any]], str]]] = {
    "policy-type": _kind,
    "policy-range": _between,
    "policy-order": lambda _path, values: _("It may not exceed “{other}”.").format(
        other=label(str(values.get("other", "")))
    ),
    "policy-weakened": lambda _path, _values: _(
        "It may be made stricter than the default, never milder."
    ),
    "policy-no-stop": lambda _path, _values: _(
        "It is information only: nobody could settle it if it stopped a plan."
    ),
    "policy-elsewhere": lambda path, _values: elsewhere(path),
}


def _named(path: object) -> str:
    shown_path = str(path or "")
    return isolated(label(shown_path)) if shown_path else _("A value")


def _range(field: str = "", low: object = None, high: object = None, **_values: Any) -> str:
    return _(
        "{field} in the policy must lie between {low} and {high}. The policy stays as it was."
    ).format(
        field=_named(field),
        low=left_to_right(str(low)) if low is not None else _("its lowest value"),
        high=left_to_right(str(high)) if high is not None else _("its highest value"),
    )


def _order(field: str = "", other: str = "", **_values: Any) -> str:
    return _("{field} in the policy may not exceed {other}. The policy stays as it was.").format(
        field=_named(field), other=isolated(label(other)) if other else _("another value")
    )


SENTENCES: Final[Mapping[str, Callable[..., str]]] = {
    "policy-unknown": lambda field="", **_values: _(
        "{field} is not known in the policy of this version. The policy stays as it was."
    ).format(field=_named(field)),
    "policy-type": lambda field="", **_values: _(
        "{field} in the policy is not of the right kind. The policy stays as it was."
    ).format(field=_named(field)),
    "policy-range": _range,
    "policy-order": _order,
    "policy-weakened": lambda field="", **_values: _(
        "{field} cannot be made milder than the program ships it. The policy stays as it was."
    ).format(field=_named(field)),
    "policy-elsewhere": lambda field="", **_values: _(
        "{field} is not set in the policy. The policy stays as it was."
    ).format(field=_named(field)),
    "policy-no-stop": lambda field="", **_values: _(
        "{field} is information only and cannot stop a plan. The policy stays as it was."
    ).format(field=_named(field)),
    "policy-unchanged": lambda **_values: _(
        "Nothing differs from the policy in force, so no version was saved."
    ),
    "policy-version-unknown": lambda **_values: _(
        "There is no such version of the policy on this desk. The policy stays as it was."
    ),
}
