"""How is anything found or run from anywhere? Ctrl+K: places by name, people by name or band."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debrief_desk.ui.parts.listing import Entry
from debrief_desk.ui.parts.palette import Palette

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from debrief_desk.ui.parts.sidebar import Place
    from debrief_desk.ui.worker import Worker

_MOST = 20


def open_palette(
    parent: QWidget, worker: Worker, places: Sequence[Place], visit: Callable[..., None]
) -> None:
    """Open the palette; `visit` goes to a place, with the id of a person where one is chosen."""
    palette = Palette(parent)
    palette.set_commands(tuple(Entry(f"place:{p.key}", p.title, "") for p in places))

    def find(typed: str) -> None:
        from debrief_desk.actions import people

        def show(page: Any) -> None:
            palette.set_found(typed, tuple(_person(row) for row in page.rows))

        if typed:
            worker.send(people.listed, typed, 0, _MOST, then=show, key="palette")

    def run(key: str) -> None:
        kind, _colon, about = key.partition(":")
        if kind == "place":
            visit(about)
        else:
            visit("people", about)

    palette.ran.connect(run)
    palette.typed.connect(find)
    palette.open()


def _person(row: Any) -> Entry:
    detail = " · ".join(filter(None, (row.agency, row.band, row.reference)))
    return Entry(f"person:{row.id}", row.name, detail)
