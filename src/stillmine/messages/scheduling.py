"""What is said about looking while the vault is locked: timers, their key, and who else may see."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "watch.not-scheduled": (
        "Nothing is scheduled here, so nothing is looked for by itself.",
        "If you want that: stillmine watch schedule on.",
    ),
    "watch.key-exposed": (
        "The key for looking while locked is not yours alone: others can read or replace it, or "
        "a link stands in its place.",
        "Somebody may have read it. It opens no picture. Take it away, and make new keys: "
        "stillmine watch schedule off, then stillmine keep rekey.",
    ),
    "watch.key-outdated": (
        "The vault has new keys, and the key for looking while locked is an old one.",
        "Open the vault once, for example with stillmine keep list. Then it goes on by itself.",
    ),
    "watch.no-timer": (
        "This computer does not start programs for you by {system}: {said}",
        "Nothing was left behind. To try another way, add --with and one of: systemd, launchd, "
        "cron, task-scheduler.",
    ),
    "watch.cannot-schedule": (
        "A path has signs that {system} cannot take: {path}",
        "Move the folder to a path without them, or try another way with --with.",
    ),
    "watch.others-not-said": (
        "It was not said whether others use this computer, so nothing was scheduled.",
        "Say it with --others yes, --others no or --others unsure. It changes what is safe.",
    ),
}
