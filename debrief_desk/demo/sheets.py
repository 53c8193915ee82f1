"""The practice day as agencies send it: each sheet with the headings of its sender."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from debrief_desk.demo.invention import first_start, people, plans, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from debrief_desk.demo.invention import Invented, Slot

Rows = list[dict[str, str]]
_SHIFT: Final = "08:00-20:00"
_PURPOSES: Final = ("Route", "Organisers", "Boat loading", "Payments")


def sheets(moment: datetime) -> Iterator[tuple[str, str, Sequence[Mapping[str, str]]]]:
    """Give name, sending agency and rows of each sheet, staff first; `moment` is London time."""
    arrived = people(moment)
    nca, police = plans(arrived, first_start(moment))
    yield "rooms", "", shipped("rooms")
    yield "interviewers", "", list(_interviewers(moment))
    yield "interpreters", "", list(_interpreters(moment))
    yield "manifest", "Border Force", [*map(_manifest_row, arrived), _same_band(arrived)]
    yield "nca", "NCA", [_nca_row(at, slot) for at, slot in enumerate(nca, 1)]
    yield "police", "Kent Police", [_police_row(at, slot) for at, slot in enumerate(police, 1)]


def _manifest_row(who: Invented) -> dict[str, str]:
    arrived = who.landed + timedelta(minutes=70)
    return {
        "Serial": f"BF{who.number + 1:05d}",
        "Event No": who.event,
        "Band": who.band,
        "Surname": who.family,
        "Forename(s)": who.given,
        "Name in own script": who.own_script,
        "DOB": f"{who.born:%d/%m/%Y}",
        "Sex": who.sex,
        "Nat": who.nationality,
        "HO Ref": who.reference,
        "Landed": f"{who.landed:%d/%m/%Y %H:%M}",
        "Arrived Manston": f"{arrived:%d/%m/%Y %H:%M}",
        "Screened": f"{arrived + timedelta(minutes=20 + who.number):%d/%m/%Y %H:%M}",
        "Dry, fed, rested": "Yes",
        "Medical": "Fit",
        "Interviewer preference": who.preference,
        "Language": who.language,
        "Child / age disputed": who.child,
    }


def _same_band(arrived: Sequence[Invented]) -> dict[str, str]:
    """Give somebody else under a band that was already given, as happens on a busy quay."""
    who, other = arrived[5], arrived[7]
    row = _manifest_row(replace(other, number=who.number, boat=who.boat, born=who.born))
    return row | {"Serial": f"BF{len(arrived) + 1:05d}", "HO Ref": "", "Name in own script": ""}


def _nca_row(at: int, slot: Slot) -> dict[str, str]:
    who = slot.who
    return {
        "Our ref": f"NCA-P-{at:03d}",
        "Name": f"{who.given} {who.family.upper()}",
        "Name in own script": who.own_script,
        "D.O.B.": f"{who.born:%d/%m/%Y}",
        "Gender": who.sex,
        "Nationality": who.nationality,
        "HO reference": who.reference,
        "Wristband": who.band,
        "Boat": who.event,
        "Date": f"{slot.start:%d/%m/%Y}",
        "Start": f"{slot.start:%H:%M}",
        "Mins": "60",
        "Lead officer": slot.lead,
        "Second": slot.second,
        "Language": who.language,
        "Room": slot.room,
        "Purpose": _PURPOSES[at % len(_PURPOSES)],
    }


def _police_row(at: int, slot: Slot) -> dict[str, str]:
    who = slot.who
    return {
        "KP no": f"KP-P{at:03d}",
        "Subject": f"{who.family.upper()}, {who.given}",
        "Born": f"{who.born:%d/%m/%Y}",
        "M/F": who.sex,
        "Country": who.nationality,
        "HO ref": who.reference,
        "Band": who.band,
        "Event": who.event,
        "Planned": f"{slot.start:%d/%m/%Y %H:%M}",
        "Officer": slot.lead,
        "Second officer": slot.second,
        "Room": slot.room,
        "Language": who.language,
    }


def _interviewers(moment: datetime) -> Iterator[dict[str, str]]:
    for row in shipped("staff"):
        valid = moment + timedelta(days=int(row.pop("Valid in days")))
        last = moment - timedelta(days=int(row.pop("Last debrief days ago")))
        yield row | {
            "Valid to": f"{valid:%Y-%m-%d}" if row["Authorisation"] else "",
            "Last debrief": f"{last:%Y-%m-%d}",
            "Refresher": f"{moment - timedelta(days=120):%Y-%m-%d}",
            "Vetting": "SC",
            "Vetting to": f"{moment + timedelta(days=500):%Y-%m-%d}",
            "Shift": _SHIFT,
        }


def _interpreters(moment: datetime) -> Iterator[dict[str, str]]:
    for row in shipped("interpreters"):
        yield row | {"Valid to": f"{moment + timedelta(days=300):%Y-%m-%d}", "Shift": _SHIFT}
