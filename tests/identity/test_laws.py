"""Laws that hold for every pair of records."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debrief_desk.identity.features import Features, prepare
from debrief_desk.identity.keys import keys_of, probe_keys
from debrief_desk.identity.letters import differing_letters
from debrief_desk.identity.records import Birth, Record, Reference
from debrief_desk.identity.scoring import Scorer, certain_link
from debrief_desk.identity.statistics import Statistics, terms_of
from debrief_desk.wording import evidence as sentences

sys.path.insert(0, str(Path(__file__).parent))
from strategies import LIKELY_NAME, records

SCORER = Scorer(Statistics())
LAW = settings(deadline=None, max_examples=40)
LAW_BY_FIELD = settings(deadline=None, max_examples=15)


@LAW
@given(records(), records())
def test_a_verdict_does_not_depend_on_who_is_asked_about_whom(a: Record, b: Record) -> None:
    left, right = prepare(a), prepare(b)
    one, other = SCORER.compare(left, right), SCORER.compare(right, left)
    assert (one.bits, one.band) == (other.bits, other.band)
    assert [(e.code, e.bits, e.left) for e in one.evidence] == [
        (e.code, e.bits, e.right) for e in other.evidence
    ]
    assert certain_link(left, right) == certain_link(right, left)


@LAW
@given(records(), records())
def test_the_bits_shown_sum_to_the_total(a: Record, b: Record) -> None:
    verdict = SCORER.compare(prepare(a), prepare(b))
    assert sum(e.bits for e in verdict.evidence) == pytest.approx(verdict.bits, abs=0.1)
    assert 0 <= verdict.probability <= 1


@LAW
@given(records())
def test_packing_gives_the_same_features_back(a: Record) -> None:
    features = prepare(a)
    assert Features.unpack(features.pack()) == features


@LAW
@given(records())
def test_a_record_is_found_by_its_own_keys(a: Record) -> None:
    features = prepare(a)
    assert set(keys_of(features)) <= set(probe_keys(features))
    assert all(-(2**63) <= key < 2**63 and key for key in probe_keys(features))


@LAW
@given(records(), records())
def test_a_record_matches_itself_at_least_as_well_as_any_other(a: Record, b: Record) -> None:
    left, right = prepare(a), prepare(replace(b, bands=(), references=()))
    own = SCORER.compare(left, left)
    assert {e.relation.value for e in own.evidence if e.bits and e.field != "rule"} <= {
        "agree",
        "alike",
        "missing",
    }
    assert own.bits >= min(SCORER.compare(left, right).bits, own.bits)
    assert all(e.bits >= 0 for e in own.evidence if e.code != "prior")


ADDED = {
    "sex": {"sex": "M"},
    "birth": {"born": Birth(1994, 5, 17)},
    "default birth": {"born": Birth(1994, 1, 1)},
    "nationality": {"nationality": "AFG"},
    "language": {"language": "Dari"},
    "reference": {"references": (Reference("P6536273/7", "HO"),)},
    "band": {"bands": ("07-023",)},
    "event": {"event": "E-0814-07"},
    "day": {"event_day": date(2026, 8, 14)},
}


@pytest.mark.parametrize("field", ADDED)
@LAW_BY_FIELD
@given(a=records(LIKELY_NAME), b=records(LIKELY_NAME))
def test_more_agreeing_evidence_never_lowers(field: str, a: Record, b: Record) -> None:
    name = next(iter(ADDED[field]))
    nothing = {
        "sex": "",
        "born": None,
        "nationality": "",
        "language": "",
        "references": (),
        "bands": (),
        "event": "",
        "event_day": None,
    }[name]
    without = [prepare(replace(r, **{name: nothing})) for r in (a, b)]
    agreeing = [prepare(replace(r, **ADDED[field])) for r in (a, b)]
    assert SCORER.compare(*agreeing).bits >= SCORER.compare(*without).bits - 1e-6


AGAINST = {
    "sex": ({"sex": "M"}, {"sex": "F"}),
    "nationality": ({"nationality": "AFG"}, {"nationality": "VNM"}),
    "birth": ({"born": Birth(1970, 5, 17)}, {"born": Birth(1994, 8, 2)}),
    "reference": ({"references": (Reference("P6536273/7", "HO"),)}, {"references": (Reference("P1111119/4", "HO"),)}),
    "band": ({"bands": ("07-023",)}, {"bands": ("09-114",)}),
    "event": ({"event": "E-0814-07"}, {"event": "E-0821-02"}),
    "day": ({"event_day": date(2026, 8, 14)}, {"event_day": date(2026, 8, 29)}),
}  # fmt: skip


@pytest.mark.parametrize("field", AGAINST)
@LAW_BY_FIELD
@given(a=records(LIKELY_NAME), b=records(LIKELY_NAME))
def test_a_contradiction_only_lowers(field: str, a: Record, b: Record) -> None:
    one, other = AGAINST[field]
    name = next(iter(one))
    nothing = {
        "sex": "",
        "born": None,
        "nationality": "",
        "references": (),
        "bands": (),
        "event": "",
        "event_day": None,
    }[name]
    without = [prepare(replace(r, **{name: nothing})) for r in (a, b)]
    contrary = [prepare(replace(a, **one)), prepare(replace(b, **other))]
    assert SCORER.compare(*contrary).bits <= SCORER.compare(*without).bits + 1e-6


@LAW
@given(records(), records())
def test_every_verdict_can_be_told_in_sentences(a: Record, b: Record) -> None:
    verdict = SCORER.compare(prepare(a), prepare(b))
    told = sentences.sentences(verdict)
    assert told
    assert all(sentences.sentence(e) for e in verdict.evidence if e.bits)


@LAW
@given(st.lists(records(), max_size=6))
def test_taking_records_away_restores_the_statistics(many: list[Record]) -> None:
    statistics = Statistics()
    features = [prepare(r) for r in many]
    for one in features:
        statistics.add(one)
    assert {t: statistics.count(t) for f in features for t in terms_of(f)} == {
        t: Statistics.of(features).count(t) for f in features for t in terms_of(f)
    }
    for one in features:
        statistics.remove(one)
    assert statistics.size == 0
    assert all(statistics.count(t) == 0 for f in features for t in terms_of(f))


@LAW
@given(st.text(max_size=30), st.text(max_size=30))
def test_outside_the_marked_letters_two_texts_read_the_same(a: str, b: str) -> None:
    spans_a, spans_b = differing_letters(a, b)

    def rest(text: str, spans: tuple[tuple[int, int], ...]) -> str:
        marked = {i for start, end in spans for i in range(start, end)}
        return "".join(c for i, c in enumerate(text) if i not in marked)

    assert [c.lower() for c in rest(a, spans_a)] == [c.lower() for c in rest(b, spans_b)]


@pytest.mark.parametrize(
    "name",
    [
        "x" * 10_000,
        "א\u200fב\u200eג",
        "0123456789",
        "-",
        "FNU LNU",
        "\x00\x1f",
        "\u202eAhmad",
        "\ud800",
        "'''",
        "ـــ",
        "a" * 399 + "é",
    ],
)
def test_hostile_names_are_little_evidence_and_no_error(name: str) -> None:
    one, other = Record(id="a", given_name=name), Record(id="b", full_name=name, native_name=name)
    verdict = SCORER.compare(prepare(one), prepare(other))
    assert verdict.band.value in {"weak", "possible", "probable"}
    assert keys_of(prepare(one)) is not None
