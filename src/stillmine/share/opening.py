"""Open what others sealed for you: who made it, what they wish, and the picture itself."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal, cast

from stillmine.app import delivering
from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.sources.finding import one_source
from stillmine.app.storage.container import Header
from stillmine.app.storage.objects import new_item
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.crypto import PersonalKey
from stillmine.imaging import Decoder, Look
from stillmine.messages import fill, translate
from stillmine.messages.handing import BOUND, RECEIVED, SENDERS
from stillmine.share import contents
from stillmine.share.contacts import Person, person_who_signs
from stillmine.share.contents import Contents
from stillmine.share.manifest import WHOEVER_KNOWS_IT, Manifest
from stillmine.share.names import ENDINGS, outer_name
from stillmine.share.own_key import find_own_key
from stillmine.share.received import OpenedBy, Window, needs_key, opener_of, sealed_file

Sender = Literal["you", "compared", "not-compared", "unknown", "unsigned"]
Bound = Literal["you", "passphrase", "somebody-else", "nobody"]


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A file that somebody sealed, and what to do with what is in it."""

    file: Path = given("The sealed file, or the page.", positional=True)
    to: Path | None = given("Write the picture to this folder. It is plain then.", default=None)
    keep: bool = given(
        "Keep the picture in your vault; it is never plain on the disk.", default=False
    )


@dataclass(frozen=True, slots=True)
class OpenAnswer(Answer):
    """What was sealed. `sender` says how far it is known who made it, `name` who that is.

    `sender`: `you`, `compared` (known, the words were compared aloud), `not-compared`, `unknown`
    (signed with a key that nobody is known by), `unsigned` (age proves no sender). `bound` says for
    whom it was made: `you`, whoever knows the `passphrase`, `somebody-else`, or `nobody` where
    nothing says so. Wishes are wishes: nothing enforces them. `about_…` say it in words.
    """

    about_sender: str
    about_recipient: str
    sender: Sender
    name: str | None
    fingerprint: str | None
    bound: Bound
    made: datetime | None
    wishes: tuple[str, ...]
    until: str | None
    views: int | None
    file: Path | None
    item: str | None
    written: bool


@action("share.open")
def open_(context: Context, request: OpenRequest) -> OpenAnswer:
    """Open what somebody sealed for you, and say who made it and what they wish."""
    home = Home(context.home)
    folder = None if request.to is None else delivering.require_folder(request.to, context)
    with sealed_file(one_source(request.file, context)) as sealed:
        if needs_key(sealed) or request.keep:
            home.require_vault()
        with _vault(context, writing=request.keep) as vault, Decoder(workers=1) as decoder:
            key = None if vault is None else find_own_key(vault)
            opener, opened_by = opener_of(context, sealed, key)
            found = contents.unpack_or_plain(opener)
            window = Window(opener, found.start, found.size)
            person = _person(vault, found.manifest)
            file = item = None
            if request.keep and vault is not None:
                item = _keep(vault, decoder, found, window, person.name if person else None)
            if folder is not None:
                path = folder / outer_name(_ending(decoder, found, window))
                file = delivering.give(path, found.read_from(window.plain), context)
    return _Known(found.manifest, opened_by, key, person).answer(file, item)


@contextlib.contextmanager
def _vault(context: Context, *, writing: bool) -> Iterator[Vault | None]:
    """Give the open vault; None where there is none, which a passphrase does not need."""
    if not Home(context.home).has_vault():
        yield None
        return
    with unlocked(context, writing=writing) as vault:
        yield vault


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of who made it and for whom."""

    manifest: Manifest | None
    opened_by: OpenedBy
    key: PersonalKey | None
    person: Person | None

    @property
    def sender(self) -> Sender:
        """How far it is known who made it."""
        if self.manifest is None:
            return "unsigned"
        if self.key is not None and self.manifest.sender.signing == self.key.signing.public:
            return "you"
        if self.person is None:
            return "unknown"
        return "compared" if self.person.verified else "not-compared"

    @property
    def bound(self) -> Bound:
        """For whom it was made, as the sender signed it: a seal alone can be put on anew."""
        if self.manifest is None:
            return "nobody"
        if self.manifest.to == WHOEVER_KNOWS_IT:
            # Opened by a key, a copy for whoever knows a passphrase was sealed anew by somebody.
            return "passphrase" if self.opened_by == "passphrase" else "somebody-else"
        mine = [str(each.recipient) for each in self.key.identities] if self.key else []
        return "you" if self.manifest.to in mine else "somebody-else"

    def answer(self, file: Path | None, item: str | None) -> OpenAnswer:
        """Return what there is to say."""
        stated, name = self.manifest, self.person.name if self.person else None
        facts = {"name": name}
        return OpenAnswer(
            about_sender=fill(translate(SENDERS[self.sender]), facts),
            about_recipient=translate(BOUND[self.bound]),
            sender=self.sender,
            name=name,
            fingerprint=" ".join(stated.sender.fingerprint) if stated else None,
            bound=self.bound,
            made=datetime.fromisoformat(stated.made) if stated else None,
            wishes=stated.wishes if stated else (),
            until=stated.until if stated else None,
            views=stated.views if stated else None,
            file=file,
            item=item,
            written=file is not None or item is not None,
        )


def _person(vault: Vault | None, manifest: Manifest | None) -> Person | None:
    if vault is None or manifest is None:
        return None
    return person_who_signs(vault, manifest.sender.signing)


def _ending(decoder: Decoder, found: Contents, window: Window) -> str:
    if found.manifest is not None:
        return found.manifest.file.rpartition(".")[2]
    return ENDINGS.get(_look(decoder, window).format, "bin")


def _look(decoder: Decoder, window: Window) -> Look:
    window.seek(0)
    return decoder.look(cast(BinaryIO, window))


def _keep(vault: Vault, decoder: Decoder, found: Contents, window: Window, name: str | None) -> str:
    """Keep the picture: read, sealed anew and confirmed, with nothing plain on the disk."""
    source = cast(BinaryIO, window)
    window.seek(0)
    known = vault.catalogue.by_digest(vault.fingerprint(source))
    if known is not None:
        return known
    look, now = _look(decoder, window), time.time_ns()
    label = fill(translate(RECEIVED), {"name": name}) if name else ""
    header = Header(
        item=new_item(),
        name=outer_name(_ending(decoder, found, window)).encode("ascii"),
        size=found.size,
        modified=now,
        added=now,
        label=label,
        kind=look.kind.value,
        format=look.format,
        width=look.width,
        height=look.height,
        seconds=look.seconds,
        problem=look.problem,
    )
    window.seek(0)
    (item,) = vault.add([vault.seal(source, header)])
    return item.item
