"""The rules that the file itself keeps: what was logged stays, who said no is left alone.

Imported for its effect: each guard registers itself with `guarding`.
"""

from __future__ import annotations

from debrief_desk.store import guarding

guarding.append_only("audit_event", sequence="sequence")
guarding.append_only("change")
guarding.frozen("registration", ("home_person_id", "agency_id", "registered_at"))
guarding.frozen("no_approach_marker", ("registration_id", "kind", "placed_at"))
guarding.frozen("no_approach_marker", ("lifted_at",), once_set=True)

# V-4 once more, below every code path: no open debrief for a person under a standing marker.
_OPEN = "('draft', 'planned', 'waiting', 'cleared', 'in_progress')"
_MARKED = """EXISTS (
  SELECT 1 FROM no_approach_marker AS marker
  JOIN registration AS refused ON refused.id = marker.registration_id
  JOIN registration AS planned ON planned.person_id = refused.person_id
  WHERE planned.id = NEW.registration_id AND marker.lifted_at IS NULL
)"""
for _name, _event in (
    ("debrief_refused_insert", "BEFORE INSERT ON debrief"),
    ("debrief_refused_update", "BEFORE UPDATE OF state, registration_id ON debrief"),
):
    _opening = f"NEW.state IN {_OPEN}"
    if "UPDATE" in _event:
        _opening += (
            f" AND (OLD.state NOT IN {_OPEN} OR NEW.registration_id IS NOT OLD.registration_id)"
        )
    guarding.register(
        _name,
        f"CREATE TRIGGER {_name}\n{_event}\nWHEN {_opening} AND {_MARKED}\n"
        "BEGIN\n  SELECT RAISE(ABORT, 'no-approach-marker');\nEND",
    )
