"""Add time stamps to a bundle that was made before; what was signed then stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from stillmine.act.proof.closing import ANSWER, stamp_files, write_closed
from stillmine.act.proof.judging import Judged, judge
from stillmine.act.proof.manifest import DIGEST, NOTED, PACKAGE, STAMPS
from stillmine.act.proof.opening import contents_of, open_container
from stillmine.act.proof.pieces import Stamp
from stillmine.crypto import EvidenceKey, key_name
from stillmine.errors import ProofChanged


def root_to_stamp(bundle: BinaryIO, key: EvidenceKey) -> tuple[bytes, tuple[str, ...]]:
    """Return the root of a bundle and the short names of the authorities that stamped it.

    Raises ProofChanged for one that is not, byte by byte, as `key` signed it.
    """
    judged = _judged(bundle, key)
    return judged.root, tuple(_authority(path) for path in contents_of(bundle) if _is_stamp(path))


def noted_in(bundle: BinaryIO) -> bytes:
    """Return what calendars said of the root, as an `.ots` file; nothing where none was asked."""
    return contents_of(bundle).get(NOTED, b"")


def add_stamps(
    out: BinaryIO,
    bundle: BinaryIO,
    stamps: Sequence[Stamp],
    key: EvidenceKey,
    *,
    noted: bytes = b"",
) -> int:
    """Write a bundle with these stamps beside those that it has; return its size.

    `noted` takes the place of what calendars said before. The list of all files is signed again, so
    this takes the key that signed before; the root and its signature stay. Raises ProofChanged,
    ProofTooLarge.
    """
    judged = _judged(bundle, key)
    files = contents_of(bundle)
    del files[PACKAGE], files[DIGEST]
    numbers = [
        int(path.removeprefix(STAMPS).partition("-")[0]) for path in files if _is_stamp(path)
    ]
    more = stamp_files(stamps, first=1 + max(numbers, default=0))
    if noted:
        more[NOTED] = noted
    return write_closed(out, judged.head or {}, {**files, **more}, key)


def _judged(bundle: BinaryIO, key: EvidenceKey) -> Judged:
    opened = open_container(bundle)
    if opened is None:
        raise ProofChanged
    judged = judge(opened)
    if judged.findings or judged.head is None or judged.key != key_name(key.public):
        raise ProofChanged
    return judged


def _is_stamp(path: str) -> bool:
    return path.startswith(STAMPS) and path.endswith(ANSWER)


def _authority(path: str) -> str:
    return path.removeprefix(STAMPS).removesuffix(ANSWER).partition("-")[2]
