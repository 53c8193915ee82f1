"""Read the words of sheets: blanks, sex, yes and no, codes, languages, references, stand-in names.

Every function takes text and gives a code or the text itself; None means that the words are not
known here.
"""

from __future__ import annotations

import re
from typing import Final

from debrief_desk.rules.codes import Mode, Purpose

HOME_OFFICE: Final = "Home Office"

_BLANKS: Final = frozenset(
    {
        *("", "n/k", "nk", "n/a", "unk", "unknown", "not known", "not recorded", "not given"),
        *("none", "nil", "null", "tbc", "tba", "to follow", "pending", "blank"),
        *("#n/a", "#ref!", "#value!", "#name?", "#null!", "#num!", "#div/0!"),
    }
)
# "None", "Nil" and "Na" are people's names; so are most short words.
_NAME_BLANKS: Final = frozenset(
    {
        *("", "n/k", "nk", "n/a", "unk", "unknown", "not known", "not given", "tbc", "tba"),
        *("fnu", "lnu", "nfn", "nln", "no name", "no surname", "no forename", "xxx", "xx"),
    }
)
_SIGNS_ONLY: Final = re.compile(r"[\W_]+")
_STAND_IN: Final = re.compile(
    r"(?:(?:unknown|unk|unidentified|unnamed|no\s?name|n/?k|not known|john doe|jane doe)\b[\s.,-]*)"
    r"(?:(?:adult|male|female|man|woman|boy|girl|child|minor|baby|infant|person|pax|m|f)\b[\s.,-]*)*"
    r"(?:(?:no|nr|number|#)?\.?\s*#?\s*\d+)?|"
    r"(?:(?:adult|male|female|man|woman|boy|girl|child|baby|infant|person)\b[\s.,-]*)+"
    r"(?:no|nr|number|#)?\.?\s*#?\s*\d+|(?:baby|infant) (?:boy|girl)(?: of .+)?"
)

_SEXES: Final = {
    **dict.fromkeys(("m", "male", "man", "boy", "mr", "homme", "männlich", "masculino"), "M"),
    **dict.fromkeys(("f", "female", "woman", "girl", "w", "mrs", "ms", "femme", "weiblich"), "F"),
    **dict.fromkeys(("u", "x", "?", "other", "indeterminate", "prefer not to say"), ""),
}
_YES: Final = frozenset({"yes", "y", "true", "1", "x", "✓", "✔", "ok", "done", "complete", "oui"})
_NO: Final = frozenset({"no", "n", "false", "0", "not yet", "✗", "✘", "non", "outstanding"})
_MEDICAL: Final = {
    **dict.fromkeys(("fit", "ok", "clear", "cleared", "fit for interview"), "fit"),
    **dict.fromkeys(("see nurse", "nurse", "see medic", "refer", "referred"), "see_nurse"),
    **dict.fromkeys(("hold", "medical hold", "on hold"), "hold"),
    **dict.fromkeys(("not fit", "unfit", "hospital", "in hospital"), "not_fit"),
}
_PREFERENCES: Final = {
    **dict.fromkeys(("no preference", "none", "no pref", "any", "either", "no", "np"), "none"),
    **dict.fromkeys(("men only", "male only", "men", "male", "man", "m"), "men"),
    **dict.fromkeys(("women only", "female only", "women", "female", "woman", "f"), "women"),
}
_CHILD: Final = {
    **dict.fromkeys(("child", "minor", "uasc", "juvenile", "under 18", "u18", "c"), "child"),
    **dict.fromkeys(
        ("age disputed", "disputed", "age dispute", "adc", "ad", "claimed minor", "claims minor"),
        "age_disputed",
    ),
    **dict.fromkeys(("adult", "over 18", "18+", "no", "n", "a"), "adult"),
    **dict.fromkeys(("yes", "y"), "age_disputed"),  # of two meanings the safer: both bar (C-1, C-2)
}
_PURPOSES: Final = {
    **dict.fromkeys(("route", "routes", "journey"), Purpose.ROUTE),
    **dict.fromkeys(("boat loading", "loading", "embarkation"), Purpose.BOAT_LOADING),
    **dict.fromkeys(("organisers", "organizers", "facilitators"), Purpose.ORGANISERS),
    **dict.fromkeys(("payments", "payment", "money"), Purpose.PAYMENTS),
    **dict.fromkeys(("engine and vessel", "vessel", "engine", "boat"), Purpose.ENGINE_VESSEL),
    **dict.fromkeys(("recruitment", "recruiters"), Purpose.RECRUITMENT),
    **dict.fromkeys(("documents", "document"), Purpose.DOCUMENTS),
    **dict.fromkeys(("other", "other agreed"), Purpose.OTHER_AGREED),
}
_MODES: Final = {
    **dict.fromkeys(("in person", "inperson", "face to face", "on site"), Mode.IN_PERSON),
    **dict.fromkeys(("video", "video link"), Mode.VIDEO),
    **dict.fromkeys(("phone", "telephone", "tel"), Mode.PHONE),
}

