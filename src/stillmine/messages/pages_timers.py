"""The words of the page about looking by itself: when, with which key, who may see it."""

from __future__ import annotations

ROOM = "Look by itself"
ROOM_ABOUT = "Have this computer look at your places again and again, also while you are away."

TIMER: dict[str, str] = {
    "title": "Look by itself",
    "lede": "The timer of your system starts a short look, also while the vault is locked. "
    "Nothing stays running in between.",
    "off": "It is off",
    "off_text": "Your places are looked at only when you say so.",
    "on": "It is on",
    "times": "It looks at",
    "next": "Next time",
    "next_about": "at about {at}",
    "by": "Started by",
    "also": "It also does",
    "last": "The last look",
    "last_none": "There was none yet.",
    "last_done": "On {at}. It came to its end.",
    "last_open": "On {at}. It goes on now, or it was cut off. Then the next one goes on there.",
    "last_wrong": "On {at}. It did not come to its end.",
    "nothing": "It does nothing right now",
    "written": "What is written on this computer",
    "stop": "Switch it off",
    "stop_text": "The timer, its files and its key are taken away.",
    "stopped": "It is off. The timer, its files and its key are gone.",
    "stopped_none": "It was off. Nothing was there to take away.",
    "begun": "It is on. The first look comes at the next time.",
    "change": "Change it",
    "begin": "Switch it on",
    "others": "Does anyone else use this computer, or look into it?",
    "others_yes": "Yes",
    "others_no": "No",
    "others_unsure": "I am not sure",
    "others_needed": "Choose one of these. It changes what is safe.",
    "others_why": "Who can sign in as you can find out that this program looks, and where. So "
    "you are told what is safer.",
    "every": "How often?",
    "at": "Or at these times of the day",
    "at_hint": "Such as 8:00, 20:30. Each look begins within the hour after it.",
    "at_wrong": "Write times such as 8:00, 20:30.",
    "more": "What else it may do",
    "more_text": "Only where the vault is unlocked at that time. Nothing of this happens unless "
    "you choose it.",
    "with": "Which part of the system starts it",
    "with_any": "The one that this computer has",
    "key": "What its key can open",
    "key_text": "The vault stays locked. The timer has a key of its own. It opens what is needed "
    "to know your pictures again, and which places you look at. It opens no picture, no name, no "
    "label and nothing that was found. It lies in a file that only you can read. What is found is "
    "sealed, and shown when you unlock.",
    "seen": "What can be seen of it",
    "go": "Go on",
    "yes": "Yes, switch it on",
    "ask": "Before it is switched on",
    "safer": "What to think of first",
    "writes": "All that will be written",
    "writes_key": "A file with the key, which only you can read",
    "alerts": "Choose how you hear of something",
    "alerts_text": "Without that, you see it when you open these pages.",
}
EVERY: dict[int, str] = {
    6: "Every six hours",
    12: "Twice a day",
    24: "Once a day",
    8: "Every eight hours",
    4: "Every four hours",
    3: "Every three hours",
    2: "Every two hours",
    1: "Every hour",
}
ALSO: dict[str, tuple[str, str]] = {
    "act.recheck": (
        "See whether the pages of your cases are still there",
        "Once a day. A short request goes to each of these pages. No picture is loaded.",
    ),
    "keep.backup.run": (
        "Bring your backups up to date",
        "Once a day. Sealed files go to your backup places.",
    ),
    "keep.backup.verify": (
        "Check your backups",
        "Once a week. It reads 50 files back from each place, by chance.",
    ),
    "keep.verify": ("Check that your vault is whole", "Once in 30 days. Nothing is sent."),
}
SYSTEMS: dict[str, str] = {
    "systemd": "systemd (Linux)",
    "launchd": "launchd (macOS)",
    "cron": "cron",
    "task-scheduler": "The Task Scheduler (Windows)",
}
_SEEN = (
    "The names that are written say nothing: all is called upkeep. But who opens the files finds "
    "the name of this program in them. The list of running programs shows it while it works."
)
_BY_HAND = (
    "It may be safer to look by hand, with “Look now”, at a time and place you choose. Or use a "
    "device that only you can reach."
)
_KEY = (
    "Who can sign in as you can read the key that is kept for this. It opens no picture, but it "
    "tells which places you look at."
)
ADVICE: dict[str, tuple[str, ...]] = {
    "no": (_SEEN,),
    "yes": (
        _BY_HAND,
        _SEEN,
        "Who watches your network sees which sites are asked and when, but no picture.",
        _KEY,
    ),
    "unsure": (
        "If you are not sure, take it that somebody does.",
        _BY_HAND,
        _SEEN,
        _KEY,
    ),
}
