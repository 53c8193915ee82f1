"""What would an offer change, whom does it leave out, what is short? Four views of one offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from debrief_desk.ui.parts.buttons import Segments
from debrief_desk.ui.parts.labels import ElidedLabel
from debrief_desk.ui.parts.listing import Listing
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Table
from debrief_desk.ui.plan import columns
from debrief_desk.ui.plan.staffing_view import StaffingView
from debrief_desk.wording import _, proposals

if TYPE_CHECKING:
    from datetime import date

    from debrief_desk.actions.offering import OfferRow
    from debrief_desk.ui.screen import Screen

LINES, LEFT, HELD, STAFF = "lines", "left", "held", "staffing"


class OfferView(QWidget):
    """The lines of an offer, who has no place, who is not planned, and the staffing.

    Attributes:
        accepted: the id of a line that Enter was pressed on.
        selected: other lines are selected now.
        opened: a debrief to open.
        board: the user would like to see the board.
    """

    accepted = Signal(str)
    selected = Signal()
    opened = Signal(str)
    board = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._offer: OfferRow | None = None
        self.views = Segments(_("Show"), _names(None))
        self.costs = ElidedLabel("", "muted")
        self.lines: Table[Any] = Table(
            _("Lines of the plan"), columns.lines(), lambda row: row.id, compact=True, many=True
        )
        self.left, self.held = Listing(_("Without a place")), Listing(_("Not planned"))
        self.staffing = StaffingView(screen)
        name_parts(self)  # before the states, which would call a table their content
        self.pages = QStackedWidget()
        for page in (self.lines, self.left, self.held, self.staffing):
            self.pages.addWidget(page)
        self.states = States(self.pages)
        self._build()
        self._connect()
        name_parts(self)

    def show_offer(self, offer: OfferRow | None, on: date) -> None:
        """Show an offer for a day; None takes away what was shown and leaves what is said."""
        self._offer = offer
        for key, text in _names(offer):
            self.views.set_text(key, text)
        for part in (self.views, self.costs):
            part.setVisible(offer is not None)
        if offer is None:
            return
        self.costs.setText(proposals.costs(offer.costs))
        self.costs.setToolTip(proposals.costs_explained())
        self.lines.set_rows(offer.lines)
        self.left.set_entries([columns.left(row) for row in offer.left])
        self.held.set_entries([columns.left(row) for row in offer.held])
        self.staffing.show_staffing(offer.staffing, on)
        self.show_view(self.views.choice())

    def show_view(self, view: str) -> None:
        """Show one of the four views, or say that it is empty."""
        self.views.choose(view)
        self.pages.setCurrentIndex((LINES, LEFT, HELD, STAFF).index(view))
        offer = self._offer
        if offer is None:
            return
        if view == LINES and not offer.lines:
            self.states.show_empty(
                _("Nothing is left to accept"),
                _("The day stands as this offer has it."),
                action=_("See the board"),
                do=self.board.emit,
                icon="check",
            )
        elif view == LEFT and not offer.left:
            self._say_none(_("Everybody has a place"), _("Nobody who may be planned is left out."))
        elif view == HELD and not offer.held:
            said = _("Every open debrief of this span may be planned.")
            self._say_none(_("Nobody is held back"), said)
        else:
            self.states.show_content()

    def _say_none(self, title: str, text: str) -> None:
        self.states.show_empty(
            title,
            text,
            action=_("Back to the lines"),
            do=lambda: self.show_view(LINES),
            icon="check",
        )

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.views)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.costs)
        column.addWidget(self.states, 1)

    def _connect(self) -> None:
        self.views.chosen.connect(self.show_view)
        self.lines.opened.connect(lambda key: self.accepted.emit(str(key)))
        self.lines.selectionModel().selectionChanged.connect(lambda *_gone: self.selected.emit())
        for listing in (self.left, self.held):
            listing.opened.connect(self.opened)


def _names(offer: OfferRow | None) -> tuple[tuple[str, str], ...]:
    """Name the views, with how many rows each has."""
    lists = ((), (), ()) if offer is None else (offer.lines, offer.left, offer.held)
    lines, left, held = map(len, lists)
    return (
        (LINES, _("Lines ({n})").format(n=lines)),
        (LEFT, _("Without a place ({n})").format(n=left)),
        (HELD, _("Not planned ({n})").format(n=held)),
        (STAFF, _("Staffing")),
    )
