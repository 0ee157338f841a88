"""One file for each room or journey: its pages, and what their forms ask for."""

ROOMS: tuple[str, ...] = ("entry", "leaving", "work")
"""The files whose `ROUTES` are the pages, by name."""
