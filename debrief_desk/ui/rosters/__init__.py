"""The roster: what it lists, what changed, for whom it is issued."""
