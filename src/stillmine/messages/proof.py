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
    "act.proof-changed": (
        "This proof is not as it was when it was signed.",
        "Take a whole copy of it from a backup. `stillmine act verify` says what changed.",
    ),
    "act.not-a-certificate": (
        "The file {file} holds no certificate that can be read.",
        "Give a file with certificates in the PEM or DER form.",
    ),
}
DOING: dict[str, str] = {
    "act.stamping": "Asking for time stamps",
    "act.verifying": "Checking",
}
QUESTIONS: dict[str, str] = {}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "act.verify": ("{said}",),
    "act.stamp": (
        Counted(
            "stamped",
            "One proof has new time stamps.",
            "{stamped} proofs have new time stamps.",
        ),
        Counted(
            "already",
            "One had them already.",
            "{already} had them already.",
        ),
        Counted(
            "noted",
            "One proof was noted by OpenTimestamps, or looked up there.",
            "{noted} proofs were noted by OpenTimestamps, or looked up there.",
        ),
        Counted(
            "missing",
            "One answer is missing. Run this again later.",
            "{missing} answers are missing. Run this again later.",
        ),
        Counted(
            "skipped",
            "One proof could not be stamped.",
            "{skipped} proofs could not be stamped.",
        ),
    ),
}
VERDICTS: dict[str, str] = {
    "unchanged": "Unchanged since {since}.",
    "unchanged-key": "Unchanged since it was signed with the key you named.",
    "changed": "Changed. What was found is below.",
    "cannot-tell": "It cannot be told. Why is below.",
}
"""The one sentence of a verdict."""
FINDINGS: dict[str, str] = {
    "whole": "Every byte is as it was when it was signed, with the key {detail}.",
    "key-fits": "The key is the one you named. Its owner says that this was made at {detail}.",
    "other-key": "It was signed with another key than the one you named: {detail}.",
    "changed": "{file} is not what was signed.",
    "missing": "{file} was there when it was signed, and is missing.",
    "added": "{file} was not there when it was signed.",
    "unsigned": "{file} is missing, or the signature does not fit it.",
    "closing": "{file}: the list of all files does not hold, or its signature does not.",
    "around": "The part of the file right before {file} is not as it was made.",
    "list": "The list at the end of the file is not as it was made.",
    "cut": "The end of the file is missing.",
    "twice": "Several files in it have the same name.",
    "repacked": (
        "The file around them is not the one that was made. It was packed again by another "
        "program, or something was put before or into it."
    ),
    "stamp": "{authority} vouches that it was there at {at}.",
    "stamp-of-unknown": (
        "{authority} says that it was there at {at}. Its chain is complete, but its root is not "
        "one we know: {detail}. If you trust it, name a file with it after --root."
    ),
    "stamp-incomplete": (
        "{authority} says that it was there at {at}. The certificates that lead from it to a root "
        "are not all here. If you have them, name a file with them after --root."
    ),
    "stamp-does-not-hold": "The time stamp {file} vouches for nothing here: {detail}.",
    "chain-waiting": (
        "OpenTimestamps was asked to note it in Bitcoin's block chain. No block is named yet: run "
        "`stillmine act stamp` on it again in a day."
    ),
    "chain-block": (
        "OpenTimestamps says that block {authority} of Bitcoin vouches for it. Look that block up: "
        "if its Merkle root is {detail}, it was there before that block."
    ),
    "no-stamps": (
        "Nobody else vouches for a time. Whoever has this file could have made it anew. If you "
        "know the key from a report, add it with --key."
    ),
    "stamps-not-known": (
        "No authority that we know vouches for a time. Whoever has this file could have made it "
        "anew."
    ),
    "unreadable": "This is no proof, or so little of it is left that it cannot be read.",
    "no-proof": "This is an archive, but no proof: nothing in it says what it was.",
    "too-much": "It unpacks to far more than it is. It was not read to its end.",
    "unreadable-inside": "{file} in it cannot be read.",
    "other-sum": "{file} has a kind of sum that is not known here.",
    "foreign": "It was made by another program, as a WACZ file.",
    "foreign-no-digest": "Its list of files has no sum of its own.",
    "foreign-unsigned": "Its list of files is not signed.",
    "foreign-signed": "Its list of files is signed with the key {detail}. Whose that is, is open.",
    "foreign-domain": (
        "It says that it was signed in the name of {detail}. That kind of signature is not "
        "checked here."
    ),
    "foreign-no-time": (
        "Its files fit their list. But nobody vouches for a time, so the list too could be new."
    ),
    "pair": "The stamp is about just this file.",
}
"""What a check found, one line each."""
REASONS: dict[str, str] = {
    "garbage": "it cannot be read",
    "refused": "the authority said no",
    "nonce": "it answers another question",
    "digest": "it is about something else",
    "incomplete": "the certificate of its signer is not there",
    "signature": "its signature does not hold",
    "purpose": "its certificate is not one for time stamps",
}
"""Why a time stamp does not hold."""
PROVES: tuple[str, ...] = (
    "These files, bit by bit, were there at the time that the stamps name.",
    "Nothing in them was changed since.",
    "All of them were kept together, in one go, by whoever has the key.",
)
"""What a proof proves."""
PROVES_NOT: tuple[str, ...] = (
    "It does not prove that a site showed this. It was kept on somebody's own computer, with no "
    "neutral witness. Who has a computer in hand could show it anything.",
    "It does not say who put something online, or who is in a picture.",
    "It does not prove that something was not there before, or was gone after.",
    "The time by the computer's own clock is only what that clock said. Stamps are from others.",
)
"""What a proof does not prove."""
STRENGTHENS: tuple[str, ...] = (
    "A second person keeps proof of the same page, on another computer.",
    "The site's own answer to a report, or its receipt.",
    "A notary or an officer who looks at the page while it is there.",
)
"""What makes proof stronger."""
CHECKS: dict[str, str] = {
    "unpack": "Unpack the file into a new folder, and go there:",
    "files": "Compare every file with the list that was signed:",
    "root": "The number that stands for all of it, as a report on paper names it:",
    "signature": "The signature over that list:",
    "key": "The name of the key that signed, as a report names it:",
    "stamp": "What each time stamp says. The number in it is the one above:",
    "time": (
        "Whether a time stamp is about this list, and who made it. ROOTS.pem is a file with the "
        "roots that you trust, from the authority's own page or from your system:"
    ),
    "old-time": "The same, where a certificate has run out. SECONDS is the time of the stamp:",
    "seconds": "How to get those seconds from the time that the stamp names:",
    "chain": "Which certificates came with the stamp:",
    "capture": "Whether the web capture is whole, record by record:",
    "records": "What is in the web capture:",
}
"""How to check a proof by hand: what each step is for. The commands are in `act.proof.readme`."""
BY_HAND: dict[str, str] = {
    "title": "PROOF, AND HOW TO CHECK IT",
    "about": (
        "This file keeps something as it was: a page, or files that were handed in. It is a zip "
        "file. The files under evidence/ open with any program. Tools for web archives, such as "
        "ReplayWeb.page, open the whole as a WACZ file."
    ),
    "quick": "The short way, with the program that made it. It needs no account and no network:",
    "hand": "The long way, with common tools and without that program:",
    "more": (
        "What these steps leave out: the list of all files, datapackage.json, and its signature. "
        "They cover the time stamps too. Tools for WACZ files check them, such as wacz validate."
    ),
    "proves": "What it proves",
    "proves_not": "What it does not prove",
    "strengthens": "What makes it stronger",
}
"""The words around them."""
