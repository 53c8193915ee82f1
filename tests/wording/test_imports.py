"""Sentences about rows that come in."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import debrief_desk
from debrief_desk.files.delimited import ENCODINGS
from debrief_desk.wording.imports import reason
from debrief_desk.wording.sheet_failures import encoding_title

FILES = Path(debrief_desk.__file__).parent / "files"
CALLS = {"UnreadableError", "CellNote", "RowNote", "RowProblem", "note", "problem"}


def remarked_in(file: Path) -> set[str]:
    """Give the codes that one module puts on rows as plain text."""
    codes = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            first = node.args[0]
            if name in CALLS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                codes.add(first.value)
    return codes


CODES = sorted({code for file in FILES.glob("*.py") for code in remarked_in(file)})


def test_the_scan_finds_codes() -> None:
    assert {"no-such-day", "band-repeated", "quote-unclosed", "word-unclear"} <= set(CODES)


@pytest.mark.parametrize("code", [*CODES, "hidden-removed", "turning-removed", "row-hollow"])
def test_every_remark_about_a_row_has_a_sentence(code: str) -> None:
    said = reason(code, "", {"typed": "as it was", "line": "7"})
    assert said.endswith(".")
    assert code not in said
    assert "{" not in said
    assert reason(code, "birth", {}).startswith("Birth date or age: ")


def test_a_plan_refused_by_a_rule_is_said_as_the_rule_says_it() -> None:
    assert "no-approach marker" in reason("refused-V-4", "planned_start", {"at": ""})


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_encoding_to_choose_has_a_name(name: str) -> None:
    assert encoding_title(name) != name
