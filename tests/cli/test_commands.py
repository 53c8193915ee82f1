"""The commands, word for word as they are documented, through the same gate as the windows."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from debrief_desk import paths
from debrief_desk.actions import conflicts, desks, imports
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.cli import run
from debrief_desk.cli.parser import build
from debrief_desk.desk import Desk
from debrief_desk.rules.roles import Role
from debrief_desk.store import driver, guarding
from tests.builders import INTERVIEWERS, MANIFEST, ROOMS, sheet
from tests.conftest import MORNING, PASSWORD, RECORD_DAY, SUPERVISOR, copied

ROOT = Path(__file__).resolve().parents[2]
COUNTS = ("read", "added", "updated", "linked", "parked", "rejected", "unchanged")
COMMANDS = (
    "init", "demo", "verify", "backup", "import", "check", "conflicts", "decide", "roster",
    "match", "propose", "check-plan",
)  # fmt: skip
NCA = """Our ref,Name,DOB,Sex,Nationality,HO reference,Wristband,Boat,Date,Start,Mins,Lead officer
NCA-1,"TESFAYE, Yonas",14/02/1994,Male,Eritrea,H1043377,7/1,E-1119-07,20/11/2026,14:00,60,N. Ready
NCA-2,"KIDANE, Rahel",22/11/1988,Female,Eritrea,,7/2,E-1119-07,20/11/2026,16:00,60,N. Ready
NCA-3,,,,,,,,,,,
"""
KENT = """KP no;Subject;Born / age;M/F;Country;HO ref;Band;Event;Planned;Officer;Second officer;Interpreter needed
KP1;Jonas TESFAI;14-02-1994;M;Eritrea;H 1043377;7/1;E-1119-07;20-Nov 15:30;K. Ready;K. Second;Tigrinya
"""


@dataclass(frozen=True)
class Told:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Any:
    """Run one command in a folder of its own, at 08:00 of the record day, password given."""
    monkeypatch.setenv("DEBRIEF_DESK_PASSWORD", PASSWORD)
    monkeypatch.setenv("DEBRIEF_DESK_NOW", "2026-11-20T08:00:00+00:00")
    monkeypatch.chdir(tmp_path)

    def told(*words: str) -> Told:
        capsys.readouterr()
        try:
            code = run(words)
        except SystemExit as ended:  # --help, or a call that argparse does not take
            code = int(ended.code or 0)
        written = capsys.readouterr()
        return Told(code, written.out, written.err)

    return told


SHEETS = (
    ("rooms.csv", ROOMS, ""),
    ("staff.csv", INTERVIEWERS, ""),
    ("bf.csv", MANIFEST, "Border Force"),
    ("nca.csv", NCA, "NCA"),
    ("kent.csv", KENT, "Kent Police"),
)


@pytest.fixture(scope="session")
def _filled_desk(tmp_path_factory: pytest.TempPathFactory, _empty_desk: Path) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    path = copied(_empty_desk, folder)
    with Desk.open(path, SUPERVISOR, PASSWORD, now=lambda: MORNING) as desk:
        for name, text, agency in SHEETS:
            file = imports.ImportFile(sheet(folder, text, name), agency=agency)
            desk.write(imports.take, file)
    return path


@pytest.fixture
def filled(command: Any, _filled_desk: Path, tmp_path: Path) -> Any:
    """The same with a desk D.desk that holds staff, a boat, and one person planned twice."""
    path = copied(_filled_desk, tmp_path)
    for file in tmp_path.glob(f"{path.name}*"):
        file.rename(tmp_path / file.name.replace(path.name, "D.desk", 1))
    for name, text, _agency in SHEETS:
        sheet(tmp_path, text, name)
    return command


# The calls of the documentation


def test_init_makes_a_desk_and_shows_the_recovery_key_once(command: Any) -> None:
    told = command("init", "--desk", "D.desk", "--site", "Manston", "--supervisor", "First Supervisor")  # fmt: skip
    assert told.code == 0
    key = told.err.split("Recovery key of D.desk: ")[1].splitlines()[0]
    assert key not in told.out
    with Desk.open(Path("D.desk"), SUPERVISOR, PASSWORD) as desk:
        assert desk.who.roles == {Role.SUPERVISOR, Role.ADMINISTRATOR}
    opened, _next = Desk.recover(Path("D.desk"), key, SUPERVISOR, PASSWORD + " again")
    opened.close()


def test_init_writes_the_recovery_key_to_a_file_when_asked(command: Any) -> None:
    told = command(
        "init", "--desk", "D.desk", "--site", "Manston", "--supervisor", "First Supervisor",
        "--agency", "NCA", "--agency", "Kent Police", "--limit-hours", "72",
        "--recovery-out", "key.txt",
    )  # fmt: skip
    assert told.code == 0
    assert "Recovery key" in Path("key.txt").read_text(encoding="utf-8")
    assert "Recovery key" not in told.err + told.out
    if os.name == "posix":
        assert Path("key.txt").stat().st_mode & 0o077 == 0


def test_init_leaves_a_desk_that_is_there_alone(command: Any) -> None:
    call = ("init", "--desk", "D.desk", "--site", "Manston", "--supervisor", "First Supervisor")
    assert command(*call).code == 0
    before = Path("D.desk").read_bytes()
    again = command(*call)
    assert again.code == 2
    assert len(again.err.strip().splitlines()) == 2  # the set clock, and one sentence
    assert Path("D.desk").read_bytes() == before


def test_import_prints_counts_that_add_up_and_every_row_that_waits(filled: Any) -> None:
    shutil.copy(RECORD_DAY / "nca-planned.xlsx", "nca-planned.xlsx")
    told = filled("import", "--desk", "D.desk", "--agency", "NCA", "nca-planned.xlsx", "--json")
    assert told.code == 0
    found = told.json
    assert found["read"] == 420
    assert found["read"] == sum(found[name] for name in COUNTS[1:])
    assert found["rows"] == []
    small = filled("import", "--desk", "D.desk", "--agency", "Other", "nca.csv", "--json").json
    assert {name: small[name] for name in COUNTS if small[name]} == {
        "read": 3, "linked": 2, "rejected": 1,
    }  # fmt: skip
    (row,) = small["rows"]
    assert (row["line"], row["outcome"]) == (4, "rejected")
    assert row["reason"].startswith("Nothing to go by")
    assert row["row"]["Our ref"] == "NCA-3"


def test_a_second_import_of_a_file_adds_nothing(filled: Any) -> None:
    again = filled("import", "--desk", "D.desk", "--agency", "Kent Police", "kent.csv", "--json")
    assert {name: again.json[name] for name in COUNTS if again.json[name]} == {
        "read": 1, "unchanged": 1,
    }  # fmt: skip


def test_conflicts_lists_the_inbox_with_both_agencies_own_references(filled: Any) -> None:
    told = filled("conflicts", "--desk", "D.desk", "--json")
    assert told.code == 0
    rows = told.json
    (same,) = [row for row in rows if row["kind"] == "same_person"]
    assert {"id", "kind", "severity", "state", "rules", "owner", "parties"} <= set(same)
    assert (same["severity"], same["state"], same["rules"], same["owner"]) == (
        "HARD*", "new", ["D-1"], None,
    )  # fmt: skip
    parties = [(p["agency"], p["reference"], p["start"]) for p in same["parties"]]
    assert parties == [
        ("NCA", "NCA-1", "2026-11-20T14:00:00+00:00"),
        ("Kent Police", "KP1", "2026-11-20T15:30:00+00:00"),
    ]
    assert all(p["debrief"].startswith("DD-2611-") for p in same["parties"])
    for row in rows:
        for party in row["parties"]:
            assert party["start"] is None or datetime.fromisoformat(party["start"]).tzinfo


def test_decide_settles_a_conflict_by_its_number_or_id(filled: Any) -> None:
    (same,) = [r for r in filled("conflicts", "--desk", "D.desk", "--json").json if r["kind"] == "same_person"]  # fmt: skip
    reference = same["parties"][0]["debrief"]
    wrong = filled("decide", "--desk", "D.desk", str(same["number"]), "same", "--reason", "x")
    assert wrong.code == 2
    told = filled(
        "decide", "--desk", "D.desk", same["id"], "same", "--plans", f"keep:{reference}",
        "--reason", "Same reference",
    )  # fmt: skip
    assert told.code == 0
    left = filled("conflicts", "--desk", "D.desk", "--json").json
    assert same["id"] not in {row["id"] for row in left}
    everything = filled("conflicts", "--desk", "D.desk", "--all", "--json").json
    assert {row["state"] for row in everything if row["id"] == same["id"]} == {"decided"}


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv", "ics"])
def test_roster_writes_every_format_and_counts_versions(filled: Any, kind: str) -> None:
    call = ("roster", "--desk", "D.desk", "--date", "2026-11-20", "--format", kind, "--out", f"r.{kind}", "--json")  # fmt: skip
    first = filled(*call)
    assert first.code == 0, first.err
    assert (first.json["version"], first.json["lines"]) == (1, 3)
    start = {"pdf": b"%PDF", "xlsx": b"PK", "csv": b"\xef\xbb\xbf", "ics": b"BEGIN:VCALENDAR"}
    assert any(file.read_bytes().startswith(start[kind]) for file in Path().glob(f"r*.{kind}"))
    assert filled(*call).json["version"] == 2


def test_the_door_list_has_no_names_and_leaves_uncleared_debriefs_out(filled: Any) -> None:
    base = ("roster", "--desk", "D.desk", "--date", "2026-11-20", "--format", "csv", "--agency", "NCA")  # fmt: skip
    shut = filled(*base, "--out", "door.csv", "--level", "door", "--json").json
    assert (shut["lines"], shut["uncleared"]) == (0, 2)
    filled(*base, "--out", "all.csv", "--level", "door", "--include-uncleared")
    text = Path("all.csv").read_text(encoding="utf-8-sig")
    assert text.count("DD-2611-") == 2
    for word in ("TESFAYE", "Yonas", "KIDANE", "H1043377", "Tigrinya", "N. Ready"):
        assert word not in text
    filled(*base, "--out", "full.csv")
    full = Path("full.csv").read_text(encoding="utf-8-sig")
    assert "TESFAYE" in full
    assert "TESFAI" not in full  # Kent Police's row


def test_check_prints_findings_and_ends_with_1_where_one_is_a_stop(filled: Any) -> None:
    asked = {
        "given_name": "Yonas", "family_name": "Tesfai", "dob": "14/02/1994", "band": "7/1",
        "event": "E-1119-07", "agency": "Border Force", "planned_start": "2026-11-20T17:00",
        "minutes": 45, "lead": "Nobody Known",
    }  # fmt: skip
    Path("P.json").write_text(json.dumps(asked), encoding="utf-8")
    told = filled("check", "--desk", "D.desk", "--person", "P.json", "--json")
    assert told.code == 1
    found = told.json["findings"] if isinstance(told.json, dict) else told.json
    assert {"rule", "severity", "sentence", "with"} <= set(found[0])
    assert "D-1" in {row["rule"] for row in found}
    nobody = {"full_name": "Xhevahire Qosja", "dob": "1971", "agency": "NCA"}
    Path("N.json").write_text(json.dumps(nobody), encoding="utf-8")
    clear = filled("check", "--desk", "D.desk", "--person", "N.json")
    assert clear.code == 0
    assert "nobody else has entered this person" in clear.out


def test_verify_holds_on_a_sound_desk_and_prints_the_fingerprint(filled: Any) -> None:
    told = filled("verify", "--desk", "D.desk", "--json")
    assert told.code == 0
    assert told.json["sound"] is True
    assert told.json["broken_at"] is None
    assert len(told.json["fingerprint"].split()) == 4
    assert filled("verify", "--desk", "D.desk").code == 0


def test_verify_ends_with_1_where_the_chain_is_broken(filled: Any) -> None:
    with Desk.open(Path("D.desk"), SUPERVISOR, PASSWORD) as desk:
        key = desk.key
    engine = driver.engine(Path("D.desk"), key)
    with engine.begin() as connection:
        guarding.drop_all(connection)
        connection.exec_driver_sql("UPDATE audit_event SET reason = 'x' WHERE sequence = 2")
        guarding.create_all(connection)
    engine.dispose()
    told = filled("verify", "--desk", "D.desk", "--json")
    assert told.code == 1
    assert (told.json["sound"], told.json["broken_at"]) == (False, 2)


def test_backup_writes_a_copy_that_opens(filled: Any) -> None:
    told = filled("backup", "--desk", "D.desk", "--out", "copy.desk")
    assert told.code == 0, told.err
    copied = filled("conflicts", "--desk", "copy.desk", "--json")
    assert copied.json == filled("conflicts", "--desk", "D.desk", "--json").json


def test_match_writes_pairs_and_says_why(command: Any, tmp_path: Path) -> None:
    sheet(
        tmp_path,
        "record_id,agency,given_name,family_name,native_name,sex,dob,nationality,reference,wristband,arrival_date,event_ref\n"
        "a,BF,Yonas,Tesfaye,,M,1994-02-14,ERI,H1043377,07-001,2026-11-19,E-1119-07\n"
        "b,NCA,Jonas,Tesfai,,M,1994-02-14,ERI,H 1043377,7/1,2026-11-19,E-1119-07\n"
        "c,KP,Shirin,Karimi,,F,1988-11-22,IRN,K2219044,07-009,2026-11-19,E-1119-07\n",
        "register.csv",
    )
    assert command("match", "register.csv", "--out", "pairs.csv").code == 0
    header, *pairs = Path("pairs.csv").read_text(encoding="utf-8-sig").splitlines()
    assert header.split(",") == ["id_a", "id_b", "score", "band", "reasons"]
    (pair,) = pairs
    one, other, score, band, reasons = pair.split(",")
    assert ({one, other}, band) == ({"a", "b"}, "near-certain")
    assert 0.9 < float(score) <= 1
    assert reasons
    told = command("match", "register.csv", "--explain", "a", "b")
    assert told.code == 0
    assert "in all: near-certain" in told.out


def test_match_makes_the_index_of_a_desk_anew(filled: Any) -> None:
    before = filled("conflicts", "--desk", "D.desk", "--json").json
    told = filled("match", "--rebuild", "--desk", "D.desk")
    assert (told.code, told.out) == (0, "The index was made anew from 9 records.\n")
    assert filled("conflicts", "--desk", "D.desk", "--json").json == before
    assert filled("match", "--rebuild").code == 2
    assert filled("match", "--out", "pairs.csv").code == 2


def test_propose_plans_a_day_and_check_plan_judges_it(command: Any) -> None:
    problem = str(ROOT / "tests" / "data" / "roster" / "small-501.json")
    made = command("propose", problem, "--out", "plan.json", "--seconds", "0.2", "--seed", "1", "--json")  # fmt: skip
    assert made.code == 0
    assert command("check-plan", problem, "plan.json").code == 0
    plan = json.loads(Path("plan.json").read_text(encoding="utf-8"))
    assert sum(len(b["requests"]) for b in plan["bookings"]) == made.json["placed"]
    plan["bookings"][0]["start"] += 1
    Path("bad.json").write_text(json.dumps(plan), encoding="utf-8")
    judged = command("check-plan", problem, "bad.json", "--json")
    assert judged.code == 1
    assert "H03" in {v["rule"] for v in judged.json["violations"]}


def test_demo_makes_a_practice_desk(command: Any) -> None:
    told = command("demo", "--desk", "practice.desk")
    assert told.code == 0, told.err
    assert "invented" in told.out
    (name,) = Desk.names(Path("practice.desk"))[:1]
    with Desk.open(Path("practice.desk"), name, PASSWORD) as desk:
        assert desk.read(desks.summary).practice


# Exit codes, and the one sentence


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("conflicts", "--desk", "none.desk"), 4),
        (("import", "--desk", "D.desk", "--agency", "NCA", "none.csv"), 4),
        (("check", "--desk", "D.desk", "--person", "none.json"), 4),
        (("check-plan", "none.json", "none.json"), 4),
        (("conflicts", "--desk", "D.desk", "--user", "Nobody"), 3),
        (("import", "--desk", "D.desk", "bf.csv"), 2),
        (("decide", "--desk", "D.desk", "999", "same", "--reason", "x"), 2),
        (("roster", "--desk", "D.desk", "--date", "tomorrow", "--format", "csv", "--out", "r.csv"), 2),
        (("roster", "--desk", "D.desk", "--date", "2026-11-20", "--format", "doc", "--out", "r"), 2),
        (("conflicts",), 2),
        (("no-such-command",), 2),
    ],
)  # fmt: skip
def test_what_goes_wrong_ends_with_its_code_and_writes_no_output(
    filled: Any, words: tuple[str, ...], code: int
) -> None:
    told = filled(*words)
    assert told.code == code, told.err
    assert told.out == ""
    assert told.err
    assert "Traceback" not in told.err


def test_a_wrong_password_ends_with_3(filled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBRIEF_DESK_PASSWORD", "something else altogether")
    told = filled("conflicts", "--desk", "D.desk")
    assert (told.code, told.out) == (3, "")
    assert "wrong" in told.err


def test_a_right_that_is_missing_ends_with_3(filled: Any) -> None:
    with Desk.open(Path("D.desk"), SUPERVISOR, PASSWORD) as desk:
        desk.add_account(NewAccount("Only Looks", (Role.AUDITOR,)), PASSWORD)
    told = filled("conflicts", "--desk", "D.desk", "--user", "Only Looks")
    assert told.code == 3
    unnamed = filled("conflicts", "--desk", "D.desk")  # two accounts now, and nobody to ask
    assert unnamed.code == 2


def test_a_set_clock_is_said(filled: Any) -> None:
    assert "clock is set to Fri 20 Nov 2026 08:00" in filled("conflicts", "--desk", "D.desk").err


def test_a_fault_of_the_program_ends_with_70_and_shows_no_values(
    filled: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_given: object, **_named: object) -> None:
        raise KeyError("TESFAYE Yonas")

    monkeypatch.setattr(paths, "logs", lambda: tmp_path / "logs")
    broken.needs = conflicts.listed.needs  # type: ignore[attr-defined]
    monkeypatch.setattr(conflicts, "listed", broken)
    told = filled("conflicts", "--desk", "D.desk")
    assert told.code == 70
    assert "TESFAYE" not in told.err + told.out
    (kept,) = (tmp_path / "logs").glob("crash-*.txt")
    assert "KeyError" in kept.read_text(encoding="utf-8")
    assert "TESFAYE" not in kept.read_text(encoding="utf-8")


# Help, password, and what is not imported


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_explains_it_and_ends_with_a_call_that_parses(
    command: Any, name: str
) -> None:
    told = command(name, "--help")
    assert told.code == 0
    example = " ".join(told.out.split("Example: ")[1].split())
    program, *words = shlex.split(example)
    assert program == "debrief-desk"
    assert words[0] == name
    assert build().parse_args(words).run


def test_the_help_of_the_program_names_every_command_and_exit_code(command: Any) -> None:
    told = command("--help")
    assert told.code == 0
    for name in COMMANDS:
        assert name in told.out
    for code in "012345":
        assert f"{code} " in told.out
    assert command("--version").out.strip()


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_takes_a_password_as_an_argument(name: str) -> None:
    subparsers = build()._subparsers._group_actions[0]  # type: ignore[union-attr]
    options = {o for a in subparsers.choices[name]._actions for o in a.option_strings}  # type: ignore[union-attr,call-overload,index]
    assert not {o for o in options if "password" in o} - {"--password-fd"}


def test_the_password_comes_from_a_descriptor_too(
    filled: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEBRIEF_DESK_PASSWORD")
    reading, writing = os.pipe()
    os.write(writing, f"{PASSWORD}\n".encode())
    os.close(writing)
    told = filled("conflicts", "--desk", "D.desk", "--password-fd", str(reading))
    assert told.code == 0
    asked = filled("conflicts", "--desk", "D.desk")  # no terminal to ask at
    assert asked.code in (2, 3)


def test_the_same_program_runs_as_a_module_and_imports_no_window(filled: Any) -> None:
    code = (
        "import runpy, sys\n"
        "sys.argv = ['debrief-desk', 'conflicts', '--desk', 'D.desk', '--json']\n"
        "try: runpy.run_module('debrief_desk', run_name='__main__')\n"
        "except SystemExit as ended: status = ended.code\n"
        "windows = [name for name in sys.modules if name.startswith('PySide6')]\n"
        "print(windows, file=sys.stderr)\n"
        "sys.exit(status or bool(windows))\n"
    )
    ended = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert (
        json.loads(ended.stdout.decode("utf-8"))
        == filled("conflicts", "--desk", "D.desk", "--json").json
    )


def test_importing_the_commands_imports_neither_window_nor_database() -> None:
    code = "import sys, debrief_desk.cli; print(*sys.modules)"
    ended = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in ended.stdout.split()}
    assert not loaded & {"PySide6", "sqlalchemy", "alembic", "openpyxl", "numpy", "icalendar"}


def test_the_open_day_of_a_desk_is_planned_and_handed_out_without_names(filled: Any) -> None:
    told = filled(
        "propose", "--desk", "D.desk", "--date", "2026-11-20",
        "--export", "problem.json", "--out", "plan.json", "--seconds", "0.2",
    )  # fmt: skip
    assert told.code == 0
    assert "Placed" in told.out
    assert "DD-2611-" in told.out  # who has no place is told by reference, to who signed in
    for name in ("problem.json", "plan.json"):
        text = Path(name).read_text(encoding="utf-8")
        for private in ("TESFAY", "Rahel", "DD-2611", "07-001", "N. Ready", "Room 1"):
            assert private.casefold() not in text.casefold()
    assert filled("check-plan", "problem.json", "plan.json").code == 0


def test_propose_says_what_it_needs(filled: Any) -> None:
    for words in (
        ("propose",),
        ("propose", "--desk", "D.desk"),
        ("propose", "p.json", "--desk", "D.desk", "--date", "2026-11-20"),
    ):
        told = filled(*words)
        assert told.code == 2
        assert "Say what to plan" in told.err
    told = filled("propose", "--desk", "D.desk", "--date", "tomorrow")
    assert told.code == 2
    assert "tomorrow" in told.err
    shift = ("--from", "05:00", "--to", "07:00")
    told = filled("propose", "--desk", "D.desk", "--date", "2026-11-20", *shift)
    assert told.code == 2
    assert "shift" in told.err
