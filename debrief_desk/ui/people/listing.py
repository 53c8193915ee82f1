"""Who is on this desk? A list that is searched while one types and filled as it is scrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.actions import people
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import PAGE, Column, Table
from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.actions.people import PeoplePage, PersonRow
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.screen import Screen


def columns() -> tuple[Column[PersonRow], ...]:
    """Give what the list shows of a record."""
    return (
        Column(_("Name"), lambda r: r.name, strong=True, stretch=True, width=200),
        Column(_("Own script"), lambda r: r.own_script, width=116),
        Column(_("Born"), lambda r: r.born, fixed=True, width=104),
        Column(_("Nationality"), lambda r: r.nationality, width=104),
        Column(_("Language"), lambda r: r.language, width=128),
        Column(_("Agency"), lambda r: r.agency, width=112),
        Column(_("Wristband"), lambda r: r.band, fixed=True, width=82),
        Column(_("Arrived with"), lambda r: r.event, fixed=True, width=98),
        Column(_("Records"), lambda r: str(r.records), fixed=True, muted=True, width=66),
        Column(_("Plans"), lambda r: str(r.open_plans or ""), fixed=True, width=52),
    )


class PeopleList(States):
    """The list with its states. Rows come page by page; the newest search wins."""

    def __init__(self, screen: Screen, counted: Callable[[PeoplePage, str], None]) -> None:
        """`counted` is told what was found first, and for what was typed."""
        self.table = Table(_("People"), columns(), lambda row: row.id)
        super().__init__(self.table)
        self._screen = screen
        self._counted = counted
        self.typed = ""
        self.table.rows.wanted.connect(self._on_wanted)

    def ask(self, typed: str) -> None:
        """Show who is found by what was typed; with nothing typed, everybody."""
        self.typed = typed
        if not self.table.rows.rowCount():
            self.show_loading()
        self._screen.send(
            people.listed,
            typed,
            0,
            PAGE,
            then=lambda page: self._on_first(typed, page),
            failed=self._on_failed,
            key="people list",
        )

    def _on_first(self, typed: str, page: PeoplePage) -> None:
        chosen = self.table.key()
        rows = self.table.rows
        rows.set_total(page.total)
        rows.fill(0, page.rows)
        self._counted(page, typed)
        if not page.total:
            self._show_nothing(typed)
            return
        if chosen is None or not self.table.choose(chosen):
            self.table.choose_row(0)
        self.show_content()

    def _show_nothing(self, typed: str) -> None:
        if typed:
            self.show_filtered(self._screen.header.search.clear)
        else:
            self.show_empty(
                _("Nobody is on this desk yet"),
                _("People come with an imported file, or one by one with a new debrief."),
                action=_("Import a file"),
                do=lambda: self._screen.go.emit("import", None),
                icon="users",
            )

    def _on_wanted(self, first: int, count: int) -> None:
        typed = self.typed
        self._screen.send(
            people.listed, typed, first, count, then=lambda page: self._on_page(typed, first, page)
        )

    def _on_page(self, typed: str, first: int, page: PeoplePage) -> None:
        if typed == self.typed and page.total == self.table.rows.rowCount():
            self.table.rows.fill(first, page.rows)

    def _on_failed(self, error: DeskError) -> None:
        self.show_failed(
            _("The people cannot be shown"),
            self._screen.sentence(error),
            action=_("Try again"),
            do=lambda: self.ask(self.typed),
        )
