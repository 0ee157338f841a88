"""The steps of `stillmine try`: each does one real thing and says what came of it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stillmine.app.actions import Secret
from stillmine.app.context import Context
from stillmine.journeys.finding import find_changed_copy
from stillmine.journeys.leaking import trace_a_leak
from stillmine.journeys.looking import find_by_looking
from stillmine.journeys.proving import keep_proof_of_a_page, write_a_letter
from stillmine.journeys.told import Told
from stillmine.keep.add import AddAnswer, AddRequest, add
from stillmine.keep.backup import choosing, drill, restore, run
from stillmine.keep.backup.verify import VerifyRequest as CheckRequest
from stillmine.keep.backup.verify import verify as check_backup
from stillmine.keep.export import ExportRequest, export
from stillmine.keep.finding import ListRequest, list_items
from stillmine.keep.setup import InitRequest, init
from stillmine.keep.verify import VerifyRequest, verify
from stillmine.keep.ways_in import RecoverRequest, recover

STEPS = 16
"""How many steps a walk has."""
_PLACE = "stick"
_PIECE = 24  # bytes of a picture that are searched for


class TypedPassphrase:
    """Gives the throw-away passphrase to the steps, as a person would type it."""

    def __init__(self, text: str) -> None:
        """Take the passphrase."""
        self.text = text

    def passphrase(self) -> str:
        """Return it."""
        return self.text

    def device_key(self) -> Path | None:
        """Return that there is none."""
        return None

    def secret(self, kind: str, question: str = "") -> str:
        """Return the same for whatever else is asked."""
        del kind, question
        return self.text


@dataclass(slots=True)
class Walk:
    """One walk: a folder to be thrown away, the pictures, and what the steps found out."""

    folder: Path
    context: Context
    keys: TypedPassphrase
    pictures: list[Path]
    words: tuple[str, ...] = ()
    sums: dict[str, int] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """Where the vault lies."""
        return self.context.home

    @property
    def place(self) -> Path:
        """Where the backup lies."""
        return self.folder / "stick"

    def steps(self) -> Iterator[tuple[str, Told]]:
        """Take the steps one after the other."""
        self.sums = {sum_of(path): 0 for path in self.pictures}
        for name, step in (
            ("init", self._init),
            ("keep", self._keep),
            ("crash", self._crash),
            ("again", self._again),
            ("sealed", self._sealed),
            ("found", self._found),
            ("looked", self._looked),
            ("leak", self._leak),
            ("proof", self._proof),
            ("letter", self._letter),
            ("verify", self._verify),
            ("backup", self._backup),
            ("flip", self._flip),
            ("drill", self._drill),
            ("loss", self._loss),
            ("whole", self._whole),
        ):
            yield name, step()

    def _init(self) -> Told:
        answer = init(self.context, InitRequest(Secret(self.keys.text)))
        self.words = answer.words
        return Told(len(answer.words) == 12)

    def _keep(self) -> Told:
        """Keep one half of the pictures; the next step is disturbed while it keeps the rest."""
        half = self.pictures[: max(1, len(self.pictures) // 2)]
        answer = add(self.context, AddRequest(tuple(half)))
        kept = len(answer.added) + len(answer.already)
        good = kept == len(half) and all(sum_of(path) in self.sums for path in half)
        return Told(good, {"count": kept, "size": sum(path.stat().st_size for path in half)})

    def _crash(self) -> Told:
        """Kill a second process, which keeps the pictures, as soon as it has begun to seal."""
        kill_while_sealing(self.home, self.keys.text, self.pictures)
        confirmed = list_items(self.context, ListRequest()).items
        whole = verify(self.context, VerifyRequest())
        safe = whole.checked - len(whole.damaged)
        answer = self._add()
        kept = len(answer.added) + len(answer.already)
        good = safe == len(confirmed) and not whole.damaged_files and kept == len(self.pictures)
        return Told(good, {"safe": safe, "confirmed": len(confirmed), "kept": kept})

    def _add(self) -> AddAnswer:
        return add(self.context, AddRequest(tuple(self.pictures)))

    def _again(self) -> Told:
        answer = self._add()
        already = len(answer.already)
        good = already == len(self.pictures) and not answer.added
        return Told(good, {"already": already, "count": len(self.pictures)})

    def _sealed(self) -> Told:
        """Look for pieces of the pictures, and for their names, in every file of the vault."""
        pieces = [piece for path in self.pictures for piece in _pieces(path)]
        files = [path for path in self.home.rglob("*") if path.is_file()]
        found = sum(any(piece in data for piece in pieces) for data in map(Path.read_bytes, files))
        return Told(found == 0, {"files": len(files), "found": found})

    def _found(self) -> Told:
        return find_changed_copy(self.context, self.folder / "elsewhere", self.pictures)

    def _looked(self) -> Told:
        return find_by_looking(self.context, self.pictures)

    def _leak(self) -> Told:
        return trace_a_leak(self.context, self.folder / "given away")

    def _proof(self) -> Told:
        return keep_proof_of_a_page(self.context, self.folder / "proof")

    def _letter(self) -> Told:
        return write_a_letter(self.context)

    def _verify(self) -> Told:
        answer = verify(self.context, VerifyRequest())
        damaged = len(answer.damaged) + len(answer.damaged_files)
        return Told(damaged == 0, {"checked": answer.checked, "damaged": damaged})

    def _backup(self) -> Told:
        self.place.mkdir()
        choosing.add(self.context, choosing.AddRequest(_PLACE, str(self.place)))
        (first,) = run.run(self.context, run.RunRequest()).runs
        (second,) = run.run(self.context, run.RunRequest()).runs
        return Told(second.unchanged, {"sent": first.sent, "unchanged": _yes(second.unchanged)})

    def _flip(self) -> Told:
        victim = next(path for path in sorted(self.place.glob("objects/*/*")))
        victim.chmod(0o600)
        with victim.open("r+b") as file:
            file.seek(victim.stat().st_size // 2)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 1]))
        (found,) = check_backup(self.context, CheckRequest()).places
        mended = sum(bad.mended for bad in found.damaged)
        facts: dict[str, object] = {"named": len(found.damaged), "mended": mended}
        return Told(mended == len(found.damaged) == 1, facts)

    def _drill(self) -> Told:
        answer = drill.drill(self.context, drill.DrillRequest(_PLACE, Secret(" ".join(self.words))))
        facts: dict[str, object] = {
            "opened": answer.opened,
            "items": answer.items,
            "passed": _yes(answer.passed),
        }
        return Told(answer.passed, facts)

    def _loss(self) -> Told:
        shutil.rmtree(self.home)
        restore.restore(self.context, restore.RestoreRequest(str(self.place)))
        self.keys.text = f"{self.keys.text}, and a new one"
        words = Secret(" ".join(self.words))
        recover(self.context, RecoverRequest(words, Secret(self.keys.text)))
        return Told(True)

    def _whole(self) -> Told:
        folder = self.folder / "back"
        answer = export(self.context, ExportRequest(to=folder))
        same = {sum_of(each.file) for each in answer.exported} & self.sums.keys()
        good = len(same) == len(self.sums) and not answer.skipped
        return Told(good, {"same": len(same), "count": len(self.sums)})


def kill_while_sealing(home: Path, passphrase: str, pictures: Sequence[Path]) -> None:
    """Run `keep add` as a process of its own, and kill it as soon as it has begun to seal."""
    command = [sys.executable, "-m", "stillmine", "--home", str(home), "--json", "keep", "add"]
    process = subprocess.Popen(  # noqa: S603 - this very program, no shell
        [*command, *map(str, pictures)],
        env={**os.environ, "STILLMINE_PASSPHRASE_FILE": "-"},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    if process.stdin is None or process.stderr is None:
        raise RuntimeError("a process was started without its pipes")
    with process.stdin as pipe:
        pipe.write(passphrase.encode())
    with process.stderr as progress:
        for line in progress:
            if b'"keep.adding"' in line:
                break
        process.kill()
        process.wait()


def sum_of(path: Path) -> str:
    """Return the SHA-256 of a file, as hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"


def _pieces(path: Path) -> Iterable[bytes]:
    data = path.read_bytes()
    places = (len(data) // 3, len(data) // 2, max(0, len(data) - 2 * _PIECE))
    yield os.fsencode(path.name)
    yield from (data[at : at + _PIECE] for at in places if len(data) > 4 * _PIECE)
