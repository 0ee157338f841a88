"""What is said about looking while the vault is locked: timers, their key, and who else may see."""

from __future__ import annotations

from stillmine.messages.counted import Counted

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
QUESTIONS: dict[str, str] = {
    "others-here": "Does anyone else use this computer, or can anyone else look into it?",
    "schedule-line": "{line}",
    "schedule-writes": "This is all that will be written, besides a key file ({place}) that only "
    "you can read:",
    "schedule-yes": "Write this?",
}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "watch.schedule.on": (
        "From now on the program looks by itself, also while the vault is locked. "
        "To end it: stillmine watch schedule off",
    ),
    "watch.schedule.off": (
        Counted(
            "removed",
            "It is ended. The timer and all its files are gone.",
            "It is ended. The timers and all their files are gone.",
            none="No timer was there.",
        ),
        Counted("key_removed", "The key for looking while locked is gone too.", ""),
    ),
    "watch.schedule.show": (
        Counted(
            "systems",
            "The program looks by itself at these times.",
            "The program looks by itself at these times.",
            none="Nothing is scheduled. To begin: stillmine watch schedule on",
        ),
        Counted("code", "It does nothing right now. Below is why.", ""),
    ),
}
_SEEN = (
    "The names that are written say nothing: everything is called upkeep. But who opens the "
    "files finds the name of this program in them, and the list of running programs shows it "
    "while it works."
)
ADVICE: dict[str, tuple[str, ...]] = {
    "no": (_SEEN,),
    "yes": (
        "If one of them is not to know, it may be safer to look by hand, with stillmine watch "
        "look, at a time and place you choose. Or use a device that only you can reach.",
        _SEEN,
        "Who watches your network sees which sites are asked and when, but no picture.",
        "Who may sign in as you can read the key that is kept for this. It opens no picture, but "
        "it tells which places you look at.",
    ),
    "unsure": (
        "If you are not sure, take it that somebody does. It may be safer to look by hand, with "
        "stillmine watch look, or to use a device that only you can reach.",
        _SEEN,
        "Who may sign in as you can read the key that is kept for this. It opens no picture, but "
        "it tells which places you look at.",
    ),
}
