"""The words of the pages about alerts: by which way, at which hours, and a try."""

from __future__ import annotations

ROOM = "How you hear of something"
ROOM_ABOUT = "One sentence, the same each time, by a way and at hours that you choose."

ALERTS: dict[str, str] = {
    "title": "How you hear of something",
    "lede": "When the program looks by itself and finds something, it says one sentence. It has "
    "no name, no number, no address and no picture in it.",
    "says": "All that is ever said",
    "none": "You are told in no way yet",
    "none_text": "You see what was found when you open these pages.",
    "ways": "The ways in which you are told",
    "add": "Add a way",
    "remove": "Take it out",
    "removed": "It is taken out, with its address and password.",
    "added": "It is added. Its address is sealed, and no page shows it.",
    "try": "Try it now",
    "try_text": "The sentence goes out once, so that you see whether it comes.",
    "hours": "When, and how often",
    "saved": "Saved",
    "begin": "Tell me from this hour on",
    "until": "Until this hour",
    "hours_hint": "The same hour twice means at any time.",
    "how": "How often?",
    "how_digest": "At most once a day",
    "how_at_once": "After each look that finds something",
    "named": "May the sentence name this program?",
    "named_no": "No",
    "named_yes": "Yes. Whoever sees it then can tell what it is about.",
    "save": "Save",
    "timer": "Look by itself",
    "timer_text": "Alerts come only where the program looks by itself.",
    "hour": "{hour}:00",
    "tried": "It went out. Look whether it came.",
    "tried_some": "Not every way worked",
    "tried_none": "It did not get through",
    "tried_none_text": "Nobody was told. Below is why.",
    "tried_worked": "These were told",
    "tried_missed": "These were not",
}
ADD: dict[str, str] = {
    "title": "How do you want to be told?",
    "lede": "Choose the way that nobody else looks at.",
    "go": "Add this way",
    "sealed": "What you type here is sealed in the vault. The key for looking by itself can read "
    "it too, because it has to send. No page shows it.",
    "whole": "Or type the whole address, as Apprise writes it",
    "whole_hint": "Then leave the fields above empty.",
    "needed": "This is still empty.",
    "server": "Write only the name of the server, such as mail.example.org.",
}
# Each way: what it is called, and what to know before it is chosen.
KINDS: dict[str, tuple[str, str]] = {
    "desktop": (
        "A notice on this computer",
        "Whoever looks at the screen can see it, also while you are away.",
    ),
    "mail": (
        "A mail",
        "Whoever reads your mail sees it. It cannot go by a proxy or Tor.",
    ),
    "ntfy": (
        "ntfy",
        "An app for the phone. Whoever knows the topic can read it, so choose a long one.",
    ),
    "gotify": ("Gotify", "A server of your own, with an app for the phone."),
    "matrix": ("Matrix", "A message in a room that you chose."),
    "signal": ("Signal", "By a gateway of your own (signal-cli-rest-api)."),
}
FIELDS: dict[str, tuple[str, str]] = {
    "server": ("The server", "Such as mail.example.org, or a number in your own network."),
    "ntfy_server": ("The server", "Leave it empty for ntfy.sh."),
    "gateway": ("The gateway", "Such as 127.0.0.1:8080."),
    "user": ("Your name there", "What you type when you log in."),
    "password": ("The password there", ""),
    "to": ("The address that is told", "It is also who the mail is from."),
    "topic": ("The topic", "It is as good as a password: long, and not to be guessed."),
    "token": ("The token of the app", ""),
    "room": ("The room", "Such as #room:example.org."),
    "from": ("The number that sends", "Such as +15550001111."),
    "number": ("The number that is told", "Such as +15550002222."),
}
TRY_TO = "The ways that you added: {ways}."
