"""The log and the crash file are about the program, never about a person."""

import json
import logging
import sys
import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from debrief_desk import logs
from debrief_desk.errors import FileRefused, NotAllowed

NAME = "Shirin Ahmadi"
ID = UUID("0198f0aa-0000-7000-8000-000000000001")


@pytest.fixture
def log(tmp_path):
    logs.start(tmp_path / "log")
    yield tmp_path / "log" / "debrief-desk.log"
    logs.stop()
    program = logging.getLogger("debrief_desk")
    program.propagate = True
    program.setLevel(logging.NOTSET)


def lines(file):
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_line_holds_time_part_event_and_ids(log):
    ids = {"debrief": ID, "rows": 3, "kept": True, "refused": FileRefused("disk-full", file=NAME)}
    logging.getLogger("debrief_desk.store.database").info("desk opened", extra={"ids": ids})
    (line,) = lines(log)
    assert datetime.fromisoformat(line.pop("at")).utcoffset() == timedelta(0)
    assert line == {
        "level": "info",
        "part": "store.database",
        "event": "desk opened",
        "debrief": str(ID),
        "rows": 3,
        "kept": True,
        "refused": "disk-full",
    }


def test_texts_never_reach_the_log_whichever_way_they_come(log):
    program = logging.getLogger("debrief_desk.actions")
    program.info("registered %s", NAME)
    program.info("registered", extra={"ids": {"name": NAME, "bytes": NAME.encode()}})
    program.info("registered", extra={"person": NAME})
    program.error(ValueError(NAME))
    try:
        int(NAME)
    except ValueError:
        program.exception("failed")
    text = log.read_text()
    assert len(lines(log)) == 5
    assert NAME not in text
    assert "Shirin" not in text
    assert lines(log)[-1]["crash"].endswith("ValueError")


def test_the_log_is_private_and_other_libraries_do_not_write_to_it(log):
    logging.getLogger("sqlalchemy.engine").error("INSERT INTO person VALUES ('%s')", NAME)
    logging.getLogger("debrief_desk").info("here")
    assert [line["event"] for line in lines(log)] == ["here"]
    assert log.stat().st_mode & 0o077 == 0
    assert log.parent.stat().st_mode & 0o077 == 0


def test_a_full_log_makes_room_and_stays_private(log, monkeypatch):
    ours = logging.getLogger("debrief_desk").handlers
    (handler,) = (each for each in ours if isinstance(each, logs._PrivateFile))
    monkeypatch.setattr(handler, "maxBytes", 500)
    for number in range(60):
        logging.getLogger("debrief_desk").info("tick", extra={"ids": {"number": number}})
    files = sorted(log.parent.iterdir())
    assert [file.name for file in files] == [log.name, *(f"{log.name}.{n}" for n in range(1, 5))]
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)
    assert lines(log)[-1]["number"] == 59


def crash(name):
    register = {"name": name}
    try:
        return register["birth"]
    except KeyError as error:
        message = f"{name} has no birth date"
        raise RuntimeError(message) from error


def test_a_crash_is_described_by_types_and_places_without_a_message_or_a_folder():
    with pytest.raises(RuntimeError) as caught:
        crash(NAME)
    text = logs.scrubbed(caught.value)
    assert "Shirin" not in text
    assert "birth" not in text
    assert str(logs.Path(__file__).parent.parent) not in text
    assert text.index("KeyError") < text.index("RuntimeError")
    assert "tests/test_logs.py:" in text
    assert "in crash" in text


def test_a_crash_names_the_code_of_an_expected_failure():
    assert logs.scrubbed(NotAllowed("right-missing", person=NAME)).endswith(
        "debrief_desk.errors.NotAllowed (right-missing)"
    )


def test_a_chain_that_bites_its_tail_is_described_once():
    error, cause = ValueError("a"), KeyError("b")
    error.__cause__, cause.__cause__ = cause, error
    assert logs.scrubbed(error) == "KeyError\n\nValueError"


@pytest.fixture
def crashes(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(logs.faulthandler, "enable", lambda file: file)
    shown = []
    logs.catch_crashes(tmp_path / "log", shown.append)
    yield tmp_path / "log", shown
    logs._files.pop().close()


def test_an_uncaught_error_of_a_thread_is_kept_and_shown(crashes):
    folder, shown = crashes
    thread = threading.Thread(target=crash, args=(NAME,))
    thread.start()
    thread.join()
    (file,) = folder.glob("crash-*.txt")
    assert shown[0] in file.read_text()
    assert "RuntimeError" in shown[0]
    assert "Shirin" not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0


def test_an_uncaught_error_of_the_program_is_kept_and_a_break_is_not(crashes, capsys):
    folder, shown = crashes
    sys.excepthook(ValueError, ValueError(NAME), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(list(folder.glob("crash-*.txt"))) == 1
    assert shown == ["ValueError"]
    said = capsys.readouterr()
    assert "KeyboardInterrupt" in said.err
    assert NAME not in said.err


def test_core_dumps_which_would_hold_the_key_are_off(crashes):
    import resource

    assert crashes
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)


def test_only_the_newest_crash_files_are_kept(tmp_path):
    start = datetime(2026, 11, 23, tzinfo=UTC)
    files = [logs.keep_crash(tmp_path, "text", start + timedelta(hours=n)) for n in range(25)]
    assert sorted(tmp_path.iterdir()) == files[-20:]
