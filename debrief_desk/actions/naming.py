"""How a person is shown: as the agency typed the name, or what stands for it.

While names are hidden from a shared screen (`Step.names_hidden`), a reference stands for every
name, wherever it would be shown; what is written to a roster keeps the name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import object_session

from debrief_desk.store.session import step_of
from debrief_desk.wording import _

if TYPE_CHECKING:
    from debrief_desk.store.models import Registration


def shown_name(registration: Registration) -> str:
    """Give the name to show: as typed, or a reference while names are hidden."""
    if not names_hidden(registration):
        return written_name(registration)
    return registration.serial or registration.band or _("Name hidden")


def shown_script(registration: Registration) -> str:
    """Give the name in its own script to show; nothing while names are hidden."""
    return "" if names_hidden(registration) else registration.native_name


def written_name(registration: Registration) -> str:
    """Give the name as typed; a placeholder, or that there is none, where nobody gave one."""
    r = registration
    name = r.full_name or " ".join(part for part in (r.given_name, r.family_name) if part)
    return name or r.placeholder or r.native_name or _("No name recorded")


def shown_birth(registration: Registration) -> str:
    """Give the birth as recorded: a date, a year, or an age on a day."""
    r = registration
    if r.birth_year is not None:
        parts = [r.birth_day, r.birth_month, r.birth_year]
        return "/".join(f"{part:02d}" for part in parts if part is not None)
    if r.birth_age is not None:
        return _("age {age}").format(age=r.birth_age)
    return ""


def shown_language(registration: Registration) -> str:
    """Give the language with its dialect in brackets."""
    r = registration
    return f"{r.language} ({r.dialect})" if r.dialect else r.language


def names_hidden(registration: Registration) -> bool:
    """Say whether names are hidden; somebody who is being typed is in no session yet."""
    session = object_session(registration)
    return session is not None and "step" in session.info and step_of(session).names_hidden
