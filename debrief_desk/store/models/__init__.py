"""Every mapped class, one module per subject."""

from debrief_desk.store.models.conflicts import (
    Conflict,
    ConflictDecision,
    ConflictNotice,
    ConflictParty,
)
from debrief_desk.store.models.debriefs import ConsentRecord, Debrief, DeconflictionCheck
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
    Identifier,
    NoApproachMarker,
    Person,
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
    "Change",
    "Conflict",
    "ConflictDecision",
    "ConflictNotice",
    "ConflictParty",
    "ConsentRecord",
    "Debrief",
    "DeconflictionCheck",
    "DeskInfo",
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
    "Registration",
    "Room",
    "Roster",
    "SenderMapping",
    "Site",
    "Stay",
    "WelfareCheck",
]
