"""The commands and their options; `--help` of each ends with a call that works."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from debrief_desk import __version__
from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable

Parsers = Any


def build() -> argparse.ArgumentParser:
    """Give the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="debrief-desk",
        description=_(
            "Co-ordinates voluntary debriefs: who plans to speak with whom, when, and whether that "
            "may happen. Without a command the window opens."
        ),
        epilog=_(
            "The password comes from a prompt, from --password-fd, or from "
            "DEBRIEF_DESK_PASSWORD; never from an argument. Exit codes: 0 done, 1 findings of "
            "severity Stop, 2 wrong call, 3 wrong password or right missing, 4 file refused, "
            "5 interrupted."
        ),
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(metavar=_("COMMAND"), required=True)
    for add in (_desk_commands, _conflict_commands, _roster_commands, _file_commands):
        add(commands)
    return parser


def _command(
    commands: Parsers, name: str, module: str, about: str, example: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=about,
        description=about,
        epilog=_("Example: {call}").format(call=f"debrief-desk {name} {example}"),
    )
    parser.set_defaults(run=_later(module, name.replace("-", "_")))
    return parser


def _later(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """Give a function that imports its command when it is called."""

    def call(options: argparse.Namespace) -> int:
        found = importlib.import_module(f"debrief_desk.cli.{module}")
        return int(getattr(found, f"{function}_command")(options))

    return call


def _with_desk(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    _desk_options(parser, required=True)
    return parser


def _desk_options(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--desk", type=Path, required=required, metavar="FILE", help=_("the desk"))
    parser.add_argument(
        "--user", metavar="NAME", help=_("who signs in; the only account if left out")
    )
    _with_password(parser)
    parser.add_argument(
        "--now", metavar="TIME", help=_("work as if it were this moment (ISO 8601)")
    )


def _with_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--password-fd", type=int, metavar="N", help=_("read the password from file descriptor N")
    )


def _as_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print JSON for a program to read"))


def _desk_commands(commands: Parsers) -> None:
    init = _command(
        commands, "init", "desk_commands", _("make a new, encrypted desk"),
        '--desk D.desk --site "Manston" --supervisor "First Supervisor"',
    )  # fmt: skip
    init.add_argument(
        "--desk", type=Path, required=True, metavar="FILE", help=_("where to make it")
    )
    init.add_argument("--site", required=True, metavar="NAME", help=_("the reception centre"))
    init.add_argument("--supervisor", required=True, metavar="NAME", help=_("the first account"))
    init.add_argument(
        "--agency",
        action="append",
        default=[],
        metavar="NAME",
        help=_("an agency that plans debriefs; may be repeated"),
    )
    init.add_argument(
        "--limit-hours",
        type=int,
        default=24,
        metavar="H",
        help=_("the site's legal limit of a stay (24)"),
    )
    init.add_argument(
        "--recovery-out",
        type=Path,
        metavar="FILE",
        help=_("write the recovery key here instead of to standard error"),
    )
    init.add_argument("--now", metavar="TIME", help=_("work as if it were this moment (ISO 8601)"))
    _with_password(init)
    demo = _command(
        commands, "demo", "desk_commands", _("make a practice desk full of invented people"),
        "--desk practice.desk",
    )  # fmt: skip
    demo.add_argument(
        "--desk", type=Path, required=True, metavar="FILE", help=_("where to make it")
    )
    demo.add_argument("--now", metavar="TIME", help=_("work as if it were this moment (ISO 8601)"))
    _with_password(demo)
    verify = _with_desk(
        _command(
            commands, "verify", "desk_commands",
            _("check the file, its guards and the whole audit chain"), "--desk D.desk",
        )
    )  # fmt: skip
    _as_json(verify)
    backup = _with_desk(
        _command(
            commands, "backup", "desk_commands", _("write a verified copy of a desk with its keys"),
            "--desk D.desk --out copy.desk",
        )
    )  # fmt: skip
    backup.add_argument(
        "--out", type=Path, metavar="FILE", help=_("the copy; D.desk.backups if left out")
    )
    take = _with_desk(
        _command(
            commands, "import", "desk_commands", _("take in a sheet of people, staff or rooms"),
            '--desk D.desk --agency "NCA" nca-planned.xlsx --json',
        )
    )  # fmt: skip
    take.add_argument("file", type=Path, metavar="SHEET", help=_("a CSV file or an Excel workbook"))
    take.add_argument(
        "--agency", default="", metavar="NAME", help=_("whose sheet it is; made if it is new")
    )
    take.add_argument(
        "--dates",
        choices=("dmy", "mdy", "ymd"),
        default="",
        help=_("the order of day and month where it is open"),
    )
    take.add_argument(
        "--sheet",
        default="",
        metavar="NAME",
        help=_("the worksheet; otherwise the first with content"),
    )
    take.add_argument(
        "--encoding", default="", metavar="NAME", help=_("of a text file, where it cannot be told")
    )
    take.add_argument(
        "--kind",
        choices=("people", "interviewers", "interpreters", "rooms"),
        default="",
        help=_("what the sheet holds; otherwise told from its headings"),
    )
    _as_json(take)


def _conflict_commands(commands: Parsers) -> None:
    check = _with_desk(
        _command(
            commands, "check", "conflict_commands",
            _("say what the desk knows of a person and a plan; nothing is kept"),
            "--desk D.desk --person P.json --json",
        )
    )  # fmt: skip
    check.add_argument(
        "--person",
        type=Path,
        required=True,
        metavar="FILE",
        help=_(
            "JSON: the columns of a register, with agency, event, band, planned_start, "
            "minutes, lead, second, language"
        ),
    )
    _as_json(check)
    listing = _with_desk(
        _command(
            commands, "conflicts", "conflict_commands", _("list what waits in the inbox"),
            "--desk D.desk --json",
        )
    )  # fmt: skip
    listing.add_argument("--all", action="store_true", help=_("also what was settled"))
    _as_json(listing)
    decide = _with_desk(
        _command(
            commands, "decide", "conflict_commands", _("settle a conflict and its plans"),
            '--desk D.desk 12 same --plans keep:DD-2611-0012 --reason "Same reference"',
        )
    )  # fmt: skip
    decide.add_argument("conflict", metavar="CONFLICT", help=_("its number or id"))
    decide.add_argument(
        "verdict",
        choices=("same", "different", "unsure", "allow", "cancel", "change", "defer"),
        help=_("same, different, unsure: who it is; the others: for conflicts of other kinds"),
    )
    decide.add_argument(
        "--plans",
        default="",
        metavar="WHAT",
        help=_("keep:REF, joint:REF, sequence, handover:AGENCY or cancel:REF"),
    )
    decide.add_argument("--reason", required=True, metavar="TEXT", help=_("kept in the record"))


def _roster_commands(commands: Parsers) -> None:
    roster = _with_desk(
        _command(
            commands, "roster", "roster_commands", _("issue the roster of a day or a shift"),
            "--desk D.desk --date 2026-11-20 --format pdf --out r.pdf",
        )
    )  # fmt: skip
    roster.add_argument(
        "--date", required=True, metavar="DAY", help=_("London day, such as 2026-11-20")
    )
    roster.add_argument(
        "--from",
        dest="start",
        default="00:00",
        metavar="TIME",
        help=_("start of the shift, such as 07:00"),
    )
    roster.add_argument(
        "--to",
        dest="end",
        default="24:00",
        metavar="TIME",
        help=_("end of the shift; earlier than its start is the next day"),
    )
    roster.add_argument("--format", choices=("pdf", "xlsx", "csv", "ics"), required=True)
    roster.add_argument("--out", type=Path, required=True, metavar="FILE")
    roster.add_argument(
        "--agency", default="", metavar="NAME", help=_("only this agency's debriefs")
    )
    roster.add_argument(
        "--level",
        choices=("supervisor", "interviewer", "interpreter", "door"),
        default="supervisor",
        help=_("for whose eyes (supervisor)"),
    )
    roster.add_argument(
        "--include-uncleared", action="store_true", help=_("list uncleared debriefs on every level")
    )
    roster.add_argument(
        "--recipient",
        default="",
        metavar="NAME",
        help=_("who gets it; the account that issues it if left out"),
    )
    _as_json(roster)


def _file_commands(commands: Parsers) -> None:
    match = _command(
        commands, "match", "file_commands", _("find the records of one person in a register"),
        "register.csv --out pairs.csv",
    )  # fmt: skip
    match.add_argument("register", type=Path, nargs="?", metavar="REGISTER.csv")
    match.add_argument(
        "--against", type=Path, metavar="OTHER.csv", help=_("pairs between the two files only")
    )
    match.add_argument("--out", type=Path, metavar="PAIRS.csv")
    match.add_argument(
        "--explain", nargs=2, metavar=("A", "B"), help=_("say in words how two records compare")
    )
    match.add_argument(
        "--processes", type=int, default=1, metavar="N", help=_("processor cores to use (1)")
    )
    match.add_argument(
        "--rebuild", action="store_true", help=_("make the index of a desk anew: needs --desk")
    )
    _desk_options(match, required=False)
    _plan_commands(commands)


def _plan_commands(commands: Parsers) -> None:
    propose = _command(
        commands, "propose", "plan_commands", _("plan a day from a problem file or of a desk"),
        "--desk D.desk --date 2026-11-20 --out PLAN.json --seconds 2",
    )  # fmt: skip
    propose.add_argument("problem", type=Path, nargs="?", metavar="PROBLEM.json")
    _desk_options(propose, required=False)
    propose.add_argument(
        "--date", default="", metavar="DAY", help=_("the London day to plan, from 06:00 on")
    )
    propose.add_argument(
        "--from", dest="start", default="06:00", metavar="TIME", help=_("start of the shift")
    )
    propose.add_argument(
        "--to", dest="end", default="06:00", metavar="TIME", help=_("end of the shift")
    )
    propose.add_argument(
        "--export",
        type=Path,
        metavar="PROBLEM.json",
        help=_("also write the day of the desk as a problem file without names"),
    )
    propose.add_argument("--out", type=Path, metavar="PLAN.json")
    propose.add_argument("--seconds", type=float, default=2.0, metavar="S")
    propose.add_argument("--seed", type=int, default=0, metavar="N")
    propose.add_argument("--mode", choices=("freeze", "gentle", "open"), default="freeze")
    propose.add_argument("--engine", choices=("builtin", "cpsat"), default="builtin")
    _as_json(propose)
    check = _command(
        commands, "check-plan", "plan_commands", _("check a plan against every hard rule"),
        "PROBLEM.json PLAN.json",
    )  # fmt: skip
    check.add_argument("problem", type=Path, metavar="PROBLEM.json")
    check.add_argument("plan", type=Path, metavar="PLAN.json")
    _as_json(check)
