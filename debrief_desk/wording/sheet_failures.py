"""Why a sheet or calendar could not be taken or written, what was kept, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from debrief_desk.wording import _, isolated, left_to_right, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


def encoding_title(name: str) -> str:
    """Give the name of an encoding as the chooser shows it."""
    return {
        "utf-8": _("Unicode (UTF-8)"),
        "utf-16": _("Unicode (UTF-16)"),
        "utf-16-le": _("Unicode (UTF-16, little end first)"),
        "utf-16-be": _("Unicode (UTF-16, big end first)"),
        "windows-1250": _("Central European (Windows-1250)"),
        "windows-1251": _("Cyrillic (Windows-1251)"),
        "windows-1252": _("Western (Windows-1252)"),
        "windows-1253": _("Greek (Windows-1253)"),
        "windows-1254": _("Turkish (Windows-1254)"),
        "windows-1256": _("Arabic (Windows-1256)"),
        "windows-1258": _("Vietnamese (Windows-1258)"),
    }.get(name, name)


def _list(texts: str | Iterable[object]) -> str:
    if isinstance(texts, str):
        return isolated(texts)
    return ", ".join(isolated(str(text)) for text in texts)


def _no_name_column(line: int = 0, headings: Iterable[str] = (), **_values: Any) -> str:
    return _(
        "Line {line} holds the headings, but none of them is a name ({headings} were not "
        "recognised). Nothing was taken. Say which column holds the name, or ask for the file anew."
    ).format(line=left_to_right(str(line)), headings=_list(headings) or _("all others"))


def _sheet_missing(sheet: str = "", sheets: Iterable[str] = (), **_values: Any) -> str:
    return _(
        "The workbook has no sheet called {sheet}; it has {sheets}. Nothing was taken. Choose one "
        "of these."
    ).format(sheet=isolated(sheet), sheets=_list(sheets))


def _encoding_needed(candidates: Iterable[str] = (), **_values: Any) -> str:
    return _(
        "The file does not show in which character set it was saved, and a wrong one would spoil "
        "names. Nothing was taken. Choose one and look at the preview: {candidates}."
    ).format(candidates=", ".join(left_to_right(name) for name in candidates))


def _too_long(rows: int = 0, **_values: Any) -> str:
    return ngettext(
        "The sheet is longer than {rows} line. Nothing was taken. Split it, or delete what lies "
        "below the last row.",
        "The sheet is longer than {rows} lines. Nothing was taken. Split it, or delete what lies "
        "below the last row.",
        rows,
    ).format(rows=left_to_right(f"{rows:,}"))


SENTENCES: Final[Mapping[str, Callable[..., str]]] = {
    "file-missing": lambda **_values: _(
        "There is no such file. Nothing was taken. Check the name, or whether the drive is there."
    ),
    "file-is-folder": lambda **_values: _("This is a folder. Choose a file in it."),
    "file-not-a-file": lambda **_values: _("This is a device, not a file. Choose a file."),
    "file-unreadable": lambda **_values: _(
        "The file cannot be read. Nothing was taken. Close it in other programs, or copy it to "
        "another folder first."
    ),
    "file-empty": lambda **_values: _(
        "The file is empty. Nothing was taken. Ask the sender for it anew."
    ),
    "file-too-big": lambda megabytes=0, **_values: _(
        "The file is larger than {megabytes} MB. Nothing was taken. Split it into several files."
    ).format(megabytes=left_to_right(str(megabytes))),
    "file-is-web-page": lambda **_values: _(
        "This is a web page, whatever its name says. Nothing was taken. Open it in a spreadsheet "
        "program and save it as XLSX or CSV."
    ),
    "file-not-a-sheet": lambda **_values: _(
        "This is neither a workbook nor a text file of cells. Nothing was taken. Ask for XLSX or "
        "CSV."
    ),
    "workbook-locked": lambda **_values: _(
        "The workbook is protected by a password. Nothing was taken. Open it in a spreadsheet "
        "program, take the password off, and save it again."
    ),
    "workbook-old": lambda **_values: _(
        "This is a workbook of the old form (XLS). Nothing was taken. Open it in a spreadsheet "
        "program and save it as XLSX."
    ),
    "workbook-other": lambda **_values: _(
        "This is an OpenDocument file, not XLSX. Nothing was taken. Open it in a spreadsheet "
        "program and save it as XLSX or CSV."
    ),
    "workbook-broken": lambda **_values: _(
        "The name says workbook, but the content is none, or is damaged. Nothing was taken. Ask "
        "the sender for it anew."
    ),
    "workbook-cut-off": lambda **_values: _(
        "The workbook is incomplete: its end is missing. Nothing was taken. Copy it again, or ask "
        "the sender for it anew."
    ),
    "workbook-too-big": lambda **_values: _(
        "The workbook unpacks to far more than a list of people can be. Nothing was taken. Do not "
        "open it elsewhere; ask the sender what it is."
    ),
    "sheet-too-long": _too_long,
    "sheet-too-wide": lambda columns=0, **_values: _(
        "The sheet has more than {columns} columns. Nothing was taken. Delete the columns that "
        "are not needed."
    ).format(columns=left_to_right(str(columns))),
    "sheet-missing": _sheet_missing,
    "sheet-in-text": lambda **_values: _(
        "A text file has no sheets to choose from. Leave the sheet out."
    ),
    "encoding-needed": _encoding_needed,
    "encoding-wrong": lambda encoding="", **_values: _(
        "The file is not in the character set {encoding}. Nothing was taken. Choose another one."
    ).format(encoding=left_to_right(encoding)),
    "encoding-unknown": lambda encoding="", **_values: _(
        "There is no character set called {encoding} to choose. Nothing was taken."
    ).format(encoding=isolated(encoding)),
    "no-headings": lambda **_values: _(
        "No line with headings was found, such as Surname, DOB or Band. Nothing was taken. Put the "
        "headings above the rows."
    ),
    "no-name-column": _no_name_column,
    "no-rows": lambda line=0, **_values: _(
        "There are headings in line {line}, but no rows below them. Nothing was taken."
    ).format(line=left_to_right(str(line))),
    "date-order-needed": lambda columns=(), **_values: _(
        "In {columns} day and month cannot be told apart. Nothing was taken. Say once whether day "
        "or month comes first."
    ).format(columns=_list(columns)),
    "folder-missing": lambda **_values: _(
        "The folder is not there. Nothing was written. Choose another one."
    ),
    "name-is-folder": lambda **_values: _(
        "There is a folder of that name. Nothing was written. Choose another name."
    ),
    "cannot-write": lambda **_values: _(
        "The file cannot be written there: the place is read-only, or the file is open in another "
        "program. What was there before is unchanged. Choose another place."
    ),
}
"""Code of a `FileRefused` from `files` to a function of its values; `failures` joins it."""
