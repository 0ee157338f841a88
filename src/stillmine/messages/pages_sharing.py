"""The words of sharing: the journey before a picture is handed over, and who was given what."""

from __future__ import annotations

PICK: dict[str, str] = {
    "title": "Which picture?",
    "lede": "Choose one from your vault. You hand over a copy; the picture itself stays as it is.",
    "no_vault": "You need a vault first",
    "no_vault_text": "Pictures are taken from your vault, so that you know later who has which "
    "copy.",
    "make": "Make a vault",
    "empty": "There is no picture in your vault yet",
    "empty_text": "Add one first. Then come back here.",
    "add": "Add files",
    "question": "Your pictures, the newest first",
    "search": "Find by words",
    "find": "Find",
    "none": "No picture has all of these words.",
    "more": "Only the newest are shown here. To see others, find them by words.",
    "choose": "Choose a picture first.",
    "kept": "Kept on {day}",
}

COVER: dict[str, str] = {
    "title": "Is there something to cover?",
    "lede": "A face, a tattoo, a room, a name on a letter: what gives you away. It is painted "
    "over for good in the copy.",
    "draw": "Hold here to see it. Then drag over what should be covered.",
    "area": "The picture, to drag boxes on",
    "show": "Show it for ten seconds",
    "hide": "Veil it",
    "count": "Boxes: {count}",
    "undo": "Take the last box away",
    "numbers": "Boxes as numbers",
    "numbers_hint": "In hundredths of the picture: 0 is the left or upper edge, 100 is the right "
    "or lower edge. Leave a box empty to drop it.",
    "box": "Box {number}",
    "left": "From the left",
    "top": "From the top",
    "width": "Width",
    "height": "Height",
    "remove": "Take this box away",
    "no_script": "Without scripts you can not drag here. Give the boxes as numbers.",
    "alt": "The picture, not covered",
    "go": "Cover these parts",
    "skip": "Nothing to cover, go on",
    "none": "Drag a box first, or go on without.",
    "numbers_wrong": "Each box needs four numbers from 0 to 100, and some width and height.",
    "covered": "It is covered",
    "covered_text": "Look if all is hidden that you want to hide. What is covered can not be "
    "brought back from the copy. The covered picture is in your vault, too.",
    "covered_alt": "The covered picture",
    "hold": "Hold to look",
    "hold_hint": "It is veiled again when you let go.",
    "anew": "Cover other parts",
    "label": "{label}, covered",
    "why_text": "What is in a picture can say who and where you are, even where no face is seen. "
    "What the camera wrote into the file is left out of each copy in any case.",
}

WHOM: dict[str, str] = {
    "title": "For whom is it?",
    "lede": "Each copy is made for one person. A mark that nobody sees tells later whose copy it "
    "was.",
    "question": "Who gets it?",
    "other": "Somebody else",
    "name": "Their name",
    "name_hint": "A name for yourself. It stays in your vault, and is not in the copy.",
    "compared": "You compared the words of their key.",
    "not_compared": "You have their key. You did not compare its words yet.",
    "choose": "Choose a person, or type a name.",
    "why_text": "It is written down in your vault who was given which copy. If it turns up where "
    "it should not be, you know where to look.",
}

HOW: dict[str, str] = {
    "title": "How do they open it?",
    "lede": "The copy is sealed. Whoever finds it on its way sees nothing.",
    "question": "What do they have?",
    "key": "This program, too",
    "key_hint": "It is sealed with their key. Only they can open it, and no word is needed.",
    "page": "Only a browser",
    "page_hint": "They get one page. It opens in any browser, with six words that you tell them.",
    "passphrase": "The program age",
    "passphrase_hint": "They get a file that age opens, with six words that you tell them.",
    "unsealed": "Nothing: they get the plain picture",
    "unsealed_hint": "It carries the mark and says nothing besides the picture. But all who get "
    "hold of it can look at it. You are asked once more before it is made.",
    "contact": "Their contact line",
    "contact_hint": "They find it in their program and send it to you. It begins with stillmine1. "
    "A public key that begins with age1 will do as well.",
    "needed": "Put in their contact line. Or choose another way.",
    "choose": "Choose one of these.",
    "why_text": "A picture that is sent as it is can be opened by all who get hold of it: on the "
    "way, in a cloud, on a phone that is lost.",
}

