"""Take in as proof what people have: screenshots, saved pages, chats, mails, any file, as it is."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from stillmine.act.case.handed_in import HandedIn, Sums, take_in, to_keep
from stillmine.act.case.model import Case
from stillmine.act.case.store import find_case
from stillmine.act.case.typed import several_lines
from stillmine.act.keeping import Stamper, keep_proof, no_stamps
from stillmine.act.proof.asking import Asking, asking
from stillmine.act.proof.stamping import NotStamped
from stillmine.app.actions import Answer, Outcome, Sends, action, given
from stillmine.app.context import Context
from stillmine.app.sources.finding import OpenSource, Skipped, find_sources, skipped
from stillmine.app.sources.handed import HandedFile
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import (
    CannotReadFile,
    ChangedWhileReading,
    NotAFile,
    NothingMayLeave,
    Stopped,
)
from stillmine.messages import translate
from stillmine.messages.cases import KINDS

NAME = "act.case.import"
_MOST_FILES = 500
_MOST_BYTES = 64 << 20
_LONGEST_TITLE = 200
# What goes wrong with one file and leaves the others untouched. Everything else (a full disk, a
# failing one) concerns the vault, and ends the work after what was confirmed.
_OF_ONE_FILE = (CannotReadFile, NotAFile, ChangedWhileReading)
Found = Path | HandedFile | Skipped


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """Which files, for which case."""

    case: str = given("The case, or how its name begins.", positional=True)
    files: tuple[Path, ...] = given("Files, or folders with files in them.", positional=True)
    note: str = given("What these files show, in your own words.", default="")
    no_stamp: bool = given("Ask no time-stamp authority to vouch for the time.", default=False)


@dataclass(frozen=True, slots=True)
class Imported:
    """A file that is kept as proof now, or was before; its SHA-256 is hexadecimal."""

    file: Path
    proof: str
    kind: str
    sha256: str

    @property
    def line(self) -> str:
        """Return what a person reads of it."""
        return f"{self.proof:<4} {translate(KINDS[self.kind])}: {self.file}"


@dataclass(frozen=True, slots=True)
class NewProof:
    """A bundle: who vouches for its time, and the one number that stands for all of it."""

    proof: str
    files: int
    stamped: tuple[str, ...]
    root: str


@dataclass(frozen=True, slots=True)
class ImportAnswer(Answer):
    """What became of each file. The files themselves were not changed.

    `not_stamped` are the authorities that did not vouch for the time, and why.
    """

    case: str
    proofs: tuple[NewProof, ...]
    added: tuple[Imported, ...]
    already: tuple[Imported, ...]
    skipped: tuple[Skipped, ...]
    not_stamped: tuple[NotStamped, ...]

    @property
    def outcome(self) -> Outcome:
        """Return gaps where a file was skipped, or nobody vouched for the time who was asked."""
        if not self.added and not self.already and not self.skipped:
            return Outcome.NOTHING_FOUND
        return Outcome.GAPS if self.skipped or self.not_stamped else Outcome.DONE


def _sends(request: ImportRequest) -> bool:
    return not request.no_stamp


@action(
    NAME,
    sends=Sends(
        what="A number from which nobody can tell what was kept. No file and no name.",
        to="Time-stamp authorities",
        they_learn="Your address on the internet, and when.",
        undo="No: what they noted stays with them. To send nothing, add --no-stamp.",
    ),
    sends_when=_sends,
)
def import_files(context: Context, request: ImportRequest) -> ImportAnswer:
    """Keep what you have as proof, bit by bit: screenshots, saved pages, chats, mails, videos."""
    note = several_lines(request.note, "--note")
    if _sends(request) and not context.agreed_to_send:
        raise NothingMayLeave(agreed="-", asked="time-stamp authorities")
    found = list(find_sources(request.files, context))
    with unlocked(context, writing=True) as vault:
        case = find_case(vault, request.case)
        stamp = no_stamps if request.no_stamp else asking(context, vault, NAME)
        run = _Import(context, vault, case, note, stamp)
        run.take_all(found)
        return run.answer(stamp.missing if isinstance(stamp, Asking) else ())


@dataclass(slots=True)
class _Import:
    """One run: files are read one by one, and bundled a few hundred at a time."""

    context: Context
    vault: Vault
    case: Case
    note: str
    stamp: Stamper
    added: list[tuple[HandedIn, str]] = field(default_factory=list)
    already: list[tuple[Path, Sums]] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    proofs: list[NewProof] = field(default_factory=list)
    _batch: list[HandedIn] = field(default_factory=list)
    _sums: set[Sums] = field(default_factory=set)

    def take_all(self, found: list[Found]) -> None:
        """Keep everything. What is asked to stop stops between files, and keeps what is done."""
        self._sums = {sums for sums, _proof, _kind in _known(self.case)}
        self.context.job.begin("case.taking-in", _bytes(found), "bytes")
        try:
            for each in found:
                if isinstance(each, Skipped):
                    self.skipped.append(each)
                else:
                    self._take(each)
                if self._batch_is_full():
                    self._bundle()
        except Stopped:
            self._bundle()
            raise
        self._bundle()

    def _take(self, given: Path | HandedFile) -> None:
        path = given if isinstance(given, Path) else given.path
        number = len(self._batch) + 1
        try:
            with OpenSource(given) as source:
                taken = take_in(self.vault, self.case, source, number, self._sums, self.context.job)
        except _OF_ONE_FILE as problem:
            self.skipped.append(skipped(path, problem))
            return
        if isinstance(taken, Sums):
            self.already.append((path, taken))
        else:
            self._batch.append(taken)
            self._sums.add(taken.sums)

    def _batch_is_full(self) -> bool:
        inside = sum(each.sums.size for each in self._batch if each.piece)
        return inside >= _MOST_BYTES or len(self._batch) >= _MOST_FILES

    def _bundle(self) -> None:
        if not self._batch:
            return
        case = self.case.case
        wanted = to_keep(
            self.vault, case, "import", self._batch, title=_title(self._batch), note=self.note
        )
        now = self.context.now()
        self.case, proof, made = keep_proof(self.vault, case, wanted, now=now, stamp=self.stamp)
        self.added += [(each, proof.proof) for each in self._batch]
        self.proofs.append(NewProof(proof.proof, len(self._batch), made.stamped, made.root))
        self._batch = []

    def answer(self, missing: Sequence[NotStamped]) -> ImportAnswer:
        """Return what became of everything."""
        where = {s: (p, k) for s, p, k in _known(self.case)}
        return ImportAnswer(
            self.case.case,
            tuple(self.proofs),
            tuple(
                Imported(each.file, proof, each.kept.kind, each.sums.sha256)
                for each, proof in self.added
            ),
            tuple(Imported(path, *where[sums], sums.sha256) for path, sums in self.already),
            tuple(self.skipped),
            tuple(dict.fromkeys(missing)),
        )


def _known(case: Case) -> list[tuple[Sums, str, str]]:
    """Return the sums of every file that a case has, with the proof it lies in and its kind."""
    return [
        (Sums(file.size, file.sha256), proof.proof, file.kind)
        for proof in case.proofs
        for file in proof.files
    ]


def _title(batch: list[HandedIn]) -> str:
    names = ", ".join(each.kept.name for each in batch)
    return names if len(names) <= _LONGEST_TITLE else names[: _LONGEST_TITLE - 1] + "…"


def _bytes(found: list[Found]) -> int:
    total = 0
    for each in found:
        with suppress(OSError):
            total += each.size if isinstance(each, HandedFile) else 0
            total += each.stat().st_size if isinstance(each, Path) else 0
    return total
