"""Give a person the bundle of a proof as a file, for somebody who has no such vault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from stillmine.act.case.store import find_case, keep_case, noted, proof_of
from stillmine.act.proof import piece_name
from stillmine.app import delivering
from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class HandOutRequest:
    """Which proof, and where to write it."""

    proof: str = given("The proof, such as p1.", positional=True)
    case: str = given("The case, by its name or how that begins.")
    to: Path = given("The folder to write the file to.", default=Path())


@dataclass(frozen=True, slots=True)
class HandOutAnswer(Answer):
    """The file that was written; it is not sealed. `root` is hexadecimal.

    `beside` are files that were handed in and are too large to lie in the bundle, bit by bit.
    """

    case: str
    proof: str
    file: Path
    size: int
    level: str
    root: str
    beside: tuple[Path, ...] = ()


def _warning(_request: HandOutRequest) -> str | None:
    return "hand-out"


@action("act.hand-out", warns=_warning)
def hand_out(context: Context, request: HandOutRequest) -> HandOutAnswer:
    """Write the bundle of a proof to a file, to hand to the police, a lawyer or a helper."""
    with unlocked(context, writing=True) as vault:
        case = find_case(vault, request.case)
        proof = proof_of(case, request.proof)
        folder = delivering.require_folder(request.to, context)
        file = folder / f"{proof.proof}-{proof.root[:8]}.wacz"
        apart = [each for each in proof.files if each.apart]
        total = proof.size + sum(each.size for each in apart)
        context.job.begin("hand-out.writing", total, "bytes")
        _write(context, vault, proof.evidence, file)
        beside = tuple(
            folder / f"{file.stem}-{piece_name(each.name, number)}"
            for number, each in enumerate(apart, 1)
        )
        for each, path in zip(apart, beside, strict=True):
            _write(context, vault, each.apart, path)
        keep_case(vault, noted(case, context.now(), "handed-out", proof=proof.proof))
    return HandOutAnswer(case.case, proof.proof, file, proof.size, proof.level, proof.root, beside)


def _write(context: Context, vault: Vault, evidence: str, path: Path) -> None:
    with vault.evidence.open(evidence, why="handed-out") as content:
        delivering.give(path, _pieces(context, content), context)


def _pieces(context: Context, content: BinaryIO) -> Iterator[bytes]:
    while piece := content.read(_PIECE):
        yield piece
        context.job.advance(len(piece))