_LANGUAGES: Final = {
    **dict.fromkeys(("sorani", "kurdish sorani", "central kurdish"), "Kurdish Sorani"),
    **dict.fromkeys(
        ("kurmanji", "kurdish kurmanji", "kurmanci", "northern kurdish", "bahdini"),
        "Kurdish Kurmanji",
    ),
    **dict.fromkeys(("farsi", "persian"), "Farsi"),
    **dict.fromkeys(("pashto", "pushto", "pashtu", "pushtu"), "Pashto"),
    **dict.fromkeys(("tigrinya", "tigrigna"), "Tigrinya"),
    **dict.fromkeys(("bengali", "bangla"), "Bengali"),
    **dict.fromkeys(("punjabi", "panjabi"), "Punjabi"),
    **dict.fromkeys(("oromo", "afaan oromo", "oromiffa"), "Oromo"),
    **{
        name.casefold(): name
        for name in (
            *("Albanian", "Amharic", "Arabic", "Armenian", "Azerbaijani", "Baluchi", "Berber"),
            *("Burmese", "Cantonese", "Dari", "English", "French", "Fula", "Fur", "Georgian"),
            *("Gujarati", "Hausa", "Hazaragi", "Hindi", "Igbo", "Krio", "Kurdish", "Lingala"),
            *("Luri", "Malayalam", "Mandarin", "Mandinka", "Masalit", "Nepali", "Portuguese"),
            *("Rohingya", "Romanian", "Russian", "Serbian", "Sinhala", "Somali", "Spanish"),
            *("Susu", "Swahili", "Tamil", "Tigre", "Turkish", "Turkmen", "Twi", "Ukrainian"),
            *("Urdu", "Uzbek", "Vietnamese", "Wolof", "Yoruba", "Zaghawa"),
        )
    },
}
_ARABIC_OF: Final = re.compile(
    r"(sudanese|levantine|syrian|iraqi|egyptian|libyan|maghrebi|moroccan|gulf|kuwaiti|yemeni)"
    r"\s+arabic"
)
_WITH_DIALECT: Final = re.compile(r"([^()\[\]]+?)\s*[(\[]\s*([^()\[\]]*?)\s*[)\]]?")
_DASHED: Final = re.compile(r"(arabic|kurdish)\s*[-–/:]\s*(.+)", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[,;/&+|](?![^(]*\))|\band\b(?![^(]*\))", re.IGNORECASE)
_NO_NAME_SIGNS: Final = frozenset('"=<>{}()[]:/\\@|0123456789')
_HOME_OFFICE_REFERENCE: Final = re.compile(r"[A-Z][\s-]?\d{6,8}(?:[\s/-]?\d{1,3})?", re.IGNORECASE)


def is_blank(text: str) -> bool:
    """Tell whether text says no more than that nothing is known."""
    return _folded(text) in _BLANKS or _SIGNS_ONLY.fullmatch(text.strip()) is not None


def name_or_blank(text: str) -> str:
    """Give a name as typed, or "" where the text only says that there is none."""
    plain = text.strip()
    no_name = _folded(plain) in _NAME_BLANKS or _SIGNS_ONLY.fullmatch(plain)
    return "" if no_name else plain


def is_stand_in(name: str) -> bool:
    """Tell whether a name only numbers somebody whose name is not known (UNKNOWN MALE 14)."""
    return _STAND_IN.fullmatch(_folded(name)) is not None


def sex_code(text: str) -> str | None:
    """Give `M`, `F` or ""."""
    return _SEXES.get(_folded(text))


def yes_or_no(text: str) -> bool | None:
    """Give True or False."""
    word = _folded(text)
    return True if word in _YES else False if word in _NO else None


def medical_code(text: str) -> str | None:
    """Give `fit`, `see_nurse`, `hold` or `not_fit`."""
    return _MEDICAL.get(_folded(text))


def preference_code(text: str) -> str | None:
    """Give `none`, `men` or `women`."""
    return _PREFERENCES.get(_folded(text))


def child_code(text: str) -> str | None:
    """Give `child`, `age_disputed` or `adult`; "yes" is the safer of the first two."""
    return _CHILD.get(_folded(text))


def purpose_code(text: str) -> str | None:
    """Give a value of `rules.codes.Purpose`."""
    purpose = _PURPOSES.get(_folded(text).replace("_", " ").replace("&", "and"))
    return None if purpose is None else purpose.value


def mode_code(text: str) -> str | None:
    """Give a value of `rules.codes.Mode`."""
    mode = _MODES.get(_folded(text).replace("_", " "))
    return None if mode is None else mode.value


def language_of(text: str) -> tuple[str, str]:
    """Give language and dialect: `Arabic (Sudanese)` is ("Arabic", "Sudanese").

    Sorani and Kurmanji are languages of their own (I-2). A language not known here stays as typed.
    """
    plain = " ".join(text.split())
    if found := _ARABIC_OF.fullmatch(plain.casefold()):
        return "Arabic", found[1].title()
    if found := _DASHED.fullmatch(plain) or _WITH_DIALECT.fullmatch(plain):
        both = f"{found[1]} {found[2]}".casefold().strip()
        if both in _LANGUAGES:
            return _LANGUAGES[both], ""
        return _LANGUAGES.get(found[1].casefold(), found[1]), found[2].strip()
    return _LANGUAGES.get(plain.casefold(), plain), ""


def is_language(text: str) -> bool:
    """Tell whether text names a language that is known here, with or without a dialect."""
    return language_of(text)[0] in _LANGUAGES.values()


def several(text: str) -> tuple[str, ...]:
    """Cut a list in one cell at commas, semicolons, slashes and "and", outside brackets."""
    return tuple(part.strip() for part in _BETWEEN.split(text) if part and part.strip())


def issuer_of(reference: str) -> str:
    """Give the issuer that a reference shows by its form, or ""."""
    return HOME_OFFICE if _HOME_OFFICE_REFERENCE.fullmatch(reference.strip()) else ""


def split_name(name: str) -> tuple[str, str]:
    """Give given name and family name of a whole name, or two "" where its order is not shown.

    "Family, Given" shows it by the comma, "Given FAMILY" and "FAMILY Given" by the capitals.
    """
    if any(sign in _NO_NAME_SIGNS for sign in name):
        return "", ""
    if name.count(",") == 1:
        family, given = (part.strip() for part in name.split(","))
        return (given, family) if given and family else ("", "")
    words = name.split()
    loud = [word.isupper() and len(word.strip(".-'")) > 1 for word in words]
    if all(loud) or not any(loud):
        return "", ""
    first, last = loud.index(True), len(loud) - loud[::-1].index(True)
    if not all(loud[first:last]) or (first > 0 and last < len(words)):
        return "", ""
    given = " ".join(words[:first] + words[last:])
    return given, " ".join(words[first:last])


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .*")
