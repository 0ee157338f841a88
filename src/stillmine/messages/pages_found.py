"""The words of the journey for what was found: a page or a picture."""

from __future__ import annotations

HAVING: dict[str, str] = {
    "title": "What did you find?",
    "lede": "You need not look at it again.",
    "question": "What do you have?",
    "address": "The address of a page",
    "address_hint": "A link to where it can be seen.",
    "picture": "A picture, a video or a screenshot",
    "picture_hint": "A file on this computer. It is compared with your vault, in memory only.",
}

PICTURE: dict[str, str] = {
    "title": "Is it one of yours?",
    "lede": "Choose the file. It is compared with the pictures in your vault, and no copy of it is "
    "kept.",
    "file": "Picture, video or archive",
    "look": "Compare it",
    "none": "Choose a file first.",
    "match": "It looks like one of yours.",
    "no_match": "None of your pictures was found in it. That is no proof that it is not yours: "
    "only you can say.",
    "cut": "Some of it could not be looked at.",
    "question": "Is it yours?",
    "yes": "Yes, it is a picture of me",
    "no": "No",
    "unsure": "I am not sure",
    "made": "A fake that was made of a picture of you counts as yours, too.",
}

WHOSE: dict[str, str] = {
    "title": "Whose copy was it?",
    "lede": "Copies that you gave away with this program carry a mark that nobody sees.",
    "named": "The mark in it is of the copy for {recipient}, made on {day}.",
    "chance": "The chance that somebody innocent is named like this is at most 1 in {count}.",
    "care": "That does not prove who published it: a device, an account or a cloud may have been "
    "opened by somebody else. Think before you speak to anybody about it.",
    "none": "It cannot be said whose copy it is. That clears nobody and accuses nobody.",
    "again": "No copy of the picture was kept. To read the mark in it, go Back and choose it once "
    "more.",
}
