"""People: everybody on this desk, one person in full, and pairs that may be one."""
