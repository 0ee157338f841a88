"""What is said about bundles of proof, and about checking them."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "act.proof-too-large": (
        "This is too large to be kept as one proof. Four gigabytes is the most.",
        "Hand the files in one by one, or leave out the largest.",
    ),
    "act.not-canonical": (
        "A part of this proof is not written the way that proofs are.",
        "Check it with `stillmine act verify`: it says what is there and what is not.",
    ),
    "act.bad-stamp": (
        "A time stamp does not vouch for this: {reason}.",
        "Your proof is kept. Ask another authority for a stamp, with `stillmine act stamp`.",
    ),
    "act.unknown-stamper": (
        "No time-stamp authority is known as {name}.",
        "These are known: {known}.",
    ),
    "act.not-a-certificate": (
        "The file {file} holds no certificate that can be read.",
        "Give a file with certificates in the PEM or DER form.",
    ),
}
DOING: dict[str, str] = {}
QUESTIONS: dict[str, str] = {}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {}
