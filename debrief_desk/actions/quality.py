"""How good the matcher's suggestions were here: by what people decided, and what limits would do.

Everything is about pairs of records as they stand now: a suggestion is judged anew when a fact of
it changes, and its earlier probability is not kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import aliased

from debrief_desk import __version__
from debrief_desk.actions import links, opinions
from debrief_desk.actions.loading import registrations
from debrief_desk.actions.match_facts import LINKS
from debrief_desk.actions.rights import reads
from debrief_desk.identity.features import prepare
from debrief_desk.identity.quality import Judged, Trial, trial, wilson
from debrief_desk.identity.scoring import Scorer
from debrief_desk.identity.verdicts import Band, Thresholds
from debrief_desk.identity.weights import shipped
from debrief_desk.rules.policy import Policy
from debrief_desk.rules.roles import Right
from debrief_desk.store import match_index
from debrief_desk.store.models import IdentityDecision, IdentitySuggestion, Registration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from debrief_desk.actions.opinions import Agreement

GRID: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)
"""The limits at which the curve is drawn."""
CONFIRMED, REJECTED, UNSURE = "confirmed", "rejected", "unsure"
BY_DESK, SETTLED, OPEN = "by_desk", "settled", "open"


@dataclass(frozen=True, slots=True)
class Share:
    """A share, such as of the decided pairs that were one person, and its 95 % interval (0..1)."""

    hits: int
    of_all: int
    low: float
    high: float

    @classmethod
    def of(cls, hits: int, others: int) -> Share:
        """Give the share of `hits` among both."""
        return cls(hits, hits + others, *wilson(hits, hits + others))


@dataclass(frozen=True, slots=True)
class BandRow:
    """The suggestions of a band ("": of all) by what became of them.

    `by_desk` were linked by the desk and not looked at since; `settled` are one person through
    other links; `open` wait.
    """

    band: str
    suggestions: int
    confirmed: int
    rejected: int
    unsure: int
    by_desk: int
    settled: int
    open: int

    @property
    def share(self) -> Share:
        """Give how many of those decided were one person."""
        return Share.of(self.confirmed, self.rejected)


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """Decided pairs by the field that spoke most for one person."""

    field: str
    share: Share


@dataclass(frozen=True, slots=True)
class Point:
    """What a limit would have shown of the decided pairs: those of one person, and the others."""

    at: float
    same: int
    different: int


@dataclass(frozen=True, slots=True)
class Tried:
    """What limits would have done with decided pairs, and would show of those nobody decided."""

    trial: Trial
    open_shown: int
    open_opened: int


@dataclass(frozen=True, slots=True)
class Quality:
    """The page *Quality*: `bands` best first, `whole` over all; `unsuggested` were linked by hand.

    `now` is what the limits in force would have done; `agreement` is about blind second opinions.
    """

    bands: tuple[BandRow, ...]
    whole: BandRow
    reasons: tuple[ReasonRow, ...]
    unsuggested: int
    curve: tuple[Point, ...]
    limits: Thresholds
    now: Tried
    agreement: Agreement
    agreed: Share
    program: str
    weights: str


@reads(Right.SEE_FIGURES)
def report(session: Session) -> Quality:
    """Give what became of every suggestion, and how often it was right."""
    bands = _bands(session)
    decided = _decided(session)
    judged = [one.judged for one in decided]
    limits = links.thresholds(session)
    agreement = opinions.agreement(session)
    return Quality(
        bands=bands,
        whole=_summed(bands),
        reasons=_reasons(decided),
        unsuggested=sum(not one.suggested for one in decided),
        curve=_curve(judged),
        limits=limits,
        now=_tried(session, judged, limits),
        agreement=agreement,
        agreed=Share.of(agreement.agreed, agreement.given - agreement.agreed),
        program=__version__,
        weights=shipped().version,
    )


@reads(Right.SEE_FIGURES)
def tried(session: Session, possible: float, probable: float) -> Tried:
    """Give what other limits would have done with the pairs that were decided.

    *Near-certain* takes an equal reference or band, which no limit changes.

    Raises:
        WrongCall: a limit that the policy would not take.
    """
    wanted = {"possible": possible, "probable": probable}
    checked = Policy.from_mapping({"identity": wanted}).identity
    limits = Thresholds(checked.near_certain, checked.probable, checked.possible)
    return _tried(session, [one.judged for one in _decided(session)], limits)


def _bands(session: Session) -> tuple[BandRow, ...]:
    """Count the suggestions about standing records by band and by what became of them."""
    a, b = aliased(Registration), aliased(Registration)
    by_person = IdentityDecision.origin == links.BY_PERSON
    became = case(
        (and_(by_person, IdentityDecision.verdict == links.SAME), CONFIRMED),
        (and_(by_person, IdentityDecision.verdict == links.DIFFERENT), REJECTED),
        (and_(by_person, IdentityDecision.verdict == links.UNSURE), UNSURE),
        (IdentityDecision.verdict == links.SAME, BY_DESK),
        (a.person_id == b.person_id, SETTLED),
        else_=OPEN,
    )
    query = (
        select(IdentitySuggestion.band, became, func.count())
        .join(a, IdentitySuggestion.a_id == a.id)
        .join(b, IdentitySuggestion.b_id == b.id)
        .outerjoin(IdentityDecision, _about_the_pair())
        .where(a.withdrawn_at.is_(None), b.withdrawn_at.is_(None))
        .group_by(IdentitySuggestion.band, became)
    )
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for band, kind, count in session.execute(query):
        counts[band][kind] += count
    return tuple(_row(band.value, counts[band.value]) for band in Band if counts[band.value])


def _about_the_pair() -> Any:
    return and_(
        IdentityDecision.a_id == IdentitySuggestion.a_id,
        IdentityDecision.b_id == IdentitySuggestion.b_id,
        IdentityDecision.superseded_at.is_(None),
    )


def _row(band: str, counts: Counter[str]) -> BandRow:
    return BandRow(
        band=band,
        suggestions=counts.total(),
        confirmed=counts[CONFIRMED],
        rejected=counts[REJECTED],
        unsure=counts[UNSURE],
        by_desk=counts[BY_DESK],
        settled=counts[SETTLED],
        open=counts[OPEN],
    )


def _summed(bands: Sequence[BandRow]) -> BandRow:
    kinds = (CONFIRMED, REJECTED, UNSURE, BY_DESK, SETTLED, OPEN)
    return _row("", Counter({kind: sum(getattr(row, kind) for row in bands) for kind in kinds}))


@dataclass(frozen=True, slots=True)
class _Decided:
    judged: Judged
    suggested: bool
    reason: str


def _decided(session: Session) -> list[_Decided]:
    """Give the pairs somebody decided; a pair never suggested is judged by today's weights."""
    query = (
        select(IdentityDecision, IdentitySuggestion)
        .outerjoin(IdentitySuggestion, _about_the_pair())
        .where(
            IdentityDecision.origin == links.BY_PERSON,
            IdentityDecision.superseded_at.is_(None),
            IdentityDecision.verdict.in_((links.SAME, links.DIFFERENT)),
        )
        .order_by(IdentityDecision.id)
    )
    found: list[_Decided] = []
    unsuggested: list[IdentityDecision] = []
    for decision, suggestion in session.execute(query):
        if suggestion is None:
            unsuggested.append(decision)
            continue
        evidence = [(e["field"], e["code"], e["bits"]) for e in suggestion.evidence]
        found.append(_one(decision, suggestion.probability, evidence, suggested=True))
    return found + _judged_now(session, unsuggested)


