"""The debriefs: the list of a day, and the form that plans one."""
