"""A record made ready for comparison: fixed-size columns, and the texts to show.

`prepare` does all the slow work once. The result packs into bytes that a register keeps beside the
record; many of them join into one numpy table without a loop. `VERSION` rises whenever a stored
feature would come out differently, so that a register knows to rebuild.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from debrief_desk.identity import names, numbers, scripts, spelling, tables
from debrief_desk.identity.hashing import hash32

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from debrief_desk.identity.records import Record
else:
    from debrief_desk.identity import arrays as np

VERSION: Final = 2
READABLE: Final = frozenset(
    {1, 2}
)  # versions of one layout: good enough until the index is rebuilt
PARTS: Final = names.PARTS
JOINS: Final = 2 * (PARTS - 1)
REFERENCES: Final = 3
BANDS: Final = 4
WEAK, FIRST, FAMILY = 1, 2, 4  # flags of a name part

_EARLIEST: Final = 1900
_LATEST: Final = 2100
_SOLAR_YEARS: Final = range(1250, 1500)  # Persian calendar
_SOLAR_OFFSET: Final = 621
_SHOWN: Final = 200


@cache
def layout() -> np.dtype[Any]:
    """Give the columns of one record; every number is little-endian, empty is 0 or b""."""
    return np.dtype([
        ("part", f"S{spelling.LETTERS}", (PARTS,)),  # canonical spelling
        ("word", "<u4", (PARTS,)),  # its hash
        ("plain", "<u4", (PARTS,)),  # hash of the spelling as typed
        ("flags", "u1", (PARTS,)),
        ("skeleton", "<u4", (PARTS, spelling.SKELETONS)),
        ("rough", "<u4", (PARTS,)),  # rough consonants, for finding
        ("joined", "<u4", (JOINS,)),  # rough consonants of `names.joined`
        ("sex", "u1"),  # 0 unknown, else the letter
        ("year", "<i2"),
        ("month", "u1"),
        ("day", "u1"),
        ("from_age", "u1"),  # 1: the year comes from an age and may be one less
        ("country", "<u4"),
        ("language", "<u4"),
        ("digits", f"S{numbers.DIGITS}", (REFERENCES,)),
        ("initial", "<u4", (REFERENCES,)),
        ("issuer", "<u4", (REFERENCES,)),
        ("band", f"S{numbers.BAND}", (BANDS,)),
        ("folded", "<u4", (BANDS,)),
        ("boat", "<u4", (BANDS,)),
        ("event", "<u4"),
        ("on", "<i4"),  # day of the event as an ordinal
        ("order", "<u4"),  # a hash of all other columns, to put two records in a fixed order
    ])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Features:
    """One prepared record: `row` holds the columns of `layout`, `shown` the texts as typed."""

    row: bytes
    shown: bytes

    def pack(self) -> bytes:
        """Give the features as bytes; `unpack` gives an equal object back."""
        return bytes([VERSION]) + self.row + self.shown

    @classmethod
    def unpack(cls, packed: bytes) -> Features:
        """Give the features that `pack` wrote; raises ValueError for bytes of another layout."""
        if not packed or packed[0] not in READABLE:
            raise ValueError
        size = layout().itemsize
        return cls(packed[1 : size + 1], packed[size + 1 :])

    @property
    def texts(self) -> dict[str, str]:
        """Give the texts as typed, by field of the evidence; missing fields are absent."""
        texts: dict[str, str] = json.loads(self.shown)
        return texts

    @property
    def parts(self) -> tuple[str, ...]:
        """Give the parts of the name as typed, in the order of the columns."""
        return tuple(self.texts.get("parts", "").split("\n"))


def table(many: Sequence[Features]) -> np.ndarray[Any, Any]:
    """Give the columns of `many` records as one structured array, in their order."""
    return np.frombuffer(b"".join(f.row for f in many), dtype=layout())


def packed_table(many: Sequence[bytes]) -> np.ndarray[Any, Any]:
    """Give the columns of `many` records as `Features.pack` wrote them, without unpacking texts.

    Raises ValueError for bytes of another layout.
    """
    if not all(packed and packed[0] in READABLE for packed in many):
        raise ValueError
    size = layout().itemsize + 1
    return np.frombuffer(b"".join([packed[1:size] for packed in many]), dtype=layout())


def prepare(record: Record) -> Features:
    """Give the features of `record`; never raises, whatever the record holds."""
    sex = record.sex.strip()[:1].upper()
    parts = names.parts_of(record)
    row = _row().pack(
        *_name_cells(parts),
        ord(sex) if sex in {"M", "F"} else 0,
        *_birth_cells(record),
        hash32(country(record.nationality)),
        hash32(scripts.normal(record.language).casefold().partition(" (")[0]),
        *_reference_cells(record),
        *_band_cells(record),
        hash32(scripts.normal(record.event).casefold()),
        record.event_day.toordinal() if record.event_day else 0,
    )
    row += crc32(row).to_bytes(4, "little")
    texts = json.dumps(_texts(record, parts), ensure_ascii=False, separators=(",", ":"))
    return Features(row, texts.encode("utf-8", "replace"))


@cache
def _row() -> struct.Struct:
    """Give the packing of `layout`, column by column."""
    parts = (
        f"{spelling.LETTERS}s" * PARTS
        + f"{2 * PARTS}I{PARTS}B{PARTS * spelling.SKELETONS}I{PARTS + JOINS}I"
    )
    references = f"{numbers.DIGITS}s" * REFERENCES + f"{2 * REFERENCES}I"
    bands = f"{numbers.BAND}s" * BANDS + f"{2 * BANDS}I"
    return struct.Struct("<" + parts + "B" + "hBBB" + "II" + references + bands + "Ii")


def country(typed: str) -> str:
    """Give the code of a nationality as typed, or the casefolded text where it is not known."""
    text = scripts.normal(typed).casefold().strip(" ?.")
    return tables.country_codes().get(text, text)


def _name_cells(parts: tuple[names.Part, ...]) -> list[Any]:
    gap = PARTS - len(parts)
    found: list[int] = []
    for part in parts:
        hashes = list(spelling.skeleton_hashes(part.plain))
        bare = names.without_article(part.plain)
        if bare != part.plain:
            hashes = [*hashes[:2], *spelling.skeleton_hashes(bare)]
        found += [*hashes[: spelling.SKELETONS], *[0] * (spelling.SKELETONS - len(hashes))]
    pairs = [hash32(spelling.rough(word)) for word in names.joined(parts)]
    return [
        *(spelling.canonical(p.plain).encode() for p in parts), *[b""] * gap,
        *(hash32(spelling.canonical(p.plain)) for p in parts), *[0] * gap,
        *(hash32(p.plain) for p in parts), *[0] * gap,
        *(WEAK * p.weak + FIRST * p.first + FAMILY * p.family for p in parts), *[0] * gap,
        *found, *[0] * (gap * spelling.SKELETONS),
        *(hash32(spelling.rough(names.without_article(p.plain))) for p in parts), *[0] * gap,
        *pairs,
    ]  # fmt: skip


def _birth_cells(record: Record) -> tuple[int, int, int, int]:
    """Give year, month, day and whether the year comes from an age; 0 for what is not known."""
    born = record.born
    if born is None:
        return 0, 0, 0, 0
    year, month, day, from_age = born.year or 0, born.month or 0, born.day or 0, 0
    if not year and born.age is not None and born.age_on is not None:
        year, from_age = born.age_on.year - born.age, 1
    if year in _SOLAR_YEARS:
        year, month, day = year + _SOLAR_OFFSET, 0, 0
    if not _EARLIEST <= year <= _LATEST:
        return 0, 0, 0, 0
    if not _is_date(year, month, day):
        month = day = 0
    return year, month, day, from_age


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except (ValueError, OverflowError):
        return False
    return True


def _reference_cells(record: Record) -> list[Any]:
    found = [(numbers.reference(r.value), r.issuer) for r in record.references]
    known = [(number, issuer) for number, issuer in found if number is not None][:REFERENCES]
    gap = REFERENCES - len(known)
    return [
        *(n.digits.encode() for n, _ in known), *[b""] * gap,
        *(hash32(n.initial) for n, _ in known), *[0] * gap,
        *(hash32(scripts.normal(issuer).casefold()) for _, issuer in known), *[0] * gap,
    ]  # fmt: skip


def _band_cells(record: Record) -> list[Any]:
    found = [b for b in map(numbers.band, record.bands) if b is not None]
    known = list({b.exact: b for b in found}.values())[:BANDS]
    gap = BANDS - len(known)
    return [
        *(b.exact.encode() for b in known), *[b""] * gap,
        *(hash32(b.folded) for b in known), *[0] * gap,
        *(hash32(b.boat) for b in known), *[0] * gap,
    ]  # fmt: skip


def _texts(record: Record, parts: tuple[names.Part, ...]) -> dict[str, str]:
    born = record.born
    shown = ""
    if born is not None:
        if born.year and born.month and born.day:
            shown = f"{born.year:04}-{born.month:02}-{born.day:02}"
        elif born.year:
            shown = str(born.year)
        elif born.age is not None:
            shown = f"{born.age}"
    texts = {
        "name": " ".join(filter(None, (record.given_name, record.family_name, record.full_name))),
        "parts": "\n".join(p.typed for p in parts),
        "native": record.native_name,
        "birth": shown,
        "sex": record.sex,
        "nationality": record.nationality,
        "language": record.language,
        "reference": ", ".join(r.value for r in record.references),
        "band": ", ".join(record.bands),
        "event": record.event,
        "day": record.event_day.isoformat() if record.event_day else "",
    }
    return {field: text[:_SHOWN] for field, text in texts.items() if text}
