"""What is said about deadlines, and what became of a letter."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "act.cannot-become": (
        "The letter {notice} is noted as “{now}” now, so it cannot become “{wanted}”.",
        "What can be noted next: {possible}. To take the last note back: stillmine act track undo.",
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
DOING: dict[str, str] = {
    "clock.looking": "Looking whether it is still there",
    "clock.receipt": "Keeping the receipt",
}
QUESTIONS: dict[str, str] = {}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "act.clock": (
        Counted(
            "due",
            "{due} thing is ahead, the soonest first.",
            "{due} things are ahead, the soonest first.",
            none="Nothing is due.",
        ),
        Counted(
            "over",
            "{over} time that a law gives is over.",
            "{over} times that laws give are over.",
        ),
        Counted(
            "not_started",
            "The time of {not_started} law has not started; below is why.",
            "The times of {not_started} laws have not started; below is why.",
        ),
        Counted("calendar", "The reminders are in {calendar}.", "The reminders are in {calendar}."),
    ),
    "act.complain": (
        "The letter to {to} is written, and kept as {notice}. Nothing was sent. "
        "When you sent it: stillmine act track sent --case {case} --notice {notice}",
        Counted(
            "early",
            "The time of the law is not over yet, or did not start. They may tell you to wait.",
            "",
        ),
        Counted(
            "to_fill",
            "Add what is missing in it before you send it. "
            "To set it for all letters: stillmine act case sender {case}",
            "Add what is missing in it before you send it. "
            "To set it for all letters: stillmine act case sender {case}",
        ),
    ),
    "act.hash-service": (
        Counted(
            "children",
            "For pictures of somebody under 18, this service is there. Nothing was kept here.",
            "",
        ),
        Counted("kept", "It is noted in your case.", ""),
    ),
    "act.next": (
        Counted(
            "steps",
            "This is what you can do now. You decide.",
            "This is what you can do now, the first thing first. You decide.",
        ),
    ),
    "act.recheck": (
        Counted(
            "looked",
            "{looked} page was looked at: {there} still there, {gone} looks gone, {unclear} "
            "cannot be told from here.",
            "{looked} pages were looked at: {there} still there, {gone} look gone, {unclear} "
            "cannot be told from here.",
            none="The case has no addresses to look at.",
        ),
        Counted("returned", "{returned} is back.", "{returned} are back."),
        Counted(
            "back",
            "The letter about it is noted so.",
            "{back} letters about it are noted so.",
        ),
        Counted("reopened", "The case is open again.", ""),
        "A site may answer a program other than a person: look yourself before you rely on it.",
    ),
    "act.track": ("The letter {notice} is noted: {stands}.",),
}

# Why a time that was typed does not fit.
BEFORE_LAST = "it lies before what was noted last"
BEFORE_WRITTEN = "the letter was not written yet"
NO_UNTIL = "nobody said until when; add --until and a day"
NO_TIME = "it cannot be read as a day or a time"
NOT_YET = "it has not come yet"
TOO_FAR = "it lies behind, or more than a year ahead"

# What a letter becomes when its last note is taken back.
BEFORE_THAT = "what it was before"

NO_LETTER = "no letter yet"

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
BY_LAW = "By law: {name}. It began at {began}."
NOW = "now"
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

# What a calendar shows; it is seen by others.
REMINDER = "Reminder"

LEFT: dict[str, Counted] = {
    "days": Counted("days", "{days} day left", "{days} days left"),
    "hours": Counted("hours", "{hours} hour left", "{hours} hours left"),
    "minutes": Counted("minutes", "{minutes} minute left", "{minutes} minutes left"),
    "over-days": Counted("days", "over since {days} day", "over since {days} days"),
    "over-hours": Counted("hours", "over since {hours} hour", "over since {hours} hours"),
    "over-minutes": Counted("minutes", "over since a minute", "over since {minutes} minutes"),
}
