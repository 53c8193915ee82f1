"""What a change of the policy would do, and what a saved one did, in words."""

from __future__ import annotations

from debrief_desk.rules.codes import Band
from debrief_desk.wording import _, ngettext
from debrief_desk.wording.names import name


def saved(version: int, plans: int, opened: int, closed: int) -> str:
    """Say what a save led to."""
    checked = ngettext(
        "{n} open plan was checked under it", "{n} open plans were checked under it", plans
    ).format(n=plans)
    return _(
        "Version {version} of the policy holds. {checked}; conflicts raised: {opened}, closed: "
        "{closed}."
    ).format(version=version, checked=checked, opened=opened, closed=closed)


def tried(decisions: int, plans: int, pairs: int) -> str:
    """Say what a trial looked at."""
    return _(
        "Looked at {decisions} and {plans} as they are on record now, and at {pairs}. Nothing was "
        "saved."
    ).format(
        decisions=ngettext("{n} decided conflict", "{n} decided conflicts", decisions).format(
            n=decisions
        ),
        plans=ngettext("{n} open plan", "{n} open plans", plans).format(n=plans),
        pairs=ngettext("{n} decided pair", "{n} decided pairs", pairs).format(n=pairs),
    )


def moved(verdict: str, before: str, after: str, pairs: int) -> str:
    """Say how many decided pairs change their word, such as from *probable* to *possible*."""
    decided = {"same": _("the same person"), "different": _("different people")}[verdict]
    return ngettext(
        "{n} pair decided to be {decided} would be {after} instead of {before}.",
        "{n} pairs decided to be {decided} would be {after} instead of {before}.",
        pairs,
    ).format(n=pairs, decided=decided, after=_quoted(after), before=_quoted(before))


def _quoted(band: str) -> str:
    return _("“{word}”").format(word=name(Band(band)).lower())
