"""What each part of the computer is good for, and what it means that it is missing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """What to say where a part is there, where it is missing, and where one cannot tell."""

    there: str
    missing: str
    unknown: str = "This computer does not tell."


MEANINGS: dict[str, Meaning] = {
    "sealing": Meaning(
        "Pictures can be sealed and opened.",
        "Nothing can be sealed or opened. The program cannot work without this.",
    ),
    "catalogue": Meaning(
        "The list of your pictures is kept sealed.",
        "The list of your pictures cannot be opened. The program cannot work without this.",
    ),
    "decoder": Meaning(
        "These files can be looked at: {formats}.",
        "These files are kept and sealed like all others, but have no preview: {formats}.",
    ),
    "decoder-limits": Meaning(
        "Files from strangers are opened in a closed-off part of the program.",
        "Files from strangers are opened apart, but this system cannot close that part off fully.",
    ),
    "recogniser": Meaning(
        "Changed copies of your pictures can be found: cropped, mirrored, in a screenshot.",
        "Changed copies of your pictures cannot be found on this computer. Exact ones can.",
    ),
    "papers": Meaning(
        "Letters and reports can be made as PDF.",
        "Letters and reports are made as text here, not as PDF.",
    ),
    "browser": Meaning(
        "Web pages can be captured as proof.",
        "Web pages cannot be captured as proof on this computer.",
    ),
    "browser-driver": Meaning(
        "The browser can be started to keep proof of a page, and is thrown away afterwards.",
        "The part that starts the browser to keep proof of a page is missing.",
    ),
    "exiftool": Meaning(
        "What a picture says about you can be read in full.",
        "What a picture says about you is read by our own code only.",
    ),
    "age": Meaning(
        "You can open your sealed pictures without this program too.",
        "Your sealed pictures open with this program. To open them without it, add age.",
    ),
    "rclone": Meaning(
        "Sealed copies can be kept in the many cloud places that rclone knows.",
        "Sealed copies can be kept in folders, on disks and on servers, but not through rclone.",
    ),
    "ssh": Meaning(
        "You can make and manage keys for a server that you own.",
        "Keys for a server that you own cannot be made here.",
    ),
    "fonts": Meaning(
        "Pages can be printed and captured with all their letters.",
        "Captured pages may show boxes where letters should be.",
    ),
    "keyring": Meaning(
        "The system has a place for secrets. We use it only if you say so.",
        "The system has no place for secrets. That is fine: we do not need it.",
    ),
    "disk-encryption": Meaning(
        "The disk is sealed when the computer is off.",
        "We saw no sign that the disk is sealed. What was on it before you sealed your pictures "
        "may be found by somebody who has the disk.",
        "This computer does not tell whether its disk is sealed. Look in its settings.",
    ),
    "swap-sealed": Meaning(
        "What is in memory does not land on the disk in plain form.",
        "What is in memory may land on the disk in plain form, while the vault is open.",
        "This computer does not tell whether memory may land on the disk in plain form.",
    ),
    "crash-files-off": Meaning(
        "A crash leaves no copy of the memory behind.",
        "A crash of a program may leave a copy of its memory on the disk.",
        "This computer does not tell whether a crash leaves a copy of the memory behind.",
    ),
}

TYPE_THIS = "In a terminal, type: {command}"
ADVICE: dict[str, str] = {
    "decoder-limits": "A newer Linux system can do this.",
    "disk-encryption": "Turn on disk encryption in the settings of the computer.",
    "swap-sealed": "Turn on disk encryption, or turn swap off.",
    "crash-files-off": "In a terminal, type: ulimit -c 0",
    "keyring": "Nothing to do.",
}
