"""All that can go wrong, said once.

Each class has a stable code, which programs may rely on, and an exit code of its own.
The two sentences a person reads for a code are in `stillmine.messages`.

* StillmineError                 app.unexpected
  - WrongUsage                   app.wrong-usage
  - Stopped                      app.stopped
  - NoPassphrase                 app.no-passphrase
  - SecretUnreadable             app.secret-unreadable
  - NoVault                      keep.no-vault
  - VaultExists                  keep.vault-exists
  - WrongPassphrase              keep.wrong-passphrase
  - WrongWords                   keep.wrong-words
  - WrongDeviceKey               keep.wrong-device-key
  - TooManyTries                 keep.too-many-tries
  - VaultDamaged                 keep.damaged
  - VaultBusy                    keep.busy
  - VaultTooNew                  keep.too-new
  - HomeReadOnly                 home.read-only
  - DiskFull                     home.disk-full
  - WriteFailed                  home.write-failed
  - WrittenDifferently           home.written-differently
  - UnknownItem                  keep.unknown-item
  - SeveralItems                 keep.several-items
  - ItemDamaged                  keep.item-damaged
  - ItemForgotten                keep.item-forgotten
  - CannotReadFile               keep.cannot-read
  - NotAFile                     keep.not-a-file
  - ChangedWhileReading          keep.changed-while-reading
  - InsideHome                   keep.inside-home
  - TargetExists                 keep.target-exists
  - NoSuchFile                   keep.no-such-file
  - NothingMayLeave              network.nothing-may-leave
  - ConnectionLost               network.connection-lost
  - NotEncrypted                 network.not-encrypted
  - UnknownHostKey               network.unknown-host-key
  - HostKeyChanged               network.host-key-changed
  - StrangeAnswer                network.strange-answer
  - ToolMissing                  network.tool-missing
  - TargetAway                   backup.target-away
  - TargetRefused                backup.permission-denied
  - TargetFull                   backup.target-full
  - WrongTargetSecret            backup.wrong-secret
  - NotABackupPlace              backup.not-a-place
  - AlreadyThere                 backup.already-there
  - NotThere                     backup.not-there
  - SecretInUrl                  backup.secret-in-url
  - BadName                      backup.bad-name
  - SourceUnreadable             backup.source-unreadable
  - NotAge                       crypto.not-age
  - NotArmor                     crypto.not-armor
  - UnsupportedVersion           crypto.unsupported-version
  - NoKeyFits                    crypto.no-key-fits
  - WorkFactorTooHigh            crypto.work-factor-too-high
  - Damaged                      crypto.damaged
  - NotAnIdentity                crypto.not-an-identity
  - NotARecipient                crypto.not-a-recipient
  - RecipientsDoNotMix           crypto.recipients-do-not-mix
  - UnknownWord                  crypto.unknown-word
  - WordsDoNotFit                crypto.words-do-not-fit
  - BadSignature                 crypto.bad-signature
  - DecoderWillNotStart          imaging.will-not-start
  - HomeNotEmpty                 home.not-empty
  - NoKeyholder                  keep.no-keyholder
  - UnknownSetting               app.unknown-setting
  - WrongSetting                 app.wrong-setting
  - WordsDoNotMatch              keep.words-do-not-match
  - EmptyPassphrase              keep.empty-passphrase
  - CannotWriteHere              keep.cannot-write
  - BrokenManifest               backup.broken-list
  - OtherVault                   backup.other-vault
  - UnknownPlace                 backup.unknown-place
  - PlaceExists                  backup.place-exists
  - WrongPlaceName               backup.wrong-place-name
  - BackupDamaged                backup.damaged
  - BackupRolledBack             backup.rolled-back
  - NoBackupThere                backup.none-there
  - NotOurSignature              backup.not-our-signature
  - BackupIncomplete             backup.incomplete
  - NotAFingerprint              imaging.not-a-fingerprint
  - WordsNeverShown              keep.words-never-shown
  - NoCleaner                    share.no-cleaner
  - NotUnderstood                share.not-understood
  - FileDamaged                  share.file-damaged
  - FileLocked                   share.file-locked
  - StillSpeaks                  share.still-speaks
  - ShownDiffers                 share.shown-differs
  - ArchiveDamaged               archive.damaged
  - ArchiveTooMuch               archive.too-much-inside
  - ArchiveTooDeep               archive.too-deep
  - ArchiveLocked                archive.locked
  - CannotUnpack                 archive.cannot-unpack
  - MemberTooLarge               archive.file-too-large
  - PicturesNotSaved             archive.pictures-not-saved
  - NothingToCompare             watch.nothing-to-compare
  - AgeNotSaid                   watch.age-not-said
  - NothingChosen                watch.nothing-chosen
  - OneKindOnly                  watch.one-kind-only
  - TooPlain                     watch.too-plain
  - NotAgreed                    app.not-agreed
  - UnknownPerson                share.unknown-person
  - PersonExists                 share.person-exists
  - NoWayToSeal                  share.no-way-to-seal
  - WeakPassphrase               share.weak-passphrase
  - CannotMark                   share.cannot-mark
  - CannotTrace                  share.cannot-trace
  - UnknownHandover              share.unknown-handover
  - NotAHandover                 share.not-a-handover
  - WrongHandoverPassphrase      share.wrong-passphrase
  - NotForMe                     share.not-for-me
  - NotAsSigned                  share.not-as-signed
  - NoContact                    share.no-contact
  - WrongCode                    share.wrong-code
  - NobodyCame                   share.nobody-came
  - FactsUnreadable              facts.unreadable
  - UnknownCountry               facts.unknown-country
  - UnknownPlatform              facts.unknown-platform
  - NoRecogniser                 watch.no-recogniser
  - CannotCoverPicture           share.cannot-cover
  - NoSuchBox                    share.no-box
  - NoFaceFinder                 share.no-face-finder
  - UnknownCase                  act.unknown-case
  - UnknownPartOfCase            act.unknown-part
  - AddressRefused               network.address-refused
  - CannotReach                  network.cannot-reach
  - NotAWebAddress               network.not-a-web-address
  - ProxyTrouble                 network.proxy-trouble
  - AskedTooOften                network.asked-too-often
  - NoTypesetter                 act.no-typesetter
  - CannotTypeset                act.cannot-typeset
  - NotStatistics                act.not-statistics
  - UnknownEvidence              act.unknown-evidence
  - CustodyBroken                act.custody-broken
  - CannotBecome                 act.cannot-become
  - TimeCannotBe                 act.time-cannot-be
  - WhichLetter                  act.which-letter
  - NoAuthority                  act.no-authority
  - ProofTooLarge                act.proof-too-large
  - NotCanonical                 act.not-canonical
  - BadStamp                     act.bad-stamp
  - UnknownStamper               act.unknown-stamper
  - NotACertificate              act.not-a-certificate
  - UnknownRegime                act.unknown-regime
  - CopyrightAlone               act.copyright-alone
  - TakesNoLetter                act.takes-no-letter
  - NothingToAsk                 act.nothing-to-ask
  - UnknownRecipient             act.unknown-recipient
  - NotAMailAddress              act.not-a-mail-address
  - NoBrowser                    network.no-browser
  - CannotCapture                network.cannot-capture
  - AgeNotKnown                  act.age-not-said
  - NotInRegistry                act.not-in-registry
  - ProofChanged                 act.proof-changed
  - AddressHidden                act.address-hidden
  - NoRegistryServer             act.no-registry-server
  - WrongPlace                   watch.wrong-place
  - UnknownPlaceKind             watch.unknown-place-kind
  - UnknownWatchPlace            watch.unknown-place
  - NoPlaces                     watch.no-places
  - AlreadyLooking               watch.already-looking
  - UnknownFinding               watch.unknown-finding
  - WordsNotProven               watch.words-not-proven
  - NotOnline                    watch.not-online
  - WrongName                    watch.wrong-name
  - UnknownName                  watch.unknown-name
  - NotShown                     watch.not-shown
  - NamesWait                    watch.names-wait
  - WordsRefused                 watch.words-refused
  - SearchPage                   watch.search-page
  - NotScheduled                 watch.not-scheduled
  - WatchKeyExposed              watch.key-exposed
  - WatchKeyOutdated             watch.key-outdated
  - NoTimer                      watch.no-timer
  - CannotSchedule               watch.cannot-schedule
  - OthersNotSaid                watch.others-not-said
  - WrongAlert                   watch.wrong-alert
  - UnknownAlert                 watch.unknown-alert
  - AlertNotSent                 watch.alert-not-sent
  - AlertNeedsStraightWay        watch.alert-needs-straight-way
  - AddressNotProven             watch.address-not-proven
  - BreachKeyRefused             watch.breach-key-refused
  - BreachWait                   watch.breach-wait
  - NotALeakSet                  watch.not-a-leak-set
  - UnknownService               watch.unknown-service
  - NotEnrolled                  watch.not-enrolled
  - TooMuchAtOnce                app.too-much-at-once
  - HomeHoldsOthers              home.holds-others
"""

