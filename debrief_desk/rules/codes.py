"""The closed lists of codes: what may be recorded, and nothing beside it.

Free text could carry a narrative or a medical detail (S-7, G-4); a code cannot.
"""

from __future__ import annotations

from enum import StrEnum


class Eligibility(StrEnum):
    """Whether a person may be asked for a voluntary debrief at all."""

    ELIGIBLE = "eligible"
    CHILD = "child"
    AGE_DISPUTED = "age_disputed"
    UNFIT = "unfit"
    NOT_ELIGIBLE_REFER = "not_eligible_refer"
    LEFT_SITE = "left_site"


class Purpose(StrEnum):
    """What a debrief is about; no option selects people by vulnerability (V-9)."""

    ROUTE = "route"
    BOAT_LOADING = "boat_loading"
    ORGANISERS = "organisers"
    PAYMENTS = "payments"
    ENGINE_VESSEL = "engine_vessel"
    RECRUITMENT = "recruitment"
    DOCUMENTS = "documents"
    OTHER_AGREED = "other_agreed"


class ApproachOutcome(StrEnum):
    """How one contact to ask a person ended."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NO_ANSWER = "no_answer"
    ASLEEP = "asleep"
    NOT_UNDERSTOOD = "not_understood"
    UNFIT = "unfit"

    @property
    def is_unanswered(self) -> bool:
        """Say whether this is neither agreement nor refusal (V-8)."""
        return self in (
            ApproachOutcome.NO_ANSWER,
            ApproachOutcome.ASLEEP,
            ApproachOutcome.NOT_UNDERSTOOD,
        )

    @property
    def is_no(self) -> bool:
        """Say whether the person said no, at the start or on the way (V-3, V-6)."""
        return self in (ApproachOutcome.REFUSED, ApproachOutcome.WITHDRAWN)


class ConsentOutcome(StrEnum):
    """What a consent record says."""

    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ExplanationPoint(StrEnum):
    """What has to be explained before consent, each ticked (V-2)."""

    VOLUNTARY = "voluntary"
    NO_EFFECT = "no_effect"
    MAY_STOP = "may_stop"
    USE = "use"
    COMPLAINT = "complaint"


class StopReason(StrEnum):
    """Why a debrief was stopped on the way; the category only (S-7)."""

    SAFEGUARDING = "safeguarding"
    STATUS_CHANGE = "status_change"
    UNWELL = "unwell"
    INTERPRETING = "interpreting"
    TIME = "time"
    SITE = "site"


class ReferralKind(StrEnum):
    """A task that a rule opens for somebody else: what for, never why (C-4, S-3, S-5)."""

    NRM = "nrm"
    DUTY_TO_NOTIFY = "duty_to_notify"
    SAFEGUARDING = "safeguarding"


class CancelReason(StrEnum):
    """Why a plan was cancelled."""

    JOINED = "joined"
    DUPLICATE = "duplicate"
    HANDED_OVER = "handed_over"
    NO_APPROACH = "no_approach"
    CHILD = "child"
    NOT_ELIGIBLE = "not_eligible"
    STOPPED = "stopped"
    UNFIT = "unfit"
    LEFT_SITE = "left_site"
    NO_LONGER_NEEDED = "no_longer_needed"


class HandoverReason(StrEnum):
    """Why a supervisor passed the slot to the other agency (D-8)."""

    LANGUAGE = "language"
    ACCREDITATION = "accreditation"
    PRIORITY = "priority"


class IdentityAnswer(StrEnum):
    """What a supervisor answers when asked whether it is the same person."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class PlansAnswer(StrEnum):
    """What a supervisor answers when asked whether the plans clash."""

    KEEP = "keep"
    JOINT = "joint"
    SEQUENCE = "sequence"
    HANDOVER = "handover"
    CANCEL = "cancel"


class Ruling(StrEnum):
    """A supervisor's answer to a conflict that is not about who somebody is."""

    ALLOW = "allow"
    CHANGE = "change"
    CANCEL = "cancel"
    DEFER = "defer"


class AgeFlag(StrEnum):
    """What the agencies' records say about a person's age, apart from the birth date."""

    ADULT = "adult"
    CHILD = "child"
    DISPUTED = "disputed"


class Indicator(StrEnum):
    """Categories of an adult at risk; never the detail behind them (S-2, S-7)."""

    SERIOUS_ILLNESS = "serious_illness"
    MENTAL_HEALTH = "mental_health"
    TORTURE = "torture"
    DISABILITY = "disability"
    PREGNANCY = "pregnancy"
    TRAFFICKING = "trafficking"
    GENDER_VIOLENCE = "gender_violence"


class Medical(StrEnum):
    """What healthcare says about taking part; never why."""

    FIT = "fit"
    ASK = "ask"
    HOLD = "hold"
    UNFIT = "unfit"


class Gender(StrEnum):
    """As recorded by the agencies."""

    WOMAN = "F"
    MAN = "M"


class GenderPreference(StrEnum):
    """What the person answered when asked (G-1)."""

    WOMEN = "women"
    MEN = "men"
    NONE = "none"

    def met_by(self, gender: Gender | None) -> bool | None:
        """Say whether staff of `gender` meet the preference; `None` if that is not recorded."""
        if self is GenderPreference.NONE:
            return True
        if gender is None:
            return None
        return gender is (Gender.WOMAN if self is GenderPreference.WOMEN else Gender.MAN)


class BusyKind(StrEnum):
    """What else the person has to do (W-7)."""

    MEDICAL = "medical"
    MEAL = "meal"
    PRAYER = "prayer"
    LEGAL_CALL = "legal_call"
    FAMILY_CALL = "family_call"
    SCREENING = "screening"


class Mode(StrEnum):
    """How an interpreter takes part."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    PHONE = "phone"


class Qualification(StrEnum):
    """Recognised qualifications of an interpreter (I-3)."""

    NRPSI = "nrpsi"
    DPSI = "dpsi"
    HOME_OFFICE = "home_office"
    POLICE = "police"


class Band(StrEnum):
    """How probable it is that two registrations are one person."""

    NEAR_CERTAIN = "near-certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    WEAK = "weak"


class MarkerKind(StrEnum):
    """Why nobody may approach a person; shown to nobody but as *no approach* or *refer*."""

    NO_APPROACH = "no_approach"
    SUSPECT = "suspect"


class AccreditationKind(StrEnum):
    """What a paper of an interviewer says; every other word is a debrief authorisation (X-1)."""

    AUTHORISATION = "authorisation"
    COURSE = "agency_course"
    PIP = "pip"
    BEST_EVIDENCE = "abe"


class Renewal(StrEnum):
    """What of a member of staff comes to an end and is renewed."""

    AUTHORISATION = "authorisation"
    COURSE = "agency_course"
    PIP = "pip"
    BEST_EVIDENCE = "abe"
    REFRESHER = "refresher"
    VETTING = "vetting"
    QUALIFICATION = "qualification"


class DutyKind(StrEnum):
    """What a single duty says: a shift goes before the usual one, an absence takes from it."""

    SHIFT = "shift"
    ABSENCE = "absence"


class AbsenceReason(StrEnum):
    """Why a member of staff is not there; never more than this."""

    SICK = "sick"
    LEAVE = "leave"
    TRAINING = "training"
    COURT = "court"
    OTHER = "other"


class FamilyTie(StrEnum):
    """How two people who travel together said they belong together."""

    PARENT_AND_CHILD = "parent_and_child"
    SIBLINGS = "siblings"
    COUPLE = "couple"
    OTHER_KIN = "other_kin"
