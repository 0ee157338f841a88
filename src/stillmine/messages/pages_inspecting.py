"""The words of pages about files from elsewhere: what they say, clean copies, what is sealed."""

from __future__ import annotations

ROOM: dict[str, str] = {
    "inside": "What does this file say?",
    "inside_about": "A picture can hold the place, the time and your name. See it, and get a "
    "clean copy.",
    "open": "Open what somebody sealed for you",
    "open_about": "A sealed file or page that you were given. See who made it, and look at it.",
    "pass": "Hand over from computer to computer",
    "pass_about": "Send a sealed file, or take one, with a code that you say by voice.",
    "whose": "Whose copy was it?",
    "whose_about": "A copy that you gave away turned up. Its hidden mark can say whose it was.",
}

FILES: dict[str, str] = {
    "gone": "This file is not here any more",
    "gone_next": "Files that come with a page are held in memory only, and this one is gone. "
    "Choose it once more.",
}

INSIDE: dict[str, str] = {
    "title": "What does this file say?",
    "lede": "A picture, a video or a PDF can tell more than it shows: where it was taken, when, "
    "with which phone, by whom.",
    "files": "Choose a file",
    "files_hint": "It stays in memory. Nothing is kept, and nothing is sent.",
    "look": "See what it says",
    "clean": "Make clean copies",
    "clean_hint": "To make clean copies you can choose several files.",
    "none": "Choose a file first.",
    "one": "One at a time, please. For several, make clean copies.",
    "heading": "What this file says",
    "told": "Besides the picture",
    "nothing": "Nothing was found besides the picture",
    "nothing_text": "That is all that we know how to find.",
    "more": "A preview inside shows more than the picture",
    "more_text": "Whoever has the file can see it. Hold each of them to compare.",
    "same_text": "There is a small preview inside. Hold each of them to compare.",
    "picture": "The picture",
    "preview": "The preview inside",
    "picture_alt": "The picture itself",
    "preview_alt": "The preview that is inside the file",
    "hold": "Hold to look",
    "where": "found in {where}",
    "stays": "What stays in a clean copy, too",
    "stays_text": "This can not be taken out without changing the picture.",
    "get": "Get a clean copy",
    "get_text": "The copy shows the same, and says none of this. Your own file stays as it is.",
    "forget": "I am done, forget the file",
    "back": "Another file",
}

CLEAN: dict[str, str] = {
    "title": "Clean copies",
    "ready": "Made from",
    "gone": "Gone: {gone}",
    "nothing_gone": "There was nothing to take out.",
    "redrawn": "It was drawn anew, so its pixels are not quite the same.",
    "lossless": "What it shows was not changed.",
    "twice": "Two other readers looked for anything left, and found nothing.",
    "once": "Another reader looked for anything left, and found nothing.",
    "save": "Save {name}",
    "size": "{size}",
    "stays": "What stays in them",
    "skipped": "No copy was made of",
    "anew": "Draw it anew",
    "anew_text": "Some of it can not be cleaned as it is. It can be drawn anew: that costs a bit "
    "of quality, and takes everything else away.",
    "none": "No copy was made",
    "care": "The name of the copy says nothing. The file that you chose still says all of it: "
    "give away the copy.",
    "forget": "I am done, forget the files",
    "back": "Another file",
}

SEALED: dict[str, str] = {
    "title": "Open what was sealed for you",
    "lede": "A file that ends in .age, or a page. It is opened in memory, on this computer.",
    "file": "The sealed file",
    "file_hint": "If the picture is in a page, choose the page.",
    "here": "The file is here already. Choose another one only if you want another.",
    "passphrase": "The words that you were told, if any",
    "passphrase_hint": "Leave this empty if it was sealed to your own key.",
    "go": "Open it",
    "none": "Choose the file first.",
    "needed": "This file opens with words that the sender tells you. Put them in here.",
    "no_vault": "This file was sealed to a key, and you have no vault with a key here. Ask the "
    "sender for a copy that opens with words, or make a vault and send them your contact line.",
    "why": "What does this show?",
    "why_text": "It says who made the file, as far as that can be known, and what they wish. The "
    "picture stays veiled until you hold it.",
}

OPENED: dict[str, str] = {
    "title": "It is open",
    "who": "Who made it",
    "for": "For whom",
    "words": "The eight words of their key",
    "you": "You sealed this yourself: the signature fits your own key.",
    "compared": "This was sealed by {name}. That is proven by the signature, and by the words "
    "that you compared.",
    "not_compared": "The signature fits the key that you have for {name}. Whether it is their "
    "key, only comparing the words can show.",
    "unknown": "One person signed it, and you do not have their key. Ask who it is before you "
    "believe a name.",
    "unsigned": "Nobody signed this. Anybody may have made it, and it may have been changed.",
    "compare": "Compare the words",
    "made": "Made on",
    "wishes": "They wish",
    "until": "They wish that it is deleted after",
    "views": "They wish that it is looked at at most so many times",
    "wish_text": "Wishes are wishes. This program does not enforce them; you can keep to them.",
    "alt": "The picture that was sealed",
    "hold": "Hold to look",
    "cannot": "If nothing is seen when you hold, this is a file that can not be shown here.",
    "keep": "Keep it in my vault",
    "keep_text": "It is sealed again and is never plain on the disk.",
    "save": "Save the plain file",
    "save_text": "Anybody who gets hold of the plain file ({size}) can look at it. It belongs to "
    "the person who trusted you with it.",
    "forget": "I am done, forget it",
    "back": "Another file",
}
