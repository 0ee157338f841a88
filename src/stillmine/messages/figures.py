"""What is said about figures: how long platforms take, and in how many cases."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "act.statistics": (
        Counted(
            "rows",
            "There is {rows} line of figures. Below is all that it says.",
            "There are {rows} lines of figures. Below is all that they say.",
        ),
        Counted(
            "left_out",
            "{left_out} more was left out by chance, so that nobody can know of any letter that "
            "it is in there.",
            "{left_out} more were left out by chance, so that nobody can know of any letter that "
            "it is in there.",
        ),
        Counted("file", "They are in {file}. Nothing was sent.", ""),
    ),
    "act.statistics.merge": (
        Counted(
            "exports",
            "{exports} file was read.",
            "{exports} files were joined.",
        ),
        Counted(
            "held_back",
            "{held_back} figure is held back, because too few cases stand behind it.",
            "{held_back} figures are held back, because too few cases stand behind them.",
        ),
        Counted(
            "cells",
            "{cells} figure can be shown.",
            "{cells} figures can be shown.",
            none="No figure can be shown: each needs at least five cases.",
        ),
    ),
}
REFUSED: dict[str, str] = {
    "format": "it is another kind of file",
    "json": "it cannot be read as JSON",
    "keys": "it has other parts than such a file has",
    "number": "its number is none",
    "row": "a line in it has something that such a line never has",
    "too-many": "it is too large",
    "twice": "the same file was given already",
}
"""Why a file is not taken."""

CHANNELS: dict[str, str] = {
    "form": "form",
    "mail": "mail",
    "regulator": "authority",
    "other": "other way",
}
HOURS_SAID: dict[str, str] = {
    "2": "2 hours",
    "6": "6 hours",
    "24": "24 hours",
    "48": "48 hours",
    "72": "3 days",
    "168": "7 days",
    "720": "30 days",
}
HOURS_SHORT: dict[str, str] = {
    "0": "0",
    "2": "2 h",
    "6": "6 h",
    "24": "1 d",
    "48": "2 d",
    "72": "3 d",
    "168": "7 d",
    "720": "30 d",
}
CELL: dict[str, str] = {
    "half": "{platform}, {channel}, {cases} cases: half were removed within {hours}.",
    "not-half": "{platform}, {channel}, {cases} cases: less than half were seen to be removed.",
    "left": "After {hours}, {left} of 100 were still online (from {low} to {high}).",
    "in-time": "The time of the law was kept in {share} of 100.",
    "back": "Of those that were removed, {share} of 100 came back.",
}
PLOT: dict[str, str] = {
    "title": "Still online, after the first letter",
    "how": "Share of cases, with the band in which it lies in 95 of 100 samples. "
    "Steps of time are not to scale.",
    "field": "{platform}, {channel} ({cases} cases)",
    "foot": "Kaplan-Meier. Cases that are still open count for as long as they were seen. "
    "Fewer than five cases are never shown.",
    "nothing": "No figure has enough cases to be shown.",
}
