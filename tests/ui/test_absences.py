"""Rules kept by an absence: what the desk must not hold has no column, no field and no code.

A-3 nothing of an asylum claim; A-6 no way to task anybody; G-4 nothing of sexual orientation or
identity; S-7 no medical detail and no narrative; V-9 nobody is chosen because they are vulnerable.
"""

from __future__ import annotations

import ast
import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QTextEdit
from sqlalchemy import JSON, Enum, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

import debrief_desk
from debrief_desk.actions import imports
from debrief_desk.files import fields as sheet_fields
from debrief_desk.rules import codes, kinds, states
from debrief_desk.store import models
from debrief_desk.store.base import Base, KeptJson
from debrief_desk.ui.parts.fields import TextEntry
from debrief_desk.ui.places import rooms
from debrief_desk.ui.worker import InlineWorker
from debrief_desk.wording import names
from tests import builders

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk

PACKAGE = Path(debrief_desk.__file__).parent
LONGEST = 200

FORBIDDEN = {
    "A-3": "asylum claim claims protection refugee persecution appeal grounds country_report credibility",
    "A-6": "task tasks tasking tasked informant handler cultivate report_back keep_contact follow_up instruct",
    "G-4": "orientation sexuality sexual lgbt lgbtq gay lesbian bisexual transgender",
    "S-7": "diagnosis symptom symptoms medication treatment injury illness narrative story account_of "
    "statement testimony transcript content summary note notes remark remarks comment comments "
    "description details free_text religion ethnicity photo photograph fingerprint face intelligence",
}  # fmt: skip
"""Words, and words in a row, that no column, field or code may have in its name."""

ALLOWED = {
    # a name that has such a word and says nothing of the kind, and why it may
    "serious_illness": "a category of an adult at risk, and no more (S-2)",
    "medical": "fit, ask, hold or unfit, and never why",
    "Who sees to the task": "who refers a person to the National Referral Mechanism (S-3, C-4)",
}

TEXT = {
    # every column that holds text, by what keeps a narrative out of it
    "a name or a number": "account.name agency.name agency.contact site.name site.marking room.name interviewer.name interviewer.staff_no interpreter.name "
    "registration.serial registration.row_key registration.given_name registration.family_name registration.full_name registration.native_name "
    "registration.placeholder registration.band identifier.value identifier.issuer arrival_event.number debrief.reference debrief.serial "
    "debrief.room_text debrief.lead_text debrief.second_text deconfliction_check.reference accreditation.level accreditation.seen_by age_decision.decider "
    "approach.interpreter consent_record.interpreter consent_record.explained_by consent_record.explanation_version "
    "no_approach_marker.asked_interpreter no_approach_marker.witness debrief_stop.informed referral.owner interviewer.vetting conflict.waiting_for "
    "roster.recipient audit_event.recipient sender_mapping.sender sender_mapping.headings",
    "a language, a nationality, a sex": "registration.language registration.dialect registration.nationality registration.sex approach.language consent_record.language "
    "no_approach_marker.asked_language interviewer.gender interpreter.gender",
    "a code of a closed list": "accreditation.kind approach.outcome audit_event.kind busy.kind conflict.severity conflict.reopened_because conflict.closed_because "
    "conflict_decision.verdict conflict_decision.plans conflict_notice.code consent_record.outcome debrief.purpose debrief.mode debrief.state_reason "
    "debrief_stop.reason deconfliction_check.level duty.kind duty.reason family_link.kind identity_decision.verdict identity_decision.origin identity_decision.code "
    "identity_suggestion.band import_batch.kind interpreter.qualification no_approach_marker.kind parked_row.outcome referral.kind registration.child_flag roster.scope "
    "roster.level roster.format second_opinion.first_verdict second_opinion.verdict sender_mapping.kind sender_mapping.date_order welfare_check.medical "
    "welfare_check.preference welfare_check.interpreter_preference bypass.review",
    "a reason for an act of the desk's users, 200 letters at most, shown with a warning": "conflict_decision.reason identity_decision.reason policy_version.reason bypass.reason audit_event.reason",
    "made by the desk": "audit_event.roles audit_event.action audit_event.entity audit_event.entity_id audit_event.body change.entity change.field conflict.fold conflict.facts "
    "identity_decision.facts identity_suggestion.facts import_batch.file_digest match_count.term",
}  # fmt: skip
PACKED = {
    # every column that holds several values, by what they are
    "lists of codes, names or ids": "account.roles change.parents consent_record.points debrief.partner_ids interpreter.languages interpreter.dialects interpreter.modes "
    "interpreter.shift_days interviewer.languages interviewer.shift_days registration.former_bands registration.indicators room.features room.neighbours",
    "answers ticked on a form, by their code": "debrief.recorded welfare_check.recorded interviewer.recorded interpreter.recorded",
    "columns of the sheet that the desk knows": "registration.as_typed parked_row.as_typed parked_row.reasons import_batch.counts import_batch.skipped sender_mapping.columns",
    "made by the desk": "change.old change.new conflict.findings deconfliction_check.findings identity_suggestion.evidence policy_version.values roster.lines",
}  # fmt: skip


