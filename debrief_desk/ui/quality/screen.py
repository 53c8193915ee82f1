"""How good were the suggestions that two records are one person, by what people decided here?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions import quality
from debrief_desk.errors import NotAllowed
from debrief_desk.ui import style
from debrief_desk.ui.parts.curves import Whisker, Whiskers
from debrief_desk.ui.parts.labels import Label, card
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.ui.quality.limits import Limits
from debrief_desk.ui.screen import Screen
from debrief_desk.ui.tokens import COMPACT_ROW
from debrief_desk.wording import _
from debrief_desk.wording import quality as words

if TYPE_CHECKING:
    from debrief_desk.actions.quality import BandRow, Quality, Share
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker

_HEAD = 46


class QualityScreen(Screen):
    """What became of the suggestions, how often they were right, and other limits to try."""

    tables = frozenset({"identity_decision", "registration", "second_opinion", "policy_version"})

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker, _("Quality"))
        self._build()
        self._connect()

    def reload(self) -> None:
        """Count again."""
        self.send(quality.report, then=self._show, failed=self._on_failed, key="quality")

    def first_focus(self) -> QWidget:
        """Give the table of bands, or the way to the rules."""
        return self.bands if self.bands.isVisible() else self.rules_button

    def _build(self) -> None:
        self.rules_button = self.header.add_action(_("Open the policy"))
        self.bands: Table[BandRow] = Table(
            _("Suggestions by band"), columns(), lambda row: row.band, compact=True
        )
        self.bands.setProperty("framed", "no")
        self.precision = Whiskers(_("How often a suggestion was right"))
        self.by_hand = Label("", "label", wrap=True)
        self.limits = Limits()
        self.reasons = Whiskers(_("How often it was right, by what spoke most for it"))
        self.no_reasons = Label(_("Nobody has decided a pair yet."), "muted", wrap=True)
        self.agreed = Label("", wrap=True)
        self.versions = Label("", "label")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._upper(column)
        column.addWidget(_card(_("Other limits"), self.limits))
        self._lower(column)
        column.addStretch(1)
        self.states = States(scrolling(inside))
        self.body.addWidget(self.states, 1)
        name_parts(self)
        self.states.show_loading()
        style.follow(self._dress)

    def _upper(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        note = Label(
            _("Of the pairs somebody decided, those that were one person. The line holds the true "
              "share 19 times in 20."), "label", wrap=True
        )  # fmt: skip
        row.addWidget(_card(_("What became of the suggestions"), self.bands, flush=True), 5)
        row.addWidget(_card(_("How often it was right"), self.precision, note, self.by_hand), 4)
        column.addLayout(row)

    def _lower(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(_card(_("By what spoke most for it"), self.reasons, self.no_reasons), 5)
        row.addWidget(_card(_("Blind second opinions"), self.agreed, self.versions), 4)
        column.addLayout(row)

    def _dress(self) -> None:
        rows = max(1, self.bands.rows.rowCount())
        self.bands.setFixedHeight(style.px(_HEAD + COMPACT_ROW * rows))

    def _connect(self) -> None:
        self.rules_button.clicked.connect(lambda: self.go.emit("rules", "policy"))
        self.limits.chosen.connect(self._try)

    def _try(self, possible: float, probable: float) -> None:
        self.send(
            quality.tried,
            possible,
            probable,
            then=self.limits.show_tried,
            failed=lambda error: self.limits.show_failed(self.sentence(error)),
            key="limits",
        )

    def _show(self, found: Quality) -> None:
        whole = found.whole
        if not whole.suggestions and not found.now.trial.same and not found.now.trial.different:
            self.header.set_subtitle("")
            self.states.show_empty(
                _("No pair has been suggested yet"),
                _(
                    "When two records may be one person, the desk suggests it and somebody "
                    "decides. How often it was right stands here, and what other limits would "
                    "have done."
                ),
                icon="users",
            )
            return
        self.header.set_subtitle(
            words.counted(whole.suggestions, whole.confirmed, whole.rejected, whole.open)
        )
        rows = [*found.bands, whole]
        self.bands.set_rows(rows)
        self._dress()
        self.precision.set_rows([_whisker(words.title(row.band), row.share) for row in rows])
        self.by_hand.setText(words.found_by_hand(found.unsuggested))
        self.by_hand.setVisible(bool(found.unsuggested))
        self.limits.show_quality(found)
        self.reasons.set_rows([_whisker(words.reason(r.field), r.share) for r in found.reasons])
        self.reasons.setVisible(bool(found.reasons))
        self.no_reasons.setVisible(not found.reasons)
        about, agreed = found.agreement, found.agreed
        self.agreed.setText(
            words.agreed(about.asked, about.given, about.agreed, agreed.low, agreed.high)
        )
        self.versions.setText(words.versions(found.program, found.weights))
        self.states.show_content()

    def _on_failed(self, error: DeskError) -> None:
        if isinstance(error, NotAllowed):
            self.states.show_locked(
                _("Figures are for the site"),
                _("A coordinator or a supervisor of the site sees how good suggestions were."),
            )
            return
        self.states.show_failed(
            _("The figures could not be shown"),
            self.sentence(error),
            action=_("Try again"),
            do=self.reload,
        )


def columns() -> tuple[Column[BandRow], ...]:
    """Give a band and what became of its suggestions."""

    def count(title: str, text: Any, tip: str = "", width: int = 78) -> Column[BandRow]:
        return Column(
            title,
            lambda row: f"{text(row):,}",
            fixed=True,
            width=width,
            tooltip=(lambda _row: tip) if tip else None,
        )

    return (
        Column(_("Band"), lambda row: words.title(row.band), strong=True, stretch=True, width=96),
        count(_("Pairs"), lambda row: row.suggestions, width=64),
        count(_("Confirmed"), lambda row: row.confirmed, _("Somebody said: the same person."), 84),
        count(_("Rejected"), lambda row: row.rejected, _("Somebody said: different people.")),
        count(_("Unsure"), lambda row: row.unsure, width=66),
        count(
            _("By desk"),
            lambda row: row.by_desk,
            _("Linked for the time being by an equal reference or wristband; nobody looked yet."),
        ),
        count(_("Indirect"), lambda row: row.settled, _("One person through other links.")),
        count(_("Open"), lambda row: row.open, _("Nobody has decided yet."), 60),
    )


def _whisker(label: str, share: Share) -> Whisker:
    rate = share.hits / share.of_all if share.of_all else None
    shown = words.share(share.hits, share.of_all, share.low, share.high)
    return Whisker(label, rate, share.low, share.high, shown)


def _card(title: str, *content: QWidget, flush: bool = False) -> QFrame:
    frame = card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(*((1, 14, 1, 8) if flush else (20, 14, 20, 16)))
    column.setSpacing(8)
    head = QHBoxLayout()
    head.setContentsMargins(*((8, 0, 8, 0) if flush else (0, 0, 0, 0)))
    head.addWidget(Label(title, "section"))
    column.addLayout(head)
    for widget in content:
        column.addWidget(widget)
    column.addStretch(1)
    return frame
