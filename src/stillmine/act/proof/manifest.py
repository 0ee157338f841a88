"""The list of what is in a bundle, and the one small file that stands for all of it."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stillmine.act.proof.canonical import canonical
from stillmine.act.proof.container import Member
from stillmine.crypto import merkle_root

FORMAT = "stillmine-proof-1"
MANIFEST, ROOT, SIGNATURE = "proof/manifest.json", "proof/root.txt", "proof/root.sig"
KEY, README = "proof/key.pem", "proof/readme.txt"
PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
STAMPS = "timestamps/"
NOTED = "timestamps/root.ots"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file and its sums; `sha256` and `sha3_512` are hexadecimal."""

    path: str
    media_type: str
    size: int
    crc: int
    sha256: str
    sha3_512: str

    @property
    def member(self) -> Member:
        """Return the file as the container lists it."""
        return Member(self.path, self.size, self.crc)

    @property
    def listed(self) -> dict[str, object]:
        """Return what the manifest says of the file."""
        return {
            "media_type": self.media_type,
            "path": self.path,
            "sha256": self.sha256,
            "sha3_512": self.sha3_512,
            "size": self.size,
        }


def entry_of(path: str, media_type: str, content: bytes) -> Entry:
    """Return the sums of a file."""
    return Entry(
        path,
        media_type,
        len(content),
        zlib.crc32(content),
        hashlib.sha256(content).hexdigest(),
        hashlib.sha3_512(content).hexdigest(),
    )


def manifest_of(head: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> tuple[bytes, str]:
    """Return the bytes of `proof/manifest.json`, and the tree in it.

    `head` is what is said of the whole, `files` what is said of each file, in order. The tree is
    the Merkle tree hash of RFC 6962 with SHA-256; its first leaf is the canonical JSON of the head,
    each other one that of a file. So one file can be shown with its place in the tree, and the
    others kept to oneself.
    """
    leaves = [canonical(dict(head)), *(canonical(dict(each)) for each in files)]
    tree = merkle_root(leaves).hex()
    return canonical({**head, "files": [dict(each) for each in files], "tree": tree}), tree


def root_of(tree: str, sums: Iterable[tuple[str, str]]) -> bytes:
    """Return the bytes of `proof/root.txt`, which is what is signed and stamped.

    It is a list as `sha256sum --check` reads it, of pairs (path, SHA-256) in their order.
    """
    lines = [f"# {FORMAT}", f"# tree {tree}", *(f"{total}  {path}" for path, total in sums)]
    return ("\n".join(lines) + "\n").encode("ascii")
