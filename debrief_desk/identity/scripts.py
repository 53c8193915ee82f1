"""From any script to plain Latin letters: normal form, script, romanisation.

Arabic script is romanised by our own table, because Persian, Pashto, Kurdish and Urdu letters need
care; every other script goes through `anyascii`. Short vowels that a script does not write stay
missing: comparison by consonants (`spelling.skeletons`) bridges them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_ARABIC: Final = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ء": "", "ؤ": "u", "ئ": "i", "ع": "'",
    "ب": "b", "پ": "p", "ت": "t", "ط": "t", "ټ": "t", "ٹ": "t", "ث": "th", "ج": "j", "چ": "ch",
    "ح": "h", "ه": "h", "ہ": "h", "ھ": "h", "ة": "a", "ۀ": "a", "ە": "e", "ۃ": "a", "خ": "kh",
    "د": "d", "ډ": "d", "ڈ": "d", "ذ": "z", "ر": "r", "ړ": "r", "ڑ": "r", "ڕ": "r", "ز": "z",
    "ژ": "zh", "ځ": "dz", "څ": "ts", "س": "s", "ش": "sh", "ښ": "sh", "ص": "s", "ض": "dz",
    "ظ": "z", "غ": "gh", "ف": "f", "ڤ": "v", "ق": "q", "ک": "k", "ك": "k", "ګ": "g", "گ": "g",
    "ل": "l", "ڵ": "l", "م": "m", "ن": "n", "ڼ": "n", "ں": "n", "و": "w", "ۆ": "o", "ۇ": "u",
    "ى": "a", "ي": "y", "ی": "y", "ې": "e", "ۍ": "i", "ێ": "e", "ے": "e", "ږ": "g", "ۋ": "v",
}  # fmt: skip
_NASALS: Final = str.maketrans({"ं": "n", "ঁ": "n", "ং": "n", "ਂ": "n", "ੰ": "n", "ँ": "n"})
_LATIN_BLOCKS: Final = (range(0x250), range(0x1E00, 0x1F00))
_ARABIC_BLOCKS: Final = (range(0x600, 0x780), range(0xFB50, 0xFF00))
_ARTICLE_AND_MORE: Final = 4  # letters a word has at most when al- is part of the name itself
_NON_JOINER: Final = "\u200c"
_STROKES: Final = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "ə": "e", "ß": "ss"}
)
_LONG_NAME: Final = 400  # a name longer than this is damage; its start is as good as all of it


def normal(text: str) -> str:
    """Give `text` in compatibility form, without direction marks and control characters.

    A zero-width non-joiner counts as a space (it separates parts of Persian names). Only the first
    400 characters are looked at.
    """
    folded = unicodedata.normalize("NFKC", text[:_LONG_NAME].replace(_NON_JOINER, " "))
    shown = (" " if c.isspace() else c for c in folded if c.isspace() or c.isprintable())
    return " ".join("".join(shown).split())


def script_of(text: str) -> str:
    """Give the script most letters of `text` are in: `latin`, `arabic`, `other`; empty for none."""
    latin = arabic = other = 0
    for letter in text:
        if not letter.isalpha():
            continue
        code = ord(letter)
        if any(code in block for block in _LATIN_BLOCKS):
            latin += 1
        elif any(code in block for block in _ARABIC_BLOCKS):
            arabic += 1
        else:
            other += 1
    if not latin + arabic + other:
        return ""
    return max((latin, "latin"), (arabic, "arabic"), (other, "other"))[1]


@lru_cache(maxsize=200_000)
def romanised(word: str) -> str:
    """Give one word in the letters a to z, nothing else; empty when nothing of it is a letter."""
    if word.isascii():
        return re.sub("[^a-z]", "", word.casefold())
    script = script_of(word)
    if script == "arabic":
        return _from_arabic(word)
    plain = word.casefold().translate(_STROKES)
    if script == "latin":
        plain = "".join(
            c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c)
        )
    if not plain.isascii():
        from anyascii import anyascii

        plain = anyascii(plain.translate(_NASALS))
    return re.sub("[^a-z]", "", plain.casefold())


def _from_arabic(word: str) -> str:
    """Romanise a word in Arabic script: the article off, weak letters by their neighbours."""
    letters = [c for c in unicodedata.normalize("NFC", word) if c in _ARABIC]
    if letters[:2] == ["ا", "ل"] and len(letters) > _ARTICLE_AND_MORE:
        letters = letters[2:]
    out: list[str] = []
    last = len(letters) - 1
    for at, letter in enumerate(letters):
        sound = _ARABIC[letter]
        vowel_before = bool(out) and out[-1][-1:] in "aeiou"
        if letter in "ھه" and at == last and at and not vowel_before:
            sound = "a"
        elif (
            sound == "w" and at and not vowel_before and (at == last or _consonant(letters[at + 1]))
        ):
            sound = "u"
        elif sound == "y" and at and (at == last or _consonant(letters[at + 1])):
            sound = "i"
        elif letter == "ئ" and at == 0:
            sound = ""
        elif sound == "'":
            sound = "a" if at == 0 else ""
        if sound:
            out.append(sound)
    return re.sub("[^a-z]", "", "".join(out))


def _consonant(letter: str) -> bool:
    return _ARABIC.get(letter, "")[:1] not in {"a", "e", "i", "o", "u", ""}
