"""How does the desk look on this computer? Theme and text size, applied at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.buttons import Segments
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.settings.section import Section, leading
from debrief_desk.ui.tokens import TEXT_SIZES, Theme
from debrief_desk.wording import _

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings


class AppearanceSection(Section):
    """Theme and text size of this user on this computer."""

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Appearance"), _("For you on this computer. It changes at once."), parent
        )
        self._settings = settings
        self.theme = Segments(
            _("Theme"),
            (
                (Theme.SYSTEM.value, _("As the system")),
                (Theme.LIGHT.value, _("Light")),
                (Theme.DARK.value, _("Dark")),
            ),
        )
        self.text_size = Segments(
            _("Text size"), tuple((str(size), f"{size:.0%}") for size in TEXT_SIZES)
        )
        self._build()
        self.theme.choose(self._kept_theme().value)
        self.text_size.choose(str(self._kept_size()))
        self.theme.chosen.connect(lambda _key: self._apply())
        self.text_size.chosen.connect(lambda _key: self._apply())
        name_parts(self)

    def first_focus(self) -> QWidget | None:
        """Give the choice of theme."""
        return self.theme.focusWidget() or self.theme.findChild(QWidget)

    def _build(self) -> None:
        for title, choice in ((_("Theme"), self.theme), (_("Text size"), self.text_size)):
            self.body.addWidget(Label(title, "label"))
            self.body.addLayout(leading(choice))
        self.column.addStretch(1)

    def _kept_theme(self) -> Theme:
        kept = str(self._settings.value("theme", Theme.SYSTEM.value))
        return Theme(kept) if kept in set(Theme) else Theme.SYSTEM

    def _kept_size(self) -> float:
        kept = str(self._settings.value("text_scale", "1.0"))
        return next((size for size in TEXT_SIZES if str(size) == kept), 1.0)

    def _apply(self) -> None:
        theme, size = Theme(self.theme.choice()), float(self.text_size.choice())
        self._settings.setValue("theme", theme.value)
        self._settings.setValue("text_scale", size)
        style.apply_theme(cast("QApplication", QApplication.instance()), theme, size)
