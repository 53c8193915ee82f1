"""The window: places at the left, one page at the right, built when it is first visited."""

from __future__ import annotations

import importlib
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from debrief_desk.errors import Interrupted
from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.banner import Banner, Note
from debrief_desk.ui.keys import key_groups
from debrief_desk.ui.parts.messages import fail, toast
from debrief_desk.ui.parts.shortcuts import KeyHelp
from debrief_desk.ui.parts.sidebar import Sidebar
from debrief_desk.ui.parts.walking import walk
from debrief_desk.ui.places import Room, rooms
from debrief_desk.ui.tokens import Theme
from debrief_desk.wording import _, clock, day_and_clock, failures

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from debrief_desk.errors import DeskError
    from debrief_desk.ui.screen import Screen
    from debrief_desk.ui.worker import Worker

IDLE_MINUTES = 10
SMALLEST = (1024, 640)


class MainWindow(QMainWindow):
    """Shows the start page until a desk is open, then the desk."""

    def __init__(
        self,
        worker: Worker,
        *,
        settings: QSettings | None = None,
        practise: Callable[[Path], tuple[str, str]],
    ) -> None:
        """`practise` makes the practice desk if it is missing, and gives name and password."""
        super().__init__()
        self._practise = practise
        self.worker = worker
        self.settings = settings or QSettings()
        self.setWindowTitle(_("Debrief Desk"))
        self.setMinimumSize(*SMALLEST)
        self.resize(1280, 800)
        self.screens: dict[str, Screen] = {}
        self._rooms: tuple[Room, ...] = ()
        self._start: QWidget | None = None
        self._stale: set[str] = set()
        self._old: list[Screen] = []
        self._build()
        self._connect()
        geometry = self.settings.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)

    def _build(self) -> None:
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.desk_page = QWidget()
        self.stack.addWidget(self.desk_page)
        row = QHBoxLayout(self.desk_page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.sidebar = Sidebar(_("Debrief Desk"), "", [room.place for room in rooms()])
        self.banner = Banner()
        self.pages = QStackedWidget()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.banner)
        right.addWidget(self.pages, 1)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MINUTES * 60_000)
        self._lapse = QTimer(self)
        self._lapse.setInterval(60_000)

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self.visit)
        self.worker.changed.connect(self._on_changed)
        self.worker.crashed.connect(self._on_crash)
        self.worker.idle.connect(self._drop_old)
        self._idle.timeout.connect(self.lock)
        self._lapse.timeout.connect(self._on_minute)
        for keys, do in self._keys():
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        app = cast("QApplication", QApplication.instance())
        app.installEventFilter(self)

    def _keys(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        numbered = tuple((f"Ctrl+{n}", lambda n=n: self._visit_number(n - 1)) for n in range(1, 10))
        return (
            *numbered,
            ("Ctrl+N", lambda: self._go("debriefs", "new")),
            ("Ctrl+K", self._open_palette),
            ("Ctrl+L", self.lock),
            ("Ctrl+Shift+L", self._hide_names),
            ("F1", self.show_keys),
            ("F6", lambda: self._next_part(1)),
            ("Shift+F6", lambda: self._next_part(-1)),
        )

    def begin(self) -> None:
        """Show the start page: create, practise, or sign in."""
        from debrief_desk.ui.start.screen import StartScreen

        start = StartScreen(self.worker, self.settings, self._practise)
        start.entered.connect(self.enter)
        self._replace_start(start)
        self.stack.setCurrentWidget(start)
        start.focus_first()

    def enter(self) -> None:
        """Show the open desk, at the first place the account may see."""
        from debrief_desk.actions import desks

        self.worker.send(desks.summary, then=self._on_summary, failed=self._on_failed)

    def _on_summary(self, summary: Any) -> None:
        self._rooms = tuple(r for r in rooms() if not r.roles or r.roles & set(summary.roles))
        self._forget_screens()
        self._rebuild_sidebar(summary)
        self.banner.clear_notes()
        if summary.practice:
            self.banner.set_note("practice", Note(_("Practice desk: everybody here is invented.")))
        if self.worker.now is not None:
            said = _("The clock is set to {moment}.")
            moment = day_and_clock(self.worker.now())
            self.banner.set_note("clock", Note(said.format(moment=moment)))
        if self.worker.desk is not None:
            self.worker.do(self.worker.desk.drafts, then=self._offer_draft)
        self.stack.setCurrentWidget(self.desk_page)
        self._replace_start(None)
        self._idle.start()
        self._lapse.start()
        self._on_minute()
        self._keep_index()
        self.visit(self._rooms[0].place.key)
        self._count()

    def _rebuild_sidebar(self, summary: Any) -> None:
        fresh = Sidebar(_("Debrief Desk"), summary.site, [r.place for r in self._rooms])
        layout = cast("QHBoxLayout", self.desk_page.layout())
        layout.replaceWidget(self.sidebar, fresh)
        self.sidebar.deleteLater()
        self.sidebar = fresh
        fresh.chosen.connect(self.visit)
        fresh.set_user(summary.account, self._roles(summary.roles))
        fresh.fit(self.width())

    @staticmethod
    def _roles(codes: tuple[str, ...]) -> str:
        from debrief_desk.rules.roles import Role
        from debrief_desk.wording import names

        return ", ".join(names.name(Role(code)) for code in codes)

    def visit(self, key: str, about: Any = None) -> None:
        """Show a place, building its page on the first visit; focus goes to its first field."""
        room = next((r for r in self._rooms if r.place.key == key), None)
        if room is None:
            return
        screen = self.screens.get(key) or self._built(room)
        self.pages.setCurrentWidget(screen)
        self.sidebar.set_current(key)
        if key == "debriefs":
            self.banner.set_note("draft", None)
        if about is not None:
            screen.show_for(about)
        elif key in self._stale:
            screen.reload()
        self._stale.discard(key)
        focus = screen.first_focus()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _built(self, room: Room) -> Screen:
        made = getattr(importlib.import_module(room.module), room.screen)(self.worker)
        screen = cast("Screen", made)
        screen.go.connect(self._go)
        screen.said.connect(self._on_said)
        screen.failed.connect(self._on_failed)
        self.screens[room.place.key] = screen
        self.pages.addWidget(screen)
        screen.reload()
        return screen

    def _go(self, key: str, about: Any = None) -> None:
        self.visit(key, about)

    def _visit_number(self, at: int) -> None:
        if at < len(self._rooms) and self.stack.currentWidget() is self.desk_page:
            self.visit(self._rooms[at].place.key)

    def lock(self) -> None:
        """Hide everything, close the desk, drop the key; signing in again opens it."""
        if self.worker.desk is None:
            return
        for window in QApplication.topLevelWidgets():
            if window is not self and window.isVisible():
                window.close()
        QApplication.clipboard().clear()
        self._idle.stop()
        self._lapse.stop()
        self.worker.leave()
        self._forget_screens()
        self.begin()

    def _forget_screens(self) -> None:
        for screen in self.screens.values():
            self.pages.removeWidget(screen)
            screen.deleteLater()
        self.screens.clear()
        self._stale.clear()

    def _replace_start(self, start: QWidget | None) -> None:
        if self._start is not None:
            self.stack.removeWidget(self._start)
            self._start.deleteLater()
        self._start = start
        if start is not None:
            self.stack.addWidget(start)

    def _on_changed(self, tables: frozenset[str]) -> None:
        self.sidebar.set_saved(_("All changes saved {time}").format(time=self._time()))
        for key, screen in self.screens.items():
            if not screen.tables & tables:
                continue
            if screen is self.pages.currentWidget():
                screen.reload()
            else:
                self._stale.add(key)
        if "conflict" in tables:
            self._count()

    def _time(self) -> str:
        desk = self.worker.desk
        return clock(desk.now()) if desk is not None else ""

    def _count(self) -> None:
        from debrief_desk.actions import conflicts

        def show(counts: dict[str, int]) -> None:
            stops = counts.get(Level.STOP.value, 0)
            level = Level.STOP if stops else Level.CHECK
            total = sum(counts.values())
            if any(r.place.key == "conflicts" for r in self._rooms):
                self.sidebar.set_count("conflicts", total, level if total else None)

        self.worker.send(conflicts.waiting, then=show, key="sidebar counts")

    def _on_minute(self) -> None:
        """Give back the slots of plans nobody confirmed (D-10)."""
        from debrief_desk.actions import plans

        self.worker.send(plans.lapse, then=lambda _count: None, key="lapse")

    def _keep_index(self) -> None:
        """Make the matcher's index anew where an older matcher made it; work goes on meanwhile."""
        from debrief_desk.actions import indexing

        self.worker.send(indexing.keep_current, then=lambda _made: None, key="index")

    def _on_said(self, text: str, undo: Callable[[], None] | None) -> None:
        toast(self, text, undo)

    def _on_failed(self, error: DeskError) -> None:
        if isinstance(error, Interrupted):
            return
        fail(self, _("That did not work"), failures.sentence(error))

    def _on_crash(self, error: BaseException) -> None:
        """Show a fault of the program: nothing was kept of the step, and the program goes on."""
        from debrief_desk.errors import DeskError

        if isinstance(error, DeskError):
            self._on_failed(error)
            return
        place = type(error).__name__
        fail(
            self,
            _("Something in the program went wrong"),
            _("The step was not carried out and nothing of it was kept. You can go on working."),
            place,
        )

    def show_keys(self) -> None:
        """Show every key of the desk."""
        KeyHelp(self, key_groups()).open()

    def _open_palette(self) -> None:
        from debrief_desk.ui.finding import open_palette

        if self.stack.currentWidget() is self.desk_page:
            open_palette(self, self.worker, [r.place for r in self._rooms], self.visit)

    def _hide_names(self) -> None:
        """Hide names behind references, or show them again: every page is built anew."""
        desk, page = self.worker.desk, cast("Screen | None", self.pages.currentWidget())
        if desk is None or page is None:
            return
        place = next(key for key, screen in self.screens.items() if screen is page)
        about = page.about()
        desk.names_hidden = not desk.names_hidden
        hidden = Note(
            _("Names are hidden; references stand for them. Ctrl+Shift+L shows them again."),
            _("Show names"),
            self._hide_names,
        )
        self.banner.set_note("names", hidden if desk.names_hidden else None)
        for key in set(self.screens) - {"import"}:  # what is being imported is shown as it came
            old = self.screens.pop(key)
            old.hide()
            self.pages.removeWidget(old)
            self._old.append(old)
        self.visit(place, about)
        if self.worker.is_idle:
            self._drop_old()

    def _drop_old(self) -> None:
        """Drop pages that were built anew, once nothing is on its way to them."""
        for screen in self._old:
            screen.deleteLater()
        self._old.clear()

    def _offer_draft(self, drafts: tuple[Any, ...]) -> None:
        """Say what this account left half typed, until it goes on with it or begins something."""
        if not drafts:
            return
        from debrief_desk.wording import planning

        newest = drafts[0]
        said = planning.draft_waits(newest.about, newest.kept_at, len(drafts))
        go = partial(self.visit, "debriefs", "draft")
        self.banner.set_note("draft", Note(said, _("Go on with it"), go))

    def _next_part(self, step: int) -> None:
        """Move the keyboard between sidebar, page and foot."""
        page = cast("Screen | None", self.pages.currentWidget())
        walk([self.sidebar.list, *([page.header, page.foot] if page is not None else [])], step)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count every key and click in any window as somebody being here."""
        here = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)
        if event.type() in here and self._idle.isActive():
            self._idle.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the sidebar become a rail in a narrow window."""
        super().resizeEvent(event)
        self.sidebar.fit(event.size().width())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the window's place, and end the threads."""
        self.settings.setValue("geometry", self.saveGeometry())
        cast("QApplication", QApplication.instance()).removeEventFilter(self)
        self.worker.stop()
        super().closeEvent(event)


def apply_saved_theme(app: QApplication, settings: QSettings) -> None:
    """Dress the program as the user chose: theme and text size."""
    theme = Theme(str(settings.value("theme", Theme.SYSTEM.value)))
    scale = float(str(settings.value("text_scale", 1.0)))
    style.apply_theme(app, theme, scale)
