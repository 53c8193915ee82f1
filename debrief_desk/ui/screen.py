"""What every page of the window shares: it shows rows and sends actions, and says where to go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from debrief_desk.ui.parts.page import Page
from debrief_desk.wording import failures

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker


class Screen(Page):
    """A page of the main window.

    Attributes:
        tables: a write that touches one of these tables reloads the page, if it is in sight.
        go: asks for another place: its key, and what to show there (or None).
        said: something went well: the sentence, and how to undo it (a callable, or None).
        failed: something did not work: the error.
    """

    tables: frozenset[str] = frozenset()
    go = Signal(str, object)
    said = Signal(str, object)
    failed = Signal(object)

    def __init__(self, worker: Worker, title: str, subtitle: str = "", *, search: str = "") -> None:
        super().__init__(title, subtitle, search=search)
        self.worker = worker

    def reload(self) -> None:
        """Ask for the rows again; what is selected stays selected."""

    def show_for(self, about: Any) -> None:
        """Show what another page asked for (`go`)."""

    def about(self) -> Any:
        """Give what `show_for` needs to show the same again; None for the page as it opens."""
        return None

    def first_focus(self) -> QWidget | None:
        """Give the widget that has the keyboard when the page opens."""
        return None

    def send(
        self,
        action: Callable[..., Any],
        *arguments: Any,
        then: Callable[[Any], None],
        failed: Callable[[DeskError], None] | None = None,
        **how: Any,
    ) -> Any:
        """Send an action; a failure nobody else shows is shown by the window."""
        return self.worker.send(
            action, *arguments, then=then, failed=failed or self.failed.emit, **how
        )

    @staticmethod
    def sentence(error: DeskError) -> str:
        """Say an error in one sentence."""
        return failures.sentence(error)
