"""What the crash scenarios of the vault share: making one, using it, and looking what is left."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from stillmine.app import unlocking
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage import inbox, key_table, opening, slots, writer
from stillmine.app.storage.container import Header
from stillmine.app.storage.creating import create_vault
from stillmine.app.storage.key_table import KeyRow
from stillmine.app.storage.objects import SealedObject, new_item, open_object
from stillmine.app.storage.root_key import RootKey
from stillmine.app.storage.slots import WayIn
from stillmine.app.storage.twin import NOT_GOOD
from stillmine.app.storage.vault import Vault
from stillmine.crypto import decrypt
from stillmine.errors import WrongPassphrase
from stillmine.keep import rekey, setup, verify, ways_in

WORK_FACTOR = 4  # what is tried here is the order of writing, not the cost of guessing
WORDS = ("abandon",) * 11 + ("about",)
OLD, NEW = "an old passphrase", "a new passphrase"
LABELS = {"old": "first words", "kept": "", "unwanted": "not this one"}
SETTING = {"minutes": 15}


def cheapen() -> None:
    """Let this process (a fork that ends soon) derive keys in no time."""
    for module in (unlocking, setup, ways_in, rekey):
        module.WORK_FACTOR = WORK_FACTOR


def home_of(room: Path) -> Home:
    return Home(room / "home")


@dataclass(frozen=True)
class Keys:
    """A person who knows one passphrase."""

    text: str

    def passphrase(self) -> str:
        return self.text

    def device_key(self) -> None:
        return None


def context(home: Home, text: str = OLD) -> Context:
    return Context(home.root, Keys(text))


def content(name: str) -> bytes:
    """Return bytes that only this name has: some thousand, or several chunks of a large one."""
    size = 150_000 if name.startswith("large") else 2_000 + 97 * len(name)
    return hashlib.shake_256(name.encode()).digest(size)


# ---- doing ---------------------------------------------------------------------------------------


def sealed(vault: Vault, name: str) -> SealedObject:
    data = content(name)
    header = Header(
        item=new_item(), name=name.encode(), size=len(data), modified=1_700_000_000_123_456_789,
        added=time.time_ns(), label=LABELS.get(name, ""),
    )  # fmt: skip
    return vault.seal(io.BytesIO(data), header)


def add(vault: Vault, *names: str) -> None:
    vault.add([sealed(vault, name) for name in names])


def unlock(home: Home, *texts: str) -> tuple[RootKey, str]:
    """Return the root key and the first of these passphrases that gives it."""
    for text in texts:
        try:
            return opening.unlock(home, WayIn.by_passphrase(text, WORK_FACTOR)), text
        except WrongPassphrase:
            continue
    raise AssertionError(f"none of {texts} opens the vault")


def prepare_vault(room: Path) -> None:
    """Make a vault with three items, a setting, a letter and a checkpoint."""
    cheapen()
    home = home_of(room)
    root = create_vault(
        home, [WayIn.by_passphrase(OLD, WORK_FACTOR), WayIn.by_words(WORDS, WORK_FACTOR)]
    )
    with opening.open_vault(home, root, writing=True) as vault:
        add(vault, "old", "kept")
        add(vault, "unwanted")
        vault.set_record("setting", "lock", SETTING)
    inbox.drop(home, b"an early letter")


def reopen_vault(room: Path) -> None:
    """Recover, as the next reader does."""
    cheapen()
    home = home_of(room)
    root, _ = unlock(home, OLD, NEW)
    with opening.open_vault(home, root):
        pass


# ---- looking -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Facts:
    """What must be so after a cut.

    `must` are the names that have to be there and `may` those that can be; `labels` are those that
    each name can have, and `letters` those that must lie in the inbox.
    """

    must: frozenset[str]
    may: frozenset[str]
    gone: frozenset[str] = frozenset()
    labels: Mapping[str, frozenset[str]] = field(default_factory=dict)
    albums: Mapping[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    letters: frozenset[bytes] = frozenset({b"an early letter"})
    phrases: tuple[str, ...] = (OLD,)
    shut: tuple[str, ...] = ()


def told(confirmed: Iterable[str], what: str) -> frozenset[str]:
    """Return the objects of all confirmations of one kind: `told(c, "added")` -> {"a", "b"}."""
    return frozenset(c.partition(" ")[2] for c in confirmed if c.partition(" ")[0] == what)


def facts(
    confirmed: Sequence[str], *, adding: Iterable[str] = (), forgetting: Iterable[str] = ()
) -> Facts:
    """Return what must be so of the prepared vault, given what was under way and confirmed."""
    added, gone = told(confirmed, "added"), told(confirmed, "forgotten")
    must = (frozenset(LABELS) - frozenset(forgetting)) | added
    may = (frozenset(LABELS) - gone) | frozenset(adding) | added
    return Facts(must, may, gone)


def look(vault: Vault, fact: Facts) -> None:
    """Read everything that is listed; nothing may be missing, half-done, or brought back."""
    listed = {item.shown_name: item for item in vault.items()}
    assert fact.must <= listed.keys(), f"lost: {sorted(fact.must - listed.keys())}"
    assert listed.keys() <= fact.may, f"not to be seen: {sorted(listed.keys() - fact.may)}"
    for name, item in listed.items():
        allowed = fact.labels.get(name, frozenset({LABELS.get(name, "")}))
        assert item.label in allowed, f"{name} is labelled {item.label!r}, not one of {allowed}"
        albums = fact.albums.get(name, frozenset({()}))
        assert item.albums in albums, f"{name} lies in {item.albums}, not one of {albums}"
        with vault.open_item(item) as (header, file):
            assert header.name == name.encode(), f"{name} holds {header.name!r}"
            assert file.read() == content(name), f"{name} is not what was put in"
    letters = {text for _name, text in inbox.letters(vault.home, vault.epoch)}
    assert None not in letters, "a letter is damaged"
    assert fact.letters <= letters, f"letters lost: {fact.letters - letters}"


def every_key(home: Home, vault: Vault) -> Iterator[KeyRow]:
    """Yield each row of each key table that lies anywhere in the home and can be opened."""
    identities = [tables.identity for tables in vault.epoch.compartments.values()]
    for path in home.root.rglob("table-*"):
        for identity in identities:
            try:
                yield from key_table.open_table(path.read_bytes(), identity).rows
            except NOT_GOOD:
                continue


def prove_forgotten(home: Home, vault: Vault, names: frozenset[str]) -> None:
    """No key in the home may open an object whose name was confirmed as forgotten."""
    if not names:
        return
    here = {path.stem: path for path in home.root.rglob("*.age") if len(path.stem) == 32}
    for row in every_key(home, vault):
        if row.item in here:
            with open_object(here[row.item].parent.parent, row) as (header, _):
                name = header.name.decode()
            assert name not in names, f"{name} was forgotten, and its key opens it still"
    for path in home.checkpoints.glob("*.age"):
        text = decrypt(path.read_bytes(), [vault.root.identity])
        for name in names:
            assert name.encode() not in text, f"a checkpoint names {name}, which was forgotten"


def check_vault(room: Path, fact: Facts, *, rebuilt: bool = False) -> None:
    """Do all a person would do next, and look at everything on the way."""
    cheapen()
    home = home_of(room)
    root, text = unlock(home, *fact.phrases)
    for shut in fact.shut:
        try:
            unlock(home, shut)
        except AssertionError:
            continue
        raise AssertionError(f"{shut!r} opens the vault still")
    with opening.open_vault(home, root) as vault:
        look(vault, fact)
        prove_forgotten(home, vault, fact.gone)
        assert vault.catalogue.record("setting", "lock") == SETTING, "a setting is lost"
    clean_writer(home, root)
    with_fresh = replace(fact, must=fact.must | {"fresh"}, may=fact.may | {"fresh"})
    verify_all(home, text, least=len(with_fresh.must))
    if rebuilt:
        home.catalogue.unlink()
        with opening.open_vault(home, root) as vault:
            look(vault, with_fresh)


def clean_writer(home: Home, root: RootKey) -> None:
    """Run an uncut writer; after it nothing half-done may lie about."""
    with opening.open_vault(home, root, writing=True) as vault:
        add(vault, "fresh")
    left = sorted(path.name for path in home.unfinished.iterdir())
    assert left == [], f"leftovers in unfinished: {left}"
    names = sorted(path.name for path in home.keys.iterdir())
    assert len(names) == 1, f"key epochs left: {names}"
    assert not (home.keys / names[0] / "pending").exists(), "an epoch is pending still"
    assert not writer.was_interrupted(home), "the note of a writer is left"
    assert slots.damage_in_slots(home.slots) == [], "slots are damaged"


def verify_all(home: Home, text: str = OLD, *, least: int = 0) -> None:
    answer = verify.verify(context(home, text), verify.VerifyRequest())
    assert answer.checked >= least, f"{answer.checked} items are left of {least}"
    assert not answer.damaged, f"damaged: {answer.damaged}"
    assert not answer.damaged_files, f"damaged: {answer.damaged_files}"
    assert not answer.strays, f"strays: {answer.strays}"
