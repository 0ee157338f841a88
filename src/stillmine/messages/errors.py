"""What went wrong, in two sentences for each code: what happened, what to do next."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "app.unexpected": (
        "Something went wrong that we did not foresee.",
        "What was confirmed before is still safe. Try once more. If it happens again, run it with "
        "STILLMINE_DEBUG=1 and tell us what it says.",
    ),
    "app.wrong-usage": (
        "The command was not understood: {problem}",
        "Add --help to see what it can do.",
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
        "The protected helper failed on this file. Nothing else was harmed.",
        "It can be kept as it is. Be careful with this file if it came from somebody else.",
    ),
    "imaging.no-decoder": (
        "This kind of file can be kept, but not shown on this computer yet.",
        "`stillmine doctor` says which part to add.",
    ),
}
