"""What is said when fingerprints are written for others, and before."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "watch.age-not-said": (
        "Nothing was opened or written. First it has to be clear that nobody in these pictures "
        "was under 18 when they were made.",
        "If somebody was under 18, or you are unsure, Take It Down does this for you. It is free "
        "and asks for no name: `stillmine act platforms take-it-down`. If all were adults, add "
        "--all-were-adults.",
    ),
    "watch.nothing-chosen": (
        "It was not said which pictures or videos to take.",
        "Name their numbers, which `stillmine keep list` shows. For all of them: --everything.",
    ),
    "watch.one-kind-only": (
        "This form can hold one kind of fingerprint only, and not that of whole videos.",
        "Add --only pdq or --only video_md5, or choose --form lines.",
    ),
    "watch.too-plain": (
        "There is too little to see in it: its fingerprint would fit other people's pictures.",
        "Nothing of it was written. It can still be found with `stillmine watch compare`.",
    ),
}
DOING: dict[str, str] = {"watch.taking-fingerprints": "Taking fingerprints"}
QUESTIONS: dict[str, str] = {
    "fingerprints-given": "A fingerprint shows no picture. But whoever has it can test if a "
    "picture that they hold is yours, and can make out a very blurred look of it. You cannot take "
    "it back. Give it only to somebody who helps you. If anybody in them was under 18, say no.",
}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "watch.fingerprints.export": (
        Counted(
            "exported",
            "The fingerprints of {exported} item are in {file}: {fingerprints} in all.",
            "The fingerprints of {exported} items are in {file}: {fingerprints} in all.",
            none="No fingerprint was written.",
        ),
        Counted(
            "skipped",
            "Of {skipped} item none was written. Below is why.",
            "Of {skipped} items none was written. Below is why.",
        ),
    ),
}
