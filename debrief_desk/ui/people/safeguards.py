"""How is what makes a person safe asked for? Ticks and choices; there is no field for why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from debrief_desk.actions.safeguards import SafeguardEntry
from debrief_desk.rules.codes import Indicator
from debrief_desk.ui import style
from debrief_desk.ui.parts.asking import Asking
from debrief_desk.ui.parts.fields import CheckEntry, ChoiceEntry, Field
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.moment_field import MomentField
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, names
from debrief_desk.wording import welfare as sentences

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

_ANSWERS = {"": None, "yes": True, "no": False}
_MOST = 12
"""Children with one person that can be chosen."""


class SafeguardsDialog(Asking):
    """Asks what is known; what is on record stands in it, an empty field is not recorded."""

    def __init__(
        self,
        parent: QWidget,
        known: SafeguardEntry,
        now: datetime,
        answered: Callable[[SafeguardEntry], None],
    ) -> None:
        super().__init__(
            parent,
            _("Safeguards"),
            _("Categories and times only, never why. It counts for every plan of this person."),
        )
        self._now, self._answered = now, answered
        self._build()
        self._show(known)
        self.setMaximumWidth(style.px(680))
        self.setMinimumWidth(style.px(620))
        self.go.clicked.connect(self._on_go)
        name_parts(self)
        next(iter(self.indicators.values())).setFocus()

    def _build(self) -> None:
        self.indicators = {key: CheckEntry(text) for key, text in names.choices(Indicator)}
        ticks = QGridLayout()
        ticks.setHorizontalSpacing(12)
        for at, (key, box) in enumerate(self.indicators.items()):
            box.setObjectName(f"indicator_{key}")
            ticks.addWidget(box, at // 2, at % 2)
        self.column.addWidget(Label(_("Signs of an adult at risk"), "label"))
        self.column.addLayout(ticks)
        self.bereaved, self.near, self.alone = _answer(), _answer(), _answer()
        self.carer, self.legal = _answer(), _answer()
        count = [("", _("Not recorded")), *((str(n), str(n)) for n in range(_MOST + 1))]
        self.children_with = ChoiceEntry(count)
        self.notified = MomentField(_("Representative notified"), self._now)
        self.power = MomentField(_("Compulsory power used"), self._now)
        self.add_row(
            Field(_("Bereaved, or survivor of a fatal incident"), self.bereaved),
            Field(_("Harm possible if seen talking"), self.near),
        )
        self.add_row(
            Field(_("Travels alone"), self.alone),
            Field(_("Children with them"), self.children_with),
        )
        self.add_row(
            Field(_("A carer for the children is named"), self.carer),
            Field(_("Has a legal representative"), self.legal),
        )
        self.add_row(self.notified, self.power)
        self.go = self.add_buttons(_("Record safeguards"), "primary")

    def _show(self, known: SafeguardEntry) -> None:
        for key, box in self.indicators.items():
            box.set_value(Indicator(key) in known.indicators)
        for entry, value in (
            (self.bereaved, known.bereaved),
            (self.near, known.facilitator_near),
            (self.alone, known.alone),
            (self.carer, known.carer_recorded),
            (self.legal, known.legal_rep),
        ):
            entry.set_value(next(key for key, answer in _ANSWERS.items() if answer is value))
        self.children_with.set_value("" if known.dependants is None else str(known.dependants))
        self.notified.set_value(known.legal_rep_notified_at)
        self.power.set_value(known.compulsory_power_at)

    def _on_go(self) -> None:
        wrong = [field for field in (self.notified, self.power) if self._complain(field)]
        if wrong:
            wrong[0].clock.setFocus()
            self.fit()
            return
        children = self.children_with.value()
        self.accept()
        self._answered(
            SafeguardEntry(
                indicators=frozenset(
                    Indicator(key) for key, box in self.indicators.items() if box.value()
                ),
                bereaved=_ANSWERS[self.bereaved.value() or ""],
                facilitator_near=_ANSWERS[self.near.value() or ""],
                alone=_ANSWERS[self.alone.value() or ""],
                dependants=int(children) if children else None,
                carer_recorded=_ANSWERS[self.carer.value() or ""],
                legal_rep=_ANSWERS[self.legal.value() or ""],
                legal_rep_notified_at=self.notified.value(),
                compulsory_power_at=self.power.value(),
            )
        )

    def _complain(self, field: MomentField) -> bool:
        """Mark a time that cannot be; True where it is one."""
        at = field.value()
        text = "" if at or field.is_empty() else sentences.no_moment()
        if at is not None and at > self._now:
            text = sentences.not_yet(self._now)
        field.set_error(text)
        return bool(text)


def _answer() -> ChoiceEntry:
    return ChoiceEntry([("", _("Not recorded")), ("yes", _("Yes")), ("no", _("No"))])
