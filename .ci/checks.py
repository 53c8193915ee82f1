"""The static checks, one after the other; the exit code tells whether all of them hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS = (
    (BIN / "ruff", "check", "."),
    (BIN / "ruff", "format", "--check", "."),
    (BIN / "mypy", "--strict", "debrief_desk"),
    (BIN / "lint-imports",),
)


def main() -> int:
    """Run every check; gives 1 when one of them fails."""
    failed = []
    for check in CHECKS:
        words = [str(word) for word in check]
        print("$", Path(words[0]).name, *words[1:], flush=True)
        if subprocess.run(words, cwd=HERE, check=False).returncode:
            failed.append(Path(words[0]).name)
    print("Failed: " + ", ".join(failed) if failed else "All static checks hold.")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
