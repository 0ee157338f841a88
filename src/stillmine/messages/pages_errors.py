"""What to do next after an error, for those who are on a page and not at a command line."""

from __future__ import annotations

NEXT: dict[str, str] = {
    "act.age-not-said": "Say whether anybody in it was under 18. If so, or if you are unsure, you "
    "see who can help, and nothing is kept.",
    "act.bad-stamp": "Your proof is kept. Ask another authority for a stamp.",
    "act.cannot-become": "Choose another answer. A slip can be taken back.",
    "act.cannot-typeset": "Choose plain text to get the same words.",
    "act.copyright-alone": "Ask for the other letter first. If you still want this one, choose it "
    "alone.",
    "act.custody-broken": "An older backup may hold the whole log. Keep this copy too.",
    "act.no-authority": "The case says what else can be done.",
    "act.no-typesetter": "Name a file that ends in .txt to get the same words as text.",
    "act.not-canonical": "Check the file: then you see what is there and what is not.",
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
    "app.no-passphrase": "Go back, and type it into its field.",
    "app.not-agreed": "Nothing was written. You can choose another way.",
    "app.stopped": "What was done so far is kept. To go on, begin it once more.",
    "app.too-much-at-once": "Ask for less at once. The command line can write large files to a "
    "folder.",
    "app.unexpected": "What was confirmed before is still safe. Try once more. If it happens "
    "again, close these pages and open them anew.",
    "app.wrong-usage": "Look at what was typed, and try once more.",
    "backup.broken-list": "Make a new backup there. To get files back, use another place.",
    "backup.damaged": "Bring this backup up to date. It mends what the vault still holds.",
    "backup.none-there": "Check the folder, or make a backup there first.",
    "backup.not-a-place": "Look at it once more. The folder has to be there before it can be used.",
    "backup.not-our-signature": "After new keys, bring the backup up to date. If you did not "
    "change keys, somebody else wrote it.",
    "backup.rolled-back": "Somebody may have put an old copy there. Bring the backup up to date.",
    "backup.target-away": "Plug in the disk, or check the network, then try again.",
    "backup.target-full": "Make room there, or add another place, then try again.",
    "backup.unknown-place": "Choose one from the list, or add one.",
    "facts.unknown-platform": "Go to the list of sites, and choose one there.",
    "home.disk-full": "Make room, then try again: it goes on where it stopped.",
    "home.write-failed": "Check the disk, then try again.",
    "imaging.no-decoder": "It is kept bit by bit all the same. You can take it out to open it.",
    "imaging.no-recogniser": "All else works without it.",
    "imaging.will-not-start": "Close other programs to free some memory, then try again.",
    "keep.busy": "Wait until that is done, then try again.",
    "keep.damaged": "Check that all is whole. What has a second copy is mended, and a backup "
    "holds the rest.",
    "keep.item-damaged": "A backup may hold a good copy.",
    "keep.no-keyholder": "The pages keep it open while they are open. All else works.",
    "keep.no-vault": "Make one first.",
    "keep.unknown-item": "Go to your vault, and choose it there.",
    "keep.vault-exists": "Open it with your passphrase, or with your twelve words.",
    "keep.words-do-not-match": "Look at what you wrote down, then try again. To get new words, "
    "make new keys.",
    "keep.words-never-shown": "Make new keys. That gives you new words.",
    "keep.wrong-passphrase": "Look at capital letters and spaces, then try again. Your twelve "
    "words open it too.",
    "network.asked-too-often": "Wait that long, then try again.",
    "network.cannot-capture": "Check the address, and try again in a while. The address alone can "
    "be kept too.",
    "network.connection-lost": "Check the cable or the network, then try again. It goes on where "
    "it stopped.",
    "network.host-key-changed": "Somebody may be listening in between. Ask whoever runs that "
    "computer whether its key was changed before you go on.",
    "network.no-browser": "Install Chromium, Chrome or Edge. The address alone can be kept "
    "without one.",
    "network.nothing-may-leave": "Look at the address once more. If it is right, say yes to it.",
    "network.proxy-trouble": "Look whether Tor or the proxy is running, then try again.",
    "network.tool-missing": "Install it, then try again. The page about this computer says how.",
    "network.unknown-host-key": "Ask whoever runs that computer whether this is its key. If it "
    "is, go on: it stands in its field now. If you can not ask, do not go on.",
    "share.cannot-mark": "You can hand it over clean but without a mark.",
    "share.file-damaged": "No copy was made. Look for another copy of it.",
    "share.no-contact": "Ask for the whole line once more, and copy all of it.",
    "share.no-face-finder": "Draw the boxes yourself.",
    "share.no-way-to-seal": "Choose how they get it: with their key, or with a passphrase.",
    "share.not-for-me": "Send them your contact line, and ask for a new copy.",
    "share.not-understood": "No copy was made. Try another copy of this picture.",
    "share.person-exists": "Choose another name. To give them a new key, forget the old one first.",
    "share.shown-differs": "No copy was made. Try another copy of this picture.",
    "share.still-speaks": "No copy was made. Try another copy of this picture.",
    "share.unknown-handover": "Go to the list of copies, and choose one there.",
    "share.unknown-person": "Choose somebody from the list, or add them.",
    "share.weak-passphrase": "Leave it empty: then six random words are made for you. Or choose a "
    "longer one, which has nothing to do with you.",
    "watch.address-not-proven": "Go to your own names, add the address, and show that it is yours.",
    "watch.age-not-said": "If all were adults, say so. If somebody was under 18, or you are "
    "unsure, Take It Down does this for you. It is free and asks for no name.",
    "watch.alert-needs-straight-way": "Use ntfy, Gotify, Matrix or Signal, which can take it.",
    "watch.alert-not-sent": "Look at how you typed it. To change it, take it out and add it once "
    "more.",
    "watch.already-looking": "Wait until it is done. What it finds is kept.",
    "watch.breach-wait": "Wait for that time, then try again.",
    "watch.cannot-schedule": "Move the folder to a path without them, or choose another part of "
    "the system.",
    "watch.key-exposed": "Somebody may have read it. It opens no picture. Switch looking by "
    "itself off, then make new keys in the settings.",
    "watch.key-outdated": "It goes on by itself: the key is made anew while the vault is open.",
    "watch.names-wait": "What you have works as before. Places that need no words work at once.",
    "watch.no-places": "Add a place first.",
    "watch.no-recogniser": "All else works without it.",
    "watch.no-timer": "Nothing was left behind. Choose another part of the system that starts it.",
    "watch.not-a-leak-set": "Download it anew with the program of Have I Been Pwned. Or leave "
    "this empty to ask online.",
    "watch.not-enrolled": "Note first that you began.",
    "watch.not-online": "A file can be kept as proof in a case.",
    "watch.not-scheduled": "You can switch it on at any time.",
    "watch.nothing-chosen": "Choose at least one.",
    "watch.nothing-to-compare": "Put your own pictures into the vault first.",
    "watch.one-kind-only": "Choose one kind of fingerprint, or another form of the file.",
    "watch.others-not-said": "Say whether anyone else does. It changes what is safe.",
    "watch.too-plain": "Nothing of it was written. You can still look for copies of it.",
    "watch.unknown-alert": "Choose one from the list.",
    "watch.unknown-finding": "Go to what was found, and choose it there.",
    "watch.unknown-name": "Go to your names, and choose one there.",
    "watch.unknown-place": "Go to your places, and choose one there.",
    "watch.unknown-service": "Go to the list of services, and choose one there.",
    "watch.words-not-proven": "Places that need no words work at once, such as a page, a site or "
    "a board.",
    "watch.words-refused": "Pictures are found without names too. Add the page, the site or the "
    "board where they may be.",
    "watch.wrong-alert": "Look at what you typed, field by field. A way through the internet has "
    "to be encrypted.",
}
"""By code. An error that is not here says the same on a page as it does anywhere."""
