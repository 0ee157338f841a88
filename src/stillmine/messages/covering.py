"""Words about covering parts of a picture."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "share.cannot-cover": (
        "This cannot be covered. {why}",
        "Only stills can be covered. Take a still of what moves, and cover that.",
    ),
    "share.no-box": (
        "This is no box in the picture: {box}.",
        "A box is X,Y,WIDTH,HEIGHT in whole pixels, from the left upper corner of the picture as "
        "you see it, with a width and a height above 0. The picture's size: {size}.",
    ),
    "share.no-face-finder": (
        "The part that finds faces is not on this computer.",
        "Name the boxes yourself with --box, or add that part: pip install 'stillmine[faces]'.",
    ),
}

ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "share.cover": (
        Counted("file", "The covered copy is in {file}.", ""),
        Counted("boxes", "{boxes} box is covered.", "{boxes} boxes are covered.", none=""),
        Counted(
            "proposals",
            "{proposals} place was found. Finders miss faces and writing: look at all of the "
            "picture yourself.",
            "{proposals} places were found. Finders miss faces and writing: look at all of the "
            "picture yourself.",
            none="",
        ),
        Counted(
            "nothing_found", "No face or writing was found. That does not mean there is none.", ""
        ),
        Counted(
            "undoable",
            "What is only coarse or blurred can be made out again. Plain boxes cannot.",
            "",
        ),
    ),
}
