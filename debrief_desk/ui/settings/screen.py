"""Settings: appearance, the own account, accounts, agencies, backup, keeping, help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from debrief_desk.actions import desks
from debrief_desk.rules.roles import Role
from debrief_desk.ui.parts.buttons import Segments
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.screen import Screen
from debrief_desk.ui.settings.accounts import AccountsSection
from debrief_desk.ui.settings.agencies import AgenciesSection
from debrief_desk.ui.settings.appearance import AppearanceSection
from debrief_desk.ui.settings.backup import BackupSection
from debrief_desk.ui.settings.help import HelpSection
from debrief_desk.ui.settings.keeping import KeepingSection
from debrief_desk.ui.settings.own_account import OwnAccountSection
from debrief_desk.wording import _, isolated
from debrief_desk.wording import settings as wording

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from debrief_desk.ui.worker import Worker

SECTIONS = ("appearance", "account", "accounts", "agencies", "backup", "keeping", "help")


class SettingsScreen(Screen):
    """Seven sections, one at a time; whose names are due is asked when it is looked at."""

    tables = frozenset({"account", "agency"})

    def __init__(self, worker: Worker, settings: QSettings | None = None) -> None:
        super().__init__(worker, _("Settings"))
        self._settings = settings or QSettings()
        self._build()
        self._connect()
        name_parts(self)

    def reload(self) -> None:
        """Ask for everything again."""
        self.send(desks.summary, then=self._on_summary, key="settings summary")
        self.accounts.reload()
        self.agencies.reload()
        self.backup.reload()
        if self.stack.currentWidget() is self.keeping:
            self.keeping.reload()

    def show_for(self, about: Any) -> None:
        """Show the section of that key."""
        if about in SECTIONS:
            self.tabs.choose(about)
            self._show(about)

    def first_focus(self) -> QWidget | None:
        """Give what the section shown begins with."""
        section: Any = self.stack.currentWidget()
        focus: QWidget | None = section.first_focus()
        return focus

    def _build(self) -> None:
        titles = (
            *(_("Appearance"), _("Your account"), _("Accounts")),
            *(_("Agencies"), _("Backup"), _("Keeping"), _("Help and about")),
        )
        self.tabs = Segments(_("Section"), tuple(zip(SECTIONS, titles, strict=True)))
        self.appearance = AppearanceSection(self._settings)
        self.own = OwnAccountSection(self.worker)
        self.accounts = AccountsSection(self.worker)
        self.agencies = AgenciesSection(self.worker)
        self.backup = BackupSection(self.worker)
        self.keeping = KeepingSection(self.worker)
        self.help = HelpSection()
        self.stack = QStackedWidget()
        for section in (
            *(self.appearance, self.own, self.accounts),
            *(self.agencies, self.backup, self.keeping, self.help),
        ):
            self.stack.addWidget(section)
        row = QHBoxLayout()
        row.addWidget(self.tabs)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._show)
        self.agencies.read.connect(
            lambda rows: self.accounts.show_agencies([row.name for row in rows])
        )

    def _show(self, key: str) -> None:
        self.stack.setCurrentIndex(SECTIONS.index(key))
        if key == "keeping":
            self.keeping.reload()

    def _on_summary(self, summary: Any) -> None:
        self.header.set_subtitle(_("Desk of {site}").format(site=isolated(summary.site)))
        codes = tuple(Role(code) for code in summary.roles)
        self.own.show_who(
            _("Signed in as {name}: {roles}.").format(
                name=isolated(summary.account), roles=wording.roles(codes)
            )
        )
