"""How does what stands in the form become a debrief, and what is said then?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from debrief_desk.actions import people, plans, replanning
from debrief_desk.errors import Stale
from debrief_desk.rules.severity import Level
from debrief_desk.ui.debriefs.versions import VersionsDialog
from debrief_desk.wording import _, planning
from debrief_desk.wording import versions as sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from debrief_desk.actions.people import PersonRow
    from debrief_desk.actions.plan_drafts import DebriefPlan
    from debrief_desk.actions.plans import Registered
    from debrief_desk.actions.replanning import Overtaken
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.debriefs.form import DebriefForm
    from debrief_desk.ui.parts.fields import Field


class Saving:
    """Saves the form, once at a time; `agency` is the one used last."""

    def __init__(self, form: DebriefForm) -> None:
        self.form = form
        self.agency = ""
        self._busy = False

    def register(self) -> None:
        """Save what stands in the form, and leave it."""
        self._save(self._on_saved)

    def register_and_next(self) -> None:
        """Save, keep the session, and go on with the next person of the same boat."""
        if self.form.card is None:
            self._save(self._on_saved_and_next)

    def wrong(self) -> list[tuple[str, Callable[[], None]]]:
        """Give what is still needed by name, with how to say so at its field."""
        form = self.form
        wrong: list[tuple[str, Callable[[], None]]] = []
        if form.person.is_empty():
            wrong.append((_("a person"), self._ask_for_person))
        if form.result is not None and form.result.unreadable:
            wrong.append((_("a birth that can be read"), form.person.fields.born.setFocus))
        for text, field, why in form.session.missing():
            wrong.append((text, partial(_ask_for, field, why)))
        return wrong

    def _ask_for_person(self) -> None:
        said = _("Search for the person, or press Esc to enter a new one.")
        self.form.person.set_error(said)
        self.form.person.search.setFocus()

    def _save(self, then: Callable[[Registered], None]) -> None:
        self.form.settle()
        wrong = self.wrong()
        for _name, show in reversed(wrong):
            show()
        refused = self.form.result is not None and self.form.result.refused
        if wrong or refused or self._busy:
            return
        self._set_busy(True)
        plan, card_shown = self.form.plan(), self.form.card
        if card_shown is None:
            self.form.page.send(plans.register, plan, then=then, failed=self._on_failed)
        else:
            self._replan(card_shown.row.id, card_shown.row.version, plan)

    def _replan(
        self, debrief_id: str, version: int, plan: DebriefPlan, offered: DebriefPlan | None = None
    ) -> None:
        wanted = debrief_id, version, plan, offered
        self.form.page.send(replanning.replan, *wanted, then=self._on_saved, failed=self._on_failed)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.form.foot.save.setEnabled(not busy)
        self.form.foot.and_next.setEnabled(not busy)

    def _on_saved(self, done: Registered) -> None:
        self._remember()
        starts_at = self.form.session.starts_at()
        if self.form.card is not None or starts_at is None:
            said = planning.changed(done.reference, done.check_reference, done.level)
        else:
            said = planning.registered(done.reference, done.check_reference, done.level, starts_at)
        self._tell(done, said)
        self.form.saved.emit(done)

    def _on_saved_and_next(self, done: Registered) -> None:
        self._remember()
        starts_at = self.form.session.starts_at()
        if starts_at is not None:
            said = planning.registered(done.reference, done.check_reference, done.level, starts_at)
            self.form.page.send(
                people.next_of_boat,
                done.registration_id,
                then=partial(self._on_next, done, said),
            )

    def _on_next(self, done: Registered, said: str, following: PersonRow | None) -> None:
        self.form.session.go_on()
        self.form.keeping.begin()
        if following is None:
            self._tell(done, f"{said} {planning.boat_done()}")
            self.form.person.start()
            self.form.show_result(None)
            self.form.person.search.setFocus()
            return
        who = planning.next_person(following.name, following.band, following.event)
        self._tell(done, f"{said} {who}")
        self.form.take(following)

    def _tell(self, done: Registered, said: str) -> None:
        if done.level is Level.STOP:
            self.form.page.tell(
                Level.STOP,
                said,
                action=_("Open conflicts"),
                do=lambda: self.form.page.go.emit("conflicts", None),
            )
        else:
            self.form.page.tell(Level.CLEAR, said)

    def _remember(self) -> None:
        self._set_busy(False)
        self.form.stop_checking()  # the change itself asks for a check, which would keep a draft
        self.form.keeping.drop()
        self.agency = self.form.session.agency.value() or ""

    def _on_failed(self, error: DeskError) -> None:
        self._set_busy(False)
        shown = self.form.card
        if isinstance(error, Stale) and shown is not None:
            mine = self.form.plan()
            self.form.page.send(
                replanning.overtaken,
                shown.row.id,
                shown.plan,
                mine,
                then=partial(self._on_overtaken, mine),
            )
            return
        self.form.page.tell(Level.STOP, self.form.page.sentence(error))
        self.form.check_again()

    def _on_overtaken(self, mine: DebriefPlan, found: Overtaken) -> None:
        """Ask what is to stand, where somebody else changed the debrief meanwhile."""
        shown = self.form.card
        if shown is None:
            return
        if not (found.is_open and found.rows):
            said = sentences.already() if found.is_open else planning.over()
            self.form.page.tell(Level.NOTE, said)
            self.form.open(shown.row.id)
            return
        VersionsDialog(
            self.form,
            sentences.title(shown.row.reference),
            found.rows,
            partial(self._on_settled, mine, found),
        ).open()

    def _on_settled(
        self, mine: DebriefPlan, found: Overtaken, mine_stands: Mapping[str, bool]
    ) -> None:
        shown, plan = self.form.card, replanning.settled(found, mine, mine_stands)
        if shown is None or self._busy:
            return
        self._set_busy(True)
        wished = {row.field: row.mine_stands is not False for row in found.rows}
        offered = replanning.settled(found, mine, wished)
        self._replan(shown.row.id, found.version, plan, offered if offered != plan else None)


def _ask_for(field: Field, why: str) -> None:
    field.set_error(why)
    field.editor.setFocus()
