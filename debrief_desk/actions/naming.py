"""How a person is shown in a list: as the agency typed the name, or what stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.wording import _

if TYPE_CHECKING:
    from debrief_desk.store.models import Registration


def shown_name(registration: Registration) -> str:
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
