"""Run the benchmarks: all of them, or those named (`desk`, `matching`, `million`, `planning`).

Prints a Markdown table per benchmark, as the README shows them. `DEBRIEF_DESK_SAMPLES` may name a
folder with larger samples (`identity/`, `roster/`); without it each makes its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
BENCHES = {
    "desk": ("desk_speed.py",),
    "matching": ("matching_record_day.py", "matching_quality.py", "matching_queries.py"),
    "million": ("matching_million.py",),
    "planning": ("planning_targets.py", "planning_engines.py"),
}


def main(names: list[str]) -> int:
    """Run the named benchmarks one after the other; gives 1 when one fails."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"Unknown: {', '.join(unknown)}. There are: {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent.parent)}
    failed = 0
    for name in names or BENCHES:
        for script in BENCHES[name]:
            print(f"\n## {name}: {script}\n", flush=True)
            done = subprocess.run([sys.executable, HERE / script], env=environment, check=False)
            failed += bool(done.returncode)
    return min(failed, 1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
