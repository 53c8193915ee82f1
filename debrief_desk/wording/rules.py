"""Every rule as a sentence with the site's numbers, and why it is there."""

from __future__ import annotations

from dataclasses import fields
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

from debrief_desk.rules.numbers import SUBJECTS
from debrief_desk.wording import N_, _, ngettext
from debrief_desk.wording.next_steps import next_step

if TYPE_CHECKING:
    from debrief_desk.rules.policy import Policy

_STATEMENTS: Final = {
    "V-1": N_("No debrief starts without a consent record."),
    "V-2": N_("Every point of the explanation is given and ticked before consent."),
    "V-3": N_("A refusal ends every open plan for the person, of every agency, at once."),
    "V-4": N_("While a no-approach marker stands nobody plans a debrief for the person."),
    "V-5": N_("Only the person's own wish, witnessed and confirmed twice, lifts the marker."),
    "V-6": N_("A withdrawal on the way counts as a refusal; nobody asks for a reason."),
    "V-7": N_(
        "Within {voluntariness.power_minutes} of a compulsory power the person is told that this "
        "part is optional."
    ),
    "V-8": N_("After {voluntariness.unanswered_attempts} attempts without an answer nobody asks."),
    "V-9": N_("Nobody is chosen because they are vulnerable; no purpose says so."),
    "V-10": N_("A match of somebody with a marker waits until a supervisor decides who it is."),
    "C-1": N_("Nobody assessed or claimed to be under 18 is debriefed."),
    "C-2": N_("A disputed or undecided age counts as a child's."),
    "C-3": N_("Contradicting records of age wait for a decision with decider and day."),
    "C-4": N_("A child with an indicator of trafficking is referred; consent is not needed."),
    "C-5": N_("A child's account of a crime is a matter for trained police and social work."),
    "C-6": N_("A parent is debriefed only while a named carer looks after the children."),
    "S-1": N_("Nobody is debriefed before the screening for vulnerability is recorded."),
    "S-2": N_("For an adult at risk a supervisor decides and a trained lead goes."),
    "S-3": N_("An indicator of trafficking holds the debrief and opens a referral task."),
    "S-4": N_(
        "The bereaved and survivors are not approached for {safeguarding.bereaved_minutes}; then "
        "a supervisor decides."
    ),
    "S-5": N_("After a disclosure the named person is told and a supervisor releases planning."),
    "S-6": N_("Who may be harmed if seen talking goes by a private route."),
    "S-7": N_("Only category and action are kept, never a medical detail or a story."),
    "W-1": N_("Food, drink, dry clothes and toilet come first."),
    "W-2": N_(
        "Rest of {welfare.rest_minutes} from landing, never under {welfare.least_rest_minutes}, "
        "and {welfare.arrival_minutes} at the site."
    ),
    "W-3": N_("No start from {welfare.night_from_hour} to {welfare.night_to_hour}."),
    "W-4": N_("Healthcare has the word on whether somebody is fit."),
    "W-5": N_(
        "Up to {welfare.usual_minutes}, a break by {welfare.break_minutes}, never over "
        "{welfare.longest_minutes}."
    ),
    "W-6": N_(
        "Over {welfare.before_transfer_minutes} before a transfer and before the site's limit of "
        "{welfare.stay_limit_minutes}; no stay is extended for it."
    ),
    "W-7": N_("Meals, prayer, calls, healthcare and screening come first."),
    "I-1": N_("An interpreter, unless person and lead share a language to working level."),
    "I-2": N_("Language and dialect of interpreter and person match."),
    "I-3": N_("The interpreter's qualification is recognised and in date."),
    "I-4": N_("No other arrival, relative or child interprets, nor the asylum interpreter."),
    "I-5": N_("An interpreter with a declared conflict is replaced."),
    "I-6": N_(
        "One booking at a time, {interpreting.gap_minutes} between two, up to "
        "{interpreting.shift_minutes} in a shift."
    ),
    "I-7": N_("Remote interpreting goes over a recorded channel, in private."),
    "G-1": N_("The person is asked which interviewer and interpreter they prefer."),
    "G-2": N_("A stated preference is met, unless the person agrees anew."),
    "G-3": N_("A woman alone who may have been harmed has a woman on the team."),
    "G-4": N_("Nothing about sexual orientation or identity is kept."),
    "X-1": N_("The lead's authorisation is valid on the day of the debrief."),
    "X-2": N_(
        "A lead has tier {fitness.lead_tier}, PIP {fitness.lead_pip} or the agency's course, and "
        "{fitness.lead_debriefs} debriefs, {fitness.lead_supervised} of them supervised (not "
        "asked from {fitness.supervised_until})."
    ),
    "X-3": N_(
        "A lead has debriefed within {fitness.recent_months} months, with a refresher within "
        "{fitness.refresher_months}; idle for {fitness.idle_months} months is a stop."
    ),
    "X-4": N_("{fitness.interviewers} interviewers; a trainee never leads nor meets a trainee."),
    "X-5": N_("An adult at risk has a lead of tier {fitness.vulnerable_tier} or so trained."),
    "X-6": N_("From {fitness.complex_flags} flags on an interview adviser is consulted."),
    "X-7": N_(
        "Nobody is booked twice; up to {fitness.duty_debriefs} debriefs in "
        "{fitness.duty_minutes}, {fitness.rest_minutes} of rest between duties."
    ),
    "X-8": N_("No interviewer has a declared link or decides on asylum claims."),
    "X-9": N_("Vetting is recorded and in date."),
    "X-10": N_("The debrief lies inside the shifts of those who take part."),
    "A-1": N_("Who screened the person or works on the claim does not debrief."),
    "A-2": N_("Another room than screening, and {separation.screening_minutes} apart."),
    "A-3": N_("The desk holds nothing of an asylum claim."),
    "A-4": N_("A suspect is not eligible for a voluntary debrief."),
    "A-5": N_("When suspicion arises the debrief stops and nobody else begins one."),
    "A-6": N_("Nobody can be asked here to find out more or to keep contact."),
    "A-7": N_("A named legal representative is notified before the slot."),
    "D-1": N_("Two agencies do not debrief one person apart from each other."),
    "D-2": N_("Two teams of one agency do not debrief one person."),
    "D-3": N_("Who plans second for a probable match waits for the decision."),
    "D-4": N_("A weaker likeness is a note and never blocks."),
    "D-5": N_("After {spacing.completed} completed in a stay, another needs a decision."),
    "D-6": N_(
        "Two approaches are {spacing.approach_minutes} apart, up to {spacing.approaches} in a stay."
    ),
    "D-7": N_("A joint debrief has one lead agency, one partner and one booking."),
    "D-8": N_("First in time holds the slot, unless a supervisor says otherwise with a reason."),
    "D-9": N_("Up to {spacing.same_boat} debriefs of one boat at once in neighbouring rooms."),
    "D-10": N_(
        "Not confirmed {spacing.confirm_minutes} before the start, or not begun "
        "{spacing.overdue_minutes} after it, a plan lapses."
    ),
    "D-11": N_(
        "An emergency bypass needs a second person, a reason and a review within "
        "{spacing.review_minutes}."
    ),
}

