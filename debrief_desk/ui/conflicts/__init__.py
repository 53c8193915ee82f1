"""The inbox: the queue of conflicts, one of them in full, and its decision."""