def offending(names_: Iterable[str]) -> set[tuple[str, str]]:
    """Give (rule, name) for every name with a forbidden word, or forbidden words in a row."""
    found = set()
    for name in names_:
        if name in ALLOWED or name.rpartition(".")[2] in ALLOWED:
            continue
        spoken = "_" + "_".join(re.findall(r"[a-z]+", name.lower())) + "_"
        for rule, words in FORBIDDEN.items():
            if any(f"_{word}_" in spoken for word in words.split()):
                found.add((rule, name))
    return found


def columns(base: type[DeclarativeBase]) -> dict[str, Any]:
    """Give every mapped column as `table.column` with its type."""
    return {
        f"{mapper.local_table.name}.{column.name}": column.type  # type: ignore[attr-defined]
        for mapper in base.registry.mappers
        for column in mapper.local_table.columns
    }


def texts(base: type[DeclarativeBase]) -> set[str]:
    return {name for name, kind in columns(base).items() if isinstance(kind, String) and not isinstance(kind, Enum)}  # fmt: skip


def packed(base: type[DeclarativeBase]) -> set[str]:
    return {name for name, kind in columns(base).items() if isinstance(kind, JSON | KeptJson)}


def listed(table: dict[str, str]) -> list[str]:
    return [name for group in table.values() for name in group.split()]


# the file


def test_no_column_is_named_after_what_must_not_be_held() -> None:
    assert models.Debrief.__tablename__ == "debrief"  # every model is imported
    assert offending(columns(Base)) == set()


def test_every_column_of_text_is_known_and_none_takes_a_narrative() -> None:
    assert len(listed(TEXT)) == len(set(listed(TEXT)))
    assert texts(Base) == set(listed(TEXT))


def test_every_column_of_several_values_is_known() -> None:
    assert packed(Base) == set(listed(PACKED))


def test_a_column_that_must_not_be_there_would_be_found() -> None:
    class Planted(DeclarativeBase):
        pass

    class Debrief(Planted):
        __tablename__ = "debrief"

        id: Mapped[int] = mapped_column(primary_key=True)
        diagnosis: Mapped[str]
        sexual_orientation: Mapped[str]
        asylum_outcome: Mapped[str]
        keep_contact_until: Mapped[str]

    assert offending(columns(Planted)) == {
        ("S-7", "debrief.diagnosis"),
        ("G-4", "debrief.sexual_orientation"),
        ("A-3", "debrief.asylum_outcome"),
        ("A-6", "debrief.keep_contact_until"),
    }
    assert texts(Planted) - set(listed(TEXT)) == {name for _, name in offending(columns(Planted))}


# the lists of codes

CODE_LISTS = [
    kind
    for module in (codes, kinds, states)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
]


@pytest.mark.parametrize("kind", CODE_LISTS, ids=lambda kind: kind.__name__)
def test_no_code_says_what_must_not_be_held(kind: type[StrEnum]) -> None:
    assert offending({code.value for code in kind} | {code.name.lower() for code in kind}) == set()


def test_no_purpose_is_a_weakness_of_the_person() -> None:
    """V-9: nobody is chosen because they are vulnerable, and no free text can say so."""
    weak = {code.value for code in codes.Indicator} | {code.name.lower() for code in codes.AgeFlag}
    purposes = {code.value for code in codes.Purpose}
    assert not purposes & weak
    words = {word for code in codes.Purpose for word in re.findall(r"[a-z]+", f"{code.value} {names.name(code)}".lower())}  # fmt: skip
    assert not words & {"vulnerable", "vulnerability", "isolated", "alone", "mistreated", "afraid", "victim", "child", "minor", "detained", "weak", "harm", "torture", "trafficking", "pregnancy"}  # fmt: skip