from __future__ import annotations

from typing import ClassVar

Fact = str | int | bool


class StillmineError(Exception):
    """Something went wrong that a person can be told about."""

    code: ClassVar[str] = "app.unexpected"
    exit_code: ClassVar[int] = 1

    def __init__(self, **facts: Fact) -> None:
        """Keep only facts that are safe to show on a screen somebody else may see."""
        super().__init__(self.code)
        self.facts = facts


class WrongUsage(StillmineError):
    """The command was not understood."""

    code = "app.wrong-usage"
    exit_code = 2


class Stopped(StillmineError):
    """The person asked for the work to stop; what was confirmed is kept."""

    code = "app.stopped"
    exit_code = 130


class NoPassphrase(StillmineError):
    """A passphrase or another secret is needed, and there is nobody to ask."""

    code = "app.no-passphrase"
    exit_code = 5


class SecretUnreadable(StillmineError):
    """The file that should hold a passphrase or another secret cannot be read."""

    code = "app.secret-unreadable"
    exit_code = 6


class NoVault(StillmineError):
    """Nobody set up a vault in this home."""

    code = "keep.no-vault"
    exit_code = 10


class VaultExists(StillmineError):
    """There is a vault in this home already; it is not touched."""

    code = "keep.vault-exists"
    exit_code = 11


