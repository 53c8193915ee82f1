"""The page before a desk is open: create one, practise, sign in, or get back in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.choosing import choose_file
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.start import known
from debrief_desk.ui.start.brand import BrandPanel
from debrief_desk.ui.start.create import CreatePage
from debrief_desk.ui.start.forgotten import ForgottenPage
from debrief_desk.ui.start.recovery import RecoveryPage
from debrief_desk.ui.start.sheet import RecoverySheet
from debrief_desk.ui.start.sign_in import SignInPage
from debrief_desk.ui.start.welcome import WelcomePage
from debrief_desk.wording import _, day, failures

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from debrief_desk.errors import DeskError
    from debrief_desk.ui.start.create import Wish
    from debrief_desk.ui.start.page import StartPage
    from debrief_desk.ui.worker import Worker


class StartScreen(QWidget):
    """Shows the welcome, or the desks that are known; `entered` when a desk is open."""

    entered = Signal()

    def __init__(
        self,
        worker: Worker,
        settings: QSettings,
        practise: Callable[[Path], tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        """`practise` makes the practice desk if it is missing, and gives name and password."""
        super().__init__(parent)
        self.worker = worker
        self.settings = settings
        self.practise = practise
        self._made: tuple[Path, str, str] | None = None
        self._names: tuple[str, ...] = ()
        self._build()
        self._connect()
        name_parts(self)
        self.reload()

    def reload(self) -> None:
        """Look again for desks; without any the welcome is shown."""
        desks = known.known_desks(self.settings)
        if desks:
            self.sign_in.show_desks(desks)
        self._show(self.sign_in if desks else self.welcome)

    def focus_first(self) -> None:
        """Give the keyboard to the first field of the page shown."""
        page: Any = self.pages.currentWidget()
        focus = page.first_focus()
        if focus is not None:
            focus.setFocus()

    def _build(self) -> None:
        self.brand = BrandPanel()
        self.pages = QStackedWidget()
        self.welcome = WelcomePage()
        self.create_page = CreatePage()
        self.recovery = RecoveryPage()
        self.sign_in = SignInPage()
        self.forgotten = ForgottenPage()
        for page in (
            self.welcome,
            self.create_page,
            self.recovery,
            self.sign_in,
            self.forgotten,
        ):
            self.pages.addWidget(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.brand)
        row.addWidget(self.pages, 1)

    def _connect(self) -> None:
        for page in (self.welcome, self.sign_in):
            page.create_asked.connect(lambda: self._show(self.create_page))
            page.practice_asked.connect(self._practise)
            page.open_asked.connect(self._open_file)
        self.create_page.back.connect(self.reload)
        self.forgotten.back.connect(self.reload)
        self.create_page.asked.connect(self._create)
        self.recovery.kept.connect(self._enter_made)
        # Queued: at the start the window is painted before the desk's own modules are loaded.
        self.sign_in.chosen.connect(self._ask_names, Qt.ConnectionType.QueuedConnection)
        self.sign_in.asked.connect(self._sign_in)
        self.sign_in.forgotten.connect(self._show_forgotten)
        self.forgotten.asked.connect(self._recover)

    def _show(self, page: StartPage) -> None:
        self.pages.setCurrentWidget(page)
        self.focus_first()

    def _open_file(self) -> None:
        choose_file(self, _("Open a desk file"), ("*.desk",), self._add_desk)

    def _add_desk(self, path: Path) -> None:
        known.remember(self.settings, path)
        self.sign_in.show_desks(known.known_desks(self.settings))
        self._show(self.sign_in)
        self.sign_in.choose(path)

    def _ask_names(self, path: Path) -> None:
        def work() -> tuple[tuple[str, ...], str]:
            from debrief_desk.desk import Desk

            names = Desk.names(path)
            return names, self.practise(path)[1] if known.is_practice(path) else ""

        def failed(error: DeskError) -> None:
            if path == self.sign_in.path():
                self.sign_in.bar(failures.sentence(error))

        self.worker.do(work, then=lambda found: self._on_names(path, *found), failed=failed)

    def _on_names(self, path: Path, names: tuple[str, ...], password: str) -> None:
        if path != self.sign_in.path():
            return  # another desk was chosen meanwhile
        self._names = names
        self.sign_in.show_names(names, password)
        if self.pages.currentWidget() is self.sign_in:
            self.focus_first()

    def _sign_in(self, path: Path, name: str, password: str) -> None:
        self.sign_in.start(_("Opening the desk…"))
        self.worker.open(
            path,
            name,
            password,
            then=lambda _desk: self._on_open(path),
            failed=lambda error: self._on_refused(path, name, error),
        )

    def _on_open(self, path: Path) -> None:
        known.remember(self.settings, path)
        for page in (self.sign_in, self.create_page, self.forgotten, self.recovery):
            page.stop()
            page.forget()
        self._made = None
        self.entered.emit()

    def _on_refused(self, path: Path, name: str, error: DeskError) -> None:
        self.sign_in.stop()
        text = failures.sentence(error)

        def work() -> int:
            from debrief_desk.desk import Desk

            return Desk.waiting(path, name)

        self.worker.do(
            work,
            then=lambda seconds: self.sign_in.refuse(text, seconds),
            failed=lambda _error: self.sign_in.refuse(text),
        )

    def _create(self, wish: Wish) -> None:
        def work() -> str:
            from debrief_desk.actions.desks import DeskSetup
            from debrief_desk.desk import Desk

            setup = DeskSetup(wish.site, wish.supervisor, wish.agencies, wish.limit_minutes)
            desk, key = Desk.create(wish.path, setup, wish.password)
            desk.close()
            return key

        def done(key: str) -> None:
            self.create_page.stop()
            self._made = (wish.path, wish.supervisor, wish.password)
            self._hand_over(wish.site, wish.path, key)

        self.create_page.start(_("Making the encrypted file…"))
        self.worker.do(work, then=done, failed=lambda e: self._on_fault(self.create_page, e))

    def _hand_over(self, site: str, path: Path, key: str) -> None:
        made = day(datetime.now(UTC))
        self.recovery.show_key(RecoverySheet(site, path.name, key, made))
        known.remember(self.settings, path)
        self._show(self.recovery)

    def _enter_made(self) -> None:
        if self._made is None:
            return
        path, name, password = self._made
        self.recovery.start(_("Opening the desk…"))
        self.worker.open(
            path,
            name,
            password,
            then=lambda _desk: self._on_open(path),
            failed=lambda error: self._on_fault(self.recovery, error),
        )

    def _show_forgotten(self, path: Path, name: str) -> None:
        self.forgotten.show_desk(path, self._names, name)
        self._show(self.forgotten)

    def _recover(self, path: Path, key: str, name: str, password: str) -> None:
        def work() -> tuple[str, str]:
            from debrief_desk.actions import desks
            from debrief_desk.desk import Desk

            desk, printed = Desk.recover(path, key, name, password)
            try:
                return desk.read(desks.summary).site, printed
            finally:
                desk.close()

        def done(result: tuple[str, str]) -> None:
            self.forgotten.stop()
            self._made = (path, name, password)
            self._hand_over(result[0], path, result[1])

        self.forgotten.start(_("Setting the password…"))
        self.worker.do(work, then=done, failed=lambda e: self._on_fault(self.forgotten, e))

    def _practise(self) -> None:
        path = known.practice_desk(datetime.now(UTC).date())
        page: Any = self.pages.currentWidget()

        def done(account: tuple[str, str]) -> None:
            self.worker.open(
                path,
                *account,
                then=lambda _desk: self._on_open(path),
                failed=lambda error: self._on_fault(page, error),
            )

        page.start(_("Preparing the practice day…"))
        self.worker.do(
            lambda: self.practise(path),
            then=done,
            failed=lambda error: self._on_fault(page, error),
        )

    def _on_fault(self, page: Any, error: DeskError) -> None:
        page.stop()
        text = failures.sentence(error)
        if error.code.startswith("password-") and hasattr(page, "fault_of_password"):
            page.fault_of_password(text)
        elif "recovery" in error.code and hasattr(page, "fault_of_key"):
            page.fault_of_key(text)
        else:
            page.say(Level.STOP, text)
