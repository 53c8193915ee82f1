"""`python -m debrief_desk`: the window without arguments, one command with them."""

from __future__ import annotations

import multiprocessing
import os
import sys


def main() -> int:
    """Start the window, or run one command; gives the exit code."""
    multiprocessing.freeze_support()  # plans are made in a process of their own
    os.umask(0o077)  # whatever is written is this user's alone
    arguments = sys.argv[1:]
    if arguments:
        from debrief_desk.cli import run

        return run(arguments)
    from debrief_desk.app import start

    return start()


if __name__ == "__main__":
    raise SystemExit(main())
