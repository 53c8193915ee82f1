"""What is written down of somebody who is not on record yet? As said or read, never corrected."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from debrief_desk.actions.registrations import PersonEntry
from debrief_desk.rules.codes import Gender
from debrief_desk.ui.parts.fields import ChoiceEntry, Field, ScriptEntry, TextEntry
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, names, planning

_FLAGS = ("", "adult", "child", "age_disputed")
_COLUMNS = 24


class PersonFields(QWidget):
    """The fields of a new person, in two lines."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        sexes = [(one.value, names.name(one)) for one in (Gender.MAN, Gender.WOMAN)]
        self.full_name, self.native_name = TextEntry(), ScriptEntry()
        self.born = TextEntry(_("14/08/1998, 1998 or age 25"), fixed=True, longest=40)
        self.sex = ChoiceEntry([("", _("Not said")), *sexes])
        self.child_flag = ChoiceEntry([(flag, planning.age_flag(flag)) for flag in _FLAGS])
        self.band = TextEntry(_("07-023"), fixed=True, longest=40)
        self.boat = TextEntry(_("E-1120-07"), fixed=True, longest=40)
        self.reference = TextEntry(fixed=True, longest=60)
        self.nationality, self.language = TextEntry(longest=60), TextEntry(longest=60)
        self.born_field = Field(_("Born, or age"), self.born)
        self._build()
        for entry in self._entries():
            entry.changed.connect(self.changed)
        name_parts(self)
        self.clear()

    def entry(self) -> PersonEntry:
        """Give the person as typed."""
        return PersonEntry(
            full_name=self.full_name.value(),
            native_name=self.native_name.value(),
            born=self.born.value(),
            sex=self.sex.value() or "",
            nationality=self.nationality.value(),
            language=self.language.value(),
            reference=self.reference.value(),
            band=self.band.value(),
            event=self.boat.value(),
            child_flag=self.child_flag.value() or "",
        )

    def clear(self) -> None:
        """Empty every field without announcing it."""
        self.show_entry(PersonEntry())

    def show_entry(self, entry: PersonEntry) -> None:
        """Show a person as typed, without announcing it."""
        shown = (
            *(entry.full_name, entry.native_name, entry.born, entry.sex, entry.child_flag),
            *(entry.band, entry.event, entry.reference, entry.nationality, entry.language),
        )
        for field, text in zip(self._entries(), shown, strict=True):
            field.blockSignals(True)
            field.set_value(text)
            field.blockSignals(False)

    def take(self, written: str) -> None:
        """Begin with what was searched for: a band begins with a digit, a name does not."""
        (self.band if written[:1].isdecimal() else self.full_name).set_value(written)

    def _entries(self) -> tuple[TextEntry | ChoiceEntry, ...]:
        return (
            *(self.full_name, self.native_name, self.born, self.sex, self.child_flag),
            *(self.band, self.boat, self.reference, self.nationality, self.language),
        )

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for at in range(_COLUMNS):
            grid.setColumnStretch(at, 1)
        lines = (
            (
                (8, Field(_("Name as given"), self.full_name)),
                (6, Field(_("Name in own script"), self.native_name)),
                (6, self.born_field),
                (4, Field(_("Sex"), self.sex)),
            ),
            (
                (4, Field(_("Wristband"), self.band)),
                (4, Field(_("Boat"), self.boat)),
                (4, Field(_("Reference"), self.reference)),
                (4, Field(_("Nationality"), self.nationality)),
                (4, Field(_("Language"), self.language)),
                (4, Field(_("Age on record"), self.child_flag)),
            ),
        )
        for row, fields in enumerate(lines):
            first = 0
            for wide, field in fields:
                grid.addWidget(field, row, first, 1, wide)
                first += wide