CHECK: dict[str, str] = {
    "title": "Look at it once more",
    "lede": "Nothing is made yet. You can go back to each step.",
    "picture": "The picture",
    "for_": "For",
    "how": "How it opens",
    "covered": "Covered",
    "yes": "Yes, in parts",
    "no": "No",
    "alt": "The picture as they will see it",
    "compare": "You did not compare the words of their key yet",
    "compare_text": "Call {name}, or meet. If they read out these words, it is their key: {words}",
    "wish": "A wish that they read",
    "wish_hint": "Such as: please do not pass it on. Nobody can make sure of it.",
    "plain": "Make the plain picture all the same",
    "tick": "Tick the box first. Or go Back and choose another way.",
    "unmarked": "Without the mark that nobody sees",
    "unmarked_hint": "For a picture that can not carry one. Then it can not be told later whose "
    "copy it was.",
    "ways": "Which way to send it",
    "ways_text": "A sealed copy stays sealed on each way. The way decides who can see that you "
    "sent something, and who keeps it.",
    "protects": "Protected:",
    "open": "Not protected:",
    "read": "read on {day}: {source}",
    "unsure": "Nothing could be confirmed of: {names}.",
    "go": "Make the copy",
}

DONE: dict[str, str] = {
    "title": "The copy for {name} is ready",
    "file": "The file",
    "file_text": "It is in memory, and was sent to nobody. Save it, then send it on any way. Its "
    "name says nothing.",
    "save": "Save {file}",
    "send": "Send it straight to their computer",
    "file_gone": "The file is not in memory any more",
    "file_gone_text": "If you saved it, all is well. If not, go Back and make a new copy. In the "
    "list of who was given what, both are written down.",
    "unsealed_text": "It is not sealed. Remove it from this computer, and empty the bin, when it "
    "is handed over.",
    "words": "The six words that open it",
    "words_text": "Tell them on another way than the file goes, best by voice. They are shown "
    "here until you go on, and never again.",
    "gone": "The six words are not shown any more. If you do not have them, make a new copy.",
    "key_text": "Only the key of {name} opens it. There is nothing else to tell them.",
    "noted": "It is written down in your vault that {name} has this copy.",
    "go": "I have all I need",
}

ROOM: dict[str, str] = {
    "name": "People you share with",
    "about": "Their keys, who was given what, and letters that ask to delete it.",
}

KNOWN: dict[str, str] = {
    "title": "People you share with",
    "lede": "Their keys are kept here, so that you can seal copies for them by name.",
    "empty": "Nobody is here yet",
    "empty_text": "You can hand over a copy without this, too: with six words.",
    "compared": "Words compared on {day}",
    "not_compared": "Words not compared yet",
    "add": "Add somebody",
    "name": "Their name",
    "key": "Their contact line",
    "key_hint": "It begins with stillmine1. A public key that begins with age1 will do as well.",
    "go": "Add",
    "mine": "Your own contact line",
    "mine_text": "Give it to those who are to seal something for you. It is no secret.",
    "mine_go": "Show it",
    "given": "Who was given what",
}

PERSON: dict[str, str] = {
    "words": "Compare the words",
    "words_text": "Call {name}, or meet. Have these words read out to you. Do not compare them in "
    "the chat that the key came through.",
    "theirs": "What {name} has to read out",
    "mine": "What you read out, if they ask",
    "same": "They read out these very words",
    "not_same": "If one word is another: do not use the key. Somebody may have put in their own.",
    "compared": "You compared the words on {day}.",
    "copies": "Copies that {name} was given",
    "none": "None yet.",
    "share": "Hand over a picture",
    "given": "Who was given what",
    "forget": "Forget this person",
    "forget_text": "The key is forgotten. What they were given stays written down.",
    "forget_yes": "Yes, forget the key of {name}",
    "forget_go": "Forget",
    "tick": "Tick the box first.",
}

GIVEN: dict[str, str] = {
    "title": "Who was given what",
    "lede": "Each copy that was made here, the newest first.",
    "empty": "No copy was made yet",
    "empty_text": "When you hand over a picture, it is written down here.",
    "question": "Copies to ask back",
    "line": "{name}: {item}",
    "asked": "You asked to delete it on {day}.",
    "made": "Made on {day}, {how}.",
    "unmarked": "Without a mark.",
    "cut_off": "Cut off while it was made. It may never have been handed over.",
    "ask": "Ask them to delete it",
    "ask_text": "A letter is written that you can send. You can ask at any time: what you gave "
    "once, you may ask back. Nobody can make sure that it is deleted.",
    "mail": "As a mail that a mail program opens as a draft",
    "go": "Write the letter",
    "export": "The whole list as a file",
    "export_text": "For a lawyer, or for yourself. It is not sealed, and its name says nothing.",
    "export_txt": "As a text",
    "export_csv": "As a table",
    "export_json": "As data",
    "whose": "A copy turned up: whose was it?",
    "choose": "Tick at least one copy.",
    "written": "The letters are written",
    "written_text": "Nothing was sent. That is up to you. It is noted that you asked.",
    "letter_save": "Save the letter",
    "letter": "For {name}",
    "back": "Back to the list",
    "pages": "Parts of the list",
    "newer": "Newer",
    "older": "Older",
}
