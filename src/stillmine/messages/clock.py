"""What is said about deadlines, and what became of a letter."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "act.cannot-become": (
        "The letter {notice} is noted as “{now}” now, so it cannot become “{wanted}”.",
        "What can be noted next: {possible}. To take the last note back, add --undo.",
    ),
    "act.no-authority": (
        "No authority is confirmed yet that could be told about the letter {notice}.",
        "To see what else can be done: stillmine act next --case {case}.",
    ),
    "act.time-cannot-be": (
        "The time {typed} does not fit: {why}.",
        "Type a day like 2026-05-31, or a time like 2026-05-31T18:30, that has passed.",
    ),
    "act.which-letter": (
        "It is not clear which letter is meant: the case {case} has {letters}.",
        "Name one with --notice n1. To see them: stillmine act case show {case}.",
    ),
}
DOING: dict[str, str] = {}
QUESTIONS: dict[str, str] = {}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {}

# Why a time that was typed does not fit.
BEFORE_LAST = "it lies before what was noted last"
BEFORE_WRITTEN = "the letter was not written yet"
NO_TIME = "it cannot be read as a day or a time"
NOT_YET = "it has not come yet"

# How a letter stands.
STATES: dict[str, str] = {
    "draft": "written, not sent yet",
    "sent": "sent",
    "acknowledged": "they say that they got it",
    "removed": "removed",
    "partly": "removed in part",
    "refused": "refused",
    "silent": "no answer",
    "reappeared": "back online",
    "withdrawn": "withdrawn",
}
# What is due, by its code.
DUE: dict[str, str] = {
    "answer": "The law gives {to} until then to act on your letter.",
    "ask-again": "Our own suggestion, no deadline of a law: ask {to} again.",
    "authority": "The law gives the authority until then.",
    "go-on": "Go on with this one: {state}.",
    "look-again": "Our own suggestion: look whether it is still gone.",
    "send": "This letter is written and not noted as sent.",
    "hash-begun": "You began with {to}. When it is done, note the case number.",
    "hash-look": "Our own suggestion: look with your case number at what {to} says.",
}
# What comes then, by the same codes.
THEN: dict[str, str] = {
    "answer": "If nothing was done by then, an authority can be told.",
    "ask-again": "If they stay silent, there are others to ask.",
    "authority": "If you hear nothing by then, ask how it stands.",
    "go-on": "There are other ways from here.",
    "look-again": "If it is back, the letter can be sent once more.",
    "send": "The time of a law starts only when it is sent.",
    "hash-begun": "Then the platforms that take part can look for the pictures.",
    "hash-look": "What is found later shows up there too.",
}
# Why the time of a law has not started.
NOT_STARTED: dict[str, str] = {
    "authority-notice": "It starts when the authority tells the platform to remove it. "
    "When you hear of that, note it: stillmine act track authority-notice",
    "court-order": "It starts with the order of a court. When there is one, note it: "
    "stillmine act track court-order",
    "draft": "It starts when the letter is sent.",
    "lacks": "The letter lacks what this law asks for: {lacks}. The time of this law did not "
    "start.",
}

# The next steps: what to do, and why. The command for each is in `act.clock.commands`.
STEPS: dict[str, tuple[str, str]] = {
    "address": (
        "Write down where the pictures can be seen.",
        "Each letter needs the full address of each page.",
    ),
    "ask-again": (
        "Ask {to} once more.",
        "Some time has passed without an answer. No law is known here that names a day.",
    ),
    "authority": (
        "Tell the authority: {name}.",
        "The answer did not come, or was no. This authority can act on it. The program writes the "
        "text, with your proof listed.",
    ),
    "authority-now": (
        "You can tell the authority at once: {name}.",
        "By this law the time starts when the authority asks the platform, not with your letter.",
    ),
    "close": (
        "You can close the case.",
        "All the pages you named were gone when somebody last looked. It can be opened again at "
        "any time.",
    ),
    "complete": (
        "Add what is missing in the letter to {to}: {lacks}.",
        "Without it the time of the law may not start.",
    ),
    "hash": (
        "Let the platforms that take part look for the pictures themselves.",
        "Your device makes a fingerprint. The pictures stay with you. This can help before others "
        "post them.",
    ),
    "hash-finish": (
        "Finish what you began with {to}.",
        "When it is done, note the case number they give you.",
    ),
    "host": (
        "Find out who runs the site, and ask them.",
        "A company that rents out the space, or the network before it, can act too.",
    ),
    "lawyer": (
        "A lawyer can help, at any time.",
        "The report lists what was done, when, and what is proven.",
    ),
    "look": (
        "Look whether it is still there.",
        "One short request to each page, logged out. No picture is loaded.",
    ),
    "police": (
        "You can go to the police, at any time.",
        "It is your choice. If you want to, go before it is removed, and take the report along.",
    ),
    "proof": (
        "Keep proof of {address} before it changes.",
        "Once it is removed, nobody can make up for it.",
    ),
    "proof-again": (
        "Keep new proof: it is back.",
        "This time may be another page, another account, another day.",
    ),
    "rest": (
        "Write about what is still there.",
        "Name only the pages that are left.",
    ),
    "search": (
        "Ask {name} not to show the page.",
        "What search does not show, few find, even while the site stays silent.",
    ),
    "search-gone": (
        "Ask {name} to drop what it still shows.",
        "Search may show a small copy of a page that is gone.",
    ),
    "send": (
        "Send the letter to {to}, then note when.",
        "The program sends nothing by itself. The time starts when you send it.",
    ),
    "send-again": (
        "Send the letter to {to} once more, then note when.",
        "The time then starts anew, and the first letter counts as well.",
    ),
    "silent": (
        "Note that {to} did not answer in time.",
        "The time that the law gives is over.",
    ),
    "talk": (
        "Talk to a person: {name}.",
        "Nobody has to do this alone.",
    ),
    "threats": (
        "Do not pay, and delete nothing. Talk to a person first.",
        "Whoever got money asks for more. What they wrote is proof.",
    ),
    "wait": (
        "Wait for {to}: {left}.",
        "The letter is on its way. You did what can be done.",
    ),
    "write": (
        "Write a letter about {address}.",
        "Nobody was asked yet to remove it.",
    ),
}

LEFT: dict[str, Counted] = {
    "days": Counted("days", "{days} day left", "{days} days left"),
    "hours": Counted("hours", "{hours} hour left", "{hours} hours left"),
    "minutes": Counted("minutes", "{minutes} minute left", "{minutes} minutes left"),
    "over-days": Counted("days", "over since {days} day", "over since {days} days"),
    "over-hours": Counted("hours", "over since {hours} hour", "over since {hours} hours"),
    "over-minutes": Counted("minutes", "over since a minute", "over since {minutes} minutes"),
}
