"""What is said about looking for copies: the places, a look, and what was found."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "watch.unknown-place": (
        "There is no place with the number or name {place}, or more than one begins like that.",
        "To see all of them: stillmine watch place list.",
    ),
    "watch.no-places": (
        "There is no place to look at yet.",
        "To choose one: stillmine watch place add page ADDRESS. What else there is stands in "
        "stillmine watch place add --help.",
    ),
    "watch.already-looking": (
        "Another run of the program is looking right now.",
        "Wait until it is done. What it finds is kept: stillmine watch found.",
    ),
    "watch.unknown-finding": (
        "There is no finding with the number {finding}, or more than one begins like that.",
        "To see all of them: stillmine watch found --all.",
    ),
    "watch.words-not-proven": (
        "The program looks only for words that you showed to be yours, and that was not shown yet "
        "for: {words}. This keeps anybody from using it to look for others.",
        "Places that need no words work at once, such as a page, a site or a board.",
    ),
}
DOING: dict[str, str] = {
    "watch.summing": "Taking the sums of your pictures",
}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "watch.place.add": (
        Counted(
            "place",
            "The place {place} is noted. To look there now: stillmine watch look --place {place}.",
            "",
            "Nothing was kept. Pictures of somebody under 18 need other hands. You are not to "
            "blame, and there is help.",
        ),
        Counted("changed", "It was there before, and is as you said now.", ""),
        Counted("has_key", "Your key lies sealed with it, and is never shown.", ""),
    ),
    "watch.place.list": (
        Counted(
            "places",
            "{places} place.",
            "{places} places.",
            "There is no place yet. To choose one: stillmine watch place add page ADDRESS.",
        ),
    ),
    "watch.place.remove": (
        "The place {place} is not looked at any more. What was found there stays: stillmine watch "
        "found.",
    ),
}
# What stands beside a place whose words the person took out of their own names.
NOT_OWN = "It is not looked at: its words are not shown to be yours any more."
# What went wrong at a place.
AT_HOST = "{host}: {said}"
TIMES = "{said} ({times} times)"
