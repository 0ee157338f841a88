"""One file for each room or journey: its pages, and what their forms ask for."""

ROOMS: tuple[str, ...] = (
    "adding",
    "checking",
    "entry",
    "item",
    "journeys",
    "leaving",
    "looking",
    "opening",
    "people",
    "settings",
    "sharing",
    "vault",
    "work",
)
"""The files whose `ROUTES` are the pages, by name."""
