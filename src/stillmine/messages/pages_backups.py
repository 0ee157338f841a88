"""The words of the pages of backups: places, one place, practice, and bringing a vault back."""

from __future__ import annotations

BACKUPS: dict[str, str] = {
    "title": "Backups",
    "lede": "Sealed copies in another place, which nobody there can read.",
    "none": "There is no backup yet",
    "none_text": "A disk breaks one day. A stick or a disk in another home is a good place.",
    "list": "Your places",
    "run": "Bring up to date",
    "run_all": "Bring all up to date",
    "last": "Last saved",
    "drilled": "Last practised",
    "never": "not yet",
    "add": "Add a place",
    "mend": "Mend the vault from its backups",
    "mend_text": "The vault is read, and what is damaged or lost in it is fetched from a backup.",
    "mend_go": "Read and mend",
    "back": "Back to the backups",
}

KINDS: dict[str, tuple[str, str]] = {
    "folder": (
        "A stick or another disk",
        "A folder on a USB stick, on a disk, or on a drive that you can open as a folder.",
    ),
    "webdav": (
        "Nextcloud, or a disk on the web (WebDAV)",
        "Nextcloud, ownCloud and many disks that one can rent.",
    ),
    "s3": (
        "A bucket (S3)",
        "Amazon S3, and the many services that speak like it.",
    ),
    "sftp": (
        "A computer that you log in to (SFTP)",
        "Your own server, a NAS, or the computer of a friend.",
    ),
    "rclone": (
        "Something that rclone knows",
        "For a remote that you set up with the program rclone.",
    ),
}
"""What each kind of place is called, and what it is."""

FIELDS: dict[str, tuple[str, str]] = {
    "name": ("Name of the place", "A short name of your own, such as stick."),
    "folder": (
        "The folder",
        "The whole path, such as /media/stick/notes. The folder has to be there.",
    ),
    "address": (
        "The address",
        "As your provider shows it, such as "
        "https://cloud.example/remote.php/dav/files/anna/notes. The folder at its end has to be "
        "there.",
    ),
    "user": ("User name", "Leave it empty if there is none."),
    "password": (
        "Password",
        "Best one that is only for this, so that you can take it back. It is kept sealed.",
    ),
    "bucket": ("The bucket", "Its name."),
    "inside": ("A folder in the bucket", "Such as notes. It may be empty."),
    "region": ("Region", "Such as eu-central-1. Empty means us-east-1."),
    "endpoint": (
        "Address of the service",
        "Such as https://s3.shelf.example. Leave it empty for Amazon.",
    ),
    "key_id": ("Key ID", "Best a key that may use this one bucket and no more."),
    "key": ("Secret key", "It is kept sealed."),
    "host": ("The computer", "Its name on the net, such as shelf.example."),
    "port": ("Port", "Empty means 22."),
    "login": ("User name there", ""),
    "path": ("The folder there", "Such as /home/anna/notes or ~/notes. It has to be there."),
    "login_password": (
        "Password",
        "Or the passphrase of your key file. Leave it empty where your key opens without one.",
    ),
    "identity": ("Key file", "Only if your key is not at its usual place."),
    "host_key": (
        "The key of that computer",
        "It proves that nobody sits in between. Leave it empty if this computer knows it already. "
        "Else it is shown to you, and you decide.",
    ),
    "remote": ("The remote", "As you called it in rclone, such as shelf."),
    "folder_there": ("The folder there", "Such as notes."),
}
"""What each field is called, and a hint."""

WRONG: dict[str, str] = {
    "empty": "This is still empty.",
    "folder": "Write the whole path, from its first slash on.",
    "address": "Write an address that begins with https.",
    "bucket": "A bucket has letters, digits, dots and dashes only.",
    "host": "Write only the name, such as shelf.example.",
    "port": "Write a number from 1 to 65535.",
    "login": "A user name has no spaces and none of these: @ : / ? #",
    "remote": "Write the name as rclone has it, without a colon.",
    "both": "Fill in both, the user name and the password, or none of them.",
}

ADD: dict[str, str] = {
    "title": "Add a place",
    "lede": "Best is a place away from this computer. Only sealed files go there.",
    "which": "What kind of place is it?",
    "more": "More",
    "go": "Add the place",
    "typed_again": "A password never comes back into a page. Please type it once more.",
    "learn": "What they see there",
    "learn_text": "Whoever runs the place sees that there are sealed files, how many, how large, "
    "and when you save. Not what is in them.",
}

