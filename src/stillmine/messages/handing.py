"""What is said about handing over: people, keys, seals, the ledger of who was given what."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "share.unknown-person": (
        "Nobody called {name} is among the people you know here.",
        "To see who is: stillmine share people list. To add somebody: stillmine share people add.",
    ),
    "share.person-exists": (
        "Somebody called {name} is among the people you know already.",
        "Choose another name. To give them a new key, first: stillmine share people forget.",
    ),
    "share.no-way-to-seal": (
        "You did not say how to seal this, and no key of {name} is known here.",
        "Add --page for somebody with nothing but a browser. Or --passphrase for somebody with age. "
        "Or --seal with their public key.",
    ),
    "share.weak-passphrase": (
        "Somebody who gets the file could guess this passphrase, so nothing was made.",
        "Leave out --own-passphrase: then six random words are made for you. Or choose a longer "
        "one, which has nothing to do with you.",
    ),
    "share.cannot-mark": (
        "This cannot carry a hidden mark, so a leak of it could not be traced: {why}.",
        "To hand it over clean but without a mark, add --unmarked.",
    ),
    "share.unknown-handover": (
        "There is no hand-over with the number {handover}, or more than one begins like that.",
        "To see all of them: stillmine share list.",
    ),
    "share.not-a-handover": (
        "This is not a sealed hand-over, or it was built by another program in another way.",
        "Nothing was written. Ask the person who sent it how they made it.",
    ),
    "share.wrong-passphrase": (
        "This passphrase does not open it. The file itself is fine.",
        "Look for small slips: capital letters, spaces, one word in the place of another. Then "
        "ask the person who sent it.",
    ),
    "share.not-for-me": (
        "None of your keys opens this file. It was sealed for somebody else, or for an old key.",
        "Send your contact line (stillmine share key) and ask for a new copy.",
    ),
    "share.not-as-signed": (
        "The seal opened, but what is inside is not what the sender signed. Somebody changed it.",
        "Nothing was written. Ask the person, on another way, to send it once more.",
    ),
    "share.no-contact": (
        "This is no contact line and no public key.",
        "A contact line begins with stillmine1, a public key with age1. Copy all of it, or name "
        "a file that holds it.",
    ),
}

ANSWERS: dict[str, tuple[str | Counted, ...]] = {}
DOING: dict[str, str] = {
    "share.making": "Making copies",
}
