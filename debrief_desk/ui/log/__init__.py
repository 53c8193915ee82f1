"""The log of the desk: who did what to what, and whether its chain holds."""
