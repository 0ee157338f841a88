"""What is said about alerts: how you hear of a finding, and what an alert itself says."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "watch.wrong-alert": (
        "This cannot be used for alerts: {why}",
        "What can be used: desktop, mail, ntfy, gotify, matrix and signal. How each address looks "
        "stands in docs/watching.md.",
    ),
    "watch.unknown-alert": (
        "There is no alert with the number {alert}.",
        "To see all of them: stillmine watch alert list.",
    ),
    "watch.alert-not-sent": (
        "The alert did not get through: {why}",
        "Look at the address and try it: stillmine watch alert try.",
    ),
    "watch.alert-needs-straight-way": (
        "You chose a way out by a proxy or Tor, and {kind} cannot take it. Nothing was sent.",
        "Use ntfy, gotify, matrix or signal, which can. Or choose the straight way: "
        "stillmine keep settings proxy direct.",
    ),
}
# Why something cannot be used for alerts, by its reason.
WHY: dict[str, str] = {
    "kind": "it is none of the kinds that the program knows.",
    "other-kind": "the address is one of another kind than you named.",
    "signs": "it has signs that no address has, or more than one address is in it.",
    "extras": "it has extras behind the question mark that the program does not allow. They "
    "could carry files, links or content.",
    "address": "something is missing in the address, or is not as this kind wants it.",
    "desktop": "this computer shows no notices to programs.",
}
# Why an alert did not get through.
WHY_NOT_SENT: dict[str, str] = {
    "refused": "the other side did not take it.",
    "slow": "it took too long.",
    "desktop": "this computer shows no notices to programs right now.",
}
# What an alert says. It is the whole of it: no name, no number, no address, no picture.
BODY = "Something to read."
NAMED_BODY = "stillmine: something to read."
SENDER = "Note"
