"""Who gets a place today? A plan is proposed, looked at, and accepted whole or by lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions import accepting, offering, placements
from debrief_desk.actions.open_day import FIRST_HOUR
from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.parts.busy import BusyBar
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import ElidedLabel, Label
from debrief_desk.ui.parts.listing import Entry, Listing
from debrief_desk.ui.parts.messages import MessageStrip
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.ui.plan.offer_view import OfferView
from debrief_desk.ui.plan.options import Options
from debrief_desk.ui.plan.running import Planner
from debrief_desk.ui.screen import Screen
from debrief_desk.wording import _, day, london, proposals

if TYPE_CHECKING:
    from debrief_desk.actions.accepting import Accepted
    from debrief_desk.actions.offering import OfferRow, Prepared
    from debrief_desk.errors import DeskError
    from debrief_desk.planning import Offer, Standing
    from debrief_desk.ui.worker import Worker

_WIDE = 316
_OFFER = 78


class PlanScreen(Screen):
    """Choose a day or shift and how far to go; see up to three offers; accept all or some lines."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker, _("Plan"))
        self._prepared: Prepared | None = None
        self._offers: tuple[OfferRow, ...] = ()
        self._build()
        self._connect()

    def reload(self) -> None:
        """Ask again what may be planned; a proposal that is being looked at stays."""
        if not self.planner.is_running and not self._offers:
            self._prepare()

    def show_for(self, about: Any) -> None:
        """Plan a day."""
        if isinstance(about, date):
            self.options.day.set_value(about)

    def first_focus(self) -> QWidget:
        """Give what starts a proposal."""
        return self.options.propose

    def _build(self) -> None:
        self.planner = Planner(self)
        self.options = Options(self._today())
        self.offers = Listing(_("Offers"))
        self.offers_title = Label(_("Offers"), "section")
        self.offers_note = Label("", "label", wrap=True)
        self.side = QWidget()
        side = QVBoxLayout(self.side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        side.addWidget(self.options)
        side.addWidget(self.offers_title)
        side.addWidget(self.offers)
        side.addWidget(self.offers_note)
        side.addStretch(1)
        self.form = scrolling(self.side)
        self.strip = MessageStrip()
        self.busy = BusyBar()
        self.view = OfferView(self)
        self.states = self.view.states
        right = QVBoxLayout()
        right.setSpacing(8)
        for widget in (self.strip, self.busy):
            right.addWidget(widget)
        right.addWidget(self.view, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.form)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)
        self._build_foot()
        name_parts(self)
        style.follow(self._dress)
        self._show_offer()
        self._show_nothing()

    def _build_foot(self) -> None:
        self.count = ElidedLabel("", "muted")
        self.add_to_foot(self.count, 1)
        self.take_some = Button(_("Accept the chosen lines"))
        self.take_all = Button(_("Accept all lines"), "primary")
        self.add_to_foot(self.take_some)
        self.add_to_foot(self.take_all)

    def _connect(self) -> None:
        self.options.wanted.connect(self._on_propose)
        self.options.changed.connect(self._on_other_day)
        self.planner.told.connect(self._on_told)
        self.planner.done.connect(self._on_done)
        self.planner.failed.connect(self._on_failed)
        self.offers.chosen.connect(lambda _key: self._show_offer())
        self.view.accepted.connect(lambda key: self._accept((key,)))
        self.view.selected.connect(self._count)
        self.view.opened.connect(lambda key: self.go.emit("debriefs", key))
        self.view.board.connect(lambda: self.go.emit("board", self._day()))
        self.take_some.clicked.connect(lambda: self._accept(self.view.lines.keys()))
        self.take_all.clicked.connect(lambda: self._accept(None))

    def _prepare(self, then: Any = None) -> None:
        def ready(prepared: Prepared) -> None:
            self._prepared = prepared
            self.options.bar_open(prepared.told)
            if then is not None:
                then(prepared)
            elif not self._offers:
                self._show_nothing()

        self.send(
            offering.prepare, *self.options.span(), then=ready, failed=self._on_failed, key="plan"
        )

    def _on_other_day(self) -> None:
        self.planner.end()
        self._forget()
        self._prepare()

    def _on_propose(self) -> None:
        self.strip.clear()
        self._forget()
        self.setFocus()  # not left to the button that is greyed out: Qt would go to the sidebar
        self.options.set_busy(True)
        self.busy.start(proposals.beginning(), self._on_cancel)
        self.states.show_loading()
        self._prepare(self._start)

    def _start(self, prepared: Prepared) -> None:
        if not prepared.problem.requests:
            self._end()
            self._show_nothing()
            return
        self.planner.start(
            prepared.problem, furthest=self.options.furthest(), budget_s=self.options.seconds()
        )

    def _on_cancel(self) -> None:
        self.busy.text.setText(proposals.stopping())
        self.planner.cancel()

    def _on_told(self, standing: Standing) -> None:
        asked = len(self._prepared.problem.requests) if self._prepared is not None else 0
        self.busy.text.setText(proposals.running(standing.placed, asked, standing.seconds))
        whole = round(self.options.seconds() * 1000)
        self.busy.progress(min(whole, round(standing.seconds * 1000)), whole)

    def _on_done(self, offers: tuple[Offer, ...]) -> None:
        self.send(
            offering.shown, self._prepared, offers, then=self._show_offers, failed=self._on_failed
        )

    def _end(self) -> None:
        self.busy.stop()
        self.options.set_busy(False)

    def _on_failed(self, error: DeskError) -> None:
        self._end()
        self.states.show_failed(
            _("No plan was made"),
            self.sentence(error),
            action=_("Try again"),
            do=self._on_propose,
        )

    def _forget(self) -> None:
        self._offers = ()
        self.offers.set_entries(())
        self._show_offer()

    def _show_nothing(self) -> None:
        """Say what this page does, or that there is nothing to plan."""
        prepared = self._prepared
        if prepared is not None and not prepared.problem.requests:
            self.states.show_empty(
                _("Nobody is to be planned in this span"),
                _("Plans of the day show here as soon as somebody registers one."),
                action=_("New debrief"),
                do=lambda: self.go.emit("debriefs", "new"),
                icon="calendar-blank",
            )
            return
        self.states.show_empty(
            _("No plan is proposed yet"),
            _(
                "The desk looks for a legal place for everybody and says why where there is none. "
                "Nothing changes until you accept a line."
            ),
            action=_("Propose a plan"),
            do=self._on_propose,
            icon="magic-wand",
        )

    def _show_offers(self, offers: tuple[OfferRow, ...]) -> None:
        self._end()
        self._offers = offers
        self.offers.set_entries(
            [
                Entry(
                    key=offer.mode,
                    title=proposals.mode_name(offer.mode),
                    detail=proposals.placed(offer.placed, offer.asked),
                    more=offer.title,
                )
                for offer in offers
            ]
        )
        self.offers_note.setText(proposals.no_more(self.options.furthest(), len(offers)))
        self.offers.setFixedHeight(style.px(_OFFER * len(offers) + 4))
        if offers:
            self.offers.choose(offers[0].mode)
            self.view.lines.setFocus()
        self._show_offer()

    def offer(self) -> OfferRow | None:
        """Give the offer that is looked at."""
        key = self.offers.key()
        return next((one for one in self._offers if one.mode == key), None)

    def _show_offer(self) -> None:
        offer, on = self.offer(), self._day()
        self.view.show_offer(offer, on)
        for part in (self.foot, self.offers, self.offers_title, self.offers_note):
            part.setVisible(offer is not None)
        if offer is None:
            self.header.set_subtitle("")
            return
        self.header.set_subtitle(f"{day(on)} · {proposals.placed(offer.placed, offer.asked)}")
        self._count()

    def _count(self) -> None:
        offer = self.offer()
        if offer is None:
            return
        self.count.setText(proposals.lines(len(offer.lines), offer.kept))
        self.take_all.setEnabled(bool(offer.lines))
        self.take_some.setEnabled(bool(self.view.lines.keys()))

    def _accept(self, keys: Any) -> None:
        offer, prepared = self.offer(), self._prepared
        if offer is None or prepared is None:
            return
        wanted = {row.id for row in offer.lines} if keys is None else set(keys)
        order = accepting.Order(
            day=prepared.day,
            lines=tuple(row.line for row in offer.lines if row.id in wanted),
            start=prepared.start,
            end=prepared.end,
            mode=offer.mode,
            others=tuple(row.line for row in offer.lines if row.id not in wanted),
        )
        self.send(accepting.accept, order, then=self._on_accepted)

    def _on_accepted(self, done: Accepted) -> None:
        if done.taken:
            self._drop(set(done.taken))
            undo = (lambda: self._take_back(done.step)) if done.step else None
            self.said.emit(proposals.taken(len(done.taken), len(done.refused)), undo)
        said = [proposals.refusal(one.reference, one.sentence) for one in done.refused]
        refused = tuple(one.debrief_id for one in done.refused)
        if not said:
            self.strip.clear()
        elif done.needed:
            self.strip.say(
                Level.CHECK,
                proposals.only_together(said, len(done.needed)),
                action=_("Accept them together"),
                do=lambda: self._accept((*refused, *done.needed)),
            )
        else:
            self.strip.say(
                Level.CHECK,
                proposals.first_refusals(said),
                action=_("Propose again"),
                do=self._on_propose,
            )

    def _drop(self, gone: set[str]) -> None:
        """Take lines that are accepted off every offer."""
        self._offers = tuple(
            replace(one, lines=tuple(row for row in one.lines if row.id not in gone))
            for one in self._offers
        )
        self._show_offer()

    def _take_back(self, step: str) -> None:
        self.send(placements.take_back, step, then=lambda _none: self._on_propose())

    def _day(self) -> date:
        return self._prepared.day if self._prepared is not None else self._today()

    def _today(self) -> date:
        """Give the planned day that runs now: before six it is the day before."""
        desk = self.worker.desk
        now = london(desk.now() if desk is not None else datetime.now(UTC))
        return now.date() - timedelta(days=int(now.hour < FIRST_HOUR))

    def _dress(self) -> None:
        self.form.setFixedWidth(style.px(_WIDE))
