"""Run the benchmarks: all of them, or those named (`desk`, `matching`, `million`, `planning`).

Prints the tables that the README shows. `DEBRIEF_DESK_SAMPLES` names a folder with larger samples
(`identity/dev`, `identity/noisy`, `identity/large`, `roster/`); what needs them says so without it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
RECORD_DAY = HERE.parent / "data" / "record-day"
BENCHES = {
    "desk": (("desk_speed.py",),),
    "matching": (
        ("matching_record_day.py", str(RECORD_DAY)),
        ("matching_quality.py", "identity/dev", "identity/noisy", "identity/large"),
        ("matching_queries.py", "identity/dev"),
        ("matching_queries.py", "identity/large"),
        ("matching_new_names.py", "identity/train", "identity/dev", "identity/large"),
        ("matching_febrl.py",),
        ("matching_store.py",),
    ),
    "million": (("matching_million.py",), ("matching_store.py", "--records=1000000")),
    "planning": (("planning_targets.py",), ("planning_engines.py", "roster")),
}


def main(names: list[str]) -> int:
    """Run the named benchmarks one after the other; gives 1 when one fails."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"Unknown: {', '.join(unknown)}. There are: {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    failed = 0
    for name in names or BENCHES:
        for script, *folders in BENCHES[name]:
            print(f"\n## {name}: {script}\n", flush=True)
            failed += run(script, folders)
    return min(failed, 1)


def run(script: str, folders: list[str]) -> int:
    """Run one benchmark on its folders; gives 1 when it fails, 0 too when its samples lack."""
    samples = os.environ.get("DEBRIEF_DESK_SAMPLES", "")
    found = [
        folder
        if Path(folder).is_absolute() or folder.startswith("--")
        else str(Path(samples, folder))
        for folder in folders
    ]
    if any(not Path(folder).is_dir() for folder in found if not folder.startswith("--")):
        print("Needs larger samples: set DEBRIEF_DESK_SAMPLES to their folder.")
        return 0
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent.parent)}
    command = [sys.executable, str(HERE / script), *found]
    return int(subprocess.run(command, env=environment, check=False).returncode != 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
