"""One sum over many sums, so that a single line vouches for a whole list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def merkle_root(leaves: Iterable[bytes]) -> bytes:
    """Return the SHA-256 Merkle tree hash of the leaves, in their order (RFC 6962, 2.1).

    Needs memory for the logarithm of their number only.
    """
    # Full subtrees still open, largest first: (leaves in it, hash).
    open_trees: list[tuple[int, bytes]] = []
    for leaf in leaves:
        size, node = 1, hashlib.sha256(b"\x00" + leaf).digest()
        while open_trees and open_trees[-1][0] == size:
            size, node = size * 2, _join(open_trees.pop()[1], node)
        open_trees.append((size, node))
    if not open_trees:
        return hashlib.sha256().digest()
    root = open_trees.pop()[1]
    while open_trees:
        root = _join(open_trees.pop()[1], root)
    return root


def _join(left: bytes, right: bytes) -> bytes:
    # Leaves and inner nodes are marked apart, so that a node cannot pass for a leaf.
    return hashlib.sha256(b"\x01" + left + right).digest()
