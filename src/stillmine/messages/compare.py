"""What is said about a copy that was found."""

from __future__ import annotations

from stillmine.messages.counted import Counted

DOING: dict[str, str] = {
    "watch.comparing": "Comparing",
    "watch.looking-for-files": "Looking for files",
    "watch.reading-own": "Reading how your pictures look",
}

ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "watch.compare": (
        Counted(
            "matches",
            "{matches} copy of your pictures was found. Below is where.",
            "{matches} copies of your pictures were found. Below is where.",
            none="No copy of your pictures was found there. That is no proof that there is none.",
        ),
        Counted(
            "looked_at",
            "{looked_at} picture or video was compared with the {items} items in your vault.",
            "{looked_at} pictures and videos were compared with the {items} items in your vault.",
            none="There was no picture or video to compare.",
        ),
        Counted(
            "before",
            "One of them was compared by a run that was stopped.",
            "{before} of them were compared by a run that was stopped.",
        ),
        Counted(
            "others",
            "{others} other file shows no picture.",
            "{others} other files show no picture.",
        ),
        Counted(
            "unrecognised",
            "{unrecognised} item in the vault can be found only where nothing in it was changed.",
            "{unrecognised} items in the vault can be found only where nothing in them was "
            "changed.",
        ),
        Counted("stopped", "It was stopped before the end.", ""),
        Counted("remembered", "The same command goes on where it stopped.", ""),
        Counted(
            "skipped",
            "{skipped} file was skipped. Below is why.",
            "{skipped} files were skipped. Below is why.",
        ),
    ),
}

COPY: dict[str, str] = {
    "exact": "This is a copy of {what}, bit by bit.",
    "re-saved": "This looks like a copy of {what}: all of it, only saved again.",
    "edited": "This looks like a copy of {what}: all of it, but changed.",
    "part-of": "This looks like a copy of {what}: a part of it.",
    "contains": "This looks like a copy of {what}, in a larger picture.",
    "mirrored": "It is mirrored.",
    "inverted": "Its colours are inverted.",
    "place": "It lies from {left} % to {right} % across and from {top} % to {bottom} % down.",
    "visible": "{visible} % of your picture can be seen.",
    "from-to": "In the video it is seen from second {start} to second {end}.",
    "item-from": "Of your video it shows second {start}.",
    "item-from-to": "Of your video it shows second {start} to second {end}.",
    "chance": "Of about {count} pictures that are not yours, one would look so by chance.",
    "often": "Chance alone would often look so: look at it yourself.",
    "hardly": "A picture that is not yours would hardly ever look so: "
    "not once in {count} pictures.",
}
