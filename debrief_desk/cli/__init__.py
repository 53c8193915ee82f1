"""Every command that needs no window, through the same gate as the windows.

Nothing here imports Qt; only a PDF roster does, when it is written.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from debrief_desk import logs, paths
from debrief_desk.cli.parser import build
from debrief_desk.errors import DeskError, Interrupted

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Run one command; gives its exit code.

    0 done, 1 findings of severity Stop, 2 a wrong call, 3 wrong password or right missing, 4 a file
    was refused, 5 interrupted, 70 a fault of the program.
    """
    options = build().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return int(options.run(options))
    except DeskError as error:
        return _told(error)
    except KeyboardInterrupt:
        return _told(Interrupted())
    except BrokenPipeError:
        return 0  # whoever read our output has had enough
    except Exception as error:  # noqa: BLE001 - shown without the values, which may be personal
        sys.stderr.write(logs.scrubbed(error) + "\n")
        logs.keep_crash(paths.logs(), logs.scrubbed(error))
        return 70


def _told(error: DeskError) -> int:
    from debrief_desk.wording import failures

    sys.stderr.write(failures.sentence(error) + "\n")
    return error.exit_code