ONE: dict[str, str] = {
    "where": "Where",
    "saved": "Last saved",
    "drilled": "Last practised",
    "verify": "Read it back",
    "verify_text": "What lies there is compared with the signed list. What is lost or changed is "
    "sent anew.",
    "sample": "How much?",
    "all": "All of it",
    "some": "Some files, by chance",
    "verify_go": "Read it back",
    "drill": "Practise with your twelve words",
    "drill_text": "Some files are fetched and opened with the words on your paper, as if this "
    "computer were lost. It is the only proof that the backup would help you.",
    "drill_go": "Practise",
    "prune": "Erase what is old there",
    "prune_text": "Old keys and what you have forgotten are erased there, so that nobody can open "
    "it. The newest backup stays whole. A service may keep copies of its own that we can not see.",
    "prune_go": "Erase what is old",
    "remove": "Stop using this place",
    "remove_text": "What lies there stays there. You can add the place again.",
    "remove_go": "Stop using it",
    "gone": "This place is not in the list any more",
    "gone_next": "Go to the backups, and choose one there.",
}

DRILL: dict[str, str] = {
    "title": "Practise with your twelve words",
    "lede": "Take your paper. Nothing of the vault that is open here is used to open the backup.",
    "words": "Your twelve words, in order",
    "words_hint": "With a space between them. Capitals do not matter. They are not kept.",
    "go": "Practise",
    "last": "Last passed: {day}",
    "never": "You have not practised with this place yet.",
    "none_yet": "There is no backup at this place yet. Bring it up to date first.",
}

DONE: dict[str, str] = {
    "run": "The backup is up to date",
    "run_not": "A place could not be brought up to date",
    "unchanged": "Nothing was new there. The backup is whole.",
    "sent_one": "{count} new sealed file was written.",
    "sent": "{count} new sealed files were written.",
    "whole": "The backup is whole",
    "mended": "The backup is mended",
    "damaged": "Something is wrong with the backup",
    "unchecked": "A place could not be checked",
    "checked_one": "{count} file was read back.",
    "checked": "{count} files were read back.",
    "list_broken": "This place can not be checked.",
    "file": "File",
    "what": "What was wrong",
    "missing": "it was gone",
    "wrong-size": "it was cut short or longer",
    "unreadable": "it could not be read",
    "other": "it was changed",
    "now": "Now",
    "list": "What was lost or changed",
    "then_mended": "mended",
    "then_not": "not mended",
    "pruned": "What is old there is erased",
    "pruned_not": "Not everywhere could it be erased",
    "erased_one": "{count} old file was erased: {size}.",
    "erased": "{count} old files were erased: {size}.",
    "erased_none": "Nothing old lay there.",
    "passed": "You would get your files back",
    "passed_text": "{opened} of {items} files were fetched. All of them opened with your words.",
    "passed_none": "Your words open the backup. There is no file in it yet.",
    "passed_sure": "If one file in a hundred were lost, this would most likely have met one.",
    "passed_on": "Noted: you last passed this on {day}.",
    "failed": "Some files did not come back",
    "failed_text": "Read this place back: what is lost or changed there is sent anew.",
    "failed_count": "{opened} of {sample} came back whole.",
    "item": "Number",
    "key-missing": "its key is not in the backup",
    "other-content": "another content came back",
    "repaired": "The vault is mended",
    "repaired_whole": "The vault was whole already",
    "repaired_count_one": "{count} file was fetched from a backup.",
    "repaired_count": "{count} files were fetched from a backup.",
    "repaired_not": "Not everything could be mended",
    "repaired_left": "No place that could be reached has a good copy of these:",
    "skipped": "Not reached",
    "go": "Go on",
}

RESTORE: dict[str, str] = {
    "door": "I have a backup",
    "door_about": "Bring your vault back from a stick, a disk or a service.",
    "title": "Bring your vault back",
    "lede": "All of it comes back as it was, sealed. Then you open it with your passphrase, or "
    "with your twelve words.",
    "which": "Where is the backup?",
    "typed_as": "Write it as you did when you made the backup.",
    "go": "Bring it back",
    "inspect": "Only check it",
    "inspect_hint": "To check it needs no passphrase, and nothing is written here.",
    "there": "There is a vault here already",
    "there_text": "A backup is brought back only where there is none, so that nothing is lost. If "
    "something in this vault is damaged, mend it from its backups.",
    "there_go": "To the backups",
    "again": "It was cut off? Do the same once more: it goes on where it stopped.",
    "done": "Your vault is back",
    "done_text_one": "{count} sealed file came back, {size}. The backup is of {day}.",
    "done_text": "{count} sealed files came back, {size}. The backup is of {day}.",
    "part": "Your vault is back, but not all of it",
    "part_text": "These could not be had from this place. Another backup may have them: add it, "
    "and mend the vault from it.",
    "open": "Open it with the passphrase",
    "words": "I have only my twelve words",
    "seen": "The backup is whole",
    "seen_not": "Something is wrong with the backup",
    "seen_text_one": "Read back: {count} sealed file. The backup is of {day}.",
    "seen_text": "Read back: {count} sealed files. The backup is of {day}.",
    "seen_go": "Go on",
}
