"""The index that finds whom a record may be: the same answers whenever and however it is asked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import imports, links, people_imports
from debrief_desk.actions.rights import reads, writes
from debrief_desk.identity.features import Features, prepare
from debrief_desk.identity.statistics import terms_of
from debrief_desk.store import match_index
from debrief_desk.store.models import (
    IdentitySuggestion,
    MatchCount,
    MatchKey,
    MatchRecord,
    Registration,
)
from tests.builders import MANIFEST, sheet
from tests.conftest import RECORD_DAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from debrief_desk.desk import Desk


@reads(None)
def answers(session: Session, serials: tuple[str, ...]) -> list[Any]:
    """Give whom these registrations may be, asked together."""
    query = select(Registration).where(Registration.serial.in_(serials))
    asked = {r.id: prepare(links.record_of(r)) for r in session.scalars(query).unique()}
    return [
        [(str(c.registration_id), c.verdict.band, round(c.verdict.bits, 6), c.certain) for c in row]
        for row in links.candidates(session, asked)
    ]


ASKED = tuple(f"KP{n:03d}" for n in range(1, 61))


def index_of(desk: Desk) -> dict[str, Any]:
    """Give everything in the index, records by the registration they stand for."""
    with Session(desk._opened.reader) as session:
        numbers = {
            n: str(r)
            for n, r in session.execute(select(MatchRecord.number, MatchRecord.registration_id))
        }
        return {
            "records": {
                str(r.registration_id): r.features for r in session.scalars(select(MatchRecord))
            },
            "keys": {(k.key, numbers[k.number]) for k in session.scalars(select(MatchKey))},
            "counts": {c.term: c.records for c in session.scalars(select(MatchCount)) if c.records},
        }


def test_a_desk_that_opens_again_gives_the_same_answers(
    record_day: Desk, open_desk: Callable[[Path], Desk]
) -> None:
    before = record_day.read(answers, ASKED)
    assert sum(bool(row) for row in before) > 10
    path = record_day.path
    record_day.close()
    assert open_desk(path).read(answers, ASKED) == before


def test_asking_one_by_one_gives_whom_asking_together_gives(record_day: Desk) -> None:
    """Asked together a pair is told with the first; alone it is told by both."""
    together = record_day.read(answers, ASKED[:20])
    alone = [record_day.read(answers, (serial,))[0] for serial in ASKED[:20]]
    for several, one in zip(together, alone, strict=True):
        assert set(several) <= set(one)


def test_every_standing_registration_is_in_the_index_once(record_day: Desk) -> None:
    with Session(record_day._opened.reader) as session:
        standing = {str(i) for i in session.scalars(select(Registration.id))}
    assert set(index_of(record_day)["records"]) == standing


def test_what_is_taken_out_again_leaves_the_index_as_it_was(desk: Desk, tmp_path: Path) -> None:
    desk.write(imports.take, imports.ImportFile(sheet(tmp_path, MANIFEST), agency="Border Force"))
    before = index_of(desk)
    kent = RECORD_DAY / "kent-police-planned.csv"
    taken = desk.write(imports.take, imports.ImportFile(kent, agency="Kent Police"))
    assert index_of(desk) != before
    desk.write(imports.take_back, taken.import_id)
    assert index_of(desk) == before


def test_a_corrected_record_is_found_by_what_it_says_now(desk: Desk, tmp_path: Path) -> None:
    desk.write(imports.take, imports.ImportFile(sheet(tmp_path, MANIFEST), agency="Border Force"))
    size = len(index_of(desk)["records"])
    corrected = MANIFEST.replace(
        "TESFAYE,Yonas,,14/02/1994,M,ERI,H1043377", "RAHIMI,Farid,,01/03/1971,M,AFG,K2219044"
    )
    desk.write(imports.take, imports.ImportFile(sheet(tmp_path, corrected), agency="Border Force"))
    fresh = index_of(desk)
    assert len(fresh["records"]) == size

    @writes(None)
    def enter_anew(session: Session) -> None:
        links.enter(session, list(session.scalars(select(Registration)).unique()))

    desk.write(enter_anew)
    assert index_of(desk) == fresh


def test_the_counts_are_those_of_the_records(record_day: Desk) -> None:
    index = index_of(record_day)
    assert index["counts"].pop("") == len(index["records"])
    assert index["counts"].pop("version") == match_index.version()
    counted = Counter(
        term
        for packed in index["records"].values()
        for term in set(terms_of(Features.unpack(packed)))
    )
    assert index["counts"] == dict(counted)


def test_taking_the_rows_in_portions_gives_the_same_index(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (RECORD_DAY / "kent-police-planned.csv").read_text(encoding="cp1252").splitlines()
    file = imports.ImportFile(sheet(tmp_path, "\n".join(lines[:60])), agency="Kent Police")
    seen = []
    for portion in (1, 7, 100):
        monkeypatch.setattr(people_imports, "_MATCHED", portion)
        taken = desk.write(imports.take, file)
        assert taken.counts["read"] == 59
        found = index_of(desk)
        with Session(desk._opened.reader) as session:
            rows = select(Registration.id, Registration.serial)
            serials = {str(key): serial for key, serial in session.execute(rows)}
        keys = {(key, serials[registration]) for key, registration in found["keys"]}
        links_ = {frozenset((serials[str(a)], serials[str(b)])) for a, b in _pairs(desk)}
        seen.append((keys, found["counts"], links_))
        desk.write(imports.take_back, taken.import_id)
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0]


def _pairs(desk: Desk) -> list[Any]:
    with Session(desk._opened.reader) as session:
        return list(session.execute(select(IdentitySuggestion.a_id, IdentitySuggestion.b_id)))
