"""Every rule of the desk: its severities, where it comes from, the conflict it opens, its nature.

The sentences stand in `wording.findings`; the numbers in the policy; the functions in `registry`.
A rule with several severities names them by *part*: `W-2` has `short` (WARN) and `shortest` (HARD).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from debrief_desk.rules.kinds import ConflictKind as Kind
from debrief_desk.rules.severity import Severity

HARD: Final = Severity.HARD
STAR: Final = Severity.HARD_STAR
WARN: Final = Severity.WARN
NOTE: Final = Severity.NOTE


class Nature(StrEnum):
    """How a rule is kept."""

    CHECK = "check"
    """A function judges every plan."""
    ABSENCE = "absence"
    """The field or the choice does not exist; tests look at schema and forms."""
    WAY = "way"
    """A way of working; journeys show it."""


class Source(StrEnum):
    """How strong the source of a rule is."""

    LAW = "L"
    POLICY = "P"
    GUIDANCE = "G"
    DESIGN = "D"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `severities` by part, `sources` strongest first, `origin` names the papers."""

    id: str
    severities: dict[str, Severity]
    sources: tuple[Source, ...]
    origin: str
    kind: Kind | None = None
    nature: Nature = Nature.CHECK
    fixed: bool = False
    """Protects the person's own no or health, a child or a suspect: no policy weakens it."""

    @property
    def strongest(self) -> Severity:
        """Give the strongest severity among the parts."""
        return min(self.severities.values(), key=lambda severity: severity.rank)

    @property
    def is_bound(self) -> bool:
        """Say whether it is the law's or fixed: neither severity nor numbers may get milder."""
        return self.fixed or Source.LAW in self.sources

    @property
    def is_changeable(self) -> bool:
        """Say whether a policy may weaken its severity: a design judgement, and not bound."""
        return Source.DESIGN in self.sources and not self.is_bound


def _rule(
    identity: str,
    severity: Severity | dict[str, Severity],
    sources: str,
    origin: str,
    kind: Kind | None = None,
    *,
    nature: Nature = Nature.CHECK,
    fixed: bool = False,
) -> Rule:
    parts = severity if isinstance(severity, dict) else {"": severity}
    return Rule(identity, parts, tuple(map(Source, sources)), origin, kind, nature, fixed)


_OMBUDSMAN: Final = "European Ombudsman 1452/2022"
_HMIP: Final = "HM Inspectorate of Prisons, November 2022"
_HMICFRS: Final = "HMICFRS, May 2025"
_DESIGN: Final = "design default"

