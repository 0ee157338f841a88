"""One file for each room or journey: its pages, and what their forms ask for."""

ROOMS: tuple[str, ...] = (
    "adding",
    "alerts",
    "backup_results",
    "backups",
    "breaches",
    "case",
    "case_keeping",
    "case_papers",
    "case_proof",
    "cases",
    "checking",
    "entry",
    "files",
    "hashing",
    "inspecting",
    "item",
    "journeys",
    "law",
    "leaving",
    "letters",
    "looking",
    "looking_now",
    "opening",
    "opening_sealed",
    "people",
    "names",
    "places",
    "settings",
    "restoring",
    "sharing",
    "vault",
    "watching",
    "work",
    "timers",
)
"""The files whose `ROUTES` are the pages, by name."""

FIRST: tuple[str, ...] = ("entry", "leaving", "opening", "people")
"""The rooms of the first minute: the program does not wait for the others before it begins."""
