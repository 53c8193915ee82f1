"""One part of a name: its canonical spelling and its consonant skeletons.

The canonical spelling undoes what romanisation by ear does (ee/i, ou/oo/u/o, e/a, kh, gh, q, dj,
doubled letters, a mute final h). Skeletons go further: they keep consonants only, and where one
letter stands for several sounds (Somali and Kurdish x, Turkish c, French ch, Egyptian g) a part
has several. After Nwesri and Shinbir 2009 (keys made for Arabic names beat general phonetic
codes) and Hassanat and Altarawneh 2014 (rules for romanised Arabic).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from debrief_desk.identity.hashing import hash32

LETTERS: Final = 18  # of a canonical spelling that are kept
SKELETONS: Final = 4

_DIGRAPHS: Final = (
    (re.compile("tch|ch"), "C"),
    (re.compile("sch|sh"), "S"),
    (re.compile("kh"), "X"),
    (re.compile("gh"), "G"),
    (re.compile("dj|zh"), "j"),
    (re.compile("ph"), "f"),
    (re.compile("th"), "T"),
    (re.compile("dz"), "D"),
    (re.compile("dh"), "d"),
    (re.compile("bh"), "b"),
    (re.compile("ck"), "k"),
    (re.compile("[wv]"), "w"),
)
_VOWELS: Final = (
    (re.compile("ee+"), "i"),
    (re.compile("oo+|ou"), "u"),
    (re.compile("a[ow]|au|ow"), "aw"),
)
_DIPHTHONGS: Final = re.compile("[ae][iy]|ie|ey|ae")
_LETTERS: Final = str.maketrans(
    {"e": "a", "o": "u", "y": "i", "q": "k", "c": "k", "x": "X", "T": "t", "D": "z"}
)
_REPEATED: Final = re.compile(r"(.)\1+")
_SHORT: Final = 4

# Sounds of a letter, likeliest first; "" is a letter that may be mute.
_SOUNDS: Final = {
    "C": ("c", "k", "s", "j"),
    "S": ("s",),
    "X": ("k", "h"),
    "x": ("k", "h"),
    "G": ("k", "g"),
    "c": ("k", "j", "c"),
    "q": ("k", "c"),
    "g": ("g", "j"),
    "j": ("j", ""),
    "T": ("t", "s"),
    "D": ("z", "d"),
    "z": ("z", "j"),
    "h": ("h", ""),
}

_ROUGH: Final = str.maketrans("eiouyvgjXxCGcqSzDT", "aaaaawkkkkkkkkssst")


@lru_cache(maxsize=200_000)
def canonical(plain: str) -> str:
    """Give the canonical spelling of a part in letters a to z (capitals stand for digraphs)."""
    word = _coded(plain)
    if len(word) > _SHORT:
        word = _DIPHTHONGS.sub("i", word)
    word = _REPEATED.sub(r"\1", word.translate(_LETTERS))
    if len(word) > _SHORT - 1 and word.endswith("h"):
        word = word[:-1]
    return word[:LETTERS]


@lru_cache(maxsize=200_000)
def skeletons(plain: str) -> tuple[str, ...]:
    """Give one to four consonant skeletons of a part, the likeliest first."""
    word = _REPEATED.sub(r"\1", _coded(plain))
    sounds: list[tuple[str, ...]] = []
    for at, letter in enumerate(word):
        if letter in "aeiouy":
            sounds.append(("a",) if at == 0 else ("",))
        elif letter == "w":
            sounds.append(("w",) if at == 0 else ("",))
        elif letter == "h" and at == len(word) - 1:
            sounds.append(("",))
        elif letter == "j" and at == 0:
            sounds.append(("j", "a"))
        else:
            sounds.append(_SOUNDS.get(letter, (letter,)))
    first = [s[0] for s in sounds]
    found = {_joined(first): None}
    for at, choices in enumerate(sounds):
        for other in choices[1:]:
            found[_joined([*first[:at], other, *first[at + 1 :]])] = None
    return tuple(found)[:SKELETONS]


@lru_cache(maxsize=200_000)
def skeleton_hashes(plain: str) -> tuple[int, ...]:
    """Give the skeletons as unsigned 32-bit hashes; a part without one gives ()."""
    return tuple(hash32("s" + s) for s in skeletons(plain) if s)


@lru_cache(maxsize=200_000)
def rough(plain: str) -> str:
    """Give the consonants of a part, all likely confusions merged: for finding, not weighing."""
    word = _coded(plain).translate(_ROUGH)
    head = "a" if word[:1] in {"a", "h"} else ""
    return head + "".join(c for c in _REPEATED.sub(r"\1", word) if c not in "ahw")[:LETTERS]


def _coded(plain: str) -> str:
    word = plain
    for pattern, code in _VOWELS:
        word = pattern.sub(code, word)
    for pattern, code in _DIGRAPHS:
        word = pattern.sub(code, word)
    return word


def _joined(sounds: list[str]) -> str:
    return "".join(sounds)[:LETTERS]