def _judged_now(session: Session, decisions: Sequence[IdentityDecision]) -> list[_Decided]:
    known = registrations(session, {i for d in decisions for i in (d.a_id, d.b_id)})
    scorer = Scorer(match_index.statistics(session), thresholds=links.thresholds(session))
    found = []
    for decision in decisions:
        a, b = (prepare(links.record_of(known[i])) for i in (decision.a_id, decision.b_id))
        verdict = scorer.compare(a, b)
        evidence = [(e.field, e.code, e.bits) for e in verdict.evidence]
        found.append(_one(decision, verdict.probability, evidence, suggested=False))
    return found


def _one(
    decision: IdentityDecision,
    probability: float,
    evidence: Sequence[tuple[str, str, float]],
    *,
    suggested: bool,
) -> _Decided:
    bits: defaultdict[str, float] = defaultdict(float)
    for field, _code, weight in evidence:
        if field not in ("register", "rule"):
            bits[field] += weight
    strongest, most = max(bits.items(), key=lambda one: (one[1], one[0]), default=("", 0.0))
    certain = any(code in LINKS for _field, code, _bits in evidence)
    judged = Judged(probability, certain, decision.verdict == links.SAME)
    return _Decided(judged, suggested, strongest if most > 0 else "")


def _reasons(decided: Sequence[_Decided]) -> tuple[ReasonRow, ...]:
    counts: Counter[tuple[str, bool]] = Counter((one.reason, one.judged.same) for one in decided)
    fields = {reason for reason, _same in counts if reason}
    rows = [ReasonRow(f, Share.of(counts[f, True], counts[f, False])) for f in fields]
    return tuple(sorted(rows, key=lambda row: (-row.share.of_all, row.field)))


def _curve(judged: Sequence[Judged]) -> tuple[Point, ...]:
    points = []
    for at in GRID:
        found = trial(judged, Thresholds(at, at, at))
        points.append(Point(at, found.same_shown, found.different_shown))
    return tuple(points)


def _tried(session: Session, judged: Sequence[Judged], limits: Thresholds) -> Tried:
    a, b = aliased(Registration), aliased(Registration)
    waiting = (
        select(
            func.count().filter(IdentitySuggestion.probability >= limits.possible),
            func.count().filter(IdentitySuggestion.probability >= limits.probable),
        )
        .join(a, IdentitySuggestion.a_id == a.id)
        .join(b, IdentitySuggestion.b_id == b.id)
        .outerjoin(IdentityDecision, _about_the_pair())
        .where(
            IdentityDecision.id.is_(None),
            a.person_id != b.person_id,
            a.withdrawn_at.is_(None),
            b.withdrawn_at.is_(None),
        )
    )
    shown, opened = session.execute(waiting).one()
    return Tried(trial(judged, limits), shown, opened)
