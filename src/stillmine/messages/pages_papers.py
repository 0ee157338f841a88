"""The words of pages that check papers and make files: proof, letters, reminders, this computer."""

from __future__ import annotations

READY: dict[str, str] = {
    "title": "Your file is ready",
    "title_many": "Your files are ready",
    "lede": "It is in memory only, until you lock. A file that you save is not sealed: whoever "
    "finds it can read it.",
    "save": "Save {name}",
    "size": "{name}, {size}",
    "not_drawn": "Some signs have no font here. They stand there by their numbers.",
    "go_on": "Go on",
}

PROOF: dict[str, str] = {
    "name": "Check a proof",
    "about": "Somebody gave you a proof? See whether it is unchanged, and since when.",
    "title": "Check a proof",
    "lede": "Is it unchanged, and since when? It is checked on this computer. Nothing is sent, and "
    "no vault is needed.",
    "file": "The proof",
    "file_hint": "A file that ends in .wacz. It stays in memory.",
    "stamp": "A time stamp about it",
    "stamp_hint": "Only if a file that ends in .tsr lies beside it.",
    "key": "Which key signed it, as you were told",
    "key_hint": "Only if a report on paper names one.",
    "more": "More",
    "nothing": "Choose a file first.",
    "go": "Check it",
    "unchanged": "Unchanged",
    "changed": "Changed",
    "cannot-tell": "It can not be told",
    "since": "Since when",
    "found": "What was found",
    "numbers": "Numbers to compare with a report",
    "root": "Root",
    "signed": "Key",
    "made": "Made, as its maker says",
    "means": "What this means",
    "means_unchanged": "Each bit is as it was then. It does not say who is in it, or that what a "
    "page said is true.",
    "means_changed": "Do not rely on it. Ask for another copy.",
    "means_cannot-tell": "It may be true all the same. The list says what is missing.",
    "another": "Check another one",
}

CHECKING: dict[str, str] = {
    "name": "Check a letter",
    "about": "Paste a letter, and see what it lacks so that the clock starts.",
    "title": "Check a letter",
    "lede": "Paste a letter that asks for removal. See what it lacks, and which law says so. It "
    "stays on this computer.",
    "text": "The letter",
    "text_hint": "All of it, with the name and the addresses.",
    "empty": "Paste the letter first.",
    "which": "Under which law?",
    "which_hint": "Not sure? Choose none: then the laws are taken that many sites answer to.",
    "to": "To which site?",
    "to_hint": "Only if you want to know whether the pages lie on it. Such as Reddit.",
    "more": "More",
    "go": "Look through it",
    "ready": "Nothing is missing",
    "ready_text": "All that these laws ask for stands in it, as far as words can tell. Whether it "
    "is true, only you know.",
    "missing_one": "{count} thing is missing",
    "missing": "{count} things are missing",
    "missing_text": "A site may put the letter aside, and the time of the law may not start.",
    "not_confirmed": "What nobody could confirm",
    "not_confirmed_text": "For these parts no official page was found that says what the law asks:",
}

DUE: dict[str, str] = {
    "title": "Reminders for a calendar",
    "lede": "A file for the calendar of your phone or computer. Each reminder has a dull name, and "
    "says nothing of what it is about.",
    "what": "What is due",
    "none": "Nothing is due now",
    "none_text": "There is something to be reminded of once a letter is sent.",
    "called": "What each reminder is called",
    "called_hint": "Something dull is good.",
    "called_value": "Reminder",
    "care": "A calendar is often copied to other devices. Others may see when you have something "
    "to do, but not what.",
    "go": "Make the file",
}

COMPUTER: dict[str, str] = {
    "title": "This computer",
    "lede": "What is there of what the program can use, what that means, and how to add the rest. "
    "Nothing is sent.",
    "go": "Look now",
    "seen": "What is there",
    "all": "All that is needed is there",
    "needed": "Something that is needed is missing",
    "missing": "Missing, or not on",
    "unknown": "What can not be told",
    "there": "There",
    "again": "Look again",
}
