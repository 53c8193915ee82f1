"""Who takes the debriefs of somebody who is ill or leaves? A list, and one in their place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from debrief_desk.actions import attendance, departures, staff
from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.parts.asking import Asking
from debrief_desk.ui.parts.fields import ChoiceEntry, Field
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.ui.staff.told import told
from debrief_desk.wording import _, day_and_clock, names
from debrief_desk.wording import staff as words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from debrief_desk.actions.attendance import Touched
    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.ui.staff.screen import StaffScreen
    from debrief_desk.ui.staff.told import About


class IllDialog(Asking):
    """Asks whether somebody is ill today; Enter says yes."""

    def __init__(self, page: StaffScreen, who: str, answered: Callable[[], None]) -> None:
        super().__init__(
            page,
            _("Is {who} ill today?").format(who=who),
            _("An absence from now to the end of the day is entered, and every plan it touches is "
              "checked at once."),
        )  # fmt: skip
        self.go = self.add_buttons(_("Ill today"), "primary")
        self.go.clicked.connect(self.accept)
        self.accepted.connect(answered)
        name_parts(self)
        self.go.setFocus()


class LeaveDialog(Asking):
    """Asks whether somebody leaves for good, with the debriefs that would need somebody else."""

    def __init__(self, page: StaffScreen, touched: Touched, answered: Callable[[], None]) -> None:
        super().__init__(
            page,
            _("Does {who} leave?").format(who=touched.name),
            _("The name goes off the lists; what was done stays on record."),
        )
        self.setMaximumWidth(style.px(760))
        self.setMinimumWidth(style.px(700))
        self.table = _table(touched.needing)
        self.column.addWidget(self.table)
        self.table.setVisible(bool(touched.needing))
        self.go = self.add_buttons(_("Off the lists"), "danger")
        self.go.clicked.connect(self.accept)
        self.accepted.connect(answered)
        name_parts(self)
        self.go.setFocus()


class HandOverDialog(Asking):
    """Shows the debriefs that need somebody else, and asks who takes the chosen ones."""

    def __init__(
        self,
        page: StaffScreen,
        touched: Touched,
        offered: Sequence[tuple[str, str]],
        answered: Callable[[str, tuple[DebriefRow, ...]], None],
    ) -> None:
        super().__init__(
            page,
            words.needing(touched.name, len(touched.needing)),
            _("Choose debriefs and who takes them. Each is checked with the new name at once."),
        )
        self.setMaximumWidth(style.px(760))
        self.setMinimumWidth(style.px(700))
        self._answered = answered
        self._rows = {row.id: row for row in touched.needing}
        self.table = _table(touched.needing)
        self.table.selectAll()
        self.who = ChoiceEntry(offered, searchable=True)
        self.who_field = Field(_("Who takes them"), self.who, required=True)
        self.column.addWidget(self.table)
        self.column.addWidget(self.who_field)
        self.go = self.add_buttons(_("Hand over"), "primary")
        self.go.clicked.connect(self._on_go)
        name_parts(self)
        self.who.setFocus()

    def _on_go(self) -> None:
        self.who.settle()
        selected = self.table.keys()
        chosen, rows = self.who.value(), [self._rows[str(key)] for key in selected]
        wrong = "" if chosen else _("Choose who takes them.")
        wrong = wrong or ("" if rows else _("Choose at least one debrief."))
        self.who_field.set_error(wrong)
        if chosen is None or wrong:
            self.who.setFocus()
            self.fit()
            return
        self.accept()
        self._answered(chosen, tuple(rows))


class HandingOver:
    """What follows an absence or a departure: said at once, handed over from a list."""

    def __init__(self, page: StaffScreen) -> None:
        self.page = page

    def ill(self, about: About) -> None:
        """Ask, and record that somebody is ill today."""
        page = self.page

        def record() -> None:
            page.send(attendance.ill_today, about.id, then=lambda t: self.tell(about, t))

        IllDialog(page, about.name, record).open()

    def leave(self, about: About) -> None:
        """Show what somebody has to do yet, ask, and take them off the lists."""
        page = self.page

        def gone(touched: Touched) -> None:
            page.show_lists()
            self.tell(about, touched)

        def ask(touched: Touched) -> None:
            LeaveDialog(
                page, touched, lambda: page.send(departures.leave, about.id, then=gone)
            ).open()

        page.send(departures.upcoming, about.id, then=ask)

    def tell(self, about: About, touched: Touched) -> None:
        """Say how many debriefs need somebody else; they can be handed over from there."""
        said = words.needing(touched.name, len(touched.needing))
        if not touched.needing:
            self.page.strip.say(Level.NOTE, said)
            return
        self.page.strip.say(
            Level.CHECK, said, action=_("Hand over…"), do=lambda: self.offer(about, touched)
        )

    def offer(self, about: About, touched: Touched) -> None:
        """Ask who takes the debriefs: those of the same list, who may lead first."""
        officers = about.kind == "interviewers"
        if officers:
            self.page.send(
                staff.interviewers, None, "", "today", True, then=partial(self._ask, about, touched)
            )
        else:
            self.page.send(staff.interpreters, then=partial(self._ask, about, touched))

    def _ask(self, about: About, touched: Touched, rows: Sequence[Any]) -> None:
        offered = [(row.id, told(row)) for row in rows if row.id != about.id]
        HandOverDialog(self.page, touched, offered, partial(self._hand, about)).open()

    def _hand(self, about: About, to: str, rows: tuple[DebriefRow, ...]) -> None:
        page, shown = self.page, [(row.id, row.version) for row in rows]

        def done(left: Touched) -> None:
            said = words.handed_over(left.name, len(shown), len(left.needing))
            page.strip.say(Level.CHECK if left.needing else Level.NOTE, said)

        page.send(departures.hand_over, about.id, to, shown, then=done)


def _table(rows: Sequence[DebriefRow]) -> Table[DebriefRow]:
    columns: tuple[Column[DebriefRow], ...] = (
        Column(_("Start"), lambda row: day_and_clock(row.starts_at), fixed=True, width=160),
        Column(_("Debrief"), lambda row: row.reference, fixed=True, width=120),
        Column(_("Person"), lambda row: row.person, strong=True, width=140, stretch=True),
        Column(_("Agency"), lambda row: row.agency, width=104),
        Column(_("State"), lambda row: names.name(row.state), width=96),
    )
    table = Table(
        _("Debriefs that need somebody else"), columns, lambda row: row.id, compact=True, many=True
    )
    table.set_rows(rows)
    table.setFixedHeight(style.px(44 + 28 * max(1, min(len(rows), 8))))
    return table