class WrongPassphrase(StillmineError):
    """The passphrase does not open this vault, and nothing is damaged."""

    code = "keep.wrong-passphrase"
    exit_code = 12


class WrongWords(StillmineError):
    """The recovery words do not open this vault, and nothing is damaged."""

    code = "keep.wrong-words"
    exit_code = 13


class WrongDeviceKey(StillmineError):
    """The device key does not open this vault."""

    code = "keep.wrong-device-key"
    exit_code = 14


class TooManyTries(StillmineError):
    """Several wrong passphrases came in a row; the next try has to wait."""

    code = "keep.too-many-tries"
    exit_code = 15


class VaultDamaged(StillmineError):
    """A file of the vault is not what was written; `what` names it."""

    code = "keep.damaged"
    exit_code = 16


class VaultBusy(StillmineError):
    """Another run of the program is writing to this vault."""

    code = "keep.busy"
    exit_code = 17


class VaultTooNew(StillmineError):
    """The vault was written by a newer version of the program."""

    code = "keep.too-new"
    exit_code = 18


class HomeReadOnly(StillmineError):
    """The home folder cannot be written to."""

    code = "home.read-only"
    exit_code = 20


class DiskFull(StillmineError):
    """The disk has no room left; what was confirmed is safe."""

    code = "home.disk-full"
    exit_code = 21


class WriteFailed(StillmineError):
    """The operating system refused to write; what was confirmed is safe."""

    code = "home.write-failed"
    exit_code = 22


class WrittenDifferently(StillmineError):
    """What the disk holds is not what was written to it: the disk is failing."""

    code = "home.written-differently"
    exit_code = 23


class UnknownItem(StillmineError):
    """No item has this name or number."""

    code = "keep.unknown-item"
    exit_code = 30


class SeveralItems(StillmineError):
    """More than one item fits; a longer number is needed."""

    code = "keep.several-items"
    exit_code = 31


class ItemDamaged(StillmineError):
    """The sealed file of this item is missing or not what was written."""

    code = "keep.item-damaged"
    exit_code = 32


class ItemForgotten(StillmineError):
    """The key of this item was forgotten, so nobody can open it."""

    code = "keep.item-forgotten"
    exit_code = 33


class CannotReadFile(StillmineError):
    """The file cannot be read."""

    code = "keep.cannot-read"
    exit_code = 40


class NotAFile(StillmineError):
    """What was named is a device, a pipe or a link that leads nowhere, not a file."""

    code = "keep.not-a-file"
    exit_code = 41


class ChangedWhileReading(StillmineError):
    """The file changed while it was being read."""

    code = "keep.changed-while-reading"
    exit_code = 42


class InsideHome(StillmineError):
    """The file or folder belongs to the vault itself."""

    code = "keep.inside-home"
    exit_code = 43


class TargetExists(StillmineError):
    """A file of this name is there already; it is not overwritten."""

    code = "keep.target-exists"
    exit_code = 44


class NoSuchFile(StillmineError):
    """There is no file or folder of this name."""

    code = "keep.no-such-file"
    exit_code = 45


class NothingMayLeave(StillmineError):
    """The person said yes to another place, or to none; nothing was sent."""

    code = "network.nothing-may-leave"
    exit_code = 60


class ConnectionLost(StillmineError):
    """The connection broke off before the work was confirmed."""

    code = "network.connection-lost"
    exit_code = 61


class NotEncrypted(StillmineError):
    """The way to the place is not encrypted, or its certificate cannot be trusted."""

    code = "network.not-encrypted"
    exit_code = 62


