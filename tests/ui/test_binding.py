"""The pair of PySide6 and Python that is installed does not lose references to None."""

from __future__ import annotations

import sys

from PySide6.QtCore import QRect


def test_calls_without_a_result_leave_the_count_of_none_alone() -> None:
    rectangle = QRect(0, 0, 10, 10)
    before = sys.getrefcount(None)
    for _ in range(500):
        rectangle.moveTo(1, 1)
    assert abs(sys.getrefcount(None) - before) < 50
