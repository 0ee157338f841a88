"""What each group of commands is for, in one sentence."""

from __future__ import annotations

ROOMS: dict[str, str] = {
    "try": "See it work, with pictures of its own, in a place that is thrown away.",
    "keep": "Keep your pictures sealed, backed up and whole.",
    "keep.backup": "Keep sealed copies in other places, and get them back.",
    "share": "Hand pictures to one person each, clean and sealed, and know whose copy leaked.",
    "share.people": "The people whose keys you have.",
    "watch": "Find copies of your pictures, and let others look for them too.",
    "watch.name": "Your handles, addresses and names: what may be searched for, and why.",
    "watch.fingerprints": "Let others look for your pictures without seeing them.",
    "watch.place": "The places where the program looks for copies of your pictures.",
    "watch.breach": "Whether a password or a mail address of yours is in what leaked elsewhere.",
    "watch.alert": "Be told that something was found, in one sentence that gives nothing away.",
    "watch.enrol": "Services that see more than this program can: the way there, and reminders.",
    "watch.schedule": "Look again and again without being asked, also while the vault is locked.",
    "act": "Keep proof, ask for removal, watch the deadline; know the law and whom to talk to.",
    "act.case": "What happened to one person: addresses, proof, letters, and what came of them.",
    "act.statistics": "How long platforms took, in figures that point to nobody.",
    "doctor": "Say what this computer has of what the program can use.",
}
