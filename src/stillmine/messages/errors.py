"""What went wrong, in two sentences for each code: what happened, what to do next."""

from __future__ import annotations

from stillmine.messages import (
    alerting,
    breaches,
    capture,
    cases,
    clock,
    covering,
    enrolling,
    fingerprints,
    handing,
    leaving,
    names,
    notices,
    papers,
    places,
    proof,
    scheduling,
    tracing,
    watching,
    web,
)

ERRORS: dict[str, tuple[str, str]] = {
    **capture.ERRORS,
    **cases.ERRORS,
    **leaving.ERRORS,
    **names.ERRORS,
    **clock.ERRORS,
    **notices.ERRORS,
    **papers.ERRORS,
    **places.ERRORS,
    **proof.ERRORS,
    **watching.ERRORS,
    **alerting.ERRORS,
    **breaches.ERRORS,
    **enrolling.ERRORS,
    **scheduling.ERRORS,
    **web.ERRORS,
    **fingerprints.ERRORS,
    **covering.ERRORS,
    **handing.ERRORS,
    **tracing.ERRORS,
    "app.unexpected": (
        "Something went wrong that we did not foresee.",
        "What was confirmed before is still safe. Try once more. If it happens again, run it with "
        "STILLMINE_DEBUG=1 and tell us what it says.",
    ),
    "app.wrong-usage": (
        "The command was not understood: {problem}",
        "Add --help to see what it can do.",
    ),
    "app.not-agreed": (
        "You said no, so nothing was done.",
        "Nothing was written. Run it again when you are sure, or choose another way.",
    ),
    "app.stopped": (
        "The work was stopped, as you asked.",
        "What was done so far is kept. Run the same command again to go on.",
    ),
    "app.no-passphrase": (
        "This needs {secret}, and there was no way to ask for it.",
        "Run it in a terminal to be asked. Or put it in a file that only you can read, and name "
        "that file in {variable}.",
    ),
    "app.secret-unreadable": (
        "The file that {variable} names could not be read.",
        "Check that the file is there and that you can open it.",
    ),
    "network.nothing-may-leave": (
        "Nothing was sent: you agreed to send to {agreed}, and this goes to {asked}.",
        "Look at the address once more. If it is right, say yes to that place, or add --yes.",
    ),
    "network.connection-lost": (
        "The connection broke off. What was confirmed before is kept.",
        "Check the cable or the network and run it again; it goes on where it stopped.",
    ),
    "network.not-encrypted": (
        "The way to {host} is not safely encrypted, so nothing was sent.",
        "Use an address that begins with https or davs. If it does already, ask who runs the "
        "server about its certificate.",
    ),
    "network.unknown-host-key": (
        "{host} showed a key that has not been accepted yet: {fingerprint}",
        "Ask who runs the server whether this is its key. If it is, add it to the address as "
        "host-key, and run it again.",
    ),
    "network.host-key-changed": (
        "{host} showed another key than the one you accepted: {fingerprint}",
        "Somebody may be listening in between. Ask who runs the server whether its key was "
        "changed before you go on.",
    ),
    "network.strange-answer": (
        "The other side gave an answer that makes no sense here.",
        "Check the address. If it is right, the server may be having trouble: try again later.",
    ),
    "network.tool-missing": (
        "{tool} is needed for this kind of place and is not installed.",
        "Install {tool}, then run it again. `stillmine doctor` says how.",
    ),
    "backup.target-away": (
        "The backup place cannot be reached right now.",
        "Plug in the disk, mount the folder or check the network, then run it again.",
    ),
    "backup.permission-denied": (
        "The backup place does not allow this.",
        "Check that you may write there, and that the disk is not write-protected.",
    ),
    "backup.target-full": (
        "The backup place is full. What was copied before is kept.",
        "Make room there, or add another place, and run it again.",
    ),
    "backup.wrong-secret": (
        "The backup place did not accept the name and password, or the key.",
        "Check them for typing errors. If they are right, they may have run out: ask who runs "
        "the place.",
    ),
    "backup.not-a-place": (
        "This address does not lead to a place that can hold a backup.",
        "Check the address. A folder has to be there before it can be used. `docs/targets.md` "
        "shows examples.",
    ),
    "backup.already-there": (
        "The backup place has something under this name already, and it was left as it is.",
        "Use an empty folder, or run a check of this backup to see what is there.",
    ),
    "backup.not-there": (
        "The backup place has nothing under the name {name}.",
        "Run a check of this backup: it says what is missing and can send it again.",
    ),
    "backup.secret-in-url": (
        "The address holds a name or password, so it was not used and not kept.",
        "Leave it out of the address. You are asked for it apart, and it is kept sealed.",
    ),
    "backup.bad-name": (
        "The name {name} cannot be kept in every backup place.",
        "Use small letters, digits, dots and dashes only.",
    ),
    "backup.source-unreadable": (
        "A file that was to be copied could not be read on this computer.",
        "Run a check of the vault: it says which file is damaged or missing.",
    ),
    "crypto.not-age": (
        "This is not a sealed file, or its beginning was changed.",
        "Check that it is the right file, and that it was copied whole.",
    ),
    "crypto.not-armor": (
        "This text is not a sealed file, or a part of it is missing.",
        "Copy it once more, with its first and last line, and nothing in between changed.",
    ),
    "crypto.unsupported-version": (
        "This file was sealed in a newer way that is not known here.",
        "Get a newer version of the program, or ask the sender to seal it with age version 1.",
    ),
    "crypto.no-key-fits": (
        "This key or passphrase does not open the file.",
        "Check which key or passphrase it was sealed for. Nothing is damaged.",
    ),
    "crypto.work-factor-too-high": (
        "Opening this file would take more memory than is safe.",
        "Ask the sender to seal it again, with a work factor of {most} or less.",
    ),
    "crypto.damaged": (
        "This file is not what was sealed: it was damaged, cut short or changed.",
        "Take another copy of it, from a backup or from the sender.",
    ),
    "crypto.not-an-identity": (
        "This is not a secret key, or a letter in it is wrong.",
        "Compare it with where it came from. It begins with AGE-SECRET-KEY.",
    ),
    "crypto.not-a-recipient": (
        "This is not a public key to seal for, or a letter in it is wrong.",
        "Ask for it once more. It begins with age1.",
    ),
    "crypto.recipients-do-not-mix": (
        "These recipients cannot share one file, because the weaker key would open it for all.",
        "Seal it apart for each of them: passphrases alone, age1pq keys together, other age1 keys "
        "together.",
    ),
    "crypto.unknown-word": (
        "Word number {position} is not one of the recovery words.",
        "Look at that word on your sheet again. One letter may be hard to read.",
    ),
    "crypto.words-do-not-fit": (
        "Each word is known, but together they do not fit: there are {count}.",
        "Check that there are twelve, in the order on your sheet, and that none was misread.",
    ),
    "crypto.bad-signature": (
        "The signature does not fit, so this may have been changed by somebody.",
        "Take another copy, and do not rely on this one.",
    ),
    "imaging.will-not-start": (
        "The protected helper that opens pictures could not be started.",
        "Close other programs to free some memory, then try again. `stillmine doctor` says what "
        "is missing.",
    ),
    "imaging.cannot-read": (
        "This file could not be opened for reading.",
        "Check that it is a file, that it is still there, and that you may read it.",
    ),
    "imaging.cannot-decode": (
        "The picture in this file is damaged or not complete.",
        "Look for another copy of it. The file itself was not changed.",
    ),
    "imaging.locked": (
        "This document is locked with a password of its own.",
        "It can be kept as it is. To see its pages here, save a copy without the password first.",
    ),
    "imaging.too-large": (
        "This picture has more pixels than can be opened safely.",
        "It can be kept as it is. To see it here, make a smaller copy first.",
    ),
    "imaging.out-of-memory": (
        "Opening this file needed more memory than a file is allowed.",
        "It can be kept as it is. To see it here, make a smaller copy first.",
    ),
    "imaging.took-too-long": (
        "Opening this file took longer than a file is allowed.",
        "It can be kept as it is. If the computer was busy, try again later.",
    ),
    "imaging.decoder-crashed": (
        "The protected helper ended while it read this file. Nothing else was harmed.",
        "It can be kept as it is. Be careful with this file if it came from somebody else.",
    ),
    "imaging.no-recogniser": (
        "Changed copies of this file cannot be recognised on this computer yet.",
        "`stillmine doctor` says which part to add.",
    ),
    "imaging.no-still": (
        "This is no still picture: it moves, or it has pages.",
        "Hidden marks are only for still pictures so far.",
    ),
    "imaging.too-small": (
        "This picture is too small to carry a hidden mark.",
        "A larger one of the same picture may carry it.",
    ),
    "imaging.no-decoder": (
        "This kind of file can be kept, but not shown on this computer yet.",
        "`stillmine doctor` says which part to add.",
    ),
    "keep.no-vault": (
        "There is no vault in this folder yet: {home}.",
        "Set one up: stillmine keep init.",
    ),
    "keep.vault-exists": (
        "There is a vault in this folder already: {home}. It was not touched.",
        "To get in, use your passphrase. To start another vault, name another folder with --home.",
    ),
    "keep.wrong-passphrase": (
        "That passphrase does not open this vault. Nothing is damaged.",
        "Look at capital letters and spaces, then try again. Your twelve recovery words open it "
        "too: stillmine keep recover.",
    ),
    "keep.wrong-words": (
        "Those words do not open this vault. Nothing is damaged.",
        "Check that they belong to this vault: new keys come with new words.",
    ),
    "keep.wrong-device-key": (
        "That device key does not open this vault.",
        "Use your passphrase, or the key file that was made for this vault.",
    ),
    "keep.too-many-tries": (
        "Several tries in a row did not fit, so the next one has to wait.",
        "Try again in {seconds} seconds. Your recovery words open the vault too.",
    ),
    "keep.damaged": (
        "A file of the vault is not what was written: {what}.",
        "Run stillmine keep verify. What has a second copy is mended, and a backup holds the rest.",
    ),
    "keep.busy": (
        "Another stillmine is writing to this vault right now.",
        "Wait until it is done, then try again.",
    ),
    "keep.too-new": (
        "A newer version of the program wrote this vault.",
        "Install the newest version, then try again. Nothing was changed.",
    ),
    "keep.unknown-item": (
        "There is no item {item} in the vault.",
        "List what is kept: stillmine keep list.",
    ),
    "keep.several-items": (
        "{count} items begin with {item}.",
        "Type more of the item's number.",
    ),
    "keep.item-damaged": (
        "The sealed file of this item is missing or damaged.",
        "A backup may hold a good copy: stillmine keep backup repair.",
    ),
    "keep.item-forgotten": (
        "The key of this item was forgotten, so nobody can open it.",
        "If a backup was made before, it may still be there.",
    ),
    "keep.cannot-read": (
        "The file cannot be read.",
        "Check that it is yours to read, and that the disk is connected.",
    ),
    "keep.not-a-file": (
        "This is not a file but a device, a pipe or a broken link.",
        "Choose the file itself.",
    ),
    "keep.changed-while-reading": (
        "The file changed while it was being read, so it was not kept.",
        "Wait until it is saved, then add it again.",
    ),
    "keep.inside-home": (
        "This place belongs to the vault itself.",
        "Choose a place outside the vault's folder.",
    ),
    "keep.target-exists": (
        "A file of this name is there already. It was not touched.",
        "Choose another name.",
    ),
    "keep.no-such-file": (
        "There is no file or folder of this name.",
        "Check the name, then try again.",
    ),
    "keep.no-keyholder": (
        "This system cannot keep the vault open between two commands.",
        "Each command will ask for the passphrase. All else works.",
    ),
    "keep.words-do-not-match": (
        "Word {place} is not the one that was shown.",
        "Look at what you wrote down, then try again. To get new words: stillmine keep rekey.",
    ),
    "keep.empty-passphrase": (
        "A passphrase cannot be empty.",
        "Choose a few words that only you would put together.",
    ),
    "keep.cannot-write": (
        "The folder cannot be written to, or is full.",
        "Choose another folder, or make room, then try again.",
    ),
    "home.read-only": (
        "The vault's folder cannot be written to: {home}.",
        "Check that the disk is not locked and the folder is yours.",
    ),
    "home.disk-full": (
        "The disk is full. What was confirmed before is safe.",
        "Make room, then run the command again: it goes on where it stopped.",
    ),
    "home.write-failed": (
        "The system refused to write (number {number}). What was confirmed before is safe.",
        "Check the disk, then run the command again.",
    ),
    "home.written-differently": (
        "The disk gave back other bytes than were written to it. It may be wearing out.",
        "Make a backup to another disk now, and use that one.",
    ),
    "home.not-empty": (
        "There are other files in this folder: {home}. No vault was set up.",
        "Choose an empty folder, or a new one.",
    ),
    "app.unknown-setting": (
        "There is no setting called {name}.",
        "These can be changed: {known}.",
    ),
    "app.wrong-setting": (
        "The setting {name} does not take this value.",
        "It takes: {wanted}.",
    ),
    "backup.broken-list": (
        "The list of what this backup holds is damaged.",
        "Make a new backup: stillmine keep backup run. To get files back, use another place.",
    ),
    "backup.other-vault": (
        "This place holds the backup of another vault. It was not touched.",
        "Choose another folder or name for this vault's backup.",
    ),
    "backup.unknown-place": (
        "There is no backup place called {name}.",
        "These are known: {known}. Add one: stillmine keep backup add.",
    ),
    "backup.place-exists": (
        "A backup place called {name} was added already.",
        "Choose another name, or remove the old one first.",
    ),
    "backup.wrong-place-name": (
        "A place cannot be called {name}.",
        "Use letters, digits, - and _.",
    ),
    "backup.damaged": (
        "The place lost or changed a file of the backup: {name}.",
        "Run stillmine keep backup verify: it mends what the vault still holds.",
    ),
    "backup.rolled-back": (
        "The place holds an older backup than the one made last.",
        "Somebody may have put an old copy there. Make a new backup: stillmine keep backup run.",
    ),
    "backup.none-there": (
        "There is no backup at this place.",
        "Check the address. To make one: stillmine keep backup run.",
    ),
    "backup.not-our-signature": (
        "The list at this place was not signed by this vault.",
        "After new keys, make a new backup: stillmine keep backup run. If you did not change "
        "keys, somebody else wrote it.",
    ),
    "backup.incomplete": (
        "Both copies of a key file are lost, so this backup cannot be opened: {what}.",
        "Use another place, or an older copy of this one.",
    ),
    "imaging.not-a-fingerprint": (
        "What was kept to recognise a picture cannot be read.",
        "It can be made anew from the picture itself.",
    ),
    "keep.words-never-shown": (
        "The recovery words of this vault were never shown to the end.",
        "Get new ones: stillmine keep rekey.",
    ),
    "share.no-cleaner": (
        "This kind of file cannot be cleaned here.",
        "Make a picture or a video of it in another program, and clean that.",
    ),
    "share.not-understood": (
        "This file has a part that cannot be cleaned without loss: {part}.",
        "No copy was made. To have the picture drawn anew instead, add --re-encode.",
    ),
    "share.file-damaged": (
        "This file is damaged or cut short: {part}.",
        "No copy was made. Look for another copy of it. To save what can be seen, add --re-encode.",
    ),
    "share.file-locked": (
        "This file is locked with a password.",
        "Open it in the program that made it, take the password away, and try once more.",
    ),
    "share.still-speaks": (
        "A second check found more in the clean copy than the picture: {part}.",
        "That copy was thrown away. To have the picture drawn anew instead, add --re-encode.",
    ),
    "share.shown-differs": (
        "The clean copy would not have looked exactly the same, so it was thrown away.",
        "To have the picture drawn anew instead, add --re-encode.",
    ),
    "archive.damaged": (
        "This archive is damaged or cut short. What lies before the damage was read.",
        "Look for another copy of it, or load it once more.",
    ),
    "archive.too-much-inside": (
        "This archive holds far more than its size lets one think. It was read up to a limit.",
        "If you know where it comes from, unpack it yourself and give the folder.",
    ),
    "archive.too-deep": (
        "There are archives inside archives here, deeper than the program goes.",
        "If you know where it comes from, unpack the outer ones and give the folder.",
    ),
    "archive.locked": (
        "This is locked with a password, so nobody can look into it without that.",
        "If you have the password, unpack it yourself and give the folder.",
    ),
    "archive.cannot-unpack": (
        "This is packed in a way that the program cannot read.",
        "Unpack it with the program that made it, and give the folder.",
    ),
    "archive.file-too-large": (
        "This file inside an archive is too large to be held in memory.",
        "Unpack it yourself and give the file.",
    ),
    "archive.pictures-not-saved": (
        "This page names pictures, but none of them was saved with it.",
        "Save the page once more, as a complete page or as one file, or save the pictures.",
    ),
    "watch.nothing-to-compare": (
        "There is no picture or video in the vault yet that could be looked for.",
        "Put your own pictures in first: stillmine keep add.",
    ),
    "facts.unreadable": (
        "A file that came with the program cannot be read: {fact}.",
        "Install the program again. Nothing of yours is touched by this.",
    ),
    "facts.unknown-country": (
        "No country or part of one is known as {place}.",
        "Type its English name, or its code of two letters, such as FR or US-CA.",
    ),
    "facts.unknown-platform": (
        "No platform is known by the name {name}.",
        "To see all that are known: stillmine act platforms.",
    ),
    "watch.no-recogniser": (
        "The part that recognises changed copies is not on this computer.",
        "`stillmine doctor` says how to add it.",
    ),
}
