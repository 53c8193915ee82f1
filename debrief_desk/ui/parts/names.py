"""How is every widget found again, by tests and by screen readers? By the name of its attribute."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def name_parts(owner: QWidget) -> None:
    """Give each widget kept by `owner` the name of the attribute it is kept under."""
    for name, part in vars(owner).items():
        if isinstance(part, QWidget) and not part.objectName():
            part.setObjectName(name.lstrip("_"))
