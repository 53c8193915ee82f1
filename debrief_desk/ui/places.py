"""The places of the window: what the sidebar lists, for whom, and which page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from debrief_desk.ui.parts.sidebar import Place
from debrief_desk.wording import _


@dataclass(frozen=True, slots=True)
class Room:
    """A place and the module and class of its page, which is imported when first visited."""

    place: Place
    module: str
    screen: str
    roles: frozenset[str] = frozenset()


def rooms() -> tuple[Room, ...]:
    """Give the places in the order of the sidebar; Ctrl+1 is the first."""
    people = frozenset({"coordinator", "agency_user", "supervisor"})
    site = frozenset({"coordinator", "supervisor"})
    ui = "debrief_desk.ui"
    return (
        Room(
            Place("today", _("Today"), "sun-horizon"), f"{ui}.today.screen", "TodayScreen", people
        ),
        Room(
            Place("debriefs", _("Debriefs"), "chats"),
            f"{ui}.debriefs.screen",
            "DebriefsScreen",
            people,
        ),
        Room(Place("people", _("People"), "users"), f"{ui}.people.screen", "PeopleScreen", people),
        Room(
            Place("interviewers", _("Interviewers"), "identification-badge"),
            f"{ui}.staff.screen",
            "StaffScreen",
            people,
        ),
        Room(
            Place("conflicts", _("Conflicts"), "warning-circle"),
            f"{ui}.conflicts.screen",
            "ConflictsScreen",
            people,
        ),
        Room(
            Place("board", _("Board"), "calendar-blank"),
            f"{ui}.board.screen",
            "BoardScreen",
            people,
        ),
        Room(Place("plan", _("Plan"), "list-checks"), f"{ui}.plan.screen", "PlanScreen", site),
        Room(
            Place("roster", _("Roster"), "printer", gap=True),
            f"{ui}.rosters.screen",
            "RostersScreen",
            site,
        ),
        Room(
            Place("import", _("Import"), "tray-arrow-down"),
            f"{ui}.imports.screen",
            "ImportsScreen",
            site,
        ),
        Room(
            Place("rules", _("Rules"), "file-text", gap=True),
            f"{ui}.rules.screen",
            "RulesScreen",
            people | {"administrator"},
        ),
        Room(
            Place("quality", _("Quality"), "arrows-left-right"),
            f"{ui}.quality.screen",
            "QualityScreen",
            site,
        ),
        Room(
            Place("log", _("Log"), "clock-counter-clockwise"),
            f"{ui}.log.screen",
            "LogScreen",
            frozenset({"auditor", "supervisor"}),
        ),
        Room(
            Place("settings", _("Settings"), "gear-six", gap=True),
            f"{ui}.settings.screen",
            "SettingsScreen",
        ),
    )
