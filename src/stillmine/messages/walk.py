"""What `stillmine try` says about each step it takes."""

from __future__ import annotations

WALK: dict[str, str] = {
    "init": "A vault was set up, with a passphrase and twelve recovery words. It lies in a folder "
    "that is thrown away at the end.",
    "keep": "{count} pictures were sealed and read back from the disk: {size} bytes. The originals "
    "are as they were.",
    "crash": "The program was killed by force while it sealed more pictures. Afterwards the vault "
    "opened, and {safe} of {confirmed} confirmed pictures were whole. The same command, run again, "
    "kept the rest: {kept} pictures in all.",
    "again": "The same pictures were given again. {already} of {count} were known by what is in "
    "them, and not stored twice.",
    "sealed": "All {files} files of the vault were searched for pieces of the pictures and for "
    "their names. {found} were found.",
    "found": "One of the pictures was changed as people change what they pass on: cut, mirrored, "
    "saved at low quality, on the screen of a phone. It was found all the same, in an archive with "
    "{looked_at} pictures (kind: {kind}, mirrored: {mirrored}). In the screenshot the corners of "
    "the whole picture would lie at {corners}. Pictures of others that were taken for it: "
    "{strangers}.",
    "found-not": "A changed copy of one of the pictures was made, and it was not found.",
    "found-nothing-to-see": "None of the files is a picture that can be seen, so no changed copy "
    "was made and looked for.",
    "found-no-recogniser": "Changed copies cannot be looked for on this computer yet. `stillmine "
    "doctor` says what to add.",
    "looked": "A small board was put up on this computer, with the changed copy on it. Looking "
    "there read {pages} pages and {pictures} pictures, at the pace that strangers' sites get too. "
    "It found the copy on {found}, and left alone what the board closes to programs. A second look "
    "had {again} to report.",
    "looked-not": "A changed copy was put on a small board on this computer, and looking there did "
    "not find it.",
    "leak": "Copies of one picture were made for three people ({people}), each with a mark that "
    "nobody sees. One of them was cut, mirrored, saved at low quality and turned up on a phone. "
    "The mark in it named {named}, out of {used} of the picture. The chance that somebody innocent "
    "is named like this is at most 1 in {odds}. A name is no proof of who published it.",
    "leak-not": "A copy that was made for one person was changed, and the mark in it was not read.",
    "leak-nothing-to-mark": "None of the files can carry a hidden mark, so no copies were made.",
    "proof": "A page that shows a picture was opened on this computer, logged out, and kept as "
    "proof: {size} bytes, the picture covered. The proof was handed out and checked: {whole}. Then "
    "one byte of it was changed, and the check said: {changed}. No time stamp was asked for, "
    "because that would send something.",
    "proof-no-browser": "Proof of a page cannot be kept on this computer yet. `stillmine doctor` "
    "says what to add.",
    "letter": "A letter that asks {to} to take a picture down was not ready at first: {missing} "
    "things were missing that the law asks for. With them it was complete. Nothing was sent.",
    "verify": "{checked} items were read back from the disk. {damaged} were damaged.",
    "backup": "A backup was made: {sent} sealed files. A second run had nothing to send: "
    "{unchanged}.",
    "flip": "One bit of the backup was flipped. The check named {named} file and mended "
    "{mended} from the vault.",
    "drill": "The drill fetched {opened} of {items} items from the backup and opened them with "
    "the recovery words alone. Passed: {passed}.",
    "loss": "The vault was deleted and brought back from the backup. The recovery words opened "
    "it, and a new passphrase was set.",
    "whole": "{same} of {count} pictures came back bit by bit as they were.",
}
