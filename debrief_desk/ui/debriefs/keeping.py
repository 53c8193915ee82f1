"""How does a half typed form survive a crash, a lock or the end of the day? It is kept as typed."""

from __future__ import annotations

import uuid
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from debrief_desk.actions.form_drafts import FormDraft
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.messages import Choice, ask
from debrief_desk.wording import _, london, planning

if TYPE_CHECKING:
    from debrief_desk.ui.debriefs.form import DebriefForm


class Keeping:
    """Keeps what stands in the form, sealed beside the desk, until it is saved or given up."""

    def __init__(self, form: DebriefForm) -> None:
        self.form = form
        self._id = ""
        self._kept: FormDraft | None = None

    def begin(self) -> None:
        """Keep what comes now as a draft of its own."""
        self._id, self._kept = str(uuid.uuid4()), None

    def keep(self) -> None:
        """Keep what stands in the form, if it is not kept yet."""
        if self.form.page.worker.desk is None:
            return
        if not self.form.is_dirty():
            self.drop()
            return
        draft = self._draft()
        if self._kept is None or replace(draft, kept_at=self._kept.kept_at) != self._kept:
            self._kept = draft
            self._write(draft)

    def keep_aloud(self) -> None:
        """Keep it and say so."""
        self.keep()
        if self._kept is not None:
            self.form.page.tell(Level.NOTE, planning.draft_kept(self._kept.kept_at))

    def drop(self) -> None:
        """Forget the draft: it is saved, or there is nothing in it."""
        if self._kept is not None:
            self._kept = None
            self._write(None)

    def leave(self) -> None:
        """Go back to the list; what was entered is given up only when that is said."""
        if not self.form.is_dirty():
            self._leave()
            return
        ask(
            self.form,
            _("Leave without saving?"),
            _("A draft is sealed with the desk, and offered again with the next new debrief."),
            [Choice("leave", _("Discard it"), "danger"), Choice("keep", _("Keep as a draft"))],
            lambda key, _reason: self._leave(keep=key == "keep"),
        )

    def _leave(self, *, keep: bool = False) -> None:
        if keep:
            self.keep()
        else:
            self.drop()
        self.form.stop_checking()
        self.form.person.start()
        self.form.card = None
        self.form.left.emit()

    def offer(self) -> None:
        """Say what was left half typed, and offer to go on with it."""
        desk = self.form.page.worker.desk
        if desk is not None:
            self.form.page.worker.do(desk.drafts, then=self._offer)

    def take(self, draft_id: str = "") -> None:
        """Go on with a draft; with what was left last where none is named."""
        desk = self.form.page.worker.desk
        if desk is not None:
            self.form.page.worker.do(desk.drafts, then=partial(self._find, draft_id))

    def hold(self, draft: FormDraft) -> None:
        """Know that this draft stands in the form now, as it is kept."""
        self._kept = draft

    def about(self) -> str:
        """Keep what stands in the form; gives the id it is taken up by."""
        self.keep()
        return self._id

    def _find(self, draft_id: str, found: tuple[FormDraft, ...]) -> None:
        wanted = [one for one in found if draft_id in ("", one.id)]
        if wanted:
            self._take(wanted[0])

    def _offer(self, found: tuple[FormDraft, ...]) -> None:
        others = [one for one in found if one.id != self._id]
        if others and not self.form.is_dirty():
            self.form.page.tell(
                Level.NOTE,
                planning.draft_waits(others[0].about, others[0].kept_at, len(others)),
                action=_("Go on with it"),
                do=partial(self._take, others[0]),
            )

    def _take(self, draft: FormDraft) -> None:
        """Put a draft into the form; it is checked as if it had just been typed."""
        self._id, self._kept = draft.id, None
        self.form.page.strip.clear()
        if draft.shown is not None:
            self.form.open(draft.plan.debrief_id, draft=draft)
            return
        self.form.clear(draft.day or london(self.form.page.now()).date())
        self.form.with_choices(partial(self._show, draft))

    def _show(self, draft: FormDraft) -> None:
        """Show what was typed for a new debrief."""
        form = self.form
        form.session.show_plan(draft.plan)
        form.session.start.setText(draft.start)
        form.session.set_locked(False)
        if draft.plan.registration_id:
            form.plan_for(draft.plan.registration_id)
        else:
            form.person.show_typed(draft.plan.person, draft.searched)
        self.hold(draft)
        form.check_again()

    def _draft(self) -> FormDraft:
        form, shown = self.form, self.form.card
        return FormDraft(
            id=self._id,
            kept_at=form.page.now(),
            plan=form.plan(),
            about=form.person.called(),
            day=form.session.day.value(),
            start=form.session.start.value(),
            searched=form.person.search.value(),
            reference=shown.row.reference if shown is not None else "",
            version=shown.row.version if shown is not None else 0,
            shown=shown.plan if shown is not None else None,
        )

    def _write(self, draft: FormDraft | None) -> None:
        desk = self.form.page.worker.desk
        if desk is not None:
            self.form.page.worker.do(
                partial(desk.keep_draft, self._id, draft),
                then=lambda _done: None,
                failed=lambda error: self.form.page.tell(
                    Level.CHECK, self.form.page.sentence(error)
                ),
            )
