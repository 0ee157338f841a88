"""Make the fingerprints that are missing, out of the sealed items, and never unseal to a disk."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from stillmine.app.jobs import Job
from stillmine.app.storage.fingerprint_rows import Taken
from stillmine.app.storage.fingerprints import Known
from stillmine.app.storage.vault import Vault
from stillmine.errors import ItemDamaged, ItemForgotten, UnknownItem, VaultDamaged
from stillmine.imaging import Decoder, Problem, Role

DOING = "app.fingerprinting"
_WORKERS = 2  # as many as there are children
_BATCH_BYTES = 16 << 20
_BATCH_FILES = 64
# The item itself is gone or damaged, which others name: it has no fingerprint now.
_NOT_TO_BE_HAD = (ItemDamaged, ItemForgotten, UnknownItem)


@dataclass(frozen=True, slots=True)
class Without:
    """An item that cannot be recognised, and the code that says why."""

    item: str
    problem: str


def make_missing(
    vault: Vault, decoder: Decoder, job: Job, *, only: Collection[str] | None = None
) -> tuple[Without, ...]:
    """Make what is missing, of `only` these items or of all; return those that have none.

    What is done is kept as it goes on: whoever asks again after a stop, a crash or a full disk goes
    on from there. Raises Stopped where the person asked for it.
    """
    names = vault.fingerprints.missing()
    if only is not None:
        names = [name for name in names if name in set(only)]
    if not names:
        return ()
    job.begin(DOING, len(names), "files")
    return _Run(vault, decoder, job).run(iter(names))


def all_fingerprints(vault: Vault, decoder: Decoder, job: Job) -> Iterator[Known]:
    """Yield each item's number, seconds (None for a still) and fingerprint, the missing ones made.

    Damage to the fingerprints that is found on the way costs time and nothing else.
    """
    make_missing(vault, decoder, job)
    given: set[str] = set()
    try:
        for known in vault.fingerprints.all():
            given.add(known[0])
            yield known
    except VaultDamaged:
        make_missing(vault, decoder, job)
        yield from (known for known in vault.fingerprints.all() if known[0] not in given)


class _Run:
    """Items under way, a few at a time, and what they gave so far, written in batches."""

    def __init__(self, vault: Vault, decoder: Decoder, job: Job) -> None:
        self._vault, self._decoder, self._job = vault, decoder, job
        self._batch: list[Taken] = []
        self._without: list[Without] = []

    def run(self, names: Iterator[str]) -> tuple[Without, ...]:
        running: set[Future[Taken]] = set()
        with ThreadPoolExecutor(_WORKERS, thread_name_prefix="likeness") as pool:
            try:
                while True:
                    while len(running) < _WORKERS and (name := next(names, None)) is not None:
                        running.add(pool.submit(self._take, name))
                    if not running:
                        break
                    done, running = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        self._keep(future.result())
                        self._job.advance()
            finally:
                # What was taken is kept, however this ends.
                self._write()
        return tuple(self._without)

    def _take(self, name: str) -> Taken:
        try:
            item = self._vault.item(name)
            with self._vault.open_item(item) as (_header, content):
                likeness = self._decoder.fingerprints(content, Role.ITEM)
        except _NOT_TO_BE_HAD:
            return Taken(name, (), Problem.CANNOT_READ.value)
        return Taken(name, likeness.samples, likeness.problem)

    def _keep(self, taken: Taken) -> None:
        self._batch.append(taken)
        if taken.problem is not None:
            self._without.append(Without(taken.item, taken.problem))
        size = sum(len(sample.fingerprint) for each in self._batch for sample in each.samples)
        if size >= _BATCH_BYTES or len(self._batch) >= _BATCH_FILES:
            self._write()

    def _write(self) -> None:
        self._vault.fingerprints.put_all(self._batch)
        self._batch.clear()
