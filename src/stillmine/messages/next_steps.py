"""What can be done next in a case, and why; and the way to services that make fingerprints."""

from __future__ import annotations

# The next steps: what to do, and why. The command for each is in `act.clock.commands`.
STEPS: dict[str, tuple[str, str]] = {
    "address": (
        "Write down where the pictures can be seen.",
        "Each letter needs the full address of each page.",
    ),
    "ask-again": (
        "Ask {to} once more.",
        "Some time has passed without an answer. No law is known here that names a day.",
    ),
    "authority": (
        "Tell the authority: {name}.",
        "The answer did not come, or was no. This authority can act on it. The program writes the "
        "text, with your proof listed.",
    ),
    "authority-now": (
        "You can tell the authority at once: {name}.",
        "By this law the time starts when the authority asks the platform, not with your letter.",
    ),
    "close": (
        "You can close the case.",
        "All the pages you named were gone when somebody last looked. It can be opened again at "
        "any time.",
    ),
    "complete": (
        "Add what is missing in the letter to {to}: {lacks}.",
        "Without it the time of the law may not start.",
    ),
    "hash": (
        "Let the platforms that take part look for the pictures themselves.",
        "Your device makes a fingerprint. The pictures stay with you. This can help before others "
        "post them.",
    ),
    "hash-finish": (
        "Finish what you began with {to}.",
        "When it is done, note the case number they give you.",
    ),
    "host": (
        "Find out who runs the site, and ask them.",
        "A company that rents out the space, or the network before it, can act too.",
    ),
    "lawyer": (
        "A lawyer can help, at any time.",
        "The report lists what was done, when, and what is proven.",
    ),
    "look": (
        "Look whether it is still there.",
        "One short request to each page, logged out. No picture is loaded.",
    ),
    "note-removed": (
        "It looks gone. Look yourself, logged out, and then note it.",
        "A site may show a program something else than a person.",
    ),
    "police": (
        "You can go to the police, at any time.",
        "It is your choice. If you want to, go before it is removed, and take the report along.",
    ),
    "proof": (
        "Keep proof of {address} before it changes.",
        "Once it is removed, nobody can make up for it.",
    ),
    "proof-again": (
        "Keep new proof: it is back.",
        "This time may be another page, another account, another day.",
    ),
    "rest": (
        "Write about what is still there.",
        "Name only the pages that are left.",
    ),
    "search": (
        "Ask {name} not to show the page.",
        "What search does not show, few find, even while the site stays silent.",
    ),
    "search-gone": (
        "Ask {name} to drop what it still shows.",
        "Search may show a small copy of a page that is gone.",
    ),
    "send": (
        "Send the letter to {to}, then note when.",
        "The program sends nothing by itself. The time starts when you send it.",
    ),
    "send-again": (
        "Send the letter to {to} once more, then note when.",
        "The time then starts anew, and the first letter counts as well.",
    ),
    "silent": (
        "Note that {to} did not answer in time.",
        "The time that the law gives is over.",
    ),
    "talk": (
        "Talk to a person: {name}.",
        "Nobody has to do this alone.",
    ),
    "threats": (
        "Do not pay, and delete nothing. Talk to a person first.",
        "Whoever got money asks for more. What they wrote is proof.",
    ),
    "wait": (
        "Wait for {to}: {left}.",
        "The letter is on its way. You did what can be done.",
    ),
    "write": (
        "Write a letter about {address}.",
        "Nobody was asked yet to remove it.",
    ),
}

# What comes after the way to a service that makes fingerprints, in a case.
HASHING: dict[str, tuple[str, ...]] = {
    "stopncii.begun": (
        "Come back and type the same command with --number and the case number. "
        "The PIN stays on your paper.",
    ),
    "stopncii.done": (
        "It is noted. The clock will remind you to look how it stands.",
        "After you looked: the same command with --looked.",
        "Report what is online already to each platform too.",
    ),
}
