"""What is said about handing over: people, keys, seals, the ledger of who was given what."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "share.unknown-person": (
        "Nobody called {name} is among the people you know here.",
        "To see who is: stillmine share people list. To add somebody: stillmine share people add.",
    ),
    "share.person-exists": (
        "Somebody called {name} is among the people you know already.",
        "Choose another name. To give them a new key, first: stillmine share people forget.",
    ),
    "share.no-way-to-seal": (
        "You did not say how to seal this, and no key of {name} is known here.",
        "Add --page for somebody with nothing but a browser, or --passphrase for the age program. "
        "Or --seal with their public key.",
    ),
    "share.weak-passphrase": (
        "Somebody who gets the file could guess this passphrase, so nothing was made.",
        "Leave out --own-passphrase: then six random words are made for you. Or choose a longer "
        "one, which has nothing to do with you.",
    ),
    "share.cannot-mark": (
        "This cannot carry a hidden mark, so a leak of it could not be traced. {why}",
        "To hand it over clean but without a mark, add --unmarked.",
    ),
    "share.unknown-handover": (
        "There is no hand-over with the number {handover}, or more than one begins like that.",
        "To see all of them: stillmine share list.",
    ),
    "share.not-a-handover": (
        "This is not a sealed hand-over, or it was built by another program in another way.",
        "Nothing was written. Ask the person who sent it how they made it.",
    ),
    "share.wrong-passphrase": (
        "This passphrase does not open it. The file itself is fine.",
        "Look for small slips: capital letters, spaces, one word in the place of another. Then "
        "ask the person who sent it.",
    ),
    "share.not-for-me": (
        "None of your keys opens this file. It was sealed for somebody else, or for an old key.",
        "Send your contact line (stillmine share key) and ask for a new copy.",
    ),
    "share.not-as-signed": (
        "The seal opened, but what is inside is not what the sender signed. Somebody changed it.",
        "Nothing was written. Ask the person, on another way, to send it once more.",
    ),
    "share.wrong-code": (
        "The code that was typed is not the one that was told. It cannot be used again.",
        "Nothing was handed over. Send once more, and tell the new code by voice.",
    ),
    "share.nobody-came": (
        "The other side did not come within ten minutes, so the waiting was ended.",
        "Nothing was handed over. Call each other, then send once more with a new code.",
    ),
    "share.no-contact": (
        "This is no contact line and no public key.",
        "A contact line begins with stillmine1, a public key with age1. Copy all of it, or name "
        "a file that holds it.",
    ),
}

ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "share.channels": (
        "A sealed copy stays sealed on every way. The way decides who can see that you sent "
        "something, and who may keep it.",
        "Send the words of a passphrase on another way than the file.",
        Counted(
            "not_confirmed",
            "Of {not_confirmed} more way nothing could be confirmed, so nothing is said of it.",
            "Of {not_confirmed} more ways nothing could be confirmed, so nothing is said of them.",
        ),
    ),
    "share.key": (
        "Give this contact line to those who are to seal something for you. It is no secret.",
        "Your eight words, to be read aloud when they ask: {fingerprint}.",
        Counted("saved", "It is also in {saved}.", ""),
    ),
    "share.list": (
        Counted(
            "handovers",
            "{handovers} copy was made.",
            "{handovers} copies were made.",
            none="No copy was made yet. To make one: stillmine share make",
        ),
        Counted("exported", "The list is in {exported}. It is plain: keep it safe.", ""),
    ),
    "share.make": (
        Counted("made", "{made} copy is ready.", "{made} copies are ready."),
        "To choose how to send it: stillmine share channels",
        Counted(
            "passphrase",
            "It opens with these words: {passphrase}. Tell them in another way than the file goes, "
            "best by voice. They are not shown again.",
            "",
        ),
        Counted(
            "not_compared",
            "You did not compare the words of this key yet. "
            "To do so: stillmine share people verify",
            "",
        ),
        Counted(
            "skipped",
            "Of {skipped} item no copy was made. Below is why.",
            "Of {skipped} items no copy was made. Below is why.",
        ),
    ),
    "share.open": (
        "{about_sender}",
        "{about_recipient}",
        Counted("file", "The picture is in {file}. It is plain now.", ""),
        Counted("item", "The picture is in your vault now.", ""),
        Counted(
            "written",
            "",
            "",
            none="Nothing was written. Add --to with a folder, or --keep for your vault.",
        ),
    ),
    "share.people.add": (
        "{name} is among the people you know now. Before you trust the key, compare these words "
        "by voice: {fingerprint}. Then: stillmine share people verify",
    ),
    "share.people.forget": (
        "{name} and the key are forgotten.",
        Counted(
            "copies",
            "That {copies} copy was made for {name} stays written down.",
            "That {copies} copies were made for {name} stays written down.",
        ),
    ),
    "share.people.list": (
        Counted(
            "people",
            "You have the key of {people} person.",
            "You have the keys of {people} people.",
            none="You have nobody's key yet. To add one: stillmine share people add",
        ),
    ),
    "share.people.verify": (
        Counted(
            "compared",
            "It is noted that the words of {name} are the same.",
            "",
            none="Call {name}, or meet: have these words read out to you. Never compare them in "
            "the chat that the key came through. If all are the same, run this again with --same. "
            "If not, do not use the key.",
        ),
    ),
    "share.receive": ("A file came, and is in {file}. To open it: stillmine share open",),
    "share.send": ("The file was handed over, and the other side has all of it.",),
    "share.withdraw": (
        Counted(
            "letters",
            "{letters} letter is written and noted. Nothing was sent: that is up to you.",
            "{letters} letters are written and noted. Nothing was sent: that is up to you.",
        ),
        "Nobody can make sure that it is deleted. To ask is your right all the same.",
    ),
}
DOING: dict[str, str] = {
    "share.making": "Making copies",
    "share.sending": "Handing over",
    "share.receiving": "Taking the file",
}

# The page that opens a hand-over in a browser. Its words are for somebody who may never have
# heard of this program.
PAGE: dict[str, str] = {
    "language": "en",
    "title": "A sealed letter",
    "heading": "This is sealed",
    "no_script": "Your browser does not run scripts here, so this page cannot open it. Use another "
    "browser, or ask the person who sent it.",
    "before": "It opens with the passphrase that you were told in another way. This page works "
    "without the internet and sends nothing.",
    "passphrase": "Passphrase",
    "see": "Show what I type",
    "open": "Open",
    "letter": "What was sealed",
    "hold": "Hold here to see the picture",
    "picture": "The picture that was sealed",
    "how": "Press and hold, or hold the space bar. It is covered again when you let go.",
    "moment": "Show it for ten seconds",
    "save": "Save it to look at it with another program",
    "close": "Close and cover for good",
    "proof": "This page cannot prove who made it, and nobody can enforce a wish. "
    "The picture belongs to the person who trusted you with it.",
}
PAGE_SCRIPT: dict[str, str] = {
    "heading": "For you",
    "opening": "Opening. This takes a few seconds.",
    "opened": "It is open, and still covered.",
    "wrong": "This passphrase does not open it. Look for small slips, then ask the sender.",
    "damaged": "The file is damaged or not whole. Ask for it to be sent once more.",
    "cannot-show": "It is open, but this browser cannot show this kind of file.",
    "closed": "Closed. You can close this page now.",
    "made": "Made on {date}",
    "wish": "A wish from the sender: {wish}",
    "until": "A wish from the sender: delete it after {date}",
    "views": "A wish from the sender: look at it {count} times at most",
}

SEALED: dict[str, str] = {
    "key": "sealed to a key",
    "passphrase": "sealed with a passphrase",
    "page": "a page with a passphrase",
    "unsealed": "not sealed",
}
LEDGER: dict[str, str] = {
    "line": "{date}  {recipient}  {name} ({item})  {sealed}  number {number}",
    "unmarked": "Not marked.",
    "cut-off": "Cut off while it was made: it may never have been handed over.",
    "withdrawn": "Asked to delete it on {date}.",
}
EXPORT: dict[str, str] = {
    "head": "Copies of pictures that were handed over. List written on {date}; copies: {count}.",
    "careful": "Each copy was made for one person. That does not prove that this person passed it "
    "on: a device, an account or a cloud may have been opened.",
    "yes": "yes",
    "no": "no",
    "handed-over": "handed over",
    "cut-off": "cut off while it was made; it may never have been handed over",
    "handover": "Number",
    "recipient": "Made for",
    "made": "Made on",
    "item": "Item",
    "item_name": "Name of the item",
    "sealed": "How",
    "to": "Sealed to",
    "marked": "Carries a hidden mark",
    "state": "State",
    "withdrawn": "Asked to delete it on",
    "wishes": "Wishes",
    "until": "Wish to delete it after",
    "views": "Wish for the most views",
    "file": "Written to",
    "file_sha256": "SHA-256 of the file",
    "picture_sha256": "SHA-256 of the picture inside",
}
LETTER: dict[str, str] = {
    "subject": "A request",
    "body": "Hello {recipient},\n\n"
    "I gave you something private, because I trusted you with it:\n\n"
    "{copies}\n\n"
    "I do not want it to be kept any longer. I ask you to delete it, please:\n\n"
    "- the file I sent, and the picture that you may have taken out of it;\n"
    "- copies in your chats, your mail, your photo app and its bin;\n"
    "- copies in a cloud or a backup, as far as you can reach them;\n"
    "- screenshots and prints.\n\n"
    "If anybody else has it, please tell me, and ask them to delete it too. I did not agree to "
    "it being shown or passed on.\n\n"
    "Please write me one line when it is done. Thank you.\n",
    "copy": "- what I sent on {date} (my number for it: {number})",
}

# What is said of a file that somebody sealed: who made it, and for whom.
SENDERS: dict[str, str] = {
    "you": "You sealed this yourself.",
    "compared": "This was sealed by {name}, whose words you compared.",
    "not-compared": "This was sealed with the key you have for {name}. You did not compare the "
    "words yet, so it could be somebody else: stillmine share people verify",
    "unknown": "This was sealed by somebody whose key you do not know. Ask who it is before you "
    "believe a name.",
    "unsigned": "Nobody signed this, so nothing shows who made it.",
}
BOUND: dict[str, str] = {
    "you": "It was made for your key.",
    "passphrase": "It was made for whoever knows the passphrase.",
    "somebody-else": "It was not made for you: somebody who had it passed it on, sealed anew.",
    "nobody": "",
}
RECEIVED = "From {name}"
CHANNELS: dict[str, str] = {
    "protects": "{channel}. Protected: {text} (read {checked})",
    "does-not": "{channel}. Not protected: {text} (read {checked})",
}