class UnknownHostKey(StillmineError):
    """A server showed a key that nobody has vouched for yet."""

    code = "network.unknown-host-key"
    exit_code = 63


class HostKeyChanged(StillmineError):
    """A server showed another key than the one that was accepted."""

    code = "network.host-key-changed"
    exit_code = 64


class StrangeAnswer(StillmineError):
    """The other side gave an answer that does not fit the question."""

    code = "network.strange-answer"
    exit_code = 65


class ToolMissing(StillmineError):
    """A program or library that this kind of place needs is not installed."""

    code = "network.tool-missing"
    exit_code = 66


class TargetAway(StillmineError):
    """The backup place cannot be reached: not plugged in, not mounted, not running."""

    code = "backup.target-away"
    exit_code = 67


class TargetRefused(StillmineError):
    """The backup place may not be written or read by this user."""

    code = "backup.permission-denied"
    exit_code = 68


class TargetFull(StillmineError):
    """The backup place has no room left."""

    code = "backup.target-full"
    exit_code = 69


class WrongTargetSecret(StillmineError):
    """The backup place did not accept the name, the password or the key."""

    code = "backup.wrong-secret"
    exit_code = 70


class NotABackupPlace(StillmineError):
    """The address does not lead to a place that can hold a backup."""

    code = "backup.not-a-place"
    exit_code = 71


class AlreadyThere(StillmineError):
    """The backup place has something under this name, and it stays as it is."""

    code = "backup.already-there"
    exit_code = 72


class NotThere(StillmineError):
    """The backup place has nothing under this name."""

    code = "backup.not-there"
    exit_code = 73


class SecretInUrl(StillmineError):
    """An address held a password, where it would be shown and kept in the open."""

    code = "backup.secret-in-url"
    exit_code = 74


class BadName(StillmineError):
    """A name for a place has letters in it that not every place can keep."""

    code = "backup.bad-name"
    exit_code = 75


class SourceUnreadable(StillmineError):
    """A file that was to be sent cannot be read on this computer."""

    code = "backup.source-unreadable"
    exit_code = 76


class NotAge(StillmineError):
    """The file is not an age file, or its beginning is not as it was written."""

    code = "crypto.not-age"
    exit_code = 80


class NotArmor(StillmineError):
    """The text is not the text form of an age file, or not all of it."""

    code = "crypto.not-armor"
    exit_code = 81


class UnsupportedVersion(StillmineError):
    """The file was sealed in a later form of the age format."""

    code = "crypto.unsupported-version"
    exit_code = 82


class NoKeyFits(StillmineError):
    """None of the keys or passphrases given opens this file."""

    code = "crypto.no-key-fits"
    exit_code = 83


class WorkFactorTooHigh(StillmineError):
    """Opening the file would cost more memory than a stranger's file may."""

    code = "crypto.work-factor-too-high"
    exit_code = 84


class Damaged(StillmineError):
    """The sealed file was opened by its key, but it is not what was sealed."""

    code = "crypto.damaged"
    exit_code = 85


class NotAnIdentity(StillmineError):
    """The text is not a secret age key."""

    code = "crypto.not-an-identity"
    exit_code = 86


class NotARecipient(StillmineError):
    """The text is not a public age key."""

    code = "crypto.not-a-recipient"
    exit_code = 87


class RecipientsDoNotMix(StillmineError):
    """These recipients may not share one file."""

    code = "crypto.recipients-do-not-mix"
    exit_code = 88


class UnknownWord(StillmineError):
    """A recovery word is not in the list of words; `position` counts from 1."""

    code = "crypto.unknown-word"
    exit_code = 89


class WordsDoNotFit(StillmineError):
    """Each recovery word exists, but together they are not a recovery sheet."""

    code = "crypto.words-do-not-fit"
    exit_code = 90


class BadSignature(StillmineError):
    """The signature was not made by this key over these bytes."""

    code = "crypto.bad-signature"
    exit_code = 91


class DecoderWillNotStart(StillmineError):
    """The limited process that opens pictures could not be started on this computer."""

    code = "imaging.will-not-start"
    exit_code = 110


class HomeNotEmpty(StillmineError):
    """The folder holds files of somebody else, so no vault is set up in it."""

    code = "home.not-empty"
    exit_code = 24


class NoKeyholder(StillmineError):
    """The system cannot hold the keys between two commands."""

    code = "keep.no-keyholder"
    exit_code = 46


class UnknownSetting(StillmineError):
    """There is no setting of this name."""

    code = "app.unknown-setting"
    exit_code = 7


