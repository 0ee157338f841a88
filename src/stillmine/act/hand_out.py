"""Give a person the bundle of a proof as a file, for somebody who has no such vault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from stillmine.act.case.store import find_case, keep_case, noted, proof_of
from stillmine.app import outside
from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.home import Home
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
    """The file that was written; it is not sealed. `root` is hexadecimal."""

    case: str
    proof: str
    file: Path
    size: int
    level: str
    root: str


def _warning(_request: HandOutRequest) -> str | None:
    return "hand-out"


@action("act.hand-out", warns=_warning)
def hand_out(context: Context, request: HandOutRequest) -> HandOutAnswer:
    """Write the bundle of a proof to a file, to hand to the police, a lawyer or a helper."""
    with unlocked(context, writing=True) as vault:
        case = find_case(vault, request.case)
        proof = proof_of(case, request.proof)
        folder = outside.require_folder(request.to, Home(context.home))
        file = folder / f"{proof.proof}-{proof.root[:8]}.wacz"
        context.job.begin("hand-out.writing", proof.size, "bytes")
        with vault.evidence.open(proof.evidence, why="handed-out") as content:
            outside.write_new(file, _pieces(context, content))
        keep_case(vault, noted(case, context.now(), "handed-out", proof=proof.proof))
    return HandOutAnswer(case.case, proof.proof, file, proof.size, proof.level, proof.root)


def _pieces(context: Context, content: BinaryIO) -> Iterator[bytes]:
    while piece := content.read(_PIECE):
        yield piece
        context.job.advance(len(piece))
