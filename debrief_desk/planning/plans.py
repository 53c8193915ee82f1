"""Plans as JSON: `roster-plan/1` (FORMATS.md section 3)."""

from __future__ import annotations

from debrief_desk.planning.fields import LARGEST, Fields, refuse
from debrief_desk.planning.roster import MODES, PLAN_SCHEMA, Booking, RosterPlan, Unplaced

CODES = (
    *("WINDOW", "AGENCY", "ACCREDITATION", "EXPERIENCE", "GENDER", "EXCLUDED", "LEAD_SHIFT"),
    *("LANGUAGE", "MODE", "INTERPRETER_SHIFT", "SECOND", "ADULT", "ROOM", "COMBINATION"),
    "CAPACITY",
)


def plan_from_json(obj: object) -> RosterPlan:
    """Read a plan file; whether it keeps the rules is for `check` to say.

    Raises:
        FileRefused: it is no plan, or a field is absent or of the wrong type; names the field.
    """
    fields = Fields(obj, "")
    if fields.get("schema") != PLAN_SCHEMA:
        raise refuse("roster-schema", "schema")
    return RosterPlan(
        problem=fields.text("problem"),
        bookings=fields.records("bookings", booking_from_fields),
        unplaced=tuple(_unplaced(part) for part in fields.parts("unplaced")),
    )


def previous_from_fields(fields: Fields, problem: str) -> RosterPlan:
    """Read the plan inside a problem; only its bookings matter, and who left may stand in it."""
    if fields.values.get("schema", PLAN_SCHEMA) != PLAN_SCHEMA:
        raise refuse("roster-schema", fields.name("schema"))
    return RosterPlan(problem, fields.records("bookings", booking_from_fields))


def booking_from_fields(fields: Fields) -> Booking:
    """Read one booking."""
    requests = fields.texts("requests")
    if not requests:
        raise refuse("roster-empty", fields.name("requests"))
    mode = fields.text_or_none("mode")
    if mode is not None and mode not in MODES:
        raise refuse("roster-unknown-value", fields.name("mode"))
    return Booking(
        id=fields.text("id"),
        requests=requests,
        start=fields.whole("start", low=-LARGEST),
        duration=fields.whole("duration", low=1),
        room=fields.text("room"),
        lead=fields.text("lead"),
        second=fields.text_or_none("second"),
        interpreter=fields.text_or_none("interpreter"),
        mode=mode,
        adult=fields.text_or_none("adult"),
    )


def _unplaced(fields: Fields) -> Unplaced:
    code = fields.text("code")
    if code not in CODES:
        raise refuse("roster-unknown-value", fields.name("code"))
    detail = fields.values.get("detail") or ""
    if not isinstance(detail, str):
        raise refuse("roster-wrong-type", fields.name("detail"))
    return Unplaced(fields.text("request"), code, detail)


def plan_to_json(plan: RosterPlan) -> dict[str, object]:
    """Give the plan as a JSON object; reading it again gives an equal plan."""
    return {
        "schema": PLAN_SCHEMA,
        "problem": plan.problem,
        "bookings": [booking_to_json(booking) for booking in plan.bookings],
        "unplaced": [
            {"request": row.request, "code": row.code, "detail": row.detail}
            for row in plan.unplaced
        ],
    }


def booking_to_json(booking: Booking) -> dict[str, object]:
    """Give one booking as a JSON object."""
    return {
        "id": booking.id,
        "requests": list(booking.requests),
        "start": booking.start,
        "duration": booking.duration,
        "room": booking.room,
        "lead": booking.lead,
        "second": booking.second,
        "interpreter": booking.interpreter,
        "mode": booking.mode,
        "adult": booking.adult,
    }