class WrongSetting(StillmineError):
    """The setting does not take this value."""

    code = "app.wrong-setting"
    exit_code = 8


class WordsDoNotMatch(StillmineError):
    """The words typed back are not the ones that were shown."""

    code = "keep.words-do-not-match"
    exit_code = 48


class EmptyPassphrase(StillmineError):
    """A passphrase needs at least one sign."""

    code = "keep.empty-passphrase"
    exit_code = 49


class CannotWriteHere(StillmineError):
    """The folder to write to cannot be written to, or is full."""

    code = "keep.cannot-write"
    exit_code = 50


class BrokenManifest(StillmineError):
    """No list of what the backup holds is whole."""

    code = "backup.broken-list"
    exit_code = 92


class OtherVault(StillmineError):
    """The place holds the backup of another vault."""

    code = "backup.other-vault"
    exit_code = 93


class UnknownPlace(StillmineError):
    """No backup place has this name."""

    code = "backup.unknown-place"
    exit_code = 94


class PlaceExists(StillmineError):
    """A backup place of this name was added already."""

    code = "backup.place-exists"
    exit_code = 95


class WrongPlaceName(StillmineError):
    """The name of a place is made of letters, digits, - and _."""

    code = "backup.wrong-place-name"
    exit_code = 96


class BackupDamaged(StillmineError):
    """The place lost or changed a file of the backup."""

    code = "backup.damaged"
    exit_code = 97


class BackupRolledBack(StillmineError):
    """The place holds an older backup than the one that was made last."""

    code = "backup.rolled-back"
    exit_code = 98


class NoBackupThere(StillmineError):
    """There is no backup at this place."""

    code = "backup.none-there"
    exit_code = 99


class NotOurSignature(StillmineError):
    """The list at the place is not signed with the key of this vault."""

    code = "backup.not-our-signature"
    exit_code = 100


class BackupIncomplete(StillmineError):
    """Both copies of a key file are lost, so the backup cannot be opened."""

    code = "backup.incomplete"
    exit_code = 101


class NotAFingerprint(StillmineError):
    """The bytes are not a fingerprint that this version can read."""

    code = "imaging.not-a-fingerprint"
    exit_code = 111


class WordsNeverShown(StillmineError):
    """A set-up that was cut short never showed the recovery words."""

    code = "keep.words-never-shown"
    exit_code = 34


class NoCleaner(StillmineError):
    """There is no cleaner for this kind of file."""

    code = "share.no-cleaner"
    exit_code = 112


class NotUnderstood(StillmineError):
    """The file has a part that cannot be cleaned without loss; `part` names it."""

    code = "share.not-understood"
    exit_code = 113


class FileDamaged(StillmineError):
    """The file is damaged or cut short, so it cannot be cleaned; `part` says where."""

    code = "share.file-damaged"
    exit_code = 114


class FileLocked(StillmineError):
    """The file is encrypted or has a password, so it cannot be cleaned."""

    code = "share.file-locked"
    exit_code = 115


class StillSpeaks(StillmineError):
    """A second reader found something in the cleaned copy; it was thrown away."""

    code = "share.still-speaks"
    exit_code = 116


class ShownDiffers(StillmineError):
    """The cleaned copy would not have shown exactly the same; it was thrown away."""

    code = "share.shown-differs"
    exit_code = 117


class ArchiveDamaged(StillmineError):
    """The archive is cut short, or not what its beginning says."""

    code = "archive.damaged"
    exit_code = 102


class ArchiveTooMuch(StillmineError):
    """The archive holds more than is unpacked of one file: a bomb, or a giant."""

    code = "archive.too-much-inside"
    exit_code = 103


class ArchiveTooDeep(StillmineError):
    """Archives lie in archives, deeper than is followed."""

    code = "archive.too-deep"
    exit_code = 104


class ArchiveLocked(StillmineError):
    """What lies in the archive is locked with a password."""

    code = "archive.locked"
    exit_code = 105


class CannotUnpack(StillmineError):
    """The archive, or a file in it, is packed in a way that is not read here."""

    code = "archive.cannot-unpack"
    exit_code = 106


class MemberTooLarge(StillmineError):
    """A file inside an archive is too large to be held in memory."""

    code = "archive.file-too-large"
    exit_code = 107


class PicturesNotSaved(StillmineError):
    """A saved page names pictures, and none of them was saved with it."""

    code = "archive.pictures-not-saved"
    exit_code = 108


class NothingToCompare(StillmineError):
    """There is no item in the vault that a copy could be known by."""

    code = "watch.nothing-to-compare"
    exit_code = 109


class AgeNotSaid(StillmineError):
    """It was not said that everybody in the pictures was an adult; nothing was opened."""

    code = "watch.age-not-said"
    exit_code = 25


