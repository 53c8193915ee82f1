"""numpy, loaded when something of it is first used (`from identity import arrays as np`).

It takes a good part of the program's start, and the window is there before anybody is matched. An
import inside each function would do the same, but costs two microseconds beside Qt: a tenth of one
check while typing.
"""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    """Give a name of numpy, and keep it here for the next time."""
    import numpy as np

    found = globals()[name] = getattr(np, name)
    return found
