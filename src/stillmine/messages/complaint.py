"""The words of a letter to an authority."""

from __future__ import annotations

# The letter to an authority, part by part.
COMPLAINT: dict[str, str] = {
    "subject-late": "No answer in time: pictures I did not agree to are online",
    "subject-no": "They said no: pictures I did not agree to are online",
    "subject-back": "They are back: pictures I did not agree to are online",
    "subject-first": "Please help me: pictures I did not agree to are online",
    "to": "To: {authority}",
    "day": "Date: {day}",
    "self": "My name is {name}. I am the person in the pictures.",
    "agent": "My name is {name}. I act for the person in the pictures, who asked me to: {subject}.",
    "plea": "Intimate pictures are online, and the person in them did not agree to that. "
    "Please act on it.",
    "where": "Where the pictures are:",
    "address": "{number}. {url}",
    "address-seen": "{number}. {url} ({state} when last looked at, on {day})",
    "state-there": "still there",
    "state-gone": "gone",
    "asked": "{to} was asked to remove them. What was done, and when (all times UTC):",
    "not-asked": "{to} was not asked before.",
    "not-needed": "{to} was not asked before. By the law below that is not needed.",
    "step": "- {at}: {state}",
    "law": "The law: {name}.",
    "citation": "The law: {name} ({citation}).",
    "quote": "It says: “{quote}”",
    "ended": "By this law, the time to act ended on {at} (UTC) at the latest.",
    "running": "By this law, the time to act ends on {at} (UTC) at the latest.",
    "proof": "What is kept as proof. No picture is part of this letter. Each sum below tells "
    "whether a file is the one that was kept.",
    "proof-line": "- {proof}, made on {made}, {size} bytes, sum {root}",
    "proof-stamped": "  The time is vouched for by: {authorities}",
    "no-proof": "No proof has been kept yet.",
    "number": "Please tell me the number of this report, and what you will do.",
    "reach": "You can reach me at: {ways}",
    "signed": "{name}",
    "letter": "The letter that was sent to {to}:",
    "blank": "________________",
}
