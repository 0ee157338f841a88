"""Keep what shows that a letter was sent or answered, as proof of its own kind."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from stillmine.act.case.handed_in import Sums, take_in, to_keep
from stillmine.act.case.model import Case
from stillmine.act.keeping import keep_proof
from stillmine.app.context import Context
from stillmine.app.sources.finding import OpenSource
from stillmine.app.sources.handed import HandedFile
from stillmine.app.storage.vault import Vault
from stillmine.errors import InsideHome, NoSuchFile

RECEIPT = "receipt"


def keep_receipt(
    context: Context,
    vault: Vault,
    case: Case,
    given: Path | HandedFile,
    notice: str,
    now: datetime,
) -> tuple[Case, str]:
    """Keep a file as a receipt of a letter; return the case with it, and its short name.

    It is bundled, signed, sealed and logged as all proof is; no authority stamps it, because
    noting an answer sends nothing. A file that the case has already is not kept twice. Raises
    NoSuchFile, InsideHome, NotAFile, CannotReadFile, ChangedWhileReading.
    """
    if isinstance(given, Path):
        _require_outside(given, context.home)
    known = {
        Sums(file.size, file.sha256): proof.proof for proof in case.proofs for file in proof.files
    }
    with OpenSource(given) as source:
        context.job.begin("clock.receipt", source.size, "bytes")
        taken = take_in(vault, case, source, 1, known, context.job)
    if isinstance(taken, Sums):
        return case, known[taken]
    wanted = to_keep(vault, case.case, RECEIPT, [taken], title=taken.kept.name, notice=notice)
    kept, proof, _made = keep_proof(vault, case.case, wanted, now=now)
    return kept, proof.proof


def _require_outside(path: Path, home: Path) -> None:
    if not path.exists():
        raise NoSuchFile(file=path.name)
    if path.resolve().is_relative_to(home.resolve()):
        raise InsideHome(file=path.name)
