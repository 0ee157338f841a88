"""The words of pages that hand a file on, show the own key, and say whose copy something was."""

from __future__ import annotations

SEND: dict[str, str] = {
    "title": "Send it straight to their computer",
    "lede": "You get a code and say it by voice. The person types it, and the file goes over. "
    "Both of you have to be there at the same time.",
    "file": "The sealed file",
    "file_hint": "Only a sealed file is sent: one that ends in .age, or a page.",
    "held": "The sealed copy that you made just now is sent.",
    "none": "Choose the sealed file first.",
    "servers": "Other servers",
    "servers_text": "Leave these empty for the servers of the wormhole project.",
    "mailbox": "Where the two of you find each other",
    "relay": "What passes the file on",
    "direct": "Let the two computers talk straight to each other",
    "direct_hint": "Faster in one home. Then the computer of the other person learns your address "
    "on the internet.",
    "go": "Get a code",
    "receive": "Take a file that somebody sends",
    "sent": "It is handed over",
    "sent_text": "The other side has all of it ({size}).",
}

RECEIVE: dict[str, str] = {
    "title": "Take a file from somebody's computer",
    "lede": "They tell you a code by voice. Type it here while they wait.",
    "code": "The code",
    "code_hint": "A number and some words, such as 7-tiger-piano-salute.",
    "go": "Take the file",
    "send": "Send a file of your own",
    "title_came": "A file came",
    "came_text": "It is here in memory ({size}), as it came. Nothing of it was opened.",
    "open": "Open it here",
    "save": "Save it as it came",
}

WHOSE: dict[str, str] = {
    "lede_ask": "Choose what turned up: a picture, a part of it, a screenshot, or a photo of a "
    "screen.",
    "file": "What turned up",
    "file_hint": "It is looked at in memory. Nothing is kept, and nothing is sent.",
    "of": "It is a copy of: {item}",
    "of_hint": "Only the copies of this one are compared.",
    "go": "Read the mark in it",
    "none": "Choose a file first.",
    "not_found": "None of the pictures that you handed over was found in it.",
    "nobody": "No copy with a mark was made of this picture, so there is nobody to compare with.",
    "compared_one": "It was compared with {count} copy.",
    "compared": "It was compared with {count} copies.",
    "used": "So much of the picture could be used: {share} in 100.",
    "item": "The picture in your vault",
    "given": "Who was given what",
    "back": "Another picture",
}

MINE: dict[str, str] = {
    "title": "Your own key",
    "lede": "Give it to those who are to seal something for you. It is no secret.",
    "line": "Your contact line",
    "code": "The same line as a code to scan",
    "code_text": "Somebody beside you can scan it with this program or any other.",
    "code_alt": "A square code that holds your contact line",
    "words": "Your eight words",
    "words_text": "Read them out when somebody asks. They compare them with what they have.",
    "age": "For the program age",
    "save": "Save as a file",
    "save_png": "Save the code as a picture",
    "save_txt": "Save the line as text",
    "long": "The long key",
    "long_text": "It should also withstand a quantum computer. Only newer programs read it.",
    "short": "The short key",
}
