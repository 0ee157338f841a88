"""What is said when a leaked picture is traced to the copy it came from."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "share.cannot-trace": (
        "This file cannot be compared with your pictures: {why}.",
        "Save it as a picture, or take a screenshot of it, and try again with that.",
    ),
}
DOING: dict[str, str] = {
    "share.finding": "Finding which of your pictures it is",
    "share.tracing": "Comparing with the copies you made",
}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "share.trace": (
        Counted(
            "item",
            "",
            "",
            none="None of your pictures was found in it. If you know which one it is, add --item "
            "with its number.",
        ),
        Counted(
            "named",
            "The mark in it is of the copy that was made for the person below.",
            "The marks in it are of the copies that were made for the people below.",
            none="It cannot be said whose copy it is. That clears nobody and accuses nobody.",
        ),
        Counted(
            "named",
            "This is no proof of who published it: their device, account or cloud may have been "
            "opened by somebody else.",
            "This is no proof of who published it: their devices, accounts or clouds may have "
            "been opened by somebody else.",
        ),
        Counted(
            "compared",
            "It was compared with the one marked copy of it in your ledger.",
            "It was compared with the {compared} marked copies of it in your ledger.",
        ),
        Counted(
            "verdict.nobody_to_compare",
            "Your ledger has no marked copy of this item to compare it with.",
            "",
        ),
    ),
}
TRACED: dict[str, str] = {
    "line": "Made for {recipient} on {date}, number {number}.",
    "chance": "The chance that somebody innocent is named like this is at most 1 in {count}.",
    "exact": "It is this very file, bit by bit.",
}
