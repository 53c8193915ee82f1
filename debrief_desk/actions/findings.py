"""Findings as they are kept and shown: packed as JSON, folded into conflicts, said in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from debrief_desk.rules.finding import Finding
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.severity import Level, Severity, level
from debrief_desk.wording import findings as sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding to show: its level, its sentence in one or two lines, and the ids it points at."""

    rule: str
    severity: str
    level: Level
    title: str
    body: str
    todo: bool
    refused: bool
    subject: tuple[str, ...]


def fold(finding: Finding) -> str:
    """Give the name under which equal findings of several plans are one conflict."""
    return "|".join((str(finding.kind), *sorted(finding.subject)))


def kind_of(folded: str) -> ConflictKind:
    """Give the kind that a folded name begins with."""
    return ConflictKind(folded.partition("|")[0])


def packed(finding: Finding) -> dict[str, Any]:
    """Give a finding as JSON can hold it."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "reason": finding.reason,
        "kind": None if finding.kind is None else finding.kind.value,
        "todo": finding.todo,
        "refused": finding.refused,
        "subject": list(finding.subject),
        "values": {name: _plain(value) for name, value in finding.values},
    }


def unpacked(row: Mapping[str, Any]) -> Finding:
    """Give the finding that `packed` wrote."""
    return Finding(
        rule=row["rule"],
        severity=Severity(row["severity"]),
        reason=row["reason"],
        kind=None if row["kind"] is None else ConflictKind(row["kind"]),
        todo=row["todo"],
        refused=row["refused"],
        subject=tuple(row["subject"]),
        values=tuple((name, _value(value)) for name, value in row["values"].items()),
    )


def shown(found: Iterable[Finding]) -> tuple[FindingRow, ...]:
    """Give findings in words, in their order."""
    return tuple(_shown(finding) for finding in found)


def _shown(finding: Finding) -> FindingRow:
    said = sentences.said(finding)
    return FindingRow(
        rule=finding.rule,
        severity=finding.severity.value,
        level=Level.NOTE if finding.todo else level(finding.severity),
        title=said.what,
        body=" ".join(part for part in (said.why, said.next) if part),
        todo=finding.todo,
        refused=finding.refused,
        subject=finding.subject,
    )


def _plain(value: object) -> Any:
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    if isinstance(value, tuple | list | frozenset | set):
        return [
            _plain(each)
            for each in (sorted(value) if isinstance(value, frozenset | set) else value)
        ]
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


def _value(value: Any) -> object:
    if isinstance(value, dict):
        return (
            datetime.fromisoformat(value["at"])
            if "at" in value
            else date.fromisoformat(value["on"])
        )
    if isinstance(value, list):
        return tuple(_value(each) for each in value)
    return value
