"""What was explained before a yes? Five points, each ticked by hand, and who explained them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from debrief_desk.actions.approaches import OPTIONAL_LINE
from debrief_desk.rules.codes import ExplanationPoint
from debrief_desk.ui.parts.fields import CheckEntry, Field, TextEntry
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, names


class Explanation(QWidget):
    """The points of the explanation; none is ticked beforehand (V-2)."""

    def __init__(self, lead: str) -> None:
        super().__init__()
        self.explained_by = TextEntry(longest=80)
        self.explained_by.set_value(lead)
        self.explained_by_field = Field(_("Explained by"), self.explained_by, required=True)
        self.points = {key: CheckEntry(_capital(text)) for key, text in _offered()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.explained_by_field)
        column.addSpacing(6)
        column.addWidget(Label(_("Explained and understood"), "label"))
        for key, box in self.points.items():
            box.setObjectName(f"point_{key}")
            column.addWidget(box)
        hint = _("What is not ticked stays to be done; until then nobody can clear the debrief.")
        column.addWidget(Label(hint, "label", wrap=True))
        name_parts(self)

    def ticked(self) -> tuple[str, ...]:
        """Give the values of the points that are ticked, in their order."""
        return tuple(key for key, box in self.points.items() if box.value())

    def complain(self) -> bool:
        """Mark what is missing here; True where something is."""
        missing = not self.explained_by.value()
        self.explained_by_field.set_error(_("Name who explained it.") if missing else "")
        return missing


def _offered() -> tuple[tuple[str, str], ...]:
    also = _("this part is optional (after a search or a phone was taken)")
    return (*names.choices(ExplanationPoint), (OPTIONAL_LINE, also))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
