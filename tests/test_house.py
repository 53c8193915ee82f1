"""The house rules that no single module can keep: who imports whom, what ships, what stays quick."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.conftest import PASSWORD, SUPERVISOR

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGE = ROOT / "debrief_desk"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "__pycache__" not in p.parts)
LATE = {"sqlalchemy", "alembic", "openpyxl", "xlsxwriter", "icalendar", "numpy", "rapidfuzz", "sqlcipher3"}  # fmt: skip
"""What takes longer to import than the window may take to show."""
REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))


def imported(module: Path) -> set[str]:
    """Give every module that `module` imports, wherever it does so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def named(module: Path) -> str:
    return ".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_nobody_imports_whom_they_may_not() -> None:
    """In a program of its own: the linter sets logging up for itself."""
    code = "import sys; from importlinter import cli; sys.exit(cli.lint_imports(cache_dir=None))"
    ended = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout
    assert "Contracts: 0 kept" not in ended.stdout
    assert " kept, 0 broken" in ended.stdout


def test_every_contract_of_the_design_is_declared() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    in_them = {name.strip() for layer in layers for name in layer.split("|")}
    top = {
        f"debrief_desk.{each.stem}"
        for each in PACKAGE.iterdir()
        if (each.suffix == ".py" or (each / "__init__.py").exists()) and each.stem != "__init__"
    }
    assert in_them == top
    kept_apart = [c for c in contracts if c["type"] == "forbidden"]
    screens = next(c for c in kept_apart if c["source_modules"] == ["debrief_desk.ui"])
    assert {"debrief_desk.store", "debrief_desk.files", "sqlalchemy"} <= set(
        screens["forbidden_modules"]
    )
    assert any("debrief_desk.planning.checking" in c["source_modules"] for c in kept_apart)


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_a_module_says_what_it_is_for(module: Path) -> None:
    text = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    assert text, module


def test_one_driver_opens_files_and_no_other_can() -> None:
    """A second SQLite in the process would drop the locks of the first (DESIGN section 4)."""
    for module in MODULES:
        others = {name.partition(".")[0] for name in imported(module)} & {"sqlite3", "apsw"}
        assert not others, module
    users = {named(m) for m in MODULES if any(n.startswith("sqlcipher3") for n in imported(m))}
    assert all(name.startswith("debrief_desk.store.") for name in users)


def test_screens_do_not_import_each_other() -> None:
    screens = {p.name for p in (PACKAGE / "ui").iterdir() if (p / "__init__.py").exists()}
    for screen in screens - {"parts"}:
        for module in (PACKAGE / "ui" / screen).rglob("*.py"):
            for name in imported(module):
                parts = name.split(".")
                if parts[:2] == ["debrief_desk", "ui"] and len(parts) > 2:
                    assert parts[2] not in screens - {screen, "parts"}, (module, name)


def test_the_pure_packages_read_no_clock_and_touch_nothing() -> None:
    for package in ("rules", "identity"):
        for module in (PACKAGE / package).rglob("*.py"):
            text = module.read_text(encoding="utf-8")
            for banned in (".now(", ".today(", ".utcnow(", "time.time("):
                assert banned not in text, (module, banned)
            assert not {n.partition(".")[0] for n in imported(module)} & {
                "sqlalchemy", "sqlcipher3", "PySide6", "socket", "urllib",
            }  # fmt: skip


@pytest.mark.parametrize("module", ["debrief_desk.__main__", "debrief_desk.app", "debrief_desk.ui.main_window"])  # fmt: skip
def test_the_window_comes_before_everything_slow(module: str) -> None:
    """SQLAlchemy after the first paint, Alembic only when a desk is older (DESIGN section 2)."""
    code = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert not {name.partition(".")[0] for name in loaded} & LATE
    assert module in loaded


def test_opening_a_desk_of_this_schema_needs_no_alembic(desk_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from debrief_desk.desk import Desk\n"
        "Desk.open(Path(sys.argv[1]), sys.argv[2], sys.argv[3]).close()\n"
        "print(*sys.modules)"
    )
    loaded = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code, desk_path, SUPERVISOR, PASSWORD],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "sqlalchemy" in loaded
    assert not {name.partition(".")[0] for name in loaded} & {"alembic", "PySide6", "openpyxl"}


def test_the_packages_that_ship_are_those_on_disk() -> None:
    on_disk = {named(m) for m in MODULES if m.name == "__init__.py"}
    listed = set(PROJECT["tool"]["setuptools"]["packages"])
    beside = {
        "debrief_desk.resources",
        "debrief_desk.migrations",
        "debrief_desk.migrations.versions",
    }
    assert listed - beside == on_disk
    assert beside <= listed


def test_the_wheel_runs_by_itself_with_its_resources_and_migrations(tmp_path: Path) -> None:
    source = tmp_path / "source"
    _copy_source(source)
    built = tmp_path / "built"
    built.mkdir()
    code = "from setuptools.build_meta import build_wheel; print(build_wheel(r'%s'))" % built  # noqa: UP031 - a path
    subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], cwd=source, capture_output=True, check=True
    )
    (wheel,) = built.glob("*.whl")
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
        archive.extractall(unpacked)
    for folder, target in ((ROOT / "resources", "debrief_desk/resources"), (ROOT / "migrations", "debrief_desk/migrations")):  # fmt: skip
        for file in folder.rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith("."):
                ships = "pictures" not in file.parts  # those are the README's
                assert (f"{target}/{file.relative_to(folder).as_posix()}" in inside) is ships
    run = (
        "import sys; sys.path.insert(0, sys.argv[1]); sys.argv = ['debrief-desk', *sys.argv[2:]]\n"
        "import debrief_desk, runpy\n"
        "assert debrief_desk.__file__.startswith(sys.path[0])\n"
        "runpy.run_module('debrief_desk', run_name='__main__')"
    )
    desk = tmp_path / "D.desk"
    for words in (
        ("--version",),
        ("init", "--desk", str(desk), "--site", "Manston", "--supervisor", "First Supervisor"),
        ("verify", "--desk", str(desk)),
    ):
        ended = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", run, unpacked, *words],
            cwd=tmp_path,
            env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
            | {"DEBRIEF_DESK_PASSWORD": "a quiet harbour at dawn"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr


def _copy_source(target: Path) -> None:
    """Copy what the build needs, so that it leaves nothing in the tree."""
    skip = shutil.ignore_patterns("__pycache__", ".mypy_cache", "*.egg-info")
    for name in ("debrief_desk", "resources", "migrations"):
        shutil.copytree(ROOT / name, target / name, ignore=skip)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, target / name)


@pytest.mark.parametrize("file", REQUIREMENTS, ids=lambda file: file.name)
def test_requirements_are_pinned_and_hashed_and_name_no_place_to_fetch_from(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(
        r"^\s*(-i|--index|--extra-index|--find-links|--trusted)", text, re.MULTILINE
    )
    entries = re.split(r"\n(?=[A-Za-z])", "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#")))  # fmt: skip
    for entry in entries:
        name = entry.strip().partition(" ")[0]
        if name and not name.startswith("-"):
            assert "==" in name, entry
            assert "--hash=sha256:" in entry, name


def test_what_the_project_depends_on_is_in_the_pinned_requirements() -> None:
    pinned = {
        re.split(r"[=\[; ]", line)[0].lower().replace("_", "-")
        for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if re.match(r"[A-Za-z]", line)
    }
    wanted = {
        re.split(r"[<>=\[; ]", need)[0].lower().replace("_", "-")
        for need in PROJECT["project"]["dependencies"]
    }
    assert wanted <= pinned
