#!/usr/bin/env python3
"""Start Debrief Desk, or its tests, on a machine that has Python and nothing else.

    python3 run.py                  the program
    python3 run.py test [ARG ...]   the whole test suite, without a screen
    python3 run.py bench [NAME ...] the benchmarks
    python3 run.py checks           the static checks
    python3 run.py COMMAND ...      one command of `debrief-desk` (import, check, roster, ...)

Makes `.venv` beside this file from the hashed requirements, and says which system library is
missing; as root on Debian or Ubuntu it installs it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
OLDEST, NEWEST = (3, 11), (3, 13)
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
DEBIAN_PACKAGES = (
    "libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 "
    "libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 "
    "libwayland-cursor0 libcups2"
).split()
PROBE = "from PySide6.QtWidgets import QApplication; QApplication([])"


def main(arguments: list[str]) -> int:
    """Make what is missing, then hand over; gives the exit code."""
    command = arguments[0] if arguments else "start"
    for_tests = command in {"test", "bench", "checks"}
    make_environment(with_tests=for_tests)
    if command in {"start", "test", "bench", "demo", "roster"}:
        check_system_libraries()
    rest = arguments[1:]
    if command == "test":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        return run([PYTHON, "-m", "pytest", *parallel(rest), *rest])
    if command == "bench":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        return run([PYTHON, HERE / "tests" / "bench" / "all.py", *rest])
    if command == "checks":
        return run([PYTHON, HERE / ".ci" / "checks.py", *rest])
    return run([PYTHON, "-m", "debrief_desk", *arguments])


def parallel(rest: list[str]) -> list[str]:
    """Spread a whole run over the cores; a chosen test runs alone."""
    chosen = [word for word in rest if not word.startswith("-")]
    return [] if chosen or "-n" in rest else ["-n", "auto", "--dist", "loadfile"]


def make_environment(*, with_tests: bool) -> None:
    """Create `.venv` and install the pinned requirements, unless that was done already."""
    base = suitable_python()
    lock = HERE / ("requirements-dev.txt" if with_tests else "requirements.txt")
    if stamped(lock) or (not with_tests and stamped(HERE / "requirements-dev.txt")):
        return
    if not PYTHON.exists():
        say("Making the environment in .venv ...")
        made = subprocess.run([base, "-m", "venv", VENV], check=False)
        if made.returncode:
            shutil.rmtree(VENV, ignore_errors=True)
            install_debian(["python3-venv"], "Python's own venv module is missing.")
            subprocess.run([base, "-m", "venv", VENV], check=True)
    say(f"Installing the pinned requirements of {lock.name} ...")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if run([*pip, "--require-hashes", "-r", lock]):
        stop("The requirements could not be installed; the messages above say why.")
    if run([*pip, "--no-deps", "--no-build-isolation", "-e", HERE]):
        stop("The program itself could not be installed into .venv.")
    stamp(lock).write_text(digest(lock), encoding="utf-8")


def suitable_python() -> str:
    """Give a Python between the oldest and the newest that the libraries support."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    return stop(
        f"Python {sys.version_info[0]}.{sys.version_info[1]} is not supported: "
        "please install Python 3.11, 3.12 or 3.13 and start again."
    )


def stamp(lock: Path) -> Path:
    """Give the file that remembers what was installed from `lock`."""
    return VENV / f"installed-{lock.stem}"


def stamped(lock: Path) -> bool:
    """Say whether `.venv` holds exactly what `lock` asks for."""
    mark = stamp(lock)
    return PYTHON.exists() and mark.exists() and mark.read_text(encoding="utf-8") == digest(lock)


def digest(lock: Path) -> str:
    """Give the digest of a lock file and of the project's own declaration."""
    content = lock.read_bytes() + (HERE / "pyproject.toml").read_bytes()
    return hashlib.sha256(content).hexdigest()


def check_system_libraries() -> None:
    """Start Qt once without a screen; name and install the libraries it misses."""
    mark = VENV / "system-libraries-found"
    if mark.exists():
        return
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    probe = [PYTHON, "-c", PROBE]
    tried = subprocess.run(probe, env=environment, capture_output=True, text=True, check=False)
    if tried.returncode:
        missing = tried.stderr.strip().splitlines()[-1] if tried.stderr.strip() else "unknown"
        if not sys.platform.startswith("linux"):
            stop(f"Qt does not start: {missing}")
        install_debian(DEBIAN_PACKAGES, f"Qt misses a system library: {missing}")
        tried = subprocess.run(probe, env=environment, capture_output=True, text=True, check=False)
        if tried.returncode:
            stop(f"Qt still does not start:\n{tried.stderr}")
    mark.write_text("", encoding="utf-8")


def install_debian(packages: list[str], why: str) -> None:
    """Install Debian packages as root, or print the line to run and stop."""
    say(why)
    if shutil.which("apt-get") is None:
        stop(f"Please install, with your package manager, what Debian calls: {' '.join(packages)}")
    if os.geteuid() != 0:
        stop(f"Please run:  sudo apt-get install -y {' '.join(packages)}")
    say(f"Installing: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    if subprocess.run(install, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
        stop("The packages could not be installed; the messages above say why.")


def run(command: list[object]) -> int:
    """Run a command in the project's folder settings and give its exit code."""
    try:
        return subprocess.run([str(word) for word in command], check=False).returncode
    except KeyboardInterrupt:
        return 5


def say(text: str) -> None:
    """Tell the user what happens."""
    print(text, file=sys.stderr, flush=True)


def stop(text: str) -> str:
    """End with one sentence."""
    say(text)
    raise SystemExit(2)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
