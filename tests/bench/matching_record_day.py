"""The record day as three agencies send it: which double bookings are raised, which controls.

    python tests/bench/matching_record_day.py FOLDER

FOLDER holds border-force-manifest.csv, nca-planned.xlsx, kent-police-planned.csv, truth.csv and
controls.csv. The files are read here in the shortest way; the product reads them in `files`.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from debrief_desk.identity.features import prepare
from debrief_desk.identity.records import Birth, Record, Reference
from debrief_desk.identity.scoring import Scorer, certain_link
from debrief_desk.identity.screening import screen
from debrief_desk.identity.statistics import Statistics
from debrief_desk.identity.verdicts import Band

PLANNED_ON = date(2026, 11, 20)


def birth(cell: Any) -> Birth | None:
    """Read the ways in which the three files write a birth or an age."""
    if isinstance(cell, datetime):
        return Birth(cell.year, cell.month, cell.day)
    text = str(cell or "")
    if written := re.fullmatch(r"(\d\d?)[./-](\d\d?)[./-](\d{2,4})", text):
        day, month, year = map(int, written.groups())
        short = 2000 if year <= PLANNED_ON.year % 100 else 1900
        return Birth(year if year > 99 else short + year, month, day)
    if re.fullmatch(r"\d{4}", text):
        return Birth(int(text))
    return Birth(age=int(text), age_on=PLANNED_ON) if text.isdigit() else None


def references(text: str | None) -> tuple[Reference, ...]:
    """Give a Home Office reference."""
    return (Reference(text, "HO"),) if text else ()


def read(folder: Path) -> list[Record]:
    """Give the records of all three files."""
    records: list[Record] = []
    manifest = (folder / "border-force-manifest.csv").read_text(encoding="utf-8-sig")
    for row in csv.DictReader(io.StringIO(manifest)):
        landed = row["Landed"]
        day = date(int(landed[6:10]), int(landed[3:5]), int(landed[:2])) if landed else None
        records.append(
            Record(
                id=row["Serial"], agency="Border Force", given_name=row["Forename(s)"],
                family_name=row["Surname"], native_name=row["Name in own script"], sex=row["Sex"],
                born=birth(row["DOB"]), nationality=row["Nat"], language=row["Language"],
                references=references(row["HO Ref"]), bands=(row["Band"],) if row["Band"] else (),
                event=row["Event No"], event_day=day,
            )
        )  # fmt: skip
    day_of = {r.event: r.event_day for r in records if r.event}
    sheet = openpyxl.load_workbook(folder / "nca-planned.xlsx").active
    records += [
        Record(
            id=cells[0], agency="NCA", full_name=cells[1] or "", sex=(cells[3] or "")[:1],
            born=birth(cells[2]), nationality=cells[4] or "", language=cells[13] or "",
            references=references(cells[5]), bands=(cells[6],) if cells[6] else (),
            event=cells[7] or "", event_day=day_of.get(cells[7]),
        )
        for cells in sheet.iter_rows(min_row=5, values_only=True)
        if str(cells[0] or "").startswith("NCA-")
    ]  # fmt: skip
    kent = (folder / "kent-police-planned.csv").read_text(encoding="cp1252")
    for row in csv.DictReader(io.StringIO(kent), delimiter=";"):
        language = row["Interpreter needed"]
        records.append(
            Record(
                id=row["KP no"], agency="Kent Police", full_name=row["Subject"], sex=row["M/F"],
                born=birth(row["Born / age"]), nationality=row["Country"],
                language="" if language.casefold() in {"yes", "no"} else language,
                references=references(row["HO ref"]), bands=(row["Band"],) if row["Band"] else (),
                event=row["Event"], event_day=day_of.get(row["Event"]),
            )
        )  # fmt: skip
    return records


def main(folder: Path) -> None:
    """Print double bookings by band, false pairs, controls."""
    records = read(folder)
    features = {r.id: prepare(r) for r in records}
    scorer = Scorer(Statistics.of(list(features.values())))
    truth = list(csv.DictReader((folder / "truth.csv").open(encoding="utf-8")))
    person = {
        row[k]: row["person"] for row in truth for k in ("border_force", "nca", "kent_police")
    }
    person.update({row["border_force"]: row["person"] for row in truth})
    found = {(p.id_a, p.id_b): p.verdict for p in screen(records)}
    booked = [(r["nca"], r["kent_police"]) for r in truth if r["booked_by_both"]]
    print(
        "booked by both:",
        Counter(found[p].band.value if p in found else "not raised" for p in booked),
    )
    linked = sum(bool(certain_link(features[a], features[b])) for a, b in booked)
    print(f"of these linked directly: {linked} of {len(booked)}")
    same = Counter(
        (v.band.value, person.get(a, a) == person.get(b, b)) for (a, b), v in found.items()
    )
    print("all pairs (band, right):", dict(same))
    controls = [
        (r["serial_a"], r["serial_b"])
        for r in csv.DictReader((folder / "controls.csv").open(encoding="utf-8"))
    ]
    bands = Counter(scorer.compare(features[a], features[b]).band for a, b in controls)
    print("controls:", {band.value: bands[band] for band in Band})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
