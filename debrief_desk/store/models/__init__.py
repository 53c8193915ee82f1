"""Every mapped class, one module per subject."""

from debrief_desk.store.models.conflicts import (
    Conflict,
    ConflictDecision,
    ConflictNotice,
    ConflictParty,
    SecondOpinion,
)
from debrief_desk.store.models.debriefs import (
    Bypass,
    ConsentRecord,
    Debrief,
    DebriefStop,
    DeconflictionCheck,
)
from debrief_desk.store.models.duties import Duty, Experience
from debrief_desk.store.models.identity import (
    IdentityDecision,
    IdentitySuggestion,
    MatchCount,
    MatchKey,
    MatchRecord,
)
from debrief_desk.store.models.imports import ImportBatch, ParkedRow, SenderMapping
from debrief_desk.store.models.log import AuditEvent, Change
from debrief_desk.store.models.people import (
    AgeDecision,
    Approach,
    ArrivalEvent,
    Busy,
    FamilyLink,
    Identifier,
    NoApproachMarker,
    Person,
    Referral,
    Registration,
    Stay,
    WelfareCheck,
)
from debrief_desk.store.models.rosters import Roster
from debrief_desk.store.models.sites import Account, Agency, DeskInfo, PolicyVersion, Site
from debrief_desk.store.models.staff import Accreditation, Interpreter, Interviewer, Room

__all__ = [
    "Account",
    "Accreditation",
    "AgeDecision",
    "Agency",
    "Approach",
    "ArrivalEvent",
    "AuditEvent",
    "Busy",
    "Bypass",
    "Change",
    "Conflict",
    "ConflictDecision",
    "ConflictNotice",
    "ConflictParty",
    "ConsentRecord",
    "Debrief",
    "DebriefStop",
    "DeconflictionCheck",
    "DeskInfo",
    "Duty",
    "Experience",
    "FamilyLink",
    "Identifier",
    "IdentityDecision",
    "IdentitySuggestion",
    "ImportBatch",
    "Interpreter",
    "Interviewer",
    "MatchCount",
    "MatchKey",
    "MatchRecord",
    "NoApproachMarker",
    "ParkedRow",
    "Person",
    "PolicyVersion",
    "Referral",
    "Registration",
    "Room",
    "Roster",
    "SecondOpinion",
    "SenderMapping",
    "Site",
    "Stay",
    "WelfareCheck",
]
