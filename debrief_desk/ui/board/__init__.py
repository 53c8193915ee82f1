"""The day on a board: rooms or people by time."""
