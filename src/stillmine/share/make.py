"""Make copies for one person: marked, clean, sealed, and written down before they exist."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path

from stillmine.app import delivering, outside
from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.storage.item import Item
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.crypto import PersonalKey
from stillmine.errors import (
    CannotMark,
    FileDamaged,
    FileLocked,
    ItemDamaged,
    ItemForgotten,
    NoCleaner,
    NotUnderstood,
    ShownDiffers,
    StillmineError,
    StillSpeaks,
    Stopped,
    VaultDamaged,
)
from stillmine.imaging import Decoder
from stillmine.imaging.clean.cleaner import Cleaner
from stillmine.messages import say
from stillmine.share import choosing, contents, manifest
from stillmine.share.choosing import Choice, Wanted, Wishes
from stillmine.share.copying import Copy, clean_copy, decoder_of_marks, marked_copy
from stillmine.share.ledger import SEED_LENGTH, WRITTEN, Entry, drop_entry, keep_entry
from stillmine.share.manifest import Manifest
from stillmine.share.names import inner_name, outer_name
from stillmine.share.own_key import own_key

_OF_ONE_ITEM = (
    *(CannotMark, ItemDamaged, ItemForgotten, VaultDamaged),
    *(FileDamaged, FileLocked, NoCleaner, NotUnderstood, ShownDiffers, StillSpeaks),
)


@dataclass(frozen=True, slots=True)
class MakeRequest:
    """What to hand over, to whom, and how to seal it."""

    items: tuple[str, ...] = given("The items' numbers, or how they begin.", positional=True)
    for_: str = given("The name of the person who gets it, as it stands in your ledger.")
    to: Path = given("The folder to write the sealed files to.")
    seal: str = given("Seal to this public key, or contact line.", default="")
    passphrase: bool = given(
        "Seal with a passphrase; opens with age or stillmine. Six random words are made.",
        default=False,
    )
    page: bool = given(
        "Make one page that opens in any browser with a passphrase. Six random words are made.",
        default=False,
    )
    own_passphrase: bool = given(
        "Ask for a passphrase of your own instead of making random words.", default=False
    )
    unsealed: bool = given(
        "Write the marked picture itself: anybody who gets it can look at it.", default=False
    )
    unmarked: bool = given(
        "Hand it over clean, but without a mark: a leak cannot be traced.", default=False
    )
    wish: tuple[str, ...] = given(
        'A wish for the person to read, such as "please do not pass it on".', default=()
    )
    until: str = given("Wish that it is deleted after this date, as 2026-12-31.", default="")
    views: int = given(
        "Wish that it is looked at this many times at most; 0 for no wish.", default=0
    )


@dataclass(frozen=True, slots=True)
class Made:
    """One copy. `sealed` is how: `key`, `passphrase`, `page`, or null where it is not sealed."""

    item: str
    recipient: str
    file: Path
    sealed: str | None
    handover: str
    marked: bool


@dataclass(frozen=True, slots=True)
class NotMade:
    """An item of which no copy was made: the code that says so, and the reason in words."""

    item: str
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class MakeAnswer(Answer):
    """The copies that were made, and what to tell the person who gets them.

    `passphrase` holds the random words, the only time that they are shown. `not_compared` says
    that it is sealed to the key of a person with whom it was never compared aloud.
    """

    made: tuple[Made, ...]
    skipped: tuple[NotMade, ...]
    passphrase: str | None
    not_compared: bool

    @property
    def outcome(self) -> Outcome:
        """Return how it went."""
        return Outcome.GAPS if self.skipped else Outcome.DONE


def _warning(request: MakeRequest) -> str | None:
    return "handing-unsealed" if request.unsealed else None


@action("share.make", warns=_warning)
def make(context: Context, request: MakeRequest) -> MakeAnswer:
    """Make a copy of items for one person: marked, sealed, and written down in the ledger."""
    wishes = choosing.checked_wishes(request.wish, request.until, request.views)
    wanted = Wanted(
        request.for_,
        request.seal,
        request.passphrase,
        request.page,
        request.own_passphrase,
        request.unsealed,
    )
    choosing.require_one_way(wanted)
    folder = delivering.require_folder(request.to, context)
    if context.delivery is None:
        outside.sweep(folder)
    with (
        unlocked(context, writing=True) as vault,
        decoder_of_marks() as decoder,
        Cleaner() as cleaner,
    ):
        items = list({item.item: item for item in map(vault.item, request.items)}.values())
        choice = choosing.choose(context, vault, wanted)
        work = _Making(context, vault, decoder, cleaner, choice, wishes, folder, request.unmarked)
        made, skipped = work.run(items)
    if skipped and not made and len(items) == 1:
        raise work.problem or CannotMark(why="imaging.cannot-decode")
    words = choice.words if made else None
    return MakeAnswer(tuple(made), tuple(skipped), words, choice.compared is False)


def _in_words(problem: StillmineError) -> StillmineError:
    """Return the error with its reason in words, where that is a code of the decoder."""
    if not isinstance(problem, CannotMark):
        return problem
    return CannotMark(why=say(str(problem.facts["why"]), {})[0])


def _not_made(item: Item, problem: StillmineError) -> NotMade:
    return NotMade(item.item, problem.code, say(problem.code, problem.facts)[0])


@dataclass(slots=True)
class _Making:
    """One run over several items."""

    context: Context
    vault: Vault
    decoder: Decoder
    cleaner: Cleaner
    choice: Choice
    wishes: Wishes
    folder: Path
    unmarked: bool
    problem: StillmineError | None = None

    def run(self, items: list[Item]) -> tuple[list[Made], list[NotMade]]:
        """Make a copy of each. What is wrong with one item does not stop the others."""
        made: list[Made] = []
        skipped: list[NotMade] = []
        key = own_key(self.vault, self.context.now())
        self.context.job.begin("share.making", len(items), "copies")
        for place, item in enumerate(items):
            try:
                made.append(self._make(item, key))
            except _OF_ONE_ITEM as problem:
                self.problem = _in_words(problem)
                skipped.append(_not_made(item, self.problem))
            try:
                self.context.job.advance()
            except Stopped as problem:
                if not made:
                    raise
                # The words that open what was made are told now or never: so this is an answer.
                skipped += [_not_made(each, problem) for each in items[place + 1 :]]
                break
        return made, skipped

    def _make(self, item: Item, key: PersonalKey) -> Made:
        seed = secrets.token_bytes(SEED_LENGTH)
        copy = self._copy(item, seed)
        entry = self._entry(item, seed, copy)
        # Before one byte of the copy is written anywhere: no copy exists whose seed can be lost.
        keep_entry(self.vault, entry)
        path = self._write(entry, copy, key)
        return Made(item.item, entry.recipient, path, entry.sealed, entry.handover, entry.marked)

    def _copy(self, item: Item, seed: bytes) -> Copy:
        with self.vault.open_item(item) as (_header, content):
            if self.unmarked:
                return clean_copy(self.cleaner, content, item.size)
            return marked_copy(self.decoder, content, seed)

    def _entry(self, item: Item, seed: bytes, copy: Copy) -> Entry:
        seal, person = self.choice.seal, self.choice.person
        return Entry(
            handover=secrets.token_hex(16),
            item=item.item,
            item_name=item.name.decode("utf-8", "replace"),
            recipient=self.choice.name,
            person=person.person if person else None,
            made=self.context.now().astimezone(UTC).isoformat(timespec="seconds"),
            seed=seed.hex(),
            marked=copy.marked,
            format=copy.format,
            picture_sum=hashlib.sha256(copy.data).hexdigest(),
            sealed=seal.sealed if seal else None,
            to=seal.to if seal else "",
            wishes=self.wishes.wishes,
            until=self.wishes.until,
            views=self.wishes.views,
        )

    def _write(self, entry: Entry, copy: Copy, key: PersonalKey) -> Path:
        """Write the file, complete its line in the ledger, and only then give it its name."""
        seal, inner = self.choice.seal, inner_name(copy.format)
        pieces = [copy.data] if seal is None else seal.pieces(self._packed(entry, copy, key))
        ending = inner.rpartition(".")[2] if seal is None else seal.ending
        try:
            draft = delivering.write_draft(self.folder, pieces, self.context)
        except BaseException:
            drop_entry(self.vault, entry)  # the draft is gone, so there is nothing to remember
            raise
        path = self.folder / outer_name(ending)
        in_memory = self.context.delivery is not None  # where it is saved later nobody tells us
        where = path.name if in_memory else str(path.absolute())
        entry = replace(entry, file=where, file_sum=draft.sha256)
        try:
            keep_entry(self.vault, entry)
            draft.publish(path)
        except BaseException:
            draft.discard()
            if not delivering.is_taken(path, self.context):
                drop_entry(self.vault, entry)
            raise
        keep_entry(self.vault, replace(entry, state=WRITTEN))
        return path

    def _packed(self, entry: Entry, copy: Copy, key: PersonalKey) -> Iterator[bytes]:
        stated = Manifest(
            hand_over=entry.handover,
            made=entry.made,
            by=str(key.contact()),
            to=entry.to,
            file=inner_name(copy.format),
            size=len(copy.data),
            sha256=entry.picture_sum,
            wishes=entry.wishes,
            until=entry.until,
            views=entry.views,
        )
        return contents.pack(stated, manifest.sign(stated, key.signing), copy.data)
