"""What tests plan and import: one function per noun, with defaults that cause no finding."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from debrief_desk.actions.plan_drafts import DebriefPlan
from debrief_desk.actions.registrations import PersonEntry

if TYPE_CHECKING:
    from pathlib import Path

ROOMS = """Room,Seats,Features,Open,Next to
Room 1,6,video,00:00-24:00,Room 2
Room 2,6,,00:00-24:00,"Room 1, Room 3"
Room 3,6,,00:00-24:00,Room 2
Room 9,6,,00:00-24:00,
"""
INTERVIEWERS = """Agency,Name,Staff no,Authorisation,Valid to,Interview tier,Debriefs led,Of these supervised,Last debrief,Refresher,Vetting,Vetting to,Languages,Gender,Shift
NCA,N. Ready,N1,Debriefer,2028-04-03,3,60,4,2026-10-31,2026-03-30,SC,2029-01-01,,F,07:00-19:00
NCA,N. Second,N2,Debriefer,2028-04-03,3,40,4,2026-10-31,2026-03-30,SC,2029-01-01,,F,07:00-19:00
NCA,N. Trainee,N3,,,1,1,0,2026-10-31,2026-03-30,SC,2029-01-01,,M,07:00-19:00
Kent Police,K. Ready,K1,Debriefer,2028-04-03,3,50,4,2026-10-31,2026-03-30,SC,2029-01-01,,F,07:00-19:00
Kent Police,K. Second,K2,Debriefer,2028-04-03,3,30,4,2026-10-31,2026-03-30,SC,2029-01-01,,F,07:00-19:00
"""
INTERPRETERS = """Name,Languages,Dialects,Modes,Qualification,Valid to,Gender,Shift
Interpreter T,Tigrinya,,"in person, video, phone",DPSI,2028-11-15,F,07:00-19:00
Interpreter P,Pashto,,"in person, video, phone",DPSI,2028-11-15,F,07:00-19:00
"""
MANIFEST_HEADER = (
    "Serial,Event No,Band,Surname,Forename(s),Name in own script,DOB,Sex,Nat,HO Ref,Landed,"
    'Arrived Manston,Screened,"Dry, fed, rested",Medical,Interviewer preference,Language,'
    "Child / age disputed"
)
ARRIVED = "19/11/2026 22:00,19/11/2026 23:30,20/11/2026 00:30,Yes,Fit,No preference"
MANIFEST = f"""{MANIFEST_HEADER}
BF1,E-1119-07,07-001,TESFAYE,Yonas,,14/02/1994,M,ERI,H1043377,{ARRIVED},Tigrinya,
BF2,E-1119-07,07-002,KIDANE,Rahel,,22/11/1988,F,ERI,,{ARRIVED},Tigrinya,
BF3,E-1119-07,07-003,AMAN,Zarghona,,03/09/1990,F,AFG,,{ARRIVED},Pashto,
BF4,E-1119-07,07-004,STANEKZAI,Gul,,1990,M,AFG,,{ARRIVED},Pashto,
BF5,E-1119-07,07-005,HAILE,Filmon,,05/05/2011,M,ERI,,{ARRIVED},Tigrinya,child
BF6,E-1119-07,07-006,WARDAK,Bilal,,05/05/2006,M,AFG,,{ARRIVED},Pashto,age disputed
"""
"""Six people of one boat: four adults, a child, and one whose age is disputed."""
NCA_HEADER = "Our ref,Name,DOB,Sex,Nationality,HO ref,Band,Event,Planned date,Planned time,Lead"
KENT_HEADER = "KP no;Subject;Born / age;M/F;Country;HO ref;Band;Event;Planned;Officer;Second officer;Interpreter needed"


def at(clock: str = "14:00", *, day: int = 20) -> datetime:
    """Give a moment of November 2026; London's winter clock is UTC."""
    hours, minutes = clock.split(":")
    return datetime(2026, 11, day, int(hours), int(minutes), tzinfo=UTC)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def person(**values: str) -> PersonEntry:
    """Give a person as typed; without values somebody like nobody else here."""
    return PersonEntry(**(values or {"given_name": "Xhevahire", "family_name": "Qosja"}))


def plan(agency: str = "NCA", clock: str = "14:00", **values: Any) -> DebriefPlan:
    """Give a plan of an agency on the record day, for a person as typed unless one is given."""
    if "registration_id" not in values:
        values.setdefault("person", person())
    return DebriefPlan(agency=agency, starts_at=at(clock), **values)


def sheet(folder: Path, text: str, name: str = "sheet.csv") -> Path:
    """Write a sheet as a sender would."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