class NothingChosen(StillmineError):
    """Neither items nor all of them were chosen."""

    code = "watch.nothing-chosen"
    exit_code = 26


class OneKindOnly(StillmineError):
    """Fingerprints of several kinds, or lists of them, cannot go into a file of bare digits."""

    code = "watch.one-kind-only"
    exit_code = 27


class TooPlain(StillmineError):
    """A picture shows too little for its standard fingerprint to mean anything."""

    code = "watch.too-plain"
    exit_code = 28


class NotAgreed(StillmineError):
    """The person was warned and said no; nothing was done."""

    code = "app.not-agreed"
    exit_code = 9


class UnknownPerson(StillmineError):
    """Nobody of this name is among the people you know."""

    code = "share.unknown-person"
    exit_code = 120


class PersonExists(StillmineError):
    """Somebody of this name is among the people you know already."""

    code = "share.person-exists"
    exit_code = 121


class NoWayToSeal(StillmineError):
    """It was not said how to seal, and no key of this person is known."""

    code = "share.no-way-to-seal"
    exit_code = 122


class WeakPassphrase(StillmineError):
    """The passphrase for a hand-over could be guessed by somebody who has the file."""

    code = "share.weak-passphrase"
    exit_code = 123


class CannotMark(StillmineError):
    """The item cannot carry a mark: it is no picture, or too small or too flat for one."""

    code = "share.cannot-mark"
    exit_code = 124


class CannotTrace(StillmineError):
    """The leaked file cannot be compared: it cannot be read, or is no picture."""

    code = "share.cannot-trace"
    exit_code = 77


class UnknownHandover(StillmineError):
    """No hand-over has this number."""

    code = "share.unknown-handover"
    exit_code = 125


class NotAHandover(StillmineError):
    """What was opened is not built as a hand-over is."""

    code = "share.not-a-handover"
    exit_code = 126


class WrongHandoverPassphrase(StillmineError):
    """The passphrase does not open the file, and nothing is damaged."""

    code = "share.wrong-passphrase"
    exit_code = 127


class NotForMe(StillmineError):
    """None of the person's keys opens the file."""

    code = "share.not-for-me"
    exit_code = 128


class NotAsSigned(StillmineError):
    """The picture or the statement beside it is not what the sender signed."""

    code = "share.not-as-signed"
    exit_code = 129


class NoContact(StillmineError):
    """The text is neither a contact line nor a public age key."""

    code = "share.no-contact"
    exit_code = 119


class WrongCode(StillmineError):
    """The two people did not type the same code; it cannot be used again."""

    code = "share.wrong-code"
    exit_code = 118


class NobodyCame(StillmineError):
    """Nobody typed the code in the time that was waited."""

    code = "share.nobody-came"
    exit_code = 79


class FactsUnreadable(StillmineError):
    """A file of facts that came with the program cannot be read."""

    code = "facts.unreadable"
    exit_code = 56


class UnknownCountry(StillmineError):
    """No country or part of one is called so."""

    code = "facts.unknown-country"
    exit_code = 57


class UnknownPlatform(StillmineError):
    """No platform is known by this name."""

    code = "facts.unknown-platform"
    exit_code = 58


class NoRecogniser(StillmineError):
    """The part that recognises changed copies is not on this computer."""

    code = "watch.no-recogniser"
    exit_code = 59


class CannotCoverPicture(StillmineError):
    """The file cannot be covered: it moves, cannot be decoded, or is no picture."""

    code = "share.cannot-cover"
    exit_code = 53


class NoSuchBox(StillmineError):
    """What was typed is no box, or no part of it lies in the picture."""

    code = "share.no-box"
    exit_code = 54


class NoFaceFinder(StillmineError):
    """The part that finds faces is not on this computer."""

    code = "share.no-face-finder"
    exit_code = 55


class UnknownCase(StillmineError):
    """No case has this name, or several begin so."""

    code = "act.unknown-case"
    exit_code = 166


class UnknownPartOfCase(StillmineError):
    """A case has no address, proof or notice of this name."""

    code = "act.unknown-part"
    exit_code = 167


class AddressRefused(StillmineError):
    """A name leads to this computer or into a private network, where no page has business."""

    code = "network.address-refused"
    exit_code = 170


class CannotReach(StillmineError):
    """A site did not answer, or not in time."""

    code = "network.cannot-reach"
    exit_code = 171


class NotAWebAddress(StillmineError):
    """What was given is no address of the web."""

    code = "network.not-a-web-address"
    exit_code = 172


