"""The keys of the desk, as F1 lists them."""

from __future__ import annotations

from debrief_desk.ui.parts.shortcuts import KeyGroup
from debrief_desk.wording import _


def key_groups() -> tuple[KeyGroup, ...]:
    """Give every key, by where it works."""
    return (
        KeyGroup(
            _("Everywhere"),
            (
                ("Ctrl+1 … Ctrl+9", _("Go to one of the first nine places")),
                ("Ctrl+N", _("New debrief")),
                ("Ctrl+K", _("Find or run")),
                ("Ctrl+L", _("Lock the desk")),
                ("Ctrl+Shift+L", _("Hide names, show them again")),
                ("F6 Shift+F6", _("Next, previous part of the window")),
                ("F1", _("These keys")),
            ),
        ),
        KeyGroup(_("Today"), (("J / K", _("Next, previous row")), ("Enter", _("Do it")))),
        KeyGroup(
            _("New debrief"),
            (
                ("Ctrl+Enter", _("Register")),
                ("Ctrl+Shift+N", _("Next person of the same boat")),
                ("Ctrl+S", _("Keep as a draft")),
                ("Alt+S", _("Next free slots")),
                ("Alt+1 … Alt+4", _("Go to a live check")),
                ("R", _("Show the rule of the live check")),
            ),
        ),
        KeyGroup(
            _("Debriefs"),
            (
                ("O / M", _("Open, move")),
                ("A / W", _("Record the answer, record welfare")),
                ("C / Del", _("Mark cleared, cancel")),
                ("B / E", _("Begin, complete")),
                ("S / X", _("Stop, record that the person will not go on")),
            ),
        ),
        KeyGroup(
            _("People"),
            (
                ("Ctrl+F", _("Find somebody")),
                ("S / N / U", _("Same person, not the same person, unsure")),
                ("J / K", _("Next, previous pair to link")),
                ("P", _("Plan a debrief for the person shown")),
                ("Alt+Left", _("Back to the list")),
            ),
        ),
        KeyGroup(
            _("Conflicts"),
            (
                ("J / K", _("Next, previous conflict")),
                ("S", _("Same person")),
                ("N", _("Not the same person")),
                ("U", _("Unsure")),
                ("A / B / M", _("Same person: keep A, keep B, or one joint debrief")),
                ("T", _("Take or give back")),
                ("W", _("Wait for somebody")),
                ("E", _("Ask for an emergency bypass")),
                ("F", _("Families: several pairs of one boat at once")),
                ("R", _("Acknowledge a notice; record a review")),
                ("C", _("Cancel a plan; concur with a bypass")),
                ("Ctrl+Up Ctrl+Down", _("Scroll the two records")),
                ("D / H", _("Differences only; go to the history")),
                ("Ctrl+Z", _("Undo the last decision")),
            ),
        ),
        KeyGroup(
            _("Interviewers"),
            (
                ("O / Enter", _("Papers, experience and hours of a person")),
                ("I", _("Ill today")),
                ("B", _("Show on the board")),
                ("Esc", _("Back to the list")),
            ),
        ),
        KeyGroup(
            _("Board"),
            (
                (_("Arrows"), _("Move the selection")),
                (_("Alt+arrows"), _("Move the plan by 5 minutes or a row")),
                (_("Shift+Alt+arrows"), _("Change its length")),
                ("Enter", _("Open")),
                ("T", _("Go to now")),
                ("Ctrl+G", _("Go to a date")),
                ("Ctrl+PgUp Ctrl+PgDn", _("The day before, the day after")),
                ("Ctrl+Z Ctrl+Shift+Z", _("Undo, redo a move")),
                ("Ctrl+Enter", _("Put the plan of the tray into its free slot")),
                ("P", _("Keep the plan where it is in every proposal, or not")),
                ("1 2 3", _("Urgent, as usual, can wait")),
            ),
        ),
    )
