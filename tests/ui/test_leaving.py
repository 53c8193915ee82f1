"""When a desk is left, nobody hears any more of what was asked before."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from debrief_desk.ui.worker import Worker

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk


def test_a_result_that_comes_after_the_desk_was_left_is_not_delivered(
    qtbot: QtBot, desk: Desk
) -> None:
    worker = Worker()
    worker.adopt(desk)
    heard: list[str] = []
    go_on = threading.Event()

    def work() -> str:
        go_on.wait(30)
        return "late"

    worker.do(work, then=heard.append)
    worker.leave()
    worker.do(lambda: "after", then=heard.append)
    go_on.set()
    qtbot.waitUntil(lambda: worker.is_idle)
    worker.stop()
    assert heard == ["after"]
