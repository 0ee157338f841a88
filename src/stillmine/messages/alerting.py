"""What is said about alerts: how you hear of a finding, and what an alert itself says."""

from __future__ import annotations

from stillmine.messages.counted import Counted

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

DOING: dict[str, str] = {
    "watch.telling": "Sending one sentence",
}
QUESTIONS: dict[str, str] = {
    "alert-address": "The address that the alert goes to, which stays sealed: ",
    "alert-desktop": "Whoever looks at this screen can see a notice on it, also while you are "
    "away. It says one sentence, and does not name the program unless you choose that.",
}
SECRETS: dict[str, str] = {
    "alert-address": "the address that an alert goes to",
}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "watch.alert.add": (
        "Alert {alert} ({kind}) is added. All that it will ever say is: “{says}”",
        "It is used when the program looks by itself: stillmine watch schedule on. "
        "To see that it gets through: stillmine watch alert try {alert}",
    ),
    "watch.alert.list": (
        Counted(
            "alerts",
            "You are told in {alerts} way. All that is said: “{says}”",
            "You are told in {alerts} ways. All that is said: “{says}”",
            none="You are told in no way yet. To add one: stillmine watch alert add desktop",
        ),
    ),
    "watch.alert.hours": ("It is noted. All that an alert says: “{says}”",),
    "watch.alert.remove": (
        "Alert {alert} is gone, and its address with it.",
        Counted(
            "left",
            "You are still told in {left} way.",
            "You are still told in {left} ways.",
            none="You are told in no way now.",
        ),
    ),
    "watch.alert.try": (
        Counted(
            "told",
            "It went out once: “{says}” Look whether it came.",
            "It went out by {told} ways: “{says}” Look whether it came.",
            none="There was no way to try. To add one: stillmine watch alert add desktop",
        ),
        Counted(
            "skipped",
            "One way did not work. Below is why.",
            "{skipped} ways did not work. Below is why.",
        ),
    ),
}
