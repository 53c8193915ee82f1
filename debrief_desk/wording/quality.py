"""What the page *Quality* says: shares and how sure they are, trials of limits, second opinions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.rules.codes import Band
from debrief_desk.wording import _, evidence, left_to_right, names, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

_PERCENT: Final = 100
_FINE: Final = 0.99
"""From here on a probability is written with one decimal."""


def title(band: str) -> str:
    """Name a band, or all of them."""
    return names.name(Band(band)) if band else _("All")


def reason(field: str) -> str:
    """Name the field that spoke most for one person."""
    return evidence.field_name(field)


def percent(share: float) -> str:
    """Write a share 0..1 as a percentage."""
    digits = 1 if share > _FINE and share < 1 else 0
    return left_to_right(f"{share * _PERCENT:.{digits}f} %")


def share(hits: int, of_all: int, low: float, high: float) -> str:
    """Write a share with its interval, such as `53 of 81 · 54–75 %`."""
    if not of_all:
        return _("none decided yet")
    span = left_to_right(f"{low * _PERCENT:.0f}–{high * _PERCENT:.0f} %")
    return _("{n} of {all} · {span}").format(n=f"{hits:,}", all=f"{of_all:,}", span=span)


def counted(suggestions: int, confirmed: int, rejected: int, waiting: int) -> str:
    """Say in one line what became of the suggestions."""
    told = ngettext("{n} pair suggested", "{n} pairs suggested", suggestions)
    return _(
        "{suggested}: {confirmed} confirmed, {rejected} rejected, {waiting} still open"
    ).format(
        suggested=told.format(n=f"{suggestions:,}"),
        confirmed=f"{confirmed:,}",
        rejected=f"{rejected:,}",
        waiting=f"{waiting:,}",
    )


def same_tried(pairs: int, shown: int, opened: int, missed: int) -> str:
    """Say what limits would have done with the pairs that were one person."""
    return ngettext(
        "Of {pairs} pair that was one person: {shown} shown, {opened} probable or above, {missed} "
        "missed.",
        "Of {pairs} pairs that were one person: {shown} shown, {opened} probable or above, "
        "{missed} missed.",
        pairs,
    ).format(pairs=pairs, shown=shown, opened=opened, missed=missed)


def different_tried(pairs: int, shown: int, opened: int) -> str:
    """Say what limits would have done with the pairs that were two people."""
    return ngettext(
        "Of {pairs} pair that was two people: {shown} shown, {opened} probable or above.",
        "Of {pairs} pairs that were two people: {shown} shown, {opened} probable or above.",
        pairs,
    ).format(pairs=pairs, shown=shown, opened=opened)


def open_tried(pairs: int, shown: int, opened: int) -> str:
    """Say what limits would do with the pairs nobody decided."""
    return ngettext(
        "Of {pairs} pair still open: {shown} shown, {opened} probable or above.",
        "Of {pairs} pairs still open: {shown} shown, {opened} probable or above.",
        pairs,
    ).format(pairs=pairs, shown=shown, opened=opened)


def agreed(asked: int, given: int, hits: int, low: float, high: float) -> str:
    """Say how often a blind second opinion was the first one."""
    if not asked:
        return _("None was asked for. The policy sets the share of decisions that is read twice.")
    if not given:
        return ngettext(
            "{n} was asked for and waits.", "{n} were asked for and wait.", asked
        ).format(n=asked)
    told = _("The same answer: {share}.").format(share=share(hits, given, low, high))
    if asked > given:
        told += " " + _("{n} still to be given.").format(n=asked - given)
    return told


def found_by_hand(count: int) -> str:
    """Say how many decided pairs were never suggested; "" for none."""
    if not count:
        return ""
    return ngettext(
        "{n} decided pair had not been suggested. It is judged by today's weights.",
        "{n} decided pairs had not been suggested. They are judged by today's weights.",
        count,
    ).format(n=count)


def versions(program: str, weights: str) -> str:
    """Name program and table of weights."""
    return _("Program {program}, weights {weights}").format(
        program=left_to_right(program), weights=left_to_right(weights)
    )


def curve(points: Sequence[tuple[float, int, int]]) -> str:
    """Say the curve in words: (limit, of one person, of two people) at each mark."""
    told = [
        _("from {limit}: {same} of one person, {different} of two people").format(
            limit=percent(at), same=same, different=different
        )
        for at, same, different in points
    ]
    return "; ".join(told)
