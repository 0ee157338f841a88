"""Close a bundle: add the time stamps, list and sign all there is, write the container."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from stillmine.act.proof.container import Member, directory, in_order, local_header
from stillmine.act.proof.manifest import DIGEST, PACKAGE, STAMPS
from stillmine.act.proof.package import digest_of, package_of
from stillmine.act.proof.pieces import Stamp
from stillmine.crypto import EvidenceKey
from stillmine.crypto.chain import write_certificates

ANSWER, CERTIFICATES = ".tsr", ".pem"


def write_closed(
    out: BinaryIO, head: Mapping[str, Any], files: Mapping[str, bytes], key: EvidenceKey
) -> int:
    """Add the list of all files and its signature, write the container; return its size."""
    sums = [
        (path, len(files[path]), hashlib.sha256(files[path]).hexdigest())
        for path in in_order(files)
    ]
    package = package_of(head, sums)
    closed = {**files, PACKAGE: package, DIGEST: digest_of(package, head, key)}
    members = [
        Member(path, len(closed[path]), zlib.crc32(closed[path])) for path in in_order(closed)
    ]
    end = directory(members)
    size = len(end)
    for member in members:
        header = local_header(member)
        out.write(header)
        out.write(closed[member.path])
        size += len(header) + member.size
    out.write(end)
    return size


def stamp_files(stamps: Sequence[Stamp], first: int = 1) -> dict[str, bytes]:
    """Return the files that hold the answers of authorities, and what is needed to check them."""
    files = {}
    for number, each in enumerate(stamps, first):
        stem = f"{STAMPS}{number}-{each.authority}"
        files[stem + ANSWER] = each.response
        if each.certificates:
            files[stem + CERTIFICATES] = write_certificates(each.certificates)
    return files
