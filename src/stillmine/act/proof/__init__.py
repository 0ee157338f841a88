"""Bundles of proof: what was seen, listed, signed and stamped, so that a change shows."""

from stillmine.act.proof.making import make_bundle
from stillmine.act.proof.pieces import Made, Page, Piece, Stamp, piece_name

__all__ = ["Made", "Page", "Piece", "Stamp", "make_bundle", "piece_name"]
