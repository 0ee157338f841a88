"""Copy what is new to a place, and sign the list of all that is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime

from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.jobs import Job
from stillmine.app.network.targets.target import Target
from stillmine.app.storage import durable, readme
from stillmine.app.storage.vault import Vault
from stillmine.errors import (
    AlreadyThere,
    BrokenManifest,
    NotThere,
    OtherVault,
    SourceUnreadable,
)
from stillmine.keep.backup import manifest
from stillmine.keep.backup.contents import (
    key_entries,
    newest_checkpoint,
    object_entries,
    only_there,
    state_entries,
)
from stillmine.keep.backup.lists import list_counters, lists_at
from stillmine.keep.backup.lists import newest_manifest as newest_manifest
from stillmine.keep.backup.manifest import BY_NAME, Entry, entries_root
from stillmine.keep.backup.places import Place, remember, vault_name

PAGE = "readme.txt"
PAGE_TEXT = f"""\
This is the backup of a stillmine vault. All of it is sealed: nobody can read it without the
passphrase or the recovery words of its owner. Please leave it as it is.

To bring the vault back into an empty folder:

    stillmine --home FOLDER keep backup restore PLACE

If the program is gone, standard tools do it: age (age-encryption.org), tar, sqlite3 and a shell.
Get all of this folder onto your computer, open a terminal in it, and type the lines below. They
copy each file to its name in a new vault, and say which files are not what they were.

        vault=$HOME/vault; list=manifests/$(ls manifests | tail -n 1)
        sed 1,2d "$list" | while read -r sum size name place; do
          case $name$place in *..*) continue;; esac
          mkdir -p "$vault/${{name%/*}}"; cp "$place" "$vault/$name"
          echo "$sum  $vault/$name"
        done | sha256sum -c | grep -v ': OK$'
        cd "$vault"

Then open the vault.

{readme.STEPS}"""
_WORKERS = 4
_IN_FLIGHT = 16


@dataclass(frozen=True, slots=True)
class Run:
    """What one run did at one place: sizes in bytes."""

    place: str
    counter: int
    files: int
    sent: int
    sent_size: int
    unchanged: bool


def send_objects(vault: Vault, target: Target, job: Job) -> tuple[int, int]:
    """Send the items that the place does not hold yet; return how many, and their bytes."""
    there = {entry.name: entry.size for entry in target.names("objects/")}
    missing = [e for e in object_entries(vault) if there.get(e.place) != e.size]
    for entry in missing:
        if entry.place in there:
            target.remove(entry.place)  # of the wrong size: never whole, so nothing is lost
    job.begin("backup.sending", sum(entry.size for entry in missing), "bytes")
    return _send(vault.home, target, missing, job)


def _send(home: Home, target: Target, entries: Sequence[Entry], job: Job) -> tuple[int, int]:
    def send(entry: Entry) -> int:
        try:
            target.put_new(entry.place, home.root / entry.name)
        except AlreadyThere:
            return 0
        except SourceUnreadable:
            return 0  # forgotten since the list was made, or damaged: verify tells which
        return entry.size

    sizes = [size for size in side_by_side(send, entries, job) if size]
    return len(sizes), sum(sizes)


def side_by_side(work: Callable[[Entry], int], entries: Iterable[Entry], job: Job) -> list[int]:
    """Do something for each file, a few at a time; stop between files when that is asked."""
    results: list[int] = []
    waiting = iter(entries)
    running: dict[Future[int], Entry] = {}
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="backup") as pool:
        try:
            while True:
                while len(running) < _IN_FLIGHT and (entry := next(waiting, None)) is not None:
                    running[pool.submit(work, entry)] = entry
                if not running:
                    return results
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    results.append(future.result())
                    job.advance(running.pop(future).size)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def finish_run(context: Context, vault: Vault, target: Target, place: Place) -> Run:
    """Send keys and catalogue, then sign and write the list: only that makes it a backup."""
    sent, sent_size = send_objects(vault, target, context.job)
    vault.epoch.mend(vault.root)  # one lost copy of a key file is no reason to make no backup
    objects, small = object_entries(vault), key_entries(vault)
    more, more_size = _send(vault.home, target, small, context.job)
    if not any(target.names(PAGE)):
        target.replace(PAGE, PAGE_TEXT.encode("ascii"))
    counter = 1 + max([place.counter, *list_counters(target)])
    made, data = manifest.write_manifest(
        vault_name(vault),
        counter,
        context.now(),
        sorted((*objects, *small, *only_there(vault, lists_at(target).newest)), key=BY_NAME),
        vault.root.signing_key,
    )
    _write_list(vault, target, made.place, data, over=False)
    remember(
        vault,
        place,
        counter=counter,
        root=made.root,
        key=made.key,
        contents=entries_root(state_entries(vault, small)),
        checkpoint=_checkpoint_name(vault.home),
        last_run=made.made.isoformat(),
    )
    return Run(
        place.name, counter, len(made.entries), sent + more, sent_size + more_size, unchanged=False
    )


def mend_list(vault: Vault, target: Target, place: Place) -> bool:
    """Write the last list at a place anew, if the vault is still what it says; say whether it is.

    It comes out the same to the byte, so nothing else that was remembered changes.
    """
    if place.checkpoint != _checkpoint_name(vault.home):
        return False
    entries = sorted((*object_entries(vault), *key_entries(vault)), key=BY_NAME)
    made = datetime.fromisoformat(place.last_run)
    key = vault.root.signing_key
    listed, data = manifest.write_manifest(vault_name(vault), place.counter, made, entries, key)
    if (listed.root, listed.key) != (place.root, place.key):
        return False
    _write_list(vault, target, listed.place, data, over=True)
    return True


def _write_list(vault: Vault, target: Target, name: str, data: bytes, *, over: bool) -> None:
    draft = durable.write_draft(data, unfinished=vault.home.unfinished)
    try:
        if over:
            target.remove(name)
        target.put_new(name, draft)
    finally:
        durable.remove(draft)


def unchanged(vault: Vault, target: Target, place: Place) -> bool:
    """Say whether the place holds all of the vault already, by what it held last time.

    Of the list at the place only the beginning is read, which names all the rest by its root.
    """
    if not place.counter or place.checkpoint != _checkpoint_name(vault.home):
        return False
    try:
        if entries_root(state_entries(vault)) != place.contents:
            return False
        if list_counters(target)[:1] != [place.counter]:
            return False
        with target.read(manifest.place_of(place.counter)) as file:
            head = manifest.read_head(file.read(manifest.LONGEST_HEAD))
    except (NotThere, BrokenManifest, SourceUnreadable):
        return False
    return (head.counter, head.root, head.key) == (place.counter, place.root, place.key)


def require_own(vault: Vault, target: Target, *, known: bool = False) -> None:
    """Raise OtherVault where the place holds the backup of another vault.

    Where it has lists and none is whole, that is BrokenManifest at a place that was not known; at
    one that was, a new list mends it.
    """
    found = lists_at(target)
    if found.newest is not None and found.newest.vault != vault_name(vault):
        raise OtherVault
    if found.newest is None and found.broken and not known:
        raise BrokenManifest


def _checkpoint_name(home: Home) -> str:
    newest = newest_checkpoint(home)
    return newest.name if newest else ""
