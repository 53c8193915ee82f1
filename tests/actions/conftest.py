"""A small desk with staff, rooms and the six people of one boat; what a test asks of it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import conflicts, imports, plan_drafts, plans
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.rights import writes
from debrief_desk.desk import Desk, SignedIn
from debrief_desk.rules.codes import ExplanationPoint
from debrief_desk.rules.roles import Role
from debrief_desk.store import passwords
from debrief_desk.store.models import (
    Account,
    Agency,
    ConflictNotice,
    ConsentRecord,
    Debrief,
    Interpreter,
    Interviewer,
    Registration,
    Room,
    WelfareCheck,
)
from tests import builders
from tests.conftest import MORNING, PASSWORD, SUPERVISOR, copied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from debrief_desk.actions.conflicts import ConflictRow
    from debrief_desk.actions.plans import Registered


_derived = cache(passwords.derive)


@pytest.fixture(autouse=True)
def _sign_in_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive the key of one password and salt once: it is the same, and meant to be slow."""
    monkeypatch.setattr(passwords, "derive", _derived)


@pytest.fixture(scope="session")
def _small_desk(tmp_path_factory: pytest.TempPathFactory, _empty_desk: Path) -> Path:
    folder = tmp_path_factory.mktemp("small-desk")
    path = copied(_empty_desk, folder)
    with Desk.open(path, SUPERVISOR, PASSWORD, now=lambda: MORNING) as desk:
        for text, agency in (
            (builders.ROOMS, ""),
            (builders.INTERVIEWERS, ""),
            (builders.INTERPRETERS, ""),
            (builders.MANIFEST, "Border Force"),
        ):
            file = builders.sheet(folder, text)
            desk.write(imports.take, imports.ImportFile(file, agency=agency))
    return path


@dataclass(frozen=True)
class SmallDesk:
    """An open desk, and short ways to what tests ask of it."""

    desk: Desk

    def stored(self, kind: type[Any]) -> list[Any]:
        """Give the rows of a mapped class, oldest first, detached."""
        with Session(self.desk._opened.reader) as session:
            return list(session.scalars(select(kind).order_by(kind.id)).unique())

    def id_of(self, who: str) -> str:
        """Give the id of the one registration, room, interviewer or interpreter called `who`."""
        with Session(self.desk._opened.reader) as session:
            for kind, column in (
                (Registration, Registration.serial),
                (Room, Room.name),
                (Interviewer, Interviewer.name),
                (Interpreter, Interpreter.name),
            ):
                found = session.scalars(select(kind.id).where(column == who)).all()
                if found:
                    return str(found[0])
        raise LookupError(who)

    def plan(
        self, agency: str = "NCA", serial: str = "BF1", clock: str = "14:00", **values: Any
    ) -> plan_drafts.DebriefPlan:
        """Give a plan for somebody of the manifest with a whole team of the agency."""
        initial = agency[0]
        pashto = serial in ("BF3", "BF4")
        team = {
            "lead_id": self.id_of(f"{initial}. Ready"),
            "second_id": self.id_of(f"{initial}. Second"),
            "interpreter_id": self.id_of(f"Interpreter {'P' if pashto else 'T'}"),
            "room_id": self.id_of("Room 1" if agency == "NCA" else "Room 2"),
            "mode": "in_person",
            "minutes": 45,
            "purpose": "route",
        }
        registration = self.id_of(serial)
        return builders.plan(agency, clock, **{"registration_id": registration, **team, **values})

    def register(self, *arguments: str, **values: Any) -> Registered:
        """Register such a plan."""
        return self.desk.write(plans.register, self.plan(*arguments, **values))

    def debrief(self, reference: str) -> Debrief:
        """Give a debrief as it stands."""
        return next(d for d in self.stored(Debrief) if reference in (d.reference, str(d.id)))

    def conflicts(self, *kinds: str, everything: bool = False) -> list[ConflictRow]:
        """Give the inbox, of some kinds only where any are named."""
        rows = self.desk.read(conflicts.listed, everything=everything)
        return [row for row in rows if not kinds or row.kind in kinds]

    def told(self) -> set[tuple[str, str]]:
        """Give agency and code of every notice."""
        with Session(self.desk._opened.reader) as session:
            names = {str(a.id): a.name for a in session.scalars(select(Agency))}
            return {
                (names[str(n.agency_id)], n.code) for n in session.scalars(select(ConflictNotice))
            }

    @contextmanager
    def as_account(self, name: str, *roles: Role, agency: str = "") -> Iterator[Desk]:
        """Work at this desk as another account, made on first use; then as before."""
        before = self.desk.who
        held = {account.name: account for account in self.stored(Account)}
        if name not in held:
            new = NewAccount(name, roles or (Role.SUPERVISOR,), agency)
            self.desk.add_account(new, PASSWORD)
            held = {account.name: account for account in self.stored(Account)}
        mine = held[name]
        kept = frozenset(Role(role) for role in mine.roles)
        self.desk.who = SignedIn(mine.id, name, kept, mine.agency_id)
        try:
            yield self.desk
        finally:
            self.desk.who = before

    def consent(self, debrief_id: str) -> None:
        """Put consent and the interpreter preference on record, and check the debrief again."""
        self.desk.write(_consent, debrief_id)


@writes(None)
def _consent(session: Session, debrief_id: str) -> None:
    debrief = session.get_one(Debrief, UUID(debrief_id))
    session.add(
        WelfareCheck(
            registration_id=debrief.registration_id,
            interpreter_preference="none",
            recorded={},
            recorded_at=MORNING,
        )
    )
    session.add(
        ConsentRecord(
            debrief_id=debrief.id,
            outcome="agreed",
            at=MORNING,
            language="Tigrinya",
            interpreter="Interpreter T",
            explained_by="N. Ready",
            explanation_version="1",
            points=[point.value for point in ExplanationPoint],
        )
    )
    session.flush()
    recheck(session, debriefs=[debrief.id])


@pytest.fixture
def small(_small_desk: Path, tmp_path: Path, open_desk: Callable[[Path], Desk]) -> SmallDesk:
    """A small desk of this test's own, open as the first supervisor at 08:00."""
    return SmallDesk(open_desk(copied(_small_desk, tmp_path)))