class ProxyTrouble(StillmineError):
    """The proxy or Tor that was chosen could not be used, so nothing was sent."""

    code = "network.proxy-trouble"
    exit_code = 173


class AskedTooOften(StillmineError):
    """The other side asked to be left alone for a while."""

    code = "network.asked-too-often"
    exit_code = 174


class NoTypesetter(StillmineError):
    """The part that makes PDF papers is not on this computer."""

    code = "act.no-typesetter"
    exit_code = 209


class CannotTypeset(StillmineError):
    """A paper could not be made as PDF; as text it can."""

    code = "act.cannot-typeset"
    exit_code = 210


class NotStatistics(StillmineError):
    """A file holds no figures that can be joined with others."""

    code = "act.not-statistics"
    exit_code = 211


class UnknownEvidence(StillmineError):
    """The vault has no evidence of this name."""

    code = "act.unknown-evidence"
    exit_code = 194


class CustodyBroken(StillmineError):
    """The custody log of a case is not what was written: a line was changed or is gone."""

    code = "act.custody-broken"
    exit_code = 195


class CannotBecome(StillmineError):
    """What was said of a letter does not follow what was said of it before."""

    code = "act.cannot-become"
    exit_code = 216


class TimeCannotBe(StillmineError):
    """A day or time cannot be read, lies ahead, or lies before what has to come first."""

    code = "act.time-cannot-be"
    exit_code = 217


class WhichLetter(StillmineError):
    """A case has no letter yet, or several, and none was named."""

    code = "act.which-letter"
    exit_code = 218


class NoAuthority(StillmineError):
    """No authority is confirmed that could be told about a letter."""

    code = "act.no-authority"
    exit_code = 219


class ProofTooLarge(StillmineError):
    """A bundle of proof would be larger than its format can hold."""

    code = "act.proof-too-large"
    exit_code = 186


class NotCanonical(StillmineError):
    """Data cannot be written, or is not written, in the one form that signatures need."""

    code = "act.not-canonical"
    exit_code = 187


class BadStamp(StillmineError):
    """A time stamp does not vouch for what it came with; `reason` says why."""

    code = "act.bad-stamp"
    exit_code = 188


class UnknownStamper(StillmineError):
    """No time-stamp authority is known by this name."""

    code = "act.unknown-stamper"
    exit_code = 189


class NotACertificate(StillmineError):
    """A file that was to hold certificates holds none that can be read."""

    code = "act.not-a-certificate"
    exit_code = 190


class UnknownRegime(StillmineError):
    """No kind of letter has this name."""

    code = "act.unknown-regime"
    exit_code = 202


class CopyrightAlone(StillmineError):
    """A copyright notice was to be mixed with other requests."""

    code = "act.copyright-alone"
    exit_code = 203


class TakesNoLetter(StillmineError):
    """Somebody to whom a letter was to go takes none, such as a service for hashes."""

    code = "act.takes-no-letter"
    exit_code = 204


class NothingToAsk(StillmineError):
    """A letter was wanted for a case that has no address yet."""

    code = "act.nothing-to-ask"
    exit_code = 205


class UnknownRecipient(StillmineError):
    """It is not known where a letter has to go."""

    code = "act.unknown-recipient"
    exit_code = 206


class NotAMailAddress(StillmineError):
    """What was typed is no address that mail can go to."""

    code = "act.not-a-mail-address"
    exit_code = 207


class NoBrowser(StillmineError):
    """No browser that can be driven was found, or the part that drives it is missing."""

    code = "network.no-browser"
    exit_code = 178


class CannotCapture(StillmineError):
    """A page could not be opened, so there is nothing to keep of it."""

    code = "network.cannot-capture"
    exit_code = 179


class AgeNotKnown(StillmineError):
    """Nobody said yet whether somebody in the pictures was under 18."""

    code = "act.age-not-said"
    exit_code = 196


class NotInRegistry(StillmineError):
    """A registry has no entry for a domain or an address."""

    code = "act.not-in-registry"
    exit_code = 175


class ProofChanged(StillmineError):
    """A proof is not, byte by byte, as the key of its case signed it."""

    code = "act.proof-changed"
    exit_code = 191


class AddressHidden(StillmineError):
    """The address behind a name is not looked up, because one goes out by a proxy."""

    code = "act.address-hidden"
    exit_code = 176


class NoRegistryServer(StillmineError):
    """The registry of a domain answers no questions by program."""

    code = "act.no-registry-server"
    exit_code = 177


class WrongPlace(StillmineError):
    """What was typed is no place that can be looked at."""

    code = "watch.wrong-place"
    exit_code = 223


class UnknownPlaceKind(StillmineError):
    """There is no kind of place with that name."""

    code = "watch.unknown-place-kind"
    exit_code = 224


