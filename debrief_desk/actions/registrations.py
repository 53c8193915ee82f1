"""Registrations: one agency's record of a person, entered by file, by form or by command alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, select

from debrief_desk.actions import arrivals
from debrief_desk.actions.loading import chunks
from debrief_desk.actions.rights import own_agency_only
from debrief_desk.errors import NotAllowed, WrongCall
from debrief_desk.files.births import parse_birth
from debrief_desk.files.cells import clean_text
from debrief_desk.files.person_rows import PersonRow
from debrief_desk.rules.times import london_day
from debrief_desk.store import search
from debrief_desk.store.base import uuid7
from debrief_desk.store.models import (
    Agency,
    ArrivalEvent,
    Debrief,
    Identifier,
    Person,
    Registration,
)
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

HOME_OFFICE = "Home Office"
_LONGEST = 300
_EVENTS = "events by number"


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A person as somebody types one: texts as on the form; any may be empty."""

    given_name: str = ""
    family_name: str = ""
    full_name: str = ""
    native_name: str = ""
    born: str = ""
    sex: str = ""
    nationality: str = ""
    language: str = ""
    dialect: str = ""
    reference: str = ""
    band: str = ""
    event: str = ""
    child_flag: str = ""

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to go by."""
        named = self.given_name, self.family_name, self.full_name, self.native_name
        return not any(text.strip() for text in (*named, self.reference, self.band))


def row_of(entry: PersonEntry, near: date) -> PersonRow:
    """Give a typed entry as a row; a birth that cannot be read raises `UnreadableError`.

    What turns or hides text is taken out, as at the door of a sheet.
    """
    typed = {
        name: " ".join(clean_text(str(getattr(entry, name)))[0].split())[:_LONGEST]
        for name in PersonEntry.__dataclass_fields__
    }
    birth = parse_birth(typed["born"], order="dmy", near=near) if typed["born"] else None
    return PersonRow(
        line=0,
        given_name=typed["given_name"],
        family_name=typed["family_name"],
        full_name=typed["full_name"],
        native_name=typed["native_name"],
        birth=birth,
        sex=typed["sex"] if typed["sex"] in {"M", "F"} else "",
        nationality=typed["nationality"],
        language=typed["language"],
        dialect=typed["dialect"],
        references=((typed["reference"], HOME_OFFICE),) if typed["reference"] else (),
        band=typed["band"],
        event=typed["event"],
        child_flag=typed["child_flag"],
        as_typed=tuple((name, text) for name, text in typed.items() if text),
    )


def fill(registration: Registration, row: PersonRow, event: ArrivalEvent | None) -> None:
    """Write what a row says into a registration; the row's own words are kept beside it."""
    birth = row.birth
    words = next((cell for heading, cell in row.as_typed if row.placeholder and cell), "")
    values: dict[str, Any] = {
        "serial": row.serial,
        "given_name": row.given_name,
        "family_name": row.family_name,
        "full_name": row.full_name,
        "native_name": row.native_name,
        "placeholder": _stand_in(row) or (words if row.placeholder else ""),
        "sex": row.sex,
        "birth_year": birth.year if birth else None,
        "birth_month": birth.month if birth else None,
        "birth_day": birth.day if birth else None,
        "birth_age": birth.age if birth else None,
        "birth_age_on": birth.age_on if birth else None,
        "nationality": row.nationality,
        "language": row.language,
        "dialect": row.dialect,
        "interpreter_needed": row.interpreter_needed,
        "band": row.band,
        "event_day": row.event_day or (london_day(row.landed_at) if row.landed_at else None),
        "child_flag": row.child_flag,
        "as_typed": [list(pair) for pair in row.as_typed],
    }
    if registration.band and registration.band != row.band:
        values["former_bands"] = [registration.band, *(registration.former_bands or [])]
    for name, value in values.items():
        if getattr(registration, name) != value:
            setattr(registration, name, value)
    if registration.event is not event:
        registration.event = event


def _stand_in(row: PersonRow) -> str:
    """Give the placeholder as typed: the longest cell under a heading about names."""
    if not row.placeholder:
        return ""
    named = [cell for heading, cell in row.as_typed if "name" in heading.casefold() and cell]
    return max(named, key=len, default="")


def draft(row: PersonRow, agency: Agency, event: ArrivalEvent | None) -> Registration:
    """Give a registration that is not kept: what the check looks at while somebody types."""
    key = uuid7()
    registration = Registration(
        id=key, home_person_id=key, person_id=key, agency_id=agency.id, former_bands=[],
        indicators=[], registered_at=None, identifiers=_identifiers(row),
    )  # fmt: skip
    registration.agency = agency
    fill(registration, row, event)
    return registration


