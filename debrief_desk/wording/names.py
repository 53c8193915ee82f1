"""The word for every code: levels, states, kinds, roles, purposes, reasons and outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from debrief_desk.rules import codes
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.roles import Right, Role
from debrief_desk.rules.severity import Level, Severity
from debrief_desk.rules.states import ConflictState, DebriefState
from debrief_desk.wording import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

_LEVELS: Final = {
    Level.STOP: N_("Stop"),
    Level.CHECK: N_("Check"),
    Level.NOTE: N_("Note"),
    Level.CLEAR: N_("Clear"),
}
_SEVERITIES: Final = {
    Severity.HARD: N_("Nobody can lift it"),
    Severity.HARD_STAR: N_("A supervisor decides"),
    Severity.WARN: N_("Go on with a reason"),
    Severity.NOTE: N_("Information"),
    Severity.AUTO: N_("The desk acts by itself"),
}
_DEBRIEF_STATES: Final = {
    DebriefState.DRAFT: N_("Draft"),
    DebriefState.PLANNED: N_("Planned"),
    DebriefState.CLEARED: N_("Cleared"),
    DebriefState.IN_PROGRESS: N_("In progress"),
    DebriefState.COMPLETED: N_("Completed"),
    DebriefState.CANCELLED: N_("Cancelled"),
    DebriefState.DECLINED: N_("Declined"),
    DebriefState.WITHDRAWN: N_("Withdrawn"),
    DebriefState.STOPPED: N_("Stopped"),
    DebriefState.LAPSED: N_("Lapsed"),
    DebriefState.WAITING: N_("Waiting: no suitable team"),
}
_CONFLICT_STATES: Final = {
    ConflictState.NEW: N_("New"),
    ConflictState.TAKEN: N_("Taken"),
    ConflictState.WAITING: N_("Waiting"),
    ConflictState.DECIDED: N_("Decided"),
    ConflictState.CLOSED: N_("Closed"),
    ConflictState.REOPENED: N_("Reopened"),
}
_KINDS: Final = {
    ConflictKind.SAME_PERSON: N_("Same person"),
    ConflictKind.POSSIBLE_PERSON: N_("Possibly the same person"),
    ConflictKind.SECOND_APPROACH: N_("Second approach"),
    ConflictKind.NO_APPROACH: N_("No approach"),
    ConflictKind.CHILD: N_("Child or age disputed"),
    ConflictKind.WELFARE: N_("Welfare"),
    ConflictKind.DOUBLE_BOOKING: N_("Booked twice"),
    ConflictKind.EXPERIENCE: N_("Interviewer"),
    ConflictKind.INTERPRETER: N_("Interpreter"),
    ConflictKind.CROWDING: N_("One boat, many rooms"),
    ConflictKind.TIME_IN_CENTRE: N_("Time in the centre"),
    ConflictKind.IMPORT: N_("Import"),
    ConflictKind.MERGE: N_("Merge of two desks"),
}
_ROLES: Final = {
    Role.COORDINATOR: N_("Coordinator"),
    Role.AGENCY_USER: N_("Agency user"),
    Role.SUPERVISOR: N_("Supervisor"),
    Role.AUDITOR: N_("Auditor"),
    Role.ADMINISTRATOR: N_("Administrator"),
}
_RIGHTS: Final = {
    Right.SEE_PEOPLE: N_("See people"),
    Right.SEE_OTHER_AGENCY_PEOPLE: N_("See people of other agencies"),
    Right.REGISTER: N_("Register people and plans"),
    Right.EDIT_OWN: N_("Change plans of the own agency"),
    Right.EDIT_ANY: N_("Change plans of every agency at the site"),
    Right.RECORD_APPROACH: N_("Record an approach"),
    Right.REOPEN_NO_APPROACH: N_("Record that a person asked to talk"),
    Right.CONFIRM_REOPENING: N_("Confirm that a person asked to talk"),
    Right.TAKE_CONFLICTS: N_("Take conflicts"),
    Right.DECIDE_CONFLICTS: N_("Decide conflicts"),
    Right.BYPASS: N_("Concur with an emergency bypass"),
    Right.ACKNOWLEDGE: N_("Acknowledge notices"),
    Right.IMPORT: N_("Import files"),
    Right.UNDO_IMPORT: N_("Undo an import"),
    Right.EXCHANGE: N_("Exchange with other desks"),
    Right.ISSUE_ROSTER: N_("Issue the roster"),
    Right.MANAGE_STAFF: N_("Keep interviewers, interpreters and rooms"),
    Right.COUNTERSIGN: N_("Countersign earlier experience"),
    Right.ERASE: N_("Remove identities that are due"),
    Right.SEE_FIGURES: N_("See figures"),
    Right.SEE_LOG: N_("Read the log"),
    Right.MANAGE_ACCOUNTS: N_("Manage accounts"),
    Right.EDIT_POLICY: N_("Change the policy"),
    Right.BACKUP: N_("Back up and restore"),
}
_ELIGIBILITIES: Final = {
    codes.Eligibility.ELIGIBLE: N_("May be asked"),
    codes.Eligibility.CHILD: N_("Child: refer to the children's process"),
    codes.Eligibility.AGE_DISPUTED: N_("Age disputed: refer to the children's process"),
    codes.Eligibility.UNFIT: N_("Not fit"),
    codes.Eligibility.NOT_ELIGIBLE_REFER: N_("Not eligible: refer"),
    codes.Eligibility.LEFT_SITE: N_("Left the site"),
}
_PURPOSES: Final = {
    codes.Purpose.ROUTE: N_("Route"),
    codes.Purpose.BOAT_LOADING: N_("Boat loading"),
    codes.Purpose.ORGANISERS: N_("Organisers"),
    codes.Purpose.PAYMENTS: N_("Payments"),
    codes.Purpose.ENGINE_VESSEL: N_("Engine and vessel"),
    codes.Purpose.RECRUITMENT: N_("Recruitment"),
    codes.Purpose.DOCUMENTS: N_("Documents"),
    codes.Purpose.OTHER_AGREED: N_("Other, as agreed"),
}
_OUTCOMES: Final = {
    codes.ApproachOutcome.ACCEPTED: N_("Accepted"),
    codes.ApproachOutcome.REFUSED: N_("Refused"),
    codes.ApproachOutcome.WITHDRAWN: N_("Withdrawn"),
    codes.ApproachOutcome.NO_ANSWER: N_("No answer"),
    codes.ApproachOutcome.ASLEEP: N_("Asleep"),
    codes.ApproachOutcome.NOT_UNDERSTOOD: N_("Not understood"),
    codes.ApproachOutcome.UNFIT: N_("Not fit"),
}
_CONSENTS: Final = {
    codes.ConsentOutcome.AGREED: N_("Agreed"),
    codes.ConsentOutcome.REFUSED: N_("Refused"),
    codes.ConsentOutcome.WITHDRAWN: N_("Withdrawn"),
}
_POINTS: Final = {
    codes.ExplanationPoint.VOLUNTARY: N_("it is voluntary"),
    codes.ExplanationPoint.NO_EFFECT: N_("no effect on the claim or the length of stay"),
    codes.ExplanationPoint.MAY_STOP: N_("the right to stop"),
    codes.ExplanationPoint.USE: N_("what happens to the information"),
    codes.ExplanationPoint.COMPLAINT: N_("how to complain"),
}
_STOPS: Final = {
    codes.StopReason.SAFEGUARDING: N_("Stopped: safeguarding"),
    codes.StopReason.STATUS_CHANGE: N_("Stopped: status change"),
    codes.StopReason.UNWELL: N_("Stopped: unwell"),
    codes.StopReason.INTERPRETING: N_("Stopped: interpreting failed"),
    codes.StopReason.TIME: N_("Stopped: out of time"),
    codes.StopReason.SITE: N_("Stopped: the site needed it"),
}
_REFERRALS: Final = {
    codes.ReferralKind.NRM: N_("National Referral Mechanism"),
    codes.ReferralKind.DUTY_TO_NOTIFY: N_("Duty to notify"),
    codes.ReferralKind.SAFEGUARDING: N_("Safeguarding"),
}
_CANCELS: Final = {
    codes.CancelReason.JOINED: N_("Joined with another agency's debrief"),
    codes.CancelReason.DUPLICATE: N_("Planned twice"),
    codes.CancelReason.HANDED_OVER: N_("Handed over"),
    codes.CancelReason.NO_APPROACH: N_("No approach"),
    codes.CancelReason.CHILD: N_("Children's process"),
    codes.CancelReason.NOT_ELIGIBLE: N_("Not eligible"),
    codes.CancelReason.STOPPED: N_("An earlier debrief was stopped"),
    codes.CancelReason.UNFIT: N_("Not fit"),
    codes.CancelReason.LEFT_SITE: N_("Left the site"),
    codes.CancelReason.NO_LONGER_NEEDED: N_("No longer needed"),
}
_HANDOVERS: Final = {
    codes.HandoverReason.LANGUAGE: N_("Speaks the language"),
    codes.HandoverReason.ACCREDITATION: N_("Has the accreditation"),
    codes.HandoverReason.PRIORITY: N_("Has priority"),
}
_IDENTITY: Final = {
    codes.IdentityAnswer.SAME: N_("Same person"),
    codes.IdentityAnswer.DIFFERENT: N_("Different people"),
    codes.IdentityAnswer.UNSURE: N_("Unsure"),
}
_PLANS: Final = {
    codes.PlansAnswer.KEEP: N_("Keep one"),
    codes.PlansAnswer.JOINT: N_("Joint debrief"),
    codes.PlansAnswer.SEQUENCE: N_("One after the other"),
    codes.PlansAnswer.HANDOVER: N_("Hand over"),
    codes.PlansAnswer.CANCEL: N_("Cancel"),
}
_RULINGS: Final = {
    codes.Ruling.ALLOW: N_("Allow, with the reason"),
    codes.Ruling.CHANGE: N_("Change the plan"),
    codes.Ruling.CANCEL: N_("Cancel the plan"),
    codes.Ruling.DEFER: N_("Wait"),
}
_AGES: Final = {
    codes.AgeFlag.ADULT: N_("Adult"),
    codes.AgeFlag.CHILD: N_("Child"),
    codes.AgeFlag.DISPUTED: N_("Age disputed"),
}
_INDICATORS: Final = {
    codes.Indicator.SERIOUS_ILLNESS: N_("Serious illness"),
    codes.Indicator.MENTAL_HEALTH: N_("Mental health"),
    codes.Indicator.TORTURE: N_("Torture"),
    codes.Indicator.DISABILITY: N_("Disability"),
    codes.Indicator.PREGNANCY: N_("Pregnancy"),
    codes.Indicator.TRAFFICKING: N_("Trafficking"),
    codes.Indicator.GENDER_VIOLENCE: N_("Gender-based violence"),
}
_MEDICAL: Final = {
    codes.Medical.FIT: N_("Fit"),
    codes.Medical.ASK: N_("Ask healthcare"),
    codes.Medical.HOLD: N_("Medical hold"),
    codes.Medical.UNFIT: N_("Not fit"),
}
_GENDERS: Final = {codes.Gender.WOMAN: N_("Woman"), codes.Gender.MAN: N_("Man")}
_PREFERENCES: Final = {
    codes.GenderPreference.WOMEN: N_("Women only"),
    codes.GenderPreference.MEN: N_("Men only"),
    codes.GenderPreference.NONE: N_("No preference"),
}
_BUSY: Final = {
    codes.BusyKind.MEDICAL: N_("Healthcare"),
    codes.BusyKind.MEAL: N_("Meal"),
    codes.BusyKind.PRAYER: N_("Prayer"),
    codes.BusyKind.LEGAL_CALL: N_("Legal call"),
    codes.BusyKind.FAMILY_CALL: N_("Family call"),
    codes.BusyKind.SCREENING: N_("Screening"),
}
_MODES: Final = {
    codes.Mode.IN_PERSON: N_("In person"),
    codes.Mode.VIDEO: N_("Video"),
    codes.Mode.PHONE: N_("Phone"),
}
_QUALIFICATIONS: Final = {
    codes.Qualification.NRPSI: N_("NRPSI full"),
    codes.Qualification.DPSI: N_("DPSI (Law)"),
    codes.Qualification.HOME_OFFICE: N_("Home Office assessment"),
    codes.Qualification.POLICE: N_("Police assessment"),
}
_BANDS: Final = {
    codes.Band.NEAR_CERTAIN: N_("Near certain"),
    codes.Band.PROBABLE: N_("Probable"),
    codes.Band.POSSIBLE: N_("Possible"),
    codes.Band.WEAK: N_("Weak"),
}
_MARKERS: Final = {
    codes.MarkerKind.NO_APPROACH: N_("No approach"),
    codes.MarkerKind.SUSPECT: N_("Not eligible: refer"),
}
_ACCREDITATIONS: Final = {
    codes.AccreditationKind.AUTHORISATION: N_("Debrief authorisation"),
    codes.AccreditationKind.COURSE: N_("Agency debriefer course"),
    codes.AccreditationKind.PIP: N_("PIP level"),
    codes.AccreditationKind.BEST_EVIDENCE: N_("Best-evidence (ABE) training"),
}
_RENEWALS: Final = {
    codes.Renewal.AUTHORISATION: N_("Authorisation"),
    codes.Renewal.COURSE: N_("Debriefer course"),
    codes.Renewal.PIP: N_("PIP level"),
    codes.Renewal.BEST_EVIDENCE: N_("ABE training"),
    codes.Renewal.REFRESHER: N_("Refresher"),
    codes.Renewal.VETTING: N_("Vetting"),
    codes.Renewal.QUALIFICATION: N_("Qualification"),
}
_DUTIES: Final = {
    codes.DutyKind.SHIFT: N_("Shift"),
    codes.DutyKind.ABSENCE: N_("Absence"),
}
_ABSENCES: Final = {
    codes.AbsenceReason.SICK: N_("Ill"),
    codes.AbsenceReason.LEAVE: N_("Leave"),
    codes.AbsenceReason.TRAINING: N_("Training"),
    codes.AbsenceReason.COURT: N_("Court"),
    codes.AbsenceReason.OTHER: N_("Other"),
}
_TIES: Final = {
    codes.FamilyTie.PARENT_AND_CHILD: N_("Parent and child"),
    codes.FamilyTie.SIBLINGS: N_("Brothers or sisters"),
    codes.FamilyTie.COUPLE: N_("Couple"),
    codes.FamilyTie.OTHER_KIN: N_("Other family"),
}

_TABLES: Final[tuple[Mapping[Any, str], ...]] = (
    *(_LEVELS, _SEVERITIES, _DEBRIEF_STATES, _CONFLICT_STATES, _KINDS, _ROLES, _RIGHTS),
    *(_ELIGIBILITIES, _PURPOSES, _OUTCOMES, _CONSENTS, _POINTS, _STOPS, _CANCELS, _HANDOVERS),
    *(_IDENTITY, _PLANS, _RULINGS, _AGES, _INDICATORS, _MEDICAL, _GENDERS, _PREFERENCES),
    *(_REFERRALS, _BUSY, _MODES, _QUALIFICATIONS, _BANDS, _MARKERS),
    *(_ACCREDITATIONS, _RENEWALS, _DUTIES, _ABSENCES, _TIES),
)
_WORDS: Final[dict[type[StrEnum], Mapping[Any, str]]] = {
    type(next(iter(table))): table for table in _TABLES
}


def name(code: StrEnum) -> str:
    """Give the word a user reads for `code`; KeyError for a code of no list here."""
    return _(_WORDS[type(code)][code])


def choices(kind: type[StrEnum]) -> tuple[tuple[str, str], ...]:
    """Give value and word of every code of a list, in its order, for a box to choose from."""
    return tuple((code.value, name(code)) for code in kind)
