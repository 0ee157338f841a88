"""Cases: what happened to one person, where it can be seen, and what was done about it."""
