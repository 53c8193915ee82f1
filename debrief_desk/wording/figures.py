"""What the figures are called, what each of them counts, and how they read in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.wording import N_, _, day, isolated, left_to_right, names, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

HIDDEN: Final = "*"
"""What stands where a figure is not shown."""
_COLUMNS: Final = {
    "people": N_("People"),
    "not_offered": N_("Not offered"),
    "offered": N_("Offered"),
    "accepted": N_("Accepted"),
    "refused": N_("Refused"),
    "unanswered": N_("No answer"),
    "held": N_("Held"),
    "carried_out": N_("Carried out"),
}
_DEFINITIONS: Final = {
    "people": N_("People of the boat on this desk; linked records count as one person."),
    "not_offered": N_("People whom nobody asked in the period."),
    "offered": N_("People whom somebody asked in the period, whatever the answer."),
    "accepted": N_("Of those offered: the last answer in the period was yes."),
    "refused": N_(
        "Of those offered: the last answer was no, at the start or on the way, or a no-approach "
        "marker was placed."
    ),
    "unanswered": N_(
        "Of those offered: asleep, not understood, not fit or no answer each time. Neither yes "
        "nor no."
    ),
    "held": N_(
        "People with a plan in the period that waits now: an open conflict stops it, or no team "
        "suits. Held never means carried out."
    ),
    "carried_out": N_("People with a debrief that was completed in the period."),
    "prevented": N_(
        "Conflicts about one person with two plans in which a decision of the period cancelled or "
        "joined a plan before anybody had asked the person for either."
    ),
    "late": N_("The same, but somebody had asked already when it was decided."),
    "twice": N_("People asked in the period of whom two agencies have asked by its end."),
    "overrides": N_(
        "Decisions of the period that let a plan stand although a rule speaks against it, by kind "
        "of conflict; slots handed over to the later agency; emergency bypasses agreed to (D-11). "
        "Decisions taken back do not count."
    ),
    "median": N_(
        "Half of the conflicts decided in the period took no longer, from opening to decision."
    ),
    "ages": N_("Conflicts open now, whatever the period, by how long ago they were opened."),
}
_TITLES: Final = {
    "prevented": N_("Double approaches prevented"),
    "late": N_("Noticed too late"),
    "twice": N_("Asked by two agencies"),
    "overrides": N_("Exceptions"),
    "median": N_("Time to decide"),
    "ages": N_("Open conflicts by age"),
}
_AGES: Final = {
    "hour": N_("under 1 h"),
    "four_hours": N_("1 to 4 h"),
    "half_day": N_("4 to 12 h"),
    "day": N_("12 to 24 h"),
    "older": N_("over a day"),
}
_PERIODS: Final = {
    "today": N_("Today"),
    "week": N_("7 days"),
    "month": N_("30 days"),
    "own": N_("From, to"),
}
_OVERRIDES: Final = {
    "bypass": N_("Emergency bypass"),
    "handover": N_("Handed over"),
}


@dataclass(frozen=True, slots=True)
class TableTitles:
    """Titles and headings of the tables of a file."""

    boats: str
    doubles: str
    overrides: str
    ages: str
    boat: str
    what: str
    age: str
    count: str


def table_titles() -> TableTitles:
    """Give the titles and headings of the tables of a file."""
    return TableTitles(
        boats=_("Offered and answered, by boat"),
        doubles=_("Double approaches"),
        overrides=_("Exceptions"),
        ages=_("Open conflicts by age"),
        boat=_("Boat"),
        what=_("What"),
        age=_("Open for"),
        count=_("Count"),
    )


def together() -> str:
    """Name the row of a sum."""
    return _("Together")


def column(key: str) -> str:
    """Give the title of a column."""
    return _(_COLUMNS[key])


def definition(key: str) -> str:
    """Say what a figure counts."""
    return _(_DEFINITIONS[key])


def definitions() -> tuple[tuple[str, str], ...]:
    """Give title and meaning of every figure, in the order of the page."""
    titles = {key: _(title) for key, title in {**_COLUMNS, **_TITLES}.items()}
    return tuple((titles[key], definition(key)) for key in _DEFINITIONS)


def double_titles() -> tuple[str, str, str]:
    """Give the titles of the three figures about double approaches."""
    return _(_TITLES["prevented"]), _(_TITLES["late"]), _(_TITLES["twice"])


def period_choices() -> tuple[tuple[str, str], ...]:
    """Give key and word of the periods to choose from."""
    return tuple((key, _(word)) for key, word in _PERIODS.items())


def period(first: date, last: date) -> str:
    """Write a period of London days, both included."""
    if first == last:
        return left_to_right(day(first))
    return _("{first} to {last}").format(
        first=left_to_right(day(first)), last=left_to_right(day(last))
    )


def age(key: str) -> str:
    """Give the word for how long a conflict has been open."""
    return _(_AGES[key])


def boat(number: str) -> str:
    """Name a boat; "" is where none is recorded."""
    return number or _("No boat recorded")


def all_boats() -> str:
    """Name the row of totals."""
    return _("All boats")


def override(how: str, kind: str) -> str:
    """Name an exception: how it was let through, and the kind of its conflict."""
    if how in _OVERRIDES:
        return _(_OVERRIDES[how])
    return _("Allowed: {kind}").format(kind=names.name(ConflictKind(kind)))


def shown(count: int | None) -> str:
    """Write a figure; None is one that is not shown."""
    return HIDDEN if count is None else f"{count:,}"


def spoken(count: int | None) -> str:
    """Say a figure, also for those who hear it."""
    return _("not shown") if count is None else f"{count:,}"


def duration(minutes: float) -> str:
    """Write a span of minutes shortly, such as `2 h 10 min`."""
    whole = round(minutes)
    days, rest = divmod(whole, 24 * 60)
    hours, rest = divmod(rest, 60)
    parts = []
    if days:
        parts.append(ngettext("{n} day", "{n} days", days).format(n=days))
    if hours:
        parts.append(_("{n} h").format(n=hours))
    if (rest and not days) or not parts:
        parts.append(_("{n} min").format(n=rest))
    return left_to_right(" ".join(parts))


def small_cells(smallest: int) -> str:
    """Say why some figures are not shown; "" where the policy hides none."""
    if smallest <= 1:
        return ""
    return _(
        "{mark} stands for fewer than {n}, or for a figure that would give such a one away. Nought "
        "is shown."
    ).format(mark=left_to_right(HIDDEN), n=smallest)


def sentence(parts: Sequence[tuple[str, int | None]]) -> str:
    """Say figures one after the other, such as `Accepted 12, Refused 7`."""
    return ", ".join(f"{word} {spoken(count)}" for word, count in parts)


def tile(key: str) -> str:
    """Give the title of a small picture, by the figure that explains it."""
    titles = table_titles()
    return {
        "offered": _("Offered and answered"),
        "prevented": titles.doubles,
        "overrides": titles.overrides,
        "ages": titles.ages,
    }[key]


def offered(count: int | None, people: int | None) -> str:
    """Say how many people were asked, and out of how many."""
    return _("Offered to {n} of {people} people").format(n=shown(count), people=shown(people))


def prevented(count: int) -> str:
    """Say beside the number what was kept from happening."""
    return ngettext("double approach prevented", "double approaches prevented", count)


def too_late(late: int, twice: int | None) -> str:
    """Say what was noticed too late, and how many people two agencies did ask."""
    parts = (
        _("Noticed too late: {n}").format(n=shown(late)),
        _("Asked by two agencies: {n}").format(n=shown(twice)),
    )
    return " · ".join(parts)


def time_to_decide(minutes: float | None) -> str:
    """Say how long decisions took."""
    if minutes is None:
        return _("No conflict was decided in this period.")
    return _("Half were decided within {time}.").format(time=duration(minutes))


def open_now(stops: int, others: int) -> str:
    """Say how many conflicts are open."""
    count = stops + others
    if not count:
        return _("No conflict is open.")
    return ngettext(
        "{n} open, {stops} of it stops a plan", "{n} open, {stops} of them stop a plan", count
    ).format(n=count, stops=stops)


def exported(name: str) -> str:
    """Say that the figures were written."""
    return _("Figures written to {name}.").format(name=isolated(name))


def file_name(first: date, last: date, ending: str) -> str:
    """Give a name for the file; no personal data."""
    span = f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d}-to-{last:%Y-%m-%d}"
    return f"figures-{span}{ending}"


def sheet_titles() -> tuple[str, str]:
    """Give the names of the two sheets."""
    return _("Figures"), _("About these figures")


def about(
    *, site: str, desk: str, marking: str, span: str, made_at: str, smallest: int
) -> tuple[tuple[str, str], ...]:
    """Give label and text of what a reader of the file has to know, definitions at the end."""
    facts = (
        (_("Marking"), marking),
        (_("What this is"), _("Figures of one Debrief Desk")),
        (_("Site"), site),
        (_("Desk"), desk),
        (_("Period"), span),
        (_("Made at"), made_at),
        (_("Days and times"), _("Days are London days, both included.")),
        (_("Small figures"), small_cells(smallest)),
        (
            _("What they cover"),
            _("What was entered on this desk, and nothing else."),
        ),
        *definitions(),
    )
    return tuple((label, text) for label, text in facts if text)