_WHY: Final = {
    "V": N_("A debrief is voluntary, and the yes has to be shown."),
    "C": N_("Children must not be debriefed, and age is often decided wrongly at first."),
    "S": N_("Vulnerable people were often not seen as such before they were asked."),
    "W": N_("Illness, hunger, cold and tiredness make a free answer impossible."),
    "I": N_("Who is not understood can neither agree nor say what they know."),
    "G": N_("Who sits opposite decides whether a person can speak at all."),
    "X": N_("People without the experience were sent to interview."),
    "A": N_("A debrief must not be taken for an asylum interview or a criminal one."),
    "D": N_("Several agencies approached the same person without knowing of each other."),
}
_WHY_OF_ONE: Final = {
    "V-4": N_("The person said no, and that holds for everybody."),
    "V-10": N_("A second spelling of a name must not undo a no."),
    "C-3": N_("One of the two records is wrong, and a child might pay for it."),
    "S-3": N_("Somebody who was exploited has a right to referral before questions."),
    "S-7": N_("The law asks to keep no more than is needed."),
    "W-6": N_("The law limits the stay, and a debrief is no ground to extend it."),
    "G-4": N_("The law asks to keep no more than is needed."),
    "X-7": N_("Nobody can be in two rooms at once, and tired people make mistakes."),
    "X-9": N_("Only vetted staff may meet people here."),
    "X-10": N_("People outside their shift may not be on site."),
    "A-4": N_("A suspect has rights in an interview that a debrief does not give."),
    "D-9": N_("People of one boat who see each other called in may be put at risk."),
    "D-10": N_("A slot nobody uses should be free for others."),
}

_NEXT_OF_NONE: Final = {
    "V-9": N_("Choose a purpose from the list; none of them is a weakness."),
    "C-5": N_("Refer to police and social work trained for it; ask the child nothing."),
    "S-7": N_("Tick the category; keep everything else with those who treat or care."),
    "G-4": N_("Record the preference for the team, and nothing about the reason."),
    "A-3": N_("Keep what belongs to the claim in the asylum process."),
    "A-6": N_("Take such a wish to those who have the authority for it."),
    "D-7": N_("Join the plans in the conflict, or name the partner on the plan."),
    "D-8": N_("Hand the slot over in the conflict, with the reason."),
}


def statement(rule: str, policy: Policy) -> str:
    """Say the rule with today's numbers of the site."""
    return _(_STATEMENTS[rule]).format(**_numbers(policy))


def why(rule: str) -> str:
    """Say why there is such a rule."""
    return _(_WHY_OF_ONE.get(rule) or _WHY[rule[0]])


def next_of(rule: str) -> str:
    """Say what to do about a rule in general."""
    return _(_NEXT_OF_NONE[rule]) if rule in _NEXT_OF_NONE else next_step(rule, "")


def duration(minutes: float) -> str:
    """Write whole minutes as `45 min`, `2 h` or `3 h 20 min`; below 0 with a minus sign."""
    sign = "−" if minutes < 0 else ""
    hours, rest = divmod(round(abs(minutes)), 60)
    parts = []
    if hours:
        parts.append(_("{n} h").format(n=hours))
    if rest or not hours:
        parts.append(_("{n} min").format(n=rest))
    return sign + " ".join(parts)


def times(count: int) -> str:
    """Write how often something happened."""
    return ngettext("once", "{n} times", count).format(n=count)


def _numbers(policy: Policy) -> dict[str, SimpleNamespace]:
    shown = {}
    for subject, kind in SUBJECTS.items():
        values = getattr(policy, subject)
        shown[subject] = SimpleNamespace(
            **{part.name: _shown(part.name, getattr(values, part.name)) for part in fields(kind)}
        )
    return shown


def _shown(field: str, value: float) -> str:
    if field.endswith("_minutes"):
        return duration(value)
    return f"{value:02.0f}:00" if field.endswith("_hour") else f"{value:g}"
