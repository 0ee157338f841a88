"""What is said when a command is done: a few sentences for each action."""

from __future__ import annotations

from stillmine.messages import (
    act,
    alerting,
    breaches,
    capture,
    cases,
    cleaning,
    clock,
    compare,
    covering,
    enrolling,
    fingerprints,
    handing,
    leaving,
    names,
    notices,
    papers,
    proof,
    safety,
    scheduling,
    tracing,
    watching,
    web,
)
from stillmine.messages.counted import Counted

_WEAK = Counted(
    "strength.weak",
    "This passphrase may be guessed by somebody with much time. Four or more words that have "
    "nothing to do with each other or with you are stronger.",
    "",
)
_OLD_COPIES = Counted(
    "old_copies_open_with_old",
    "Old copies of the vault, as on a backup, still open with the old passphrase. "
    "If somebody may know it: stillmine keep rekey",
    "",
)
_SKIPPED = Counted(
    "skipped",
    "{skipped} file was skipped. Below is why.",
    "{skipped} files were skipped. Below is why.",
)
_MISSED = Counted(
    "skipped",
    "{skipped} place could not be reached. Below is why.",
    "{skipped} places could not be reached. Below is why.",
)

ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    **alerting.ANSWERS,
    **breaches.ANSWERS,
    **enrolling.ANSWERS,
    **scheduling.ANSWERS,
    **capture.ANSWERS,
    **cases.ANSWERS,
    **leaving.ANSWERS,
    **names.ANSWERS,
    **clock.ANSWERS,
    **notices.ANSWERS,
    **papers.ANSWERS,
    **proof.ANSWERS,
    **safety.ANSWERS,
    **watching.ANSWERS,
    **web.ANSWERS,
    **fingerprints.ANSWERS,
    **act.ANSWERS,
    **cleaning.ANSWERS,
    **compare.ANSWERS,
    **covering.ANSWERS,
    **handing.ANSWERS,
    **tracing.ANSWERS,
    "doctor": (
        Counted(
            "missing",
            "One thing is not on this computer. Below is what that means.",
            "{missing} things are not on this computer. Below is what that means.",
            none="All that the program can use is on this computer.",
        ),
    ),
    "keep.add": (
        Counted("added", "{added} file is safe now.", "{added} files are safe now."),
        Counted(
            "already",
            "{already} file was in the vault already.",
            "{already} files were in the vault already.",
        ),
        _SKIPPED,
        Counted(
            "unseen",
            "{unseen} file is safe, but has no preview.",
            "{unseen} files are safe, but have no preview.",
        ),
        Counted(
            "cannot_recognise",
            "Changed copies of it cannot be found from this computer yet. "
            "What to add: stillmine doctor",
            "Changed copies of them cannot be found from this computer yet. "
            "What to add: stillmine doctor",
        ),
    ),
    "keep.album": (
        Counted(
            "changed",
            "{changed} item was changed in the album {album}.",
            "{changed} items were changed in the album {album}.",
            none="Nothing was changed in the album {album}.",
        ),
    ),
    "keep.backup.add": (
        "The place {name} is known now. To make the first backup: stillmine keep backup run",
    ),
    "keep.backup.drill": (
        Counted(
            "passed",
            "The drill passed: {opened} of {items} items came back from {place} "
            "and opened with your words.",
            "",
            none="The drill did not pass: {opened} of {items} items came back from {place} "
            "and opened with your words.",
        ),
    ),
    "keep.backup.inspect": (
        Counted("files", "The backup lists {files} file.", "The backup lists {files} files."),
        Counted("read_back", "{read_back} was read back.", "{read_back} were read back."),
        Counted(
            "damaged",
            "{damaged} file is lost or not what was written.",
            "{damaged} files are lost or not what was written.",
            none="All that was read is whole.",
        ),
    ),
    "keep.backup.list": (
        Counted(
            "places",
            "There is {places} place for backups.",
            "There are {places} places for backups.",
            none="There is no place for backups yet. To add one: stillmine keep backup add",
        ),
    ),
    "keep.backup.prune": (
        Counted(
            "places",
            "Old keys and lists were erased at {places} place.",
            "Old keys and lists were erased at {places} places.",
            none="Nothing was erased.",
        ),
        _MISSED,
    ),
    "keep.backup.remove": ("The place {name} is no longer used. What lies there was not touched.",),
    "keep.backup.repair": (
        Counted(
            "checked",
            "{checked} file of the vault was read.",
            "{checked} files of the vault were read.",
        ),
        Counted(
            "repaired",
            "{repaired} file was brought back from a backup.",
            "{repaired} files were brought back from a backup.",
        ),
        Counted(
            "damaged",
            "{damaged} file is still lost or damaged: no backup has it whole.",
            "{damaged} files are still lost or damaged: no backup has them whole.",
            none="All of the vault is whole.",
        ),
    ),
    "keep.backup.restore": (
        "A vault is in {home} again. It opens with its passphrase or with the recovery words.",
        Counted(
            "damaged",
            "{damaged} file is missing: the backup does not have it whole.",
            "{damaged} files are missing: the backup does not have them whole.",
        ),
    ),
    "keep.backup.run": (
        Counted(
            "runs",
            "The backup is up to date at {runs} place.",
            "The backup is up to date at {runs} places.",
            none="No backup was made.",
        ),
        _MISSED,
    ),
    "keep.backup.verify": (
        Counted(
            "places",
            "The backup at {places} place was read back.",
            "The backups at {places} places were read back.",
            none="No backup was read back.",
        ),
    ),
    "keep.confirm-words": (
        "Your recovery words are confirmed. Keep the paper where only you find it.",
    ),
    "keep.device-key": (
        Counted("file", "The key file is written.", "The key file is written.", "Done."),
        "A vault opens with its key file alone: keep it where only you can reach it.",
    ),
    "keep.export": (
        Counted(
            "exported",
            "{exported} file was written out. It is plain now: whoever finds it can look at it.",
            "{exported} files were written out. They are plain now: "
            "whoever finds them can look at them.",
        ),
        _SKIPPED,
    ),
    "keep.albums": (
        Counted("albums", "{albums} album.", "{albums} albums.", none="There is no album yet."),
    ),
    "keep.find": (
        Counted(
            "fitting", "{fitting} item found.", "{fitting} items found.", none="Nothing found."
        ),
    ),
    "keep.forget": (
        Counted(
            "forgotten",
            "{forgotten} item is forgotten. Nobody can open it in this vault now.",
            "{forgotten} items are forgotten. Nobody can open them in this vault now.",
            none="Nothing was forgotten.",
        ),
        Counted(
            "backups",
            "One backup may still hold the old keys. Run it, then prune it.",
            "{backups} backups may still hold the old keys. Run them, then prune them.",
        ),
        Counted(
            "disk_may_hold",
            "The disk may keep old sealed parts for a while. They do not open without the key.",
            "",
        ),
    ),
    "keep.init": ("Your vault is ready in {home}.", _WEAK),
    "keep.label": ("The label is kept.",),
    "keep.list": (
        Counted(
            "items",
            "{items} item of {fitting}. The vault holds {kept}.",
            "{items} items of {fitting}. The vault holds {kept}.",
            none="There is nothing to list. Items in the vault: {kept}. To keep something: "
            "stillmine keep add",
        ),
        Counted(
            "words_confirmed",
            "",
            "",
            none="Your recovery words are not confirmed yet. With your paper at hand: stillmine "
            "keep confirm-words. If you never saw them: stillmine keep rekey",
        ),
    ),
    "keep.lock": (
        Counted(
            "was_unlocked",
            "The vault is locked now.",
            "The vault is locked now.",
            none="The vault was locked already.",
        ),
    ),
    "keep.passphrase": ("The new passphrase opens the vault now.", _WEAK, _OLD_COPIES),
    "keep.recover": (
        "You are back in. The new passphrase opens the vault now.",
        _WEAK,
        _OLD_COPIES,
    ),
    "keep.rekey": (
        "The vault has new keys and new recovery words. The old words do not open it now.",
        Counted("device_key_removed", "The device key was removed. Make a new one.", ""),
        Counted(
            "backups",
            "One backup still opens with the old keys. Run it, then prune it.",
            "{backups} backups still open with the old keys. Run them, then prune them.",
        ),
    ),
    "keep.settings": ("These are the settings.",),
    "keep.show": ("This is what is known of the item. The picture itself stays sealed.",),
    "keep.strength": (
        Counted(
            "strength.weak",
            "This passphrase is weak. A few more words make it strong.",
            "",
            none="This passphrase is strong.",
        ),
    ),
    "keep.unlock": (
        Counted(
            "lock_after_minutes",
            "The vault is open. It locks when left alone for a minute.",
            "The vault is open. It locks when left alone for {lock_after_minutes} minutes.",
        ),
    ),
    "keep.verify": (
        Counted(
            "checked",
            "{checked} item was read back.",
            "{checked} items were read back.",
            none="There was no item to read back.",
        ),
        Counted(
            "proofs",
            "{proofs} piece of proof was read back.",
            "{proofs} pieces of proof were read back.",
        ),
        Counted(
            "damaged",
            "{damaged} item is not what was written. A backup may still have it whole.",
            "{damaged} items are not what was written. A backup may still have them whole.",
            none="All of it is whole.",
        ),
        Counted(
            "mended",
            "{mended} file of the vault was mended.",
            "{mended} files of the vault were mended.",
        ),
    ),
    "try": (
        Counted(
            "all_good",
            "Everything went as it should. Your own files were only read.",
            "",
            none="Not every step went as it should. Below is which.",
        ),
    ),
}
