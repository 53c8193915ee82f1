"""What the log says: what was done to what, and whether the chain holds."""

from __future__ import annotations

from typing import Final

from debrief_desk.wording import N_, _, left_to_right, ngettext

_KINDS: Final = {
    "collected": N_("Collected"),
    "altered": N_("Altered"),
    "consulted": N_("Looked at"),
    "disclosed": N_("Passed on"),
    "combined": N_("Combined"),
    "erased": N_("Erased"),
    "signed": N_("Signed in"),
}

_ENTITIES: Final = {
    "registration": N_("person's record"),
    "person": N_("person"),
    "debrief": N_("debrief"),
    "conflict": N_("conflict"),
    "identity_decision": N_("pair of records"),
    "no_approach_marker": N_("no-approach marker"),
    "import_batch": N_("import"),
    "roster": N_("roster"),
    "proposal": N_("proposed plan"),
    "open_day": N_("day without names"),
    "staffing": N_("staffing report"),
    "desk": N_("desk"),
    "log": N_("log"),
    "figures": N_("figures"),
    "renewals": N_("list of what is due"),
    "interviewer": N_("interviewer"),
    "interpreter": N_("interpreter"),
    "accreditation": N_("paper"),
    "experience": N_("earlier debriefs"),
    "duty": N_("shift or absence"),
    "account": N_("account"),
}

COLUMNS: Final = (
    N_("Number"),
    N_("When"),
    N_("Who"),
    N_("Roles"),
    N_("What"),
    N_("About"),
    N_("Step"),
    N_("Recipient"),
    N_("Reason"),
    N_("Seal"),
)


def kind(code: str) -> str:
    """Give the word for a kind of event."""
    return _(_KINDS[code]) if code in _KINDS else code


def kinds() -> tuple[tuple[str, str], ...]:
    """Give code and word of every kind."""
    return tuple((code, _(word)) for code, word in _KINDS.items())


def entity(code: str) -> str:
    """Give the word for what an event is about."""
    return _(_ENTITIES[code]) if code in _ENTITIES else code.replace("_", " ")


def touched(rows: dict[str, int]) -> str:
    """Say which rows a step wrote, most first, such as `debrief 3, conflict 1`."""
    most = sorted(rows.items(), key=lambda row: -row[1])
    return ", ".join(f"{entity(table)} {count:,}" for table, count in most)


def counted(total: int) -> str:
    """Say how many events there are."""
    return ngettext("{n} event", "{n} events", total).format(n=f"{total:,}")


def verified(events: int, broken_at: int | None, fingerprint: str) -> str:
    """Say whether the chain holds, with the fingerprint to note elsewhere."""
    if broken_at is not None:
        return _(
            "The chain does not hold at event {number}: something was changed or taken out after "
            "it was written. Keep a copy of the file as it is, and tell the administrator."
        ).format(number=left_to_right(f"{broken_at:,}"))
    return ngettext(
        "The chain of {n} event holds. Fingerprint {print}: note it in the day book; a later one "
        "that does not follow from it shows that events were cut off.",
        "The chain of {n} events holds. Fingerprint {print}: note it in the day book; a later one "
        "that does not follow from it shows that events were cut off.",
        events,
    ).format(n=f"{events:,}", print=left_to_right(fingerprint))


def exported(lines: int, recipient: str) -> str:
    """Say that the log was written to a file."""
    return ngettext(
        "{n} event written for {recipient}.", "{n} events written for {recipient}.", lines
    ).format(n=f"{lines:,}", recipient=recipient)
