"""What columns may be called: the fields of each kind of sheet, and the headings people use.

Headings are compared by their letters and digits alone (`heading_key`), so `D.O.B.`, `DOB` and
`d o b` are one. The first heading of a field is the one we would write ourselves.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_PEOPLE: Final = {
    "serial": (
        *("Serial", "Our ref", "Our reference", "Record id", "Serial no", "Row ref", "Ref", "S/N"),
        *("Sr no", "Item", "Entry no", "Case no", "Case ref", "Your ref", "Unique id", "ID"),
    ),
    "agency": ("Agency", "Force", "Organisation", "Requesting agency", "Lead agency", "Unit"),
    "family_name": (
        *("Surname", "Family name", "Last name", "Family names", "Surname(s)", "Second name"),
        *("Nom", "Nom de famille", "Nachname", "Familienname", "Apellido", "Apellidos", "Cognome"),
        *("Soyadı", "Mbiemri", "اللقب", "نام خانوادگی"),
    ),
    "given_name": (
        *("Forename(s)", "Forename", "Given name", "Given names", "First name", "First names"),
        *("Given name(s)", "Christian name", "Prénom", "Prénoms", "Vorname", "Vornamen", "Adı"),
        *("Emri", "الاسم الأول", "نام"),
    ),
    "full_name": (
        *("Name", "Full name", "Subject", "Subject name", "Person", "Name of person", "Names"),
        *("Name (full)", "Individual", "Migrant name", "Nom complet", "Nombre", "Nome", "الاسم"),
    ),
    "native_name": (
        *("Name in own script", "Native name", "Name (native script)", "Own script", "Script name"),
        *("Name in original script", "Original script", "Arabic name", "Name in Arabic"),
    ),
    "birth": (
        *("DOB", "Date of birth", "D.O.B.", "Born / age", "Born", "Birth date", "DOB / age"),
        *("Birthdate", "Year of birth", "YOB", "DOB or age", "Date de naissance", "Geburtsdatum"),
        *("Fecha de nacimiento", "Data di nascita", "Ditëlindja", "Doğum tarihi"),
        *("تاريخ الميلاد", "تاریخ تولد"),
    ),
    "age": ("Age", "Age (years)", "Claimed age", "Stated age", "Approx age", "Alter", "Edad"),
    "sex": ("Sex", "Gender", "M/F", "F/M", "Male/Female", "Sexe", "Geschlecht", "Sexo", "الجنس"),
    "nationality": (
        *("Nat", "Nationality", "Country", "Citizenship", "Country of origin", "Nationalité"),
        *("Claimed nationality", "Staatsangehörigkeit", "Nacionalidad", "الجنسية", "Country code"),
    ),
    "language": (
        *("Language", "Languages", "Lang", "Main language", "Spoken language", "First language"),
        *("Langue", "Sprache", "Idioma", "اللغة"),
    ),
    "dialect": ("Dialect",),
    "interpreter_needed": (
        *("Interpreter needed", "Interpreter", "Interpreter required", "Interpreter y/n"),
        *("Needs interpreter", "Interp", "Interpreter language"),
    ),
    "home_office_reference": (
        *("HO Ref", "HO reference", "Home Office ref", "Home Office reference", "HO no"),
        *("HO ref no", "Home Office number", "HO number", "HORef"),
    ),
    "port_reference": ("Port ref", "Port reference", "Port no"),
    "person_number": ("Atlas ref", "Atlas no", "Atlas person no", "Person no", "PID", "CID ref"),
    "biometric_number": ("Biometric no", "Biometric number", "Enrolment no", "Biometric ref"),
    "reference": ("Reference", "Reference no", "Reference number", "Refs", "Other ref"),
    "band": ("Band", "Wristband", "Band no", "Wristband no", "WB", "WB no", "Bracelet"),
    "event": (
        *("Event No", "Event", "Boat", "Event ref", "Event number", "Boat no", "Boat ref"),
        *("Arrival event", "Incident", "Landing", "Vessel", "Event id"),
    ),
    "event_day": (
        *("Event day", "Event date", "Arrival date", "Date of arrival", "Arrival day"),
        *("Date landed", "Landing date", "Date arrived"),
    ),
    "landed_at": ("Landed", "Landed at", "Landing time", "Time landed", "Date/time landed"),
    "arrived_at": (
        *("Arrived Manston", "Arrived", "Arrived at site", "Arrived site", "Arrived at"),
        *("Site arrival", "Arrival at Manston", "Arrival time", "Arrived centre"),
    ),
    "screened_at": ("Screened", "Screened at", "Screening", "Welfare screened", "Screening time"),
    "welfare": ("Dry, fed, rested", "Dry fed rested", "Welfare", "Fed and rested", "Rested"),
    "medical": ("Medical", "Medical status", "Fit", "Fitness", "Medically fit", "Health"),
    "interviewer_preference": (
        *("Interviewer preference", "Preference", "Gender preference", "Preferred interviewer"),
        *("Interviewer gender", "Officer preference"),
    ),
    "child_flag": (
        *("Child / age disputed", "Child", "Age disputed", "Minor", "Age dispute", "UASC"),
        *("Child/ADC", "Minor / disputed"),
    ),
    "planned": (
        *("Planned", "Planned start", "Debrief planned", "Planned for", "Slot", "Appointment"),
        *("Date/time", "Date and time", "Debrief date/time", "When"),
    ),
    "planned_day": ("Date", "Debrief date", "Planned date", "Day", "Slot date", "Interview date"),
    "planned_time": ("Start", "Start time", "Time", "Debrief time", "Slot time", "From", "At"),
    "minutes": ("Mins", "Minutes", "Duration", "Length", "Duration (mins)", "Planned length"),
    "lead": (
        *("Lead officer", "Lead", "Officer", "Interviewer", "Lead interviewer", "First officer"),
        *("Interviewing officer", "Debriefer", "Officer 1"),
    ),
    "second": (
        *("Second", "Second officer", "Second interviewer", "Note taker", "Officer 2", "2nd"),
        *("2nd officer", "Scribe"),
    ),
    "room": ("Room", "Room no", "Location", "Interview room"),
    "purpose": ("Purpose", "Reason", "Topic", "Subject matter", "Debrief purpose"),
    "saved_at": (
        *("Saved", "Saved at", "Entered", "Entered at", "Created", "Created at", "Timestamp"),
        *("Logged", "Date entered", "Recorded at", "Booked at"),
    ),
}

_SHIFT: Final = ("Shift", "Hours", "Duty", "Working hours", "Duty hours")
_GENDER: Final = ("Gender", "Sex", "M/F")
_LANGUAGES: Final = ("Languages", "Language", "Languages spoken", "Certified languages")

_INTERVIEWERS: Final = {
    "agency": ("Agency", "Force", "Organisation"),
    "name": ("Name", "Officer", "Interviewer", "Full name", "Officer name"),
    "staff_no": ("Staff no", "Staff number", "Collar no", "Warrant no", "Employee no", "Badge"),
    "authorisation": ("Authorisation", "Authorization", "Accreditation", "Authorised as"),
    "valid_to": ("Valid to", "Expires", "Valid until", "Authorisation expires", "Expiry"),
    "tier": ("Interview tier", "Tier", "PIP level", "Interviewing tier"),
    "debriefs_led": ("Debriefs led", "Led", "Debriefs", "Number led", "No of debriefs"),
    "of_these_supervised": ("Of these supervised", "Supervised", "Supervised debriefs"),
    "last_debrief": ("Last debrief", "Last led", "Date of last debrief"),
    "refresher": ("Refresher", "Last refresher", "Refresher date", "Refresher training"),
    "vetting": ("Vetting", "Clearance", "Vetting level"),
    "vetting_to": ("Vetting to", "Vetting expires", "Vetting expiry", "Vetting valid to"),
    "languages": _LANGUAGES,
    "gender": _GENDER,
    "shift": _SHIFT,
}

_INTERPRETERS: Final = {
    "agency": ("Agency", "Supplier", "Provider"),
    "name": ("Name", "Interpreter", "Full name", "Interpreter name"),
    "languages": _LANGUAGES,
    "dialects": ("Dialects", "Dialect"),
    "modes": ("Modes", "Mode", "Channels", "Available by"),
    "qualification": ("Qualification", "Qualifications", "Qualified by"),
    "valid_to": ("Valid to", "Qualification valid to", "Expires", "Valid until", "Expiry"),
    "gender": _GENDER,
    "shift": _SHIFT,
}

_ROOMS: Final = {
    "name": ("Room", "Room name", "Name", "Room no"),
    "seats": ("Seats", "Capacity", "Places"),
    "features": ("Features", "Equipment", "Facilities"),
    "open": ("Open", "Opening hours", "Hours", "Available"),
    "neighbours": ("Next to", "Neighbours", "Adjoining", "Adjacent to"),
}

FIELDS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "people": _PEOPLE,
    "interviewers": _INTERVIEWERS,
    "interpreters": _INTERPRETERS,
    "rooms": _ROOMS,
}
"""Kind of sheet to field to headings; the order of the kinds settles a tie."""

NAME_FIELDS: Final[dict[str, frozenset[str]]] = {
    "people": frozenset({"family_name", "given_name", "full_name", "native_name"}),
    "interviewers": frozenset({"name"}),
    "interpreters": frozenset({"name"}),
    "rooms": frozenset({"name"}),
}
"""Of these, a sheet of the kind needs one."""

DATE_FIELDS: Final[dict[str, frozenset[str]]] = {
    "people": frozenset(
        {
            *("birth", "event_day", "landed_at", "arrived_at", "screened_at"),
            *("planned", "planned_day", "saved_at"),
        }
    ),
    "interviewers": frozenset({"valid_to", "last_debrief", "refresher", "vetting_to"}),
    "interpreters": frozenset({"valid_to"}),
    "rooms": frozenset(),
}
"""Fields whose numeric dates depend on the order of day and month."""


def heading_key(heading: str) -> str:
    """Give the letters and digits of a heading, without accents, in lower case."""
    plain = unicodedata.normalize("NFKD", heading.casefold().replace("ı", "i"))
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


def known_headings(kind: str) -> dict[str, str]:
    """Give every heading key of a kind with its field."""
    return {
        heading_key(alias): field
        for field, aliases in FIELDS[kind].items()
        for alias in (field, *aliases)
    }
