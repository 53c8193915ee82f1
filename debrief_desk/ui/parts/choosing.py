"""How does somebody choose a file or a folder? By the system's own box, which never blocks.

Nothing else opens file boxes. The answer comes by a callback; closing the box answers nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def choose_file(
    parent: QWidget, title: str, patterns: Sequence[str], then: Callable[[Path], None]
) -> QFileDialog:
    """Ask for a file that is there; `patterns` such as `*.csv` say which are offered."""
    dialog = _dialog(parent, title, QFileDialog.FileMode.ExistingFile, then)
    dialog.setNameFilters([_kinds(patterns), _("All files (*)")])
    dialog.open()
    return dialog


def choose_folder(parent: QWidget, title: str, then: Callable[[Path], None]) -> QFileDialog:
    """Ask for a folder that is there."""
    dialog = _dialog(parent, title, QFileDialog.FileMode.Directory, then)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def choose_target(
    parent: QWidget, title: str, suggested: str, then: Callable[[Path], None]
) -> QFileDialog:
    """Ask where to write a file; `suggested` is its name, whose ending is added where it lacks."""
    dialog = _dialog(parent, title, QFileDialog.FileMode.AnyFile, then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    suffix = Path(suggested).suffix
    dialog.setNameFilters([_kinds((f"*{suffix}",)), _("All files (*)")])
    dialog.setDefaultSuffix(suffix.removeprefix("."))
    dialog.selectFile(suggested)
    dialog.open()
    return dialog


def _dialog(
    parent: QWidget, title: str, mode: QFileDialog.FileMode, then: Callable[[Path], None]
) -> QFileDialog:
    dialog = QFileDialog(parent.window(), title)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(mode)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    return dialog


def _kinds(patterns: Sequence[str]) -> str:
    shown = " ".join(patterns)
    return _("Files ({patterns})").format(patterns=shown)
