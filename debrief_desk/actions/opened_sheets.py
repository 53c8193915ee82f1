"""A sheet that is about to be taken: opened, its columns mapped as this sender's were before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from debrief_desk.files import headings
from debrief_desk.files.sheets import read_sheet
from debrief_desk.store.models import Agency, SenderMapping

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from debrief_desk.files.headings import Mapping as Columns
    from debrief_desk.files.sheets import Sheet


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file and how to read it; what is empty is found from the file or remembered."""

    path: Path
    agency: str = ""
    kind: str = ""
    sheet: str = ""
    encoding: str = ""
    date_order: str = ""
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet with its columns, and how its dates are to be read.

    Attributes:
        digest: SHA-256 of the file.
        sender: under which name the mapping is remembered: the agency, or the kind of sheet.
        order: of day and month, "" where neither said nor remembered.
        remembered: the columns are read as this sender's were before.
    """

    digest: str
    sheet: Sheet
    columns: Columns
    sender: str
    order: str
    remembered: bool


def open_sheet(session: Session, file: ImportFile) -> Opened:
    """Read a file and map its columns, as said or as remembered for its sender.

    Raises:
        FileRefused: the file cannot be read as a sheet, or has no usable headings.
    """
    sheet = read_sheet(file.path, sheet=file.sheet or None, encoding=file.encoding or None)
    columns = headings.map_columns(
        sheet, kind=file.kind or None, remembered=dict(file.columns) or None
    )
    sender = file.agency.casefold() or columns.kind
    held = session.scalars(
        select(SenderMapping).where(
            SenderMapping.sender == sender, SenderMapping.headings == _signature(columns)
        )
    ).first()
    if held is not None and not file.columns:
        columns = headings.map_columns(sheet, kind=held.kind, remembered=held.columns)
    order = file.date_order or (held.date_order if held is not None else "")
    return Opened(_digest(file.path), sheet, columns, sender, order, remembered=held is not None)


def likely_sender(session: Session, opened: Opened) -> str:
    """Give the one agency that has sent a sheet with these headings before; "" for none or many."""
    mappings = select(SenderMapping.sender).where(
        SenderMapping.headings == _signature(opened.columns)
    )
    senders = set(session.scalars(mappings))
    named = [a.name for a in session.scalars(select(Agency)) if a.name.casefold() in senders]
    return named[0] if len(named) == 1 else ""


def remember(session: Session, opened: Opened) -> None:
    """Keep how this sender's columns are read, for the next file with these headings."""
    signature = _signature(opened.columns)
    held = session.scalars(
        select(SenderMapping).where(
            SenderMapping.sender == opened.sender, SenderMapping.headings == signature
        )
    ).first()
    if held is None:
        held = SenderMapping(sender=opened.sender, headings=signature, kind=opened.columns.kind)
        session.add(held)
    held.columns, held.date_order = opened.columns.as_choice(), opened.order


def _signature(columns: Columns) -> str:
    joined = "\x1f".join(c.heading for c in columns.columns)
    return hashlib.sha256(joined.encode()).hexdigest()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