_ALL: Final = (
    _rule(
        "V-1", HARD, "LG", f"{_OMBUDSMAN}; by analogy Data Protection Act 2018 s.40A", fixed=True
    ),
    _rule("V-2", HARD, "GD", f"{_OMBUDSMAN}; Mendez Principles", fixed=True),
    _rule(
        "V-3", HARD, "PGD", "debriefs are voluntary; EDPS, May 2023", Kind.NO_APPROACH, fixed=True
    ),
    _rule("V-4", HARD, "D", "follows from V-3", Kind.NO_APPROACH, fixed=True),
    _rule("V-5", STAR, "D", "follows from V-3", Kind.NO_APPROACH, fixed=True),
    _rule("V-6", HARD, "L", "Data Protection Act 2018 s.40A", Kind.NO_APPROACH, fixed=True),
    _rule("V-7", WARN, "PD", "powers in use at Manston since January 2026", Kind.WELFARE),
    _rule("V-8", HARD, "D", _DESIGN, Kind.SECOND_APPROACH, fixed=True),
    _rule(
        "V-9", HARD, "G", "Hera guidelines 2012 as criticised", nature=Nature.ABSENCE, fixed=True
    ),
    _rule("V-10", STAR, "D", "follows from V-3", Kind.NO_APPROACH, fixed=True),
    _rule("C-1", HARD, "PG", "children are not debriefed", Kind.CHILD, fixed=True),
    _rule("C-2", HARD, "P", "Lost Childhoods: 53 % found to be children", Kind.CHILD, fixed=True),
    _rule("C-3", STAR, "D", _DESIGN, Kind.CHILD, fixed=True),
    _rule("C-4", HARD, "P", "National Referral Mechanism guidance", Kind.CHILD, fixed=True),
    _rule(
        "C-5", HARD, "P", "Achieving Best Evidence 2022", Kind.CHILD, nature=Nature.WAY, fixed=True
    ),
    _rule("C-6", WARN, "PD", "family members do not interpret", Kind.WELFARE),
    _rule("S-1", HARD, "P", _HMIP, Kind.WELFARE),
    _rule("S-2", STAR, "PG", "adults-at-risk guidance; Mendez Principles, 3", Kind.WELFARE),
    _rule("S-3", STAR, "LP", "Modern Slavery Act 2015 s.52; NRM guidance", Kind.WELFARE),
    _rule("S-4", STAR, "D", _DESIGN, Kind.WELFARE),
    _rule("S-5", HARD, "PD", "safeguarding policy", Kind.WELFARE, fixed=True),
    _rule("S-6", WARN, "D", "duty to protect life", Kind.WELFARE),
    _rule("S-7", HARD, "L", "data minimisation", nature=Nature.ABSENCE, fixed=True),
    _rule("W-1", HARD, "P", _HMIP, Kind.WELFARE),
    _rule("W-2", {"short": WARN, "shortest": HARD}, "D", _DESIGN, Kind.WELFARE),
    _rule("W-3", WARN, "D", "compare PACE Code C, rest of 8 h in 24 h", Kind.WELFARE),
    _rule("W-4", HARD, "G", "EUAA; UNHCR procedural standards", Kind.WELFARE, fixed=True),
    _rule("W-5", {"break": NOTE, "long": WARN, "longest": HARD}, "D", _DESIGN, Kind.WELFARE),
    _rule(
        "W-6", HARD, "L", "Short-term Holding Facility Rules 2018, 6 and 6A", Kind.TIME_IN_CENTRE
    ),
    _rule("W-7", WARN, "D", _DESIGN, Kind.DOUBLE_BOOKING),
    _rule("I-1", HARD, "PG", "ICIBI, July 2022; Mendez Principles", Kind.INTERPRETER),
    _rule(
        "I-2", {"language": HARD, "dialect": WARN}, "PD", "interpreting practice", Kind.INTERPRETER
    ),
    _rule("I-3", WARN, "P", "Home Office statement of accepted routes", Kind.INTERPRETER),
    _rule(
        "I-4",
        {"person": HARD, "asylum": WARN},
        "PD",
        "Home Office interpreters code of conduct",
        Kind.INTERPRETER,
        fixed=True,
    ),
    _rule("I-5", STAR, "D", _DESIGN, Kind.INTERPRETER),
    _rule("I-6", {"overlap": HARD, "rest": WARN}, "D", _DESIGN, Kind.DOUBLE_BOOKING),
    _rule("I-7", WARN, "P", "Home Office guidance on remote interpreting", Kind.INTERPRETER),
    _rule("G-1", HARD, "PG", "EUAA; UNHCR procedural standards", Kind.WELFARE),
    _rule("G-2", STAR, "PG", "EUAA; UNHCR procedural standards", Kind.WELFARE),
    _rule("G-3", HARD, "D", _DESIGN, Kind.WELFARE),
    _rule("G-4", HARD, "L", "data minimisation", nature=Nature.ABSENCE, fixed=True),
    _rule("X-1", HARD, "P", _HMICFRS, Kind.EXPERIENCE),
    _rule("X-2", STAR, "D", _DESIGN, Kind.EXPERIENCE),
    _rule("X-3", {"recency": WARN, "idle": STAR}, "D", _DESIGN, Kind.EXPERIENCE),
    _rule("X-4", HARD, "GD", "PEACE planning", Kind.EXPERIENCE),
    _rule("X-5", STAR, "P", "Achieving Best Evidence 2022", Kind.EXPERIENCE),
    _rule("X-6", WARN, "P", "interview adviser role", Kind.EXPERIENCE),
    _rule("X-7", {"overlap": HARD, "rest": WARN}, "D", _DESIGN, Kind.DOUBLE_BOOKING),
    _rule("X-8", HARD, "D", _DESIGN, Kind.EXPERIENCE),
    _rule("X-9", HARD, "P", "vetting policy", Kind.EXPERIENCE),
    _rule("X-10", WARN, "D", _DESIGN, Kind.EXPERIENCE),
    _rule("A-1", HARD, "D", "screening asks about the journey too", Kind.EXPERIENCE),
    _rule("A-2", WARN, "D", _DESIGN, Kind.WELFARE),
    _rule("A-3", HARD, "L", "purpose limitation", nature=Nature.ABSENCE, fixed=True),
    _rule("A-4", HARD, "G", "EDPS, May 2023, on self-incrimination", Kind.NO_APPROACH, fixed=True),
    _rule("A-5", HARD, "LG", "Data Protection Act 2018 s.38", Kind.NO_APPROACH, fixed=True),
    _rule(
        "A-6", HARD, "L", "tasking needs authority of its own", nature=Nature.ABSENCE, fixed=True
    ),
    _rule("A-7", WARN, "G", f"{_OMBUDSMAN} on legal assistance", Kind.WELFARE),
    _rule("D-1", STAR, "P", _HMICFRS, Kind.SAME_PERSON),
    _rule("D-2", STAR, "D", _DESIGN, Kind.SAME_PERSON),
    _rule("D-3", STAR, "D", "pointer practice of deconfliction systems", Kind.POSSIBLE_PERSON),
    _rule("D-4", NOTE, "D", _DESIGN),
    _rule("D-5", STAR, "D", _DESIGN, Kind.SECOND_APPROACH),
    _rule("D-6", HARD, "D", _DESIGN, Kind.SECOND_APPROACH),
    _rule("D-7", NOTE, "P", _HMICFRS, Kind.SAME_PERSON, nature=Nature.WAY),
    _rule("D-8", NOTE, "D", "deconfliction systems leave it to the agencies", nature=Nature.WAY),
    _rule("D-9", WARN, "D", _DESIGN, Kind.CROWDING),
    _rule("D-10", Severity.AUTO, "D", "compare 30-minute notification rules"),
    _rule("D-11", STAR, "G", "waivers need senior concurrence", Kind.SECOND_APPROACH, fixed=True),
)

RULES: Final[dict[str, Rule]] = {rule.id: rule for rule in _ALL}
"""Every rule by its id, in the order of the rule table."""

ORDER: Final[dict[str, int]] = {identity: place for place, identity in enumerate(RULES)}
"""The place of each rule id in the rule table."""

NEVER_SAVED: Final = frozenset({"V-4", "C-1", "C-2", "A-4"})
"""Rules that refuse a plan at once, whoever asks."""

BYPASSED: Final = frozenset({"D-1", "D-2", "D-3", "D-5"})
"""Rules that an emergency bypass lifts, and no other (D-11)."""

BY_FACT_ONLY: Final = frozenset({"V-5", "V-10", "C-3", "D-11"})
"""HARD* rules that no ruling lifts: they end when the decision itself is on record as a fact."""

NOBODY_ELSE: Final = frozenset({"D-1", "D-2", "D-3", "D-4"})
"""Rules whose silence only says that nobody else has entered this person (DOMAIN 4)."""
