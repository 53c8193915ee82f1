"""Debrief Desk co-ordinates voluntary debriefs at a reception centre."""

__version__ = "0.1.0"
