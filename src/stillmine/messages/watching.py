"""What is said about looking for copies: the places, a look, and what was found."""

from __future__ import annotations

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
