"""From the name fields of a record to a bag of name parts.

Order, number and field of the parts do not matter to the comparison, so parts are only marked with
where they stood. Fillers (FNU, "Unknown male 14") never become parts; titles and particles go;
Abd-, -ullah, -uddin and -zada are split off, so that joined and split spellings meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from debrief_desk.identity import scripts, spelling, tables

if TYPE_CHECKING:
    from debrief_desk.identity.records import Record

PARTS: Final = 6

_CAMEL: Final = re.compile(r"(?<=[a-zà-ÿ]{3})(?=[A-Z][a-z]{2})")
_APOSTROPHES: Final = re.compile("['’‘ʼ`´ʻ]")
_BREAKS: Final = re.compile(r"[^\w\u0300-\u036f\u064b-\u065f]|_")
_FILLER_FIELD: Final = re.compile(
    r"\W*(?:n\W?k|n\W?a|not (?:known|given|recorded)|no name)?\W*", re.IGNORECASE
)
_UNNAMED: Final = frozenset(
    (
        "male female man woman boy girl child baby infant adult person name not known given no"
    ).split()
)
_ABD_ULLAH: Final = re.compile(r"abd[aeiou]{0,2}l+ah?")
_ABD: Final = re.compile(r"abd[aeiou]{0,2}l?([a-z]{4,})")
_ULLAH: Final = re.compile(r"([a-z]{3,}?)[aou]{1,2}(?:llh?ah?|lah)")
_DIN: Final = re.compile(r"([a-z]{3,}?)(?:[aou]{0,2}d{1,2}|[ae]ld)(?:in|een|ien|ine)")
_ZADA: Final = re.compile(r"([a-z]{3,})zad[ae]h?")
_BEFORE_ABD: Final = re.compile("^[ae]l(?=abd[aeiou]{0,2}l)")
_HELPING_VOWEL: Final = re.compile("[iue][b-df-hj-np-tv-z][a-z]{3,}")
_DOUBLED: Final = re.compile(r"^(.)\1")
_PREFIXED: Final = frozenset(
    spelling.canonical(word) for word in ("mohammed", "mahamed", "maxamed", "mohammet")
)
_ARTICLE: Final = re.compile(r"[ae]l-?(?=[a-z]{4,})")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name in plain letters; `weak` parts hardly tell people apart.

    `typed` is the word it comes from, which may hold several parts. `first` marks the first telling
    part of the given name, `family` a part of the family name.
    """

    plain: str
    typed: str
    weak: bool
    first: bool = False
    family: bool = False


def parts_of(record: Record) -> tuple[Part, ...]:
    """Give up to six parts of the record's name; `full_name` parts carry no place.

    Parts of the own-script name are added where no Latin part shares their consonants.
    """
    given, family = _words(record.given_name), _words(record.family_name)
    whole = _words(record.full_name.replace(",", " "))
    if "," in record.full_name and not given and not family:
        before, _, after = record.full_name.partition(",")
        given, family, whole = _words(after), _words(before), ()
    placed = (
        [(w, "given") for w in given] + [(w, "") for w in whole] + [(w, "family") for w in family]
    )
    known = {s for (plain, _), _ in placed for s in spelling.skeletons(plain)}
    placed += [
        (word, "")
        for word in _words(record.native_name)
        if not known.intersection(spelling.skeletons(word[0]))
    ]
    kinds = tables.word_kinds()
    parts: dict[str, Part] = {}
    first_found = False
    for at, ((plain, typed), place) in enumerate(placed):
        weak = kinds.get(plain) == "weak"
        prefix = spelling.canonical(plain) in _PREFIXED and at + 1 < len(given)
        first = place == "given" and not weak and not prefix and not first_found
        first_found |= first
        part = Part(plain, typed, weak, first=first, family=place == "family")
        parts.setdefault(spelling.canonical(plain), part)
    chosen = sorted(parts.values(), key=lambda p: p.weak) if len(parts) > PARTS else parts.values()
    return tuple(list(chosen)[:PARTS])


def joined(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """Give neighbouring parts written as one, "doaamaher", then the same turned, "maherdoaa"."""
    pairs = list(pairwise(part.plain for part in parts))
    gap = ("",) * (PARTS - 1 - len(pairs))
    return (*(a + b for a, b in pairs), *gap, *(b + a for a, b in pairs), *gap)


@lru_cache(maxsize=50_000)
def _words(field: str) -> tuple[tuple[str, str], ...]:
    """Give the plain words of one name field, split at compounds, each with the word as typed."""
    text = scripts.normal(field)
    if _FILLER_FIELD.fullmatch(text):
        return ()
    text = _BREAKS.sub(" ", _APOSTROPHES.sub("", _CAMEL.sub(" ", text)))
    raw = [(scripts.romanised(w), w) for w in text.split() if not any(c.isdigit() for c in w)]
    raw = [(plain, typed) for plain, typed in raw if plain]
    kinds = tables.word_kinds()
    if any(kinds.get(plain) == "filler" for plain, _ in raw):
        raw = [w for w in raw if kinds.get(w[0]) != "filler" and w[0] not in _UNNAMED]
    out: list[tuple[str, str]] = []
    for plain, typed in raw:
        if kinds.get(plain) in {"title", "particle"} and len(raw) > 1:
            continue
        out.extend((part, typed) for part in _split(plain, out[-1][0] if out else ""))
        if [plain for plain, _ in out[-2:]] == ["abd", "ullah"]:
            out[-2:] = [("abdullah", typed)]
    return tuple(out)


def _split(word: str, before: str) -> tuple[str, ...]:
    """Split a compound; `before` is the word in front of it."""
    meaning = tables.word_meanings().get(word)
    if meaning:
        return (meaning,)
    word = _BEFORE_ABD.sub("", word)
    if before == "abd" and _HELPING_VOWEL.match(word):
        return (word[1:],)
    if _ABD_ULLAH.fullmatch(word):
        return ("abdullah",)
    servant = _ABD.fullmatch(word)
    if servant:
        return ("abd", _DOUBLED.sub(r"\1", servant[1]))
    for pattern, ending in ((_ULLAH, "ullah"), (_DIN, "din"), (_ZADA, "zada")):
        compound = pattern.fullmatch(word)
        if compound:
            return (compound[1], ending)
    return (word,)


def without_article(word: str) -> str:
    """Give "omar" for "alomar": a joined article taken off, the word itself where there is none."""
    return _ARTICLE.sub("", word, count=1) if _ARTICLE.match(word) else word