class UnknownWatchPlace(StillmineError):
    """No place to look at has this number or name, or more than one has."""

    code = "watch.unknown-place"
    exit_code = 225


class NoPlaces(StillmineError):
    """No place was chosen yet, so there is nowhere to look."""

    code = "watch.no-places"
    exit_code = 226


class AlreadyLooking(StillmineError):
    """Another run of the program is looking for copies right now."""

    code = "watch.already-looking"
    exit_code = 227


class UnknownFinding(StillmineError):
    """No finding has this number, or several begin so."""

    code = "watch.unknown-finding"
    exit_code = 228


class WordsNotProven(StillmineError):
    """Words were to leave this computer that the person did not prove to be theirs."""

    code = "watch.words-not-proven"
    exit_code = 229


class NotOnline(StillmineError):
    """A finding lies on this computer, so that there is no address to write down."""

    code = "watch.not-online"
    exit_code = 246


class WrongName(StillmineError):
    """What was typed can be no handle, mail address or name."""

    code = "watch.wrong-name"
    exit_code = 230


class UnknownName(StillmineError):
    """None of the own names is called so, or more than one."""

    code = "watch.unknown-name"
    exit_code = 231


class NotShown(StillmineError):
    """What was given does not show that a handle or an address is the person's own."""

    code = "watch.not-shown"
    exit_code = 232


class NamesWait(StillmineError):
    """No other name may be added or exchanged now."""

    code = "watch.names-wait"
    exit_code = 233


class WordsRefused(StillmineError):
    """Words that are each the person's own could spell somebody else together."""

    code = "watch.words-refused"
    exit_code = 234


class SearchPage(StillmineError):
    """An address is a search for people or words, and no place."""

    code = "watch.search-page"
    exit_code = 235


class NotScheduled(StillmineError):
    """Nothing is scheduled for this home: no key lets a locked vault be watched for."""

    code = "watch.not-scheduled"
    exit_code = 236


class WatchKeyExposed(StillmineError):
    """The key for looking while locked can be read by others, or is a link."""

    code = "watch.key-exposed"
    exit_code = 237


class WatchKeyOutdated(StillmineError):
    """The vault got new keys since the key for looking while locked was written."""

    code = "watch.key-outdated"
    exit_code = 238


class NoTimer(StillmineError):
    """The system does not start programs at set times in the way that was asked for."""

    code = "watch.no-timer"
    exit_code = 239


class CannotSchedule(StillmineError):
    """A path has signs that the system's timer cannot take."""

    code = "watch.cannot-schedule"
    exit_code = 240


class OthersNotSaid(StillmineError):
    """Nobody said whether others use this computer."""

    code = "watch.others-not-said"
    exit_code = 241


class WrongAlert(StillmineError):
    """An address, or a kind of it, cannot be used for alerts."""

    code = "watch.wrong-alert"
    exit_code = 242


class UnknownAlert(StillmineError):
    """No alert has this number."""

    code = "watch.unknown-alert"
    exit_code = 243


class AlertNotSent(StillmineError):
    """An alert was not taken by the other side, or by the desktop."""

    code = "watch.alert-not-sent"
    exit_code = 244


class AlertNeedsStraightWay(StillmineError):
    """Alerts of one kind cannot go by the proxy or by Tor, which the person chose."""

    code = "watch.alert-needs-straight-way"
    exit_code = 245


class AddressNotProven(StillmineError):
    """A mail address was not shown to be the person's own."""

    code = "watch.address-not-proven"
    exit_code = 197


class BreachKeyRefused(StillmineError):
    """The service that knows about leaks does not take the person's key."""

    code = "watch.breach-key-refused"
    exit_code = 248


class BreachWait(StillmineError):
    """The service that knows about leaks wants to be asked later."""

    code = "watch.breach-wait"
    exit_code = 249


class NotALeakSet(StillmineError):
    """A file or folder is not the downloaded set of leaked passwords, or not all of it."""

    code = "watch.not-a-leak-set"
    exit_code = 250


class UnknownService(StillmineError):
    """No service has this name, or nobody could confirm where it is."""

    code = "watch.unknown-service"
    exit_code = 251


class NotEnrolled(StillmineError):
    """Nothing is noted about a service yet."""

    code = "watch.not-enrolled"
    exit_code = 252


class TooMuchAtOnce(StillmineError):
    """Files that were to be handed back in memory are larger than may be held there."""

    code = "app.too-much-at-once"
    exit_code = 168


class HomeHoldsOthers(StillmineError):
    """The folder of the vault holds something that this program did not make."""

    code = "home.holds-others"
    exit_code = 247
