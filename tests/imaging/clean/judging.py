"""Clean a file and let others judge it: our second reader, the digest, ExifTool if it is here."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pytest

from stillmine.errors import StillmineError, StillSpeaks
from stillmine.imaging.clean.exiftool import ExifTool
from stillmine.imaging.clean.findings import Cleaned, Format
from stillmine.imaging.clean.formats import FORMATS

SECRET = b"SECRET-Anna-Muster"
_PIECE = 4096


class Pipe(io.RawIOBase):
    """Somewhere to write to from front to back, that can do nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.data += bytes(data)  # type: ignore[call-overload]  # any buffer
        return len(bytes(data))  # type: ignore[call-overload]  # any buffer


def cleaned(file_format: str, data: bytes) -> tuple[bytes, Cleaned]:
    """Return the cleaned copy and the report, once the second reader has passed it."""
    parts = FORMATS[file_format]
    pipe = Pipe()
    report = parts.clean(io.BytesIO(data), pipe)  # type: ignore[arg-type]  # it only writes
    copy = bytes(pipe.data)
    parts.audit(io.BytesIO(copy))
    return copy, report


def proven(file_format: str, data: bytes, folder: Path) -> tuple[bytes, Cleaned]:
    """Clean a file that holds the secret, and hold the copy to every promise there is."""
    parts = FORMATS[file_format]
    copy, report = cleaned(file_format, data)
    assert SECRET in data
    assert SECRET not in copy
    assert parts.shown(io.BytesIO(copy)) == parts.shown(io.BytesIO(data))
    assert not [one for one in parts.inspect(io.BytesIO(copy)) if one.what != "cropped-away"]
    again, _ = cleaned(file_format, copy)
    assert again == copy
    with ExifTool() as second:
        path = folder / "copy"
        path.write_bytes(copy)
        second.check(path)
    return copy, report


def said(file_format: str, data: bytes) -> dict[str, list[str]]:
    """Return what a file tells, as texts for each kind of finding."""
    told: dict[str, list[str]] = {}
    for finding in FORMATS[file_format].inspect(io.BytesIO(data)):
        told.setdefault(finding.what, []).append(finding.said)
    return told


def held(file_format: str, data: bytes) -> None:
    """Hold a cleaner to its bargain on any bytes: a copy that passes, or an error with a code."""
    parts: Format = FORMATS[file_format]
    try:
        parts.inspect(io.BytesIO(data))
        cleaned(file_format, data)
    except StillmineError as error:
        problem = error
    else:
        return
    assert problem.code.startswith("share.")
    assert set(str(problem.facts.get("part", ""))) <= _PLAIN


_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789- ")


def noticed(file_format: str, copies: Iterable[bytes]) -> None:
    """Require that the second reader notices what was planted in each of these copies."""
    for number, copy in enumerate(copies):
        with pytest.raises(StillSpeaks):
            FORMATS[file_format].audit(io.BytesIO(copy))
        assert number < _PIECE
