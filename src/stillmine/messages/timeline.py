"""What happened in a case, as the lines of its timeline say it."""

from __future__ import annotations

# By the code of the event; notes and the names of proof are said after these words.
EVENTS: dict[str, str] = {
    "address": "The address {address} was written down.",
    "case.closed": "The case was closed.",
    "case.note": "Note: {note}",
    "case.opened": "The case was opened. Nobody in the pictures was under 18.",
    "case.reopened": "The case was opened again.",
    "case.sender": "It was said who signs the letters.",
    "clock.authority-notice": "The authority told them to remove it.",
    "clock.back": "It is back at {address}.",
    "clock.complaint": "A letter to {to} was written: {notice}.",
    "clock.court-order": "A court ordered them to remove it.",
    "clock.hash-begun": "The way to {to} was begun.",
    "clock.hash-done": "A case was made there. Its number is {number}.",
    "clock.hash-looked": "Somebody looked how it stands there.",
    "clock.looked": "Somebody looked at {address}: {state}.",
    "clock.more-time": "They asked for more time, until {until}.",
    "clock.step": "The letter {notice} is now: {state}.",
    "clock.undone": "The note that the letter {notice} is {state} was taken back.",
    "handed-out": "The proof {proof} was written to a file, to hand it on.",
    "host.found": "Who runs {site} was looked up. Network: {network}. Registrar: {registrar}.",
    "notice.written": "A letter to {to} was written: {notice}.",
    "proof-capture": "Proof {proof} was kept of {address}.",
    "proof-import": "What you had was kept as proof {proof}.",
    "proof-stamped": "Proof {proof} has time stamps by {by}.",
    "proof-receipt": "A receipt was kept as proof {proof}.",
}
