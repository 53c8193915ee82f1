from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

import pytest

from debrief_desk.errors import FileRefused, Interrupted
from debrief_desk.files.match_tables import read_register, write_pairs
from debrief_desk.identity.records import Birth, Record, Reference
from debrief_desk.identity.screening import screen
from debrief_desk.identity.verdicts import Band

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = "Ahmad Farid Yonas Karwan Minh Elton Samir Rania Bilal Dawit Hassan Omar Lirim Tahir Zahra".split()
FAMILY = "Karimi Tesfay Nguyen Hoxha Osman Haddad Qadri Bekele Rahimi Dervishi Barzani Noori Tran Aziz".split()


def people(count: int, seed: int = 7) -> list[Record]:
    """Invent people, and for every fourth a second record with a swapped, misspelt name."""
    chance = random.Random(seed)
    records: list[Record] = []
    for number in range(count):
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        born = Birth(chance.randint(1975, 2004), chance.randint(1, 12), chance.randint(2, 28))
        day = date(2026, 8, chance.randint(1, 28))
        one = Record(
            id=f"A{number}",
            agency="A",
            given_name=given,
            family_name=family,
            born=born,
            event_day=day,
            sex="M",
        )
        records.append(one)
        if number % 4 == 0:
            records.append(
                Record(
                    id=f"B{number}",
                    agency="B",
                    given_name=family + "e",
                    family_name=given,
                    born=born,
                    event_day=day,
                    sex="M",
                )
            )
    return records


def test_second_records_are_found_and_strangers_are_not() -> None:
    found = {
        (p.id_a, p.id_b) for p in screen(people(200)) if p.verdict.band.rank >= Band.PROBABLE.rank
    }
    truth = {(f"A{n}", f"B{n}") for n in range(0, 200, 4)}
    assert len(found & truth) >= 0.9 * len(truth)
    assert len(found - truth) <= 2


def test_several_processes_find_the_same_in_the_same_order() -> None:
    def told(processes: int) -> list[tuple[str, str, float]]:
        return [(p.id_a, p.id_b, p.verdict.bits) for p in screen(people(120), processes=processes)]

    assert told(2) == told(1) != []


def test_against_another_file_pairs_run_between_the_two_only() -> None:
    records = people(100)
    ours, theirs = [r for r in records if r.agency == "A"], [r for r in records if r.agency == "B"]
    found = list(screen(ours, theirs))
    assert found
    assert all(p.id_a.startswith("A") and p.id_b.startswith("B") for p in found)


def test_progress_reaches_one_and_never_falls() -> None:
    heard: list[float] = []
    list(screen(people(50), progress=heard.append))
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


def test_cancelling_interrupts() -> None:
    with pytest.raises(Interrupted):
        list(screen(people(50), cancel=lambda: True))


def test_a_register_without_people_has_no_pairs() -> None:
    assert list(screen([])) == []


def test_a_register_of_default_birthdays_and_one_name_stays_quiet() -> None:
    chance = random.Random(3)
    many = [
        Record(
            id=str(n),
            given_name="Van " + chance.choice("Duc Hung Minh Long Trung Tien Quyet Hai".split()),
            family_name="Nguyen",
            born=Birth(chance.randint(1985, 2005), 1, 1),
            nationality="VNM",
            sex="M",
            event_day=date(2026, 8, chance.randint(1, 28)),
        )
        for n in range(1500)
    ]
    found = [p for p in screen(many) if p.verdict.band.rank >= Band.PROBABLE.rank]
    assert len(found) <= 3


HEADER = "record_id,agency,given_name,family_name,native_name,sex,dob,nationality,reference,wristband,arrival_date,event_ref\n"


def register(folder: Path, text: str) -> Path:
    path = folder / "register.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_a_register_is_read_whole_and_bad_dates_cost_only_themselves(tmp_path: Path) -> None:
    path = register(
        tmp_path,
        HEADER
        + "1,A,Yonas,Tesfay,,M,1994-05-17,ERI,H1043377,07-023,2026-08-14,E1\n2,B,Yonas,,,,1994-13-45,,,,yesterday,\n",
    )
    one, other = read_register(path)
    assert one.born == Birth(1994, 5, 17)
    assert one.references == (Reference("H1043377"),)
    assert (one.bands, one.event, one.event_day) == (("07-023",), "E1", date(2026, 8, 14))
    assert (other.given_name, other.event_day) == ("Yonas", None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file-empty"),
        ("name,dob\nx,y\n", "match-columns-missing"),
        ("record_id,dob\n1,1990\n", "match-columns-missing"),
        (HEADER + "1,A,Yonas\n1,B,Yonas\n", "match-id-twice"),
        (HEADER + ",A,Yonas\n", "match-id-missing"),
    ],
)
def test_a_file_that_is_no_register_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        list(read_register(register(tmp_path, text)))
    assert refused.value.code == code


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(b"\xff\xfe\x00\x81record_id")
    with pytest.raises(FileRefused):
        list(read_register(path))
    with pytest.raises(FileRefused):
        list(read_register(tmp_path / "nothing.csv"))


def test_pairs_are_written_with_score_band_and_reasons(tmp_path: Path) -> None:
    out = tmp_path / "pairs.csv"
    count = write_pairs(out, screen(people(40)))
    lines = out.read_text().splitlines()
    assert lines[0] == "id_a,id_b,score,band,reasons"
    assert len(lines) == count + 1 > 1
    score, band, reasons = lines[1].split(",")[2:]
    assert 0 <= float(score) <= 1
    assert band in set(Band)
    assert "birth_same" in reasons.split("|")
