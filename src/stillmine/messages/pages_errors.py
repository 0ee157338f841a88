"""What to do next after an error, for those who are on a page and not at a command line."""

from __future__ import annotations

NEXT: dict[str, str] = {
    "act.age-not-said": "Say whether anybody in it was under 18. If so, or if you are unsure, you "
    "see who can help, and nothing is kept.",
    "act.bad-stamp": "Your proof is kept. Ask another authority for a stamp.",
    "act.cannot-become": "Choose another answer. A slip can be taken back.",
    "act.cannot-typeset": "Choose plain text to get the same words.",
    "act.custody-broken": "An older backup may hold the whole log. Keep this copy too.",
    "act.no-authority": "The case says what else can be done.",
    "act.no-typesetter": "Name a file that ends in .txt to get the same words as text.",
    "act.nothing-to-ask": "Add the address of the page to the case first.",
    "act.proof-changed": "Take a whole copy of it from a backup.",
    "act.takes-no-letter": "The page with laws says how it works.",
    "act.time-cannot-be": "Write a day like 2026-05-31 that has passed, or leave it empty.",
    "act.unknown-case": "Go to the list of your cases, and choose one there.",
    "act.unknown-evidence": "Go to the case, and choose from what is there.",
    "act.unknown-part": "Go to the case, and choose from what it has.",
    "act.unknown-recipient": "Find out who runs the site, or write a mail address of theirs that "
    "you know.",
    "act.unknown-regime": "Choose another kind of letter.",
    "act.which-letter": "Go to the case, and choose one of its letters.",
    "app.too-much-at-once": "Ask for less at once. The command line can write large files to a "
    "folder.",
    "app.wrong-usage": "Look at what was typed, and try once more.",
    "backup.broken-list": "Make a new backup there. To get files back, use another place.",
    "backup.damaged": "Bring this backup up to date. It mends what the vault still holds.",
    "backup.not-a-place": "Look at it once more. The folder has to be there before it can be used.",
    "backup.none-there": "Check the folder, or make a backup there first.",
    "backup.not-our-signature": "After new keys, bring the backup up to date. If you did not "
    "change keys, somebody else wrote it.",
    "backup.rolled-back": "Somebody may have put an old copy there. Bring the backup up to date.",
    "backup.unknown-place": "Choose one from the list, or add one.",
    "imaging.no-decoder": "It is kept bit by bit all the same. You can take it out to open it.",
    "imaging.no-recogniser": "All else works without it.",
    "imaging.will-not-start": "Close other programs to free some memory, then try again.",
    "keep.busy": "Wait until that is done, then try again.",
    "keep.damaged": "Check that all is whole. What has a second copy is mended, and a backup holds "
    "the rest.",
    "keep.item-damaged": "A backup may hold a good copy.",
    "keep.no-vault": "Make one first.",
    "keep.unknown-item": "Go to your vault, and choose it there.",
    "keep.vault-exists": "Open it with your passphrase, or with your twelve words.",
    "keep.words-do-not-match": "Look at what you wrote down, then try again. To get new words, "
    "make new keys.",
    "keep.words-never-shown": "Make new keys. That gives you new words.",
    "keep.wrong-passphrase": "Look at capital letters and spaces, then try again. Your twelve "
    "words open it too.",
    "network.host-key-changed": "Somebody may be listening in between. Ask whoever runs that "
    "computer whether its key was changed before you go on.",
    "network.nothing-may-leave": "Look at the address once more. If it is right, say yes to it.",
    "network.tool-missing": "Install it, then try again. The page about this computer says how.",
    "network.unknown-host-key": "Ask whoever runs that computer whether this is its key. If it is, "
    "go on: it stands in its field now. If you can not ask, do not go on.",
    "share.cannot-mark": "You can hand it over clean but without a mark.",
    "share.file-damaged": "No copy was made. Look for another copy of it.",
    "share.no-contact": "Ask for the whole line once more, and copy all of it.",
    "share.no-face-finder": "Draw the boxes yourself.",
    "share.no-way-to-seal": "Choose how they get it: with their key, or with a passphrase.",
    "share.not-for-me": "Send them your contact line, and ask for a new copy.",
    "share.not-understood": "No copy was made. Try another copy of this picture.",
    "share.person-exists": "Choose another name. To give them a new key, forget the old one first.",
    "share.unknown-handover": "Go to the list of copies, and choose one there.",
    "share.unknown-person": "Choose somebody from the list, or add them.",
    "watch.already-looking": "Wait until it is done. What it finds is kept.",
    "watch.names-wait": "What you have works as before. Places that need no words work at once.",
    "watch.no-places": "Add a place first.",
    "watch.no-recogniser": "All else works without it.",
    "watch.not-online": "A file can be kept as proof in a case.",
    "watch.nothing-to-compare": "Put your own pictures into the vault first.",
    "watch.unknown-finding": "Go to what was found, and choose it there.",
    "watch.unknown-name": "Go to your names, and choose one there.",
    "watch.unknown-place": "Go to your places, and choose one there.",
    "watch.words-not-proven": "Places that need no words work at once, such as a page, a site or "
    "a board.",
    "watch.words-refused": "Pictures are found without names too. Add the page, the site or the "
    "board where they may be.",
}
"""By code. An error that is not here says the same on a page as it does anywhere."""
