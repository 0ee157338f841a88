"""What is said about services that see more than this program can: the way there, and what then."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "watch.unknown-service": (
        "There is no service called {service} that we could confirm.",
        "To see those there are: stillmine watch enrol list.",
    ),
    "watch.not-enrolled": (
        "Nothing is noted yet about {service}.",
        "To see what is noted: stillmine watch enrol list. To note that you began: stillmine watch "
        "enrol note {service} begun.",
    ),
}
# The way to each service, step by step. What it needs and learns stands in the facts, with sources.
STEPS: dict[str, tuple[str, ...]] = {
    "stopncii": (
        "Use a device that you trust, and that has the pictures.",
        "Open the address below in your own browser, in a private window.",
        "Choose the pictures there. Your device makes the fingerprints. Only those are sent.",
        "Write down the case number and the PIN on paper.",
    ),
    "take-it-down": (
        "Use the device that has the pictures. Do not send them to anybody for this.",
        "Open the address below in your own browser, in a private window.",
        "Your device makes the fingerprints. Only those are sent. You need not say who you are.",
        "Keep the number that they give you. This program keeps nothing about it.",
    ),
    "results-about-you": (
        "Think first: you tell Google your name and where you live. Do it only with an account "
        "that nobody else can open.",
        "Open the address below. It is their help page, and leads on to the tool itself.",
        "Sign in, then choose to get started. Type only what you want them to look for.",
        "Choose there how they may notify you: whoever reads your mail or sees your screen can "
        "read it too.",
    ),
    "hibp": (
        "Think first: does somebody else read your mail? What they write names places that leaked.",
        "Open the address below, and choose Notify Me.",
        "Type your mail address. They send a mail to it; open the link in it.",
        "Look at what the link shows. Do it again for each address that you use.",
    ),
    "meta-matching": (
        "Keep proof first, because it is to be removed: stillmine act capture.",
        "Open the address below. It says where to report on Facebook and on Instagram.",
        "Report each post, and each threat. Note the day, and what they answer.",
        "Once it is removed, they look for the same picture by themselves.",
    ),
    "pinterest-claims": (
        "Not for intimate pictures: they would be handed over as they are. For those, StopNCII and "
        "the report to Pinterest are there.",
        "Only for pictures that you took yourself, or to which you have the rights.",
        "Open the address below, and ask for access with their form.",
        "If they let you in, upload the pictures, and choose what may be on Pinterest.",
    ),
}
# What comes after the steps, for `watch enrol`.
THEN: dict[str, str] = {
    "none": "Then note it, so that you are reminded: stillmine watch enrol note {service} begun",
    "begun": "When it is done: stillmine watch enrol note {service} done{which} --number NUMBER, "
    "if they gave you one. A PIN or a password stays on your paper.",
    "done": "After you looked how it stands: stillmine watch enrol note {service} looked{which}",
    "refused": "If you asked again: stillmine watch enrol note {service} begun{which}",
    "ended": "If you sign up anew: stillmine watch enrol note {service} begun{which}",
}
# How far it is.
STATES: dict[str, str] = {
    "none": "Nothing is noted yet.",
    "begun": "You began on {at}.",
    "done": "Done on {at}.",
    "refused": "They said no, as you noted on {at}.",
    "ended": "It ended, as you noted on {at}.",
}
# What we suggest to do, and by when. `again` is what they say themselves.
REMINDERS: dict[str, str] = {
    "finish": "Our suggestion: finish it, or note that you will not.",
    "look": "Our suggestion: look how it stands there. It is no rule of theirs.",
    "ends": "Our suggestion: look at it before it ends, as you noted.",
    "again": "They say that you can ask again from that day on.",
}
SHOWN: dict[str, str] = {
    "door": "Where: {url}",
    "due": "Now: {said}",
    "ends": "It ends on {day}.",
    "for": "For: {which}",
    "has-number": "Their number is kept. To see it: stillmine watch enrol show {service}",
    "later": "From {at} on: {said}",
    "looked": "You looked on {at}.",
    "number": "Their number: {number}",
    "partners": "These take part, as they or StopNCII say themselves: {names}.",
    "unconfirmed": "Not confirmed by us, so without an address: {name}. {missing}",
}
REMINDER = "Something to look at"
_OTHER_HANDS = (
    "Pictures of somebody under 18 need other hands. You are not to blame, and there is help. This "
    "program keeps nothing about them."
)
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "watch.enrol.list": (
        Counted(
            "services",
            "There is {services} way to let others look, who see more than this program can.",
            "There are {services} ways to let others look, who see more than this program can.",
        ),
        Counted(
            "due",
            "{due} thing waits for you.",
            "{due} things wait for you.",
        ),
        Counted(
            "services",
            "Step by step, with where each word was read: stillmine watch enrol show SERVICE.",
            "Step by step, with where each word was read: stillmine watch enrol show SERVICE.",
        ),
        Counted("children", _OTHER_HANDS, ""),
        Counted("calendar", "The reminders are in {calendar}. They name nobody and nothing.", ""),
    ),
    "watch.enrol.show": (
        Counted(
            "services",
            "You do this in your own browser. Nothing is sent from here.",
            "You do this in your own browser. Nothing is sent from here.",
        ),
        Counted("children", _OTHER_HANDS, ""),
    ),
    "watch.enrol.note": (
        Counted("kept", "It is noted about {service}, sealed.", "", "Nothing was kept."),
        Counted("has_number", "Their number lies with it.", ""),
        Counted("children", _OTHER_HANDS, ""),
        Counted("remind_at", "You are reminded from {remind_at} on.", ""),
    ),
    "watch.enrol.forget": (
        Counted(
            "forgotten",
            "What was noted about {service} is gone from here. With them, nothing changed.",
            "What was noted about {service} is gone from here. With them, nothing changed.",
        ),
    ),
}
