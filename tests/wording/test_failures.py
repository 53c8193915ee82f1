"""Every expected failure has a sentence that says what happened, and shows no more than it should."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest

import debrief_desk
from debrief_desk import errors
from debrief_desk.store import failures as store_failures
from debrief_desk.wording import failures

PACKAGE = Path(debrief_desk.__file__).parent
KINDS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.DeskError)
}


def raised_in(file: Path) -> set[str]:
    """Collect the codes that stand in calls of the error classes in one source file."""
    codes: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
            code = node.args[0] if node.args else None
            choices = [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]
            codes |= {str(each.value) for each in choices if isinstance(each, ast.Constant)}
    return codes


def all_codes() -> set[str]:
    raised = {code for file in PACKAGE.rglob("*.py") for code in raised_in(file)}
    refused_at_once = {f"refused-{rule}" for rule in ("V-4", "C-1", "C-2", "A-4")}
    return (
        raised
        | refused_at_once
        | set(store_failures._CODES.values())
        | set(store_failures._SYSTEM.values())
    )


def known_codes() -> set[str]:
    return {code for table in failures._tables() for code in table}


def test_the_scan_finds_codes_in_plain_calls_and_in_choices():
    assert {"not-a-desk", "no-such-desk", "keys-damaged"} <= raised_in(PACKAGE / "store/slots.py")


def test_every_code_that_is_raised_has_a_sentence():
    assert all_codes() - known_codes() == set()


@pytest.mark.parametrize("code", sorted(known_codes()))
def test_a_sentence_needs_no_values_and_leaves_no_hole(code):
    said = failures.sentence(errors.FileRefused(code))
    assert said[0].isupper() or said.startswith(("\u2066", "\u2068"))
    assert said.endswith(".")
    assert "{" not in said
    assert "None" not in said
    assert code not in said.split()


@pytest.mark.parametrize("code", sorted(known_codes()))
def test_values_that_a_sentence_does_not_use_do_no_harm(code):
    assert failures.sentence(errors.FileRefused(code, file="D.desk", other="x")).endswith(".")


def test_an_unknown_code_still_says_that_nothing_changed():
    said = failures.sentence(errors.WrongCall("of-another-version"))
    assert "nothing was changed" in said
    assert "of-another-version" in said


def test_the_sentence_for_an_open_desk_says_where_and_since_when():
    since = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)
    error = errors.FileRefused(
        "open-elsewhere", file="D.desk", computer="desk-3", process=77, since=since
    )
    said = failures.sentence(error)
    for part in ("D.desk", "desk-3", "77", "Mon 23 Nov 2026 13:05"):
        assert part in said


def test_a_file_name_cannot_turn_the_sentence_around():
    said = failures.sentence(errors.FileRefused("newer-desk", file="\u202egnp.desk"))
    assert "\u2068\u202egnp.desk\u2069" in said


@pytest.mark.parametrize(("seconds", "word"), [(1, "1\u2069 second,"), (60, "60\u2069 seconds,")])
def test_waiting_is_counted_in_words(seconds, word):
    assert word in failures.sentence(errors.NotAllowed("wait-before-retry", seconds=seconds))


def test_missing_space_is_said_in_megabytes():
    said = failures.sentence(errors.FileRefused("disk-full", needed=120_400_000, free=3_000_000))
    assert "\u2066120\u2069 MB" in said
    assert "\u20663\u2069 MB" in said


def test_a_failed_upgrade_names_the_backup():
    said = failures.sentence(errors.FileRefused("upgrade-failed", file="D.desk", backup="b.desk"))
    assert "b.desk" in said


def test_a_standing_marker_shows_since_when_and_nothing_else():
    at = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)
    said = failures.sentence(errors.Refused("refused-V-4", at=at, reason="fear of somebody"))
    assert "Mon 23 Nov 2026 13:05" in said
    assert "fear" not in said


def test_a_record_that_changed_is_named():
    assert "MAN-0042" in failures.sentence(errors.Stale("debrief-changed", reference="MAN-0042"))