def enter(
    session: Session,
    rows: Sequence[tuple[str, PersonRow]],
    agency: Agency,
    import_id: UUID | None = None,
) -> list[Registration]:
    """Add one registration, with its person, stay and welfare check, for each (row key, row)."""
    events = events_of(session, [row for _, row in rows])
    now = step_of(session).now
    made: list[Registration] = []
    people = [Person(id=uuid7()) for _ in rows]
    session.add_all(people)
    session.flush()
    for (key, row), person in zip(rows, people, strict=True):
        registration = Registration(
            id=uuid7(),
            home_person_id=person.id,
            person_id=person.id,
            agency=agency,
            import_id=import_id,
            row_key=key,
            former_bands=[],
            indicators=[],
            registered_at=row.saved_at or now,
            identifiers=_identifiers(row),
        )
        fill(registration, row, events.get(_number(row.event)))
        made.append(registration)
    session.add_all(made)
    session.flush()
    for registration, (_, row) in zip(made, rows, strict=True):
        arrivals.record(session, registration, row)
    search.index(session, {r.id: search.body(r, (i.value for i in r.identifiers)) for r in made})
    return made


def update(session: Session, registration: Registration, row: PersonRow) -> tuple[str, ...]:
    """Bring a registration up to the sender's newer row; what stood is in its history.

    Gives the fields in which the row differs from what the desk recorded since: those stay.
    """
    event = events_of(session, [row]).get(_number(row.event))
    fill(registration, row, event)
    held = {(i.value, i.issuer) for i in registration.identifiers}
    for identifier in _identifiers(row):
        if (identifier.value, identifier.issuer) not in held:
            registration.identifiers.append(identifier)
    session.flush()
    kept = arrivals.renew(session, registration, row)
    index_anew(session, [registration])
    return kept


def index_anew(session: Session, changed: Iterable[Registration]) -> None:
    """Let registrations be found by the words they hold now, and by no others."""
    words = {r.id: search.body(r, (i.value for i in r.identifiers)) for r in changed}
    search.forget(session, words)
    search.index(session, words)


def events_of(session: Session, rows: Iterable[PersonRow]) -> dict[str, ArrivalEvent]:
    """Give the events that rows name, made where they are new; by number as compared."""
    wanted = {_number(row.event): row for row in rows if row.event}
    known = known_events(session, wanted)
    for number, row in wanted.items():
        if number not in known:
            event = ArrivalEvent(number=" ".join(row.event.split()), landed_at=row.landed_at)
            session.add(event)
            known[number] = session.info[_EVENTS][number] = event
        elif known[number].landed_at is None and row.landed_at is not None:
            known[number].landed_at = row.landed_at
    session.flush()
    return known


def known_events(session: Session, numbers: Iterable[str]) -> dict[str, ArrivalEvent]:
    """Give the events of these numbers that the desk knows."""
    held: dict[str, ArrivalEvent] = session.info.setdefault(_EVENTS, {})
    wanted = {number for number in numbers if number}
    as_compared = func.upper(func.replace(ArrivalEvent.number, " ", ""))
    missing = sorted(wanted - held.keys())
    for part in chunks(missing):
        query = select(ArrivalEvent).where(as_compared.in_(part))
        held.update({_number(event.number): event for event in session.scalars(query)})
    return {number: held[number] for number in wanted if number in held}


def event_named(session: Session, number: str) -> ArrivalEvent | None:
    """Give the event of that number, if the desk knows it."""
    return known_events(session, [_number(number)]).get(_number(number))


def get(session: Session, registration_id: str) -> Registration:
    """Give a registration that stands; one that is gone is a wrong call."""
    found = session.get(Registration, UUID(registration_id))
    if found is None or found.withdrawn_at is not None:
        raise WrongCall("registration-unknown")
    return found


def within_reach(session: Session, registration_id: str) -> Registration:
    """Give a record that stands; another agency's only where one's own debrief is on it.

    Raises:
        NotAllowed: the person is another agency's and the own one has no plan for them.
    """
    chosen = get(session, registration_id)
    own = own_agency_only(session)
    if own not in (None, chosen.agency_id):
        mine = select(Debrief.id).filter_by(registration_id=chosen.id, agency_id=own)
        if session.scalars(mine.limit(1)).first() is None:
            raise NotAllowed("other-agency")
    return chosen


def with_birth_left_out(entry: PersonEntry) -> PersonEntry:
    """Give the entry without its birth: what can be checked while the birth is being typed."""
    return replace(entry, born="")


def live(session: Session, agency: Agency, keys: Sequence[str]) -> Mapping[str, Registration]:
    """Give the standing registrations of an agency that these row keys name."""
    found: dict[str, Registration] = {}
    for part in chunks(keys):
        query = select(Registration).where(
            Registration.agency_id == agency.id,
            Registration.row_key.in_(part),
            Registration.withdrawn_at.is_(None),
        )
        found |= {r.row_key: r for r in session.scalars(query).unique()}
    return found


def _identifiers(row: PersonRow) -> list[Identifier]:
    return [Identifier(id=uuid7(), value=value, issuer=issuer) for value, issuer in row.references]


def _number(event: str) -> str:
    """Give a number as it is compared: no blanks, ASCII letters in capitals, as in SQLite."""
    return "".join(c.upper() if c.isascii() else c for c in "".join(event.split()))