# the sheets


def test_no_sheet_has_a_field_for_what_must_not_be_held() -> None:
    tables = [v for v in vars(sheet_fields).values() if isinstance(v, dict)]
    known = {name for table in tables for name in table if isinstance(name, str)}
    assert "family_name" in known
    assert offending(known) == set()


def test_a_column_the_desk_does_not_know_is_not_kept(desk: Desk, tmp_path: Path) -> None:
    sheet = builders.MANIFEST.splitlines()
    sheet[0] += ",Basis of asylum claim,Medical notes"
    sheet[1:] = [f"{row},said persecution at home,coughs at night" for row in sheet[1:]]
    file = builders.sheet(tmp_path, "\n".join(sheet))
    desk.write(imports.take, imports.ImportFile(file, agency="Border Force"))
    with Session(desk._opened.reader) as session:
        kept = [
            str(value)
            for mapper in Base.registry.mappers
            for row in session.execute(select(mapper.local_table))
            for value in row
        ]
    assert any("TESFAYE" in value for value in kept)
    assert not [v for v in kept if "persecution" in v or "coughs" in v]


# the forms


def told(widget: QWidget) -> str:
    return f"{widget.accessibleName()} {widget.objectName()}"


@pytest.fixture
def screens(record_day: Desk, qtbot: QtBot, dressed: object) -> Iterable[list[QWidget]]:  # noqa: ARG001 - for its effect
    import importlib

    worker = InlineWorker()
    worker.adopt(record_day)
    built = []
    for room in rooms():
        screen = getattr(importlib.import_module(room.module), room.screen)(worker)
        qtbot.addWidget(screen)
        screen.reload()
        built.append(screen)
    debriefs = next(s for s in built if type(s).__name__ == "DebriefsScreen")
    debriefs.show_for("new")  # type: ignore[attr-defined]
    yield built
    worker.stop()


def test_no_field_of_any_page_asks_for_what_must_not_be_held(screens: list[QWidget]) -> None:
    editors = [e for s in screens for kind in (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox) for e in s.findChildren(kind)]  # fmt: skip
    assert len(editors) > 60
    assert offending({told(editor) for editor in editors}) == set()
    lines = [e for s in screens for e in s.findChildren(QLineEdit) if not e.isReadOnly()]
    own = [e for e in lines if isinstance(e, TextEntry) and e.echoMode() is e.EchoMode.Normal]
    assert own
    assert all(e.maxLength() <= LONGEST for e in own), {told(e) for e in own if e.maxLength() > LONGEST}  # fmt: skip
    several = {told(e) for s in screens for kind in (QPlainTextEdit, QTextEdit) for e in s.findChildren(kind) if not e.isReadOnly()}  # fmt: skip
    assert several == set()  # a narrative has nowhere to stand


def test_only_reasons_are_written_in_more_than_one_line() -> None:
    """Dialogs are built when they open; their many-line fields are found in the source."""
    places = set()
    for file in (PACKAGE / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"NoteEntry", "QPlainTextEdit", "QTextEdit"}:  # fmt: skip
                places.add(file.relative_to(PACKAGE / "ui").as_posix())
    assert places == {
        "parts/messages.py",  # the reason of a question, and technical details to copy
        "start/create.py",  # the agencies of a new desk, one a line
    }


ABOUT_STAFF = {"Decides on asylum claims"}
"""Said of an interviewer, who is then kept apart from every debrief (X-8); of no arrival."""


def labels() -> set[str]:
    """Give the label of every field and tick in the source, dialogs among them."""
    found = set()
    for file in (PACKAGE / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Field", "CheckEntry", "TextEntry", "ChoiceEntry"}:  # fmt: skip
                found |= {
                    str(text.value)
                    for part in node.args
                    for text in ast.walk(part)
                    if isinstance(text, ast.Constant) and isinstance(text.value, str)
                }
    return found


def test_no_label_of_any_form_asks_for_what_must_not_be_held() -> None:
    asked = labels()
    assert len(asked) > 60
    assert asked >= ABOUT_STAFF
    assert offending(asked - ABOUT_STAFF) == set()
