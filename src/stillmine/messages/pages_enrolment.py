"""The words of the pages about services that see more than this program can."""

from __future__ import annotations

ROOM = "Let others look for you"
ROOM_ABOUT = "Services that see more of the web than this program can, step by step."

ENROLMENT: dict[str, str] = {
    "first": "One question first",
    "first_lede": "It is asked before anything else here. The way is another one then.",
    "age": "Was anybody in your pictures under 18?",
    "young": "Then other hands are better",
    "young_lede": "You are not to blame, and there is help. Nothing is kept here about it.",
    "title": "Let others look for you",
    "lede": "These services see more than this program can. You sign up with them in your own "
    "browser. From here nothing is sent.",
    "list": "The services",
    "due": "Waits for you",
    "later": "From {at} on: {said}",
    "not_confirmed": "Not shown here",
    "not_confirmed_text": "Nobody could confirm yet where these are: {names}.",
    "calendar": "Reminders for your calendar",
    "calendar_text": "A file for a calendar program. The reminders name nobody and nothing.",
    "calendar_none": "There is nothing to be reminded of yet.",
    "read": "Read at {source} on {day}.",
    "more": "More",
}
SERVICE: dict[str, str] = {
    "steps": "The way, step by step",
    "door": "Go to their page",
    "door_text": "It opens in this browser. The site sees that you come, and the browser keeps "
    "the page in its list.",
    "standing": "How far you are",
    "known": "What is known of it",
    "part": "Who takes part, as they or StopNCII say",
    "looked": "You looked on {at}.",
    "ends": "It ends on {day}.",
    "number_is": "Their number: {number}",
    "note": "Note how far you are",
    "note_text": "It is sealed in the vault, and you are reminded.",
    "state": "What is so now?",
    "begun": "I began",
    "done": "It is done",
    "looked_now": "I looked how it stands there",
    "refused": "They said no",
    "ended": "It ended, or I ended it",
    "which": "For which of several?",
    "which_hint": "Such as a mail address, in your own words. Leave it empty where there is one.",
    "number": "The number that they gave you",
    "number_hint": "Never a PIN or a password: those stay on paper.",
    "ends_on": "The day on which it ends",
    "ends_hint": "Such as 2027-01-31, if they said one.",
    "ends_wrong": "Write a day such as 2027-01-31.",
    "too_long": "Use no more than 100 signs.",
    "go": "Note it",
    "saved": "It is noted, sealed in the vault.",
    "forget": "Forget what is noted here",
    "forget_text": "It is gone from here, with the number. With them, nothing changes.",
    "forgotten": "It is gone from here. With them, nothing changed.",
    "no_vault": "To note how far you are, make a vault first.",
    "make": "Make a vault",
}
