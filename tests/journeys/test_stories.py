"""Every acceptance story of the domain has a journey that says so in its name."""

from __future__ import annotations

import re
from pathlib import Path

STORIES = frozenset(range(1, 11))


def test_each_of_the_ten_stories_has_a_journey() -> None:
    told = {
        int(number)
        for file in Path(__file__).parent.glob("test_*.py")
        for number in re.findall(r"^def test_story_(\d+)_", file.read_text("utf-8"), re.MULTILINE)
    }
    assert told == STORIES
