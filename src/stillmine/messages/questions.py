"""What the program asks and announces while it works: short, calm, one thing at a time."""

from __future__ import annotations

from stillmine.messages import (
    alerting,
    breaches,
    capture,
    cases,
    clock,
    fingerprints,
    leaving,
    notices,
    papers,
    proof,
    scheduling,
    web,
)

QUESTIONS: dict[str, str] = {
    **alerting.QUESTIONS,
    **breaches.QUESTIONS,
    **scheduling.QUESTIONS,
    **capture.QUESTIONS,
    **cases.QUESTIONS,
    **leaving.QUESTIONS,
    **clock.QUESTIONS,
    **notices.QUESTIONS,
    **papers.QUESTIONS,
    **proof.QUESTIONS,
    **web.QUESTIONS,
    **fingerprints.QUESTIONS,
    "passphrase": "Passphrase: ",
    "new-passphrase": "New passphrase: ",
    "new-passphrase-again": "The same once more: ",
    "recovery-words": "Your recovery words, in order: ",
    "target-secret": "The secret key or password of the backup place: ",
    "place-key": "Your own key of the service, which stays sealed: ",
    "nothing-typed": "Nothing was typed. Try once more, or press Ctrl and C to leave.",
    "not-the-same": "The two were not the same. Try once more.",
    "send": "This sends something out of this computer.",
    "send-what": "What is sent: {what}",
    "send-to": "To whom: {to}",
    "send-learn": "What they learn: {they_learn}",
    "send-undo": "Can it be undone: {undo}",
    "send-yes": "Send it? [y/N] ",
    "words-write": "These are your recovery words. With them alone you can get everything back. "
    "Write them on paper, in this order. Keep the paper where only you find it.",
    "words-ready": "Press Enter when they are written down. The words then leave the screen. ",
    "words-check": "Now type two of them from your paper.",
    "words-one": "Word number {number}: ",
    "words-wrong": "These are not the two words. Look at your paper once more.",
    "words-again": "Show the words again? [y/N] ",
    "words-later": "You did not type two words back yet. "
    "When you are ready: stillmine keep confirm-words",
    "handover-passphrase": "The passphrase that came with the file: ",
    "new-handover-passphrase": "A passphrase for what you hand over: ",
    "warned-yes": "Go on? [y/N] ",
    "handing-unsealed": "The copy will not be sealed: everybody who gets hold of the file, on any "
    "way it takes, can look at it.",
    "covering-undoable": "What is only coarse or blurred can often be made out again. Leave out "
    "--style for plain boxes, which nobody can undo.",
    "send-code": "The code: {code}. Tell it to the other person by voice. They type: "
    "stillmine share receive {code}. The wormhole program does it too. This waits ten minutes.",
    "stopping": "Stopping after this file. Press again to end now.",
    "readable-by-others": "Other people on this computer can read the file that {variable} names. "
    "Make it readable for you alone.",
    "seconds-left": "about {seconds} seconds left",
    "minutes-left": "about {minutes} minutes left",
    "hours-left": "about {hours} hours left",
    "nobody": "nobody",
    "yes": "yes",
    "no": "no",
}

SECRETS: dict[str, str] = {
    **alerting.SECRETS,
    **breaches.SECRETS,
    "passphrase": "the passphrase",
    "new-passphrase": "a new passphrase",
    "recovery-words": "the recovery words",
    "target-secret": "the secret of the backup place",
    "place-key": "your own key of a service that searches",
    "handover-passphrase": "the passphrase that came with the file",
    "new-handover-passphrase": "a passphrase for what you hand over",
}
