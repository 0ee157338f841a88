"""Make a bundle of proof: a WACZ file that says of each of its bytes what it was, signed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, BinaryIO

from stillmine import __version__
from stillmine.act.proof import manifest as names
from stillmine.act.proof.closing import stamp_files, write_closed
from stillmine.act.proof.container import in_order
from stillmine.act.proof.manifest import Entry, entry_of, manifest_of, root_of
from stillmine.act.proof.pieces import Made, Page, Piece, Stamp
from stillmine.act.proof.readme import readme_text
from stillmine.act.proof.web_archive import ARCHIVE, INDEX, PAGES, web_archive
from stillmine.app.network.browser import Exchange
from stillmine.crypto import EvidenceKey, key_name, public_pem
from stillmine.errors import NotCanonical

EVIDENCE = "evidence/"
SOFTWARE = f"stillmine {__version__}"
Files = dict[str, tuple[str, bytes]]
"""What is at each path: its media type and its bytes."""


def make_bundle(
    out: BinaryIO,
    *,
    made: datetime,
    facts: Mapping[str, Any],
    pieces: Sequence[Piece],
    exchanges: Sequence[Exchange] = (),
    page: Page | None = None,
    key: EvidenceKey,
    stamp: Callable[[bytes], Sequence[Stamp]] = lambda _root: (),
) -> Made:
    """Write a bundle of proof to `out`, which is only written to, from its first byte to its last.

    `made` is when, by this computer's clock. `facts` are plain data (texts, whole numbers, lists,
    mappings) that become part of what is signed. `stamp` is handed the 32 bytes of the root before
    anything is written, and returns the answers of the authorities, which may be none. Raises
    NotCanonical for facts that are no plain data, ProofTooLarge above 4 GiB.
    """
    head = _head(made, facts, page, key)
    files = _content(head, made, page, pieces, exchanges, key)
    root_file = files[names.ROOT][1]
    root = hashlib.sha256(root_file).digest()
    stamps = tuple(stamp(root))
    contents = {path: content for path, (_, content) in files.items()}
    size = write_closed(out, head, contents | stamp_files(stamps), key)
    return Made(root.hex(), size, tuple(each.authority for each in stamps), key_name(key.public))


def _head(
    made: datetime, facts: Mapping[str, Any], page: Page | None, key: EvidenceKey
) -> dict[str, Any]:
    shown = {"at": _second(page.at), "title": page.title, "url": page.url} if page else None
    return {
        "facts": dict(facts),
        "format": names.FORMAT,
        "key": key_name(key.public),
        "made": _second(made),
        "page": shown,
        "software": SOFTWARE,
    }


def _content(
    head: dict[str, Any],
    made: datetime,
    page: Page | None,
    pieces: Sequence[Piece],
    exchanges: Sequence[Exchange],
    key: EvidenceKey,
) -> Files:
    """Return all files that the root stands for, the root, and its signature."""
    archive = web_archive(made, head, page, pieces, exchanges)
    files: Files = {
        ARCHIVE: ("application/gzip", archive.archive),
        INDEX: ("application/gzip", archive.index),
        PAGES: ("application/x-ndjson", archive.pages),
        names.KEY: ("application/x-pem-file", public_pem(key.public)),
        names.README: ("text/plain", readme_text().encode("utf-8")),
    }
    for piece in pieces:
        if EVIDENCE + piece.name in files:
            raise NotCanonical
        files[EVIDENCE + piece.name] = (piece.media_type, piece.content)
    entries = [entry_of(path, *files[path]) for path in in_order(files)]
    listing, root = listed(head, entries)
    files[names.MANIFEST] = ("application/json", listing)
    files[names.ROOT] = ("text/plain", root)
    files[names.SIGNATURE] = ("application/octet-stream", key.sign(root))
    return files


def listed(head: Mapping[str, Any], entries: Sequence[Entry]) -> tuple[bytes, bytes]:
    """Return the manifest and the root over these files, which are in their order."""
    listing, tree = manifest_of(head, [each.listed for each in entries])
    sums = {each.path: each.sha256 for each in entries} | {names.MANIFEST: _sha256(listing)}
    return listing, root_of(tree, ((path, sums[path]) for path in in_order(sums)))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _second(at: datetime) -> str:
    # Without fractions: other tools read these times with this pattern only.
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
