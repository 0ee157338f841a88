"""Bundles of proof: what was seen, listed, signed and stamped, so that a change shows."""

from stillmine.act.proof.checking import check_bundle
from stillmine.act.proof.findings import Finding, Verdict
from stillmine.act.proof.making import make_bundle
from stillmine.act.proof.pieces import Made, Page, Piece, Stamp, piece_name
from stillmine.act.proof.stamps import Trust

__all__ = [
    "Finding",
    "Made",
    "Page",
    "Piece",
    "Stamp",
    "Trust",
    "Verdict",
    "check_bundle",
    "make_bundle",
    "piece_name",
]
