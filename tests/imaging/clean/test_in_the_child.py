"""Films, HEIC pictures and PDF files are cleaned in the child that can open nothing."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from stillmine.errors import FileLocked, NotUnderstood
from stillmine.imaging.clean.cleaner import Cleaner, Report
from tests.imaging.clean.films import film
from tests.imaging.clean.judging import SECRET
from tests.imaging.clean.papers import paper, with_everything
from tests.imaging.clean.test_heif import XMP, avif, exif, heic

NOTES = {"title": SECRET.decode(), "creation_time": "2024-01-02T03:04:05Z"}


@pytest.fixture(scope="module")
def cleaner():
    with Cleaner() as cleaner:
        yield cleaner


@pytest.mark.parametrize(
    ("file_format", "data"),
    [
        ("mp4", film(frames=6, notes=NOTES)),
        ("webm", film("webm", "libvpx", "libopus", frames=6, notes=NOTES)),
        ("heif", heic(exif=exif(6), xmp=XMP)),
        ("avif", avif(exif=exif(6), xmp=XMP)),
        ("pdf", paper(with_everything, compress_streams=False)),
    ],
    ids=["mp4", "webm", "heif", "avif", "pdf"],
)
def test_a_file_is_inspected_cleaned_and_proven(cleaner, file_format, data):
    found, told = cleaner.inspect(io.BytesIO(data))
    assert found == file_format
    assert any(SECRET.decode() in one.said for one in told)
    *pieces, report = cleaner.clean(io.BytesIO(data))
    copy = b"".join(pieces)
    assert isinstance(report, Report)
    assert report.format == file_format
    assert SECRET not in copy
    cleaner.prove(io.BytesIO(data), io.BytesIO(copy))


def noted(order):
    """Return a photograph with words in each set of characters that EXIF knows."""
    words = "a secret, à clé"
    exif_data = Image.Exif()
    exif_data.endian = order
    exif_data[0x9C9B] = (words + "\0").encode("utf-16-le")  # XPTitle
    coded = words.encode("utf-16-le" if order == "<" else "utf-16-be")
    exif_data.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + coded  # UserComment
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG", exif=exif_data)
    return out.getvalue()


@pytest.mark.parametrize("order", "<>")
def test_words_in_every_set_of_characters_are_read_behind_the_locks(order):
    with Cleaner() as fresh:  # in the shared one, another file may have loaded what is missing
        _format, told = fresh.inspect(io.BytesIO(noted(order)))
        assert sum("à clé" in one.said for one in told) == 2
        *pieces, _report = fresh.clean(io.BytesIO(noted(order)))
    assert "à clé".encode("utf-16-le") not in b"".join(pieces)


def test_what_is_refused_in_the_child_is_refused_here(cleaner):
    import pikepdf

    locked = paper(encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(FileLocked):
        list(cleaner.clean(io.BytesIO(locked)))
    with pytest.raises(NotUnderstood):
        list(cleaner.clean(io.BytesIO(film("matroska", "mpeg4", None, frames=3))))
