"""What to think of before anything else: short, calm, without blame."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "act.safety": (
        "Take the time you need. Nothing is sent and nothing is kept here.",
        Counted(
            "threats",
            "",
            "",
            "If somebody demands something of you, add --threats.",
        ),
    ),
}
NOW: tuple[str, ...] = (
    "If you are in danger, call the emergency number where you are.",
    "If you feel that you cannot go on, talk to somebody now: a person near you, or a line that "
    "is named here. Others got through this, and you are not to blame.",
)
THREATS: tuple[str, ...] = (
    "Do not pay, and send no more pictures. Money can lead to new demands.",
    "Stop answering. You need not say that you stop, or why.",
    "Delete nothing, and do not leave the chat or the account: it is proof. In some apps to block "
    "somebody takes the messages away, so keep proof first.",
    "Note names, accounts, numbers, how they wanted the money, and when. To keep files: stillmine "
    "act case import.",
    "Tell one person: somebody you trust, a line below, the police. You need not go through this "
    "alone.",
    "If you were under 18 in the pictures: stillmine act case new, and say yes there.",
)
DEVICE: tuple[str, ...] = (
    "Who else can open this device, or knows its code? If somebody may watch it, change nothing "
    "yet. Use another one: of a friend, a library, a helper.",
    "Screenshots may go to a shared cloud by themselves. Look at that first.",
    "Paper is proof too: address, account, day and time, kept by somebody you trust.",
    "The vault can lie on a stick: add --home and the folder on it. When you leave: stillmine keep "
    "lock.",
)
NOTICED: tuple[str, ...] = (
    "Some sites show who looked. Look while logged out, and do not like, follow or answer.",
    "Some reports go to the person who posted it, with your name. A copyright notice does. The "
    "program says so before you write one.",
    "If somebody could get violent when it is removed, talk to a helper or the police before you "
    "ask for that.",
    "Keep proof before you ask: what is gone cannot be shown any more.",
)
