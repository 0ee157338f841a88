"""One file for each room or journey: its pages, and what their forms ask for."""

ROOMS: tuple[str, ...] = (
    "adding",
    "checking",
    "entry",
    "item",
    "journeys",
    "leaving",
    "looking",
    "looking_now",
    "opening",
    "people",
    "places",
    "settings",
    "sharing",
    "vault",
    "watching",
    "work",
)
"""The files whose `ROUTES` are the pages, by name."""
