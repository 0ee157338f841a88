"""Web captures, as real writers make them and as nobody should."""

import gzip
import io
import json
import random
import zipfile
import zlib

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from stillmine.app.sources.limits import Limits
from tests.app.sources.holding import JPEG, SECOND, told

SITE = "https://site.example/"
# warcio's writer leaves it to Python to close the temporary files of its records.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")


def chunked(data):
    parts = [data[at : at + 700] for at in range(0, len(data), 700)]
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def answer(writer, name, body, *headers, kind="response", status="200 OK"):
    http = StatusAndHeaders(status, [("Content-Type", "image/jpeg"), *headers], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        SITE + name, kind, payload=io.BytesIO(body), http_headers=http
    )
    writer.write_record(record)


def capture(fill, *, packed=True, version="1.1"):
    held = io.BytesIO()
    writer = WARCWriter(held, gzip=packed, warc_version=version)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "test"}))
    fill(writer)
    return held.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(data, name="a.warc.gz"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_what_servers_answered_is_found_under_its_address(file, packed, version):
    def fill(writer):
        answer(writer, "one.jpg", JPEG)
        answer(writer, "page", b"<!doctype html>no picture")
        answer(writer, "two.jpg", SECOND)

    assert told(file(capture(fill, packed=packed, version=version))) == [
        (SITE + "one.jpg", JPEG), (SITE + "two.jpg", SECOND)
    ]  # fmt: skip


CODINGS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "GZIP": gzip.compress,
    "identity": bytes,
}


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("in_chunks", [True, False])
def test_bodies_are_taken_out_of_how_they_were_sent(file, coding, in_chunks):
    body = CODINGS[coding](JPEG)
    headers = [("Content-Encoding", coding)]
    if in_chunks:
        body, headers = chunked(body), [*headers, ("Transfer-Encoding", "chunked")]
    data = capture(lambda writer: answer(writer, "one.jpg", body, *headers))
    assert told(file(data)) == [(SITE + "one.jpg", JPEG)]


def test_headers_that_no_longer_fit_the_body_are_let_be(file):
    """Browsers' captures keep the headers and save the body unpacked."""
    headers = [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    data = capture(lambda writer: answer(writer, "one.jpg", JPEG, *headers))
    assert told(file(data)) == [(SITE + "one.jpg", JPEG)]


def test_a_bare_deflate_body_is_read(file):
    bare = zlib.compress(JPEG)[2:-4]
    data = capture(lambda writer: answer(writer, "a.jpg", bare, ("Content-Encoding", "deflate")))
    assert told(file(data)) == [(SITE + "a.jpg", JPEG)]


def test_a_coding_that_is_not_read_here_is_named(file):
    data = capture(lambda writer: answer(writer, "a.jpg", JPEG, ("Content-Encoding", "br")))
    assert told(file(data)) == [(SITE + "a.jpg", "archive.cannot-unpack")]


def test_pictures_that_were_put_in_without_a_server_are_found(file):
    def fill(writer):
        record = writer.create_warc_record(
            "urn:screenshot", "resource", io.BytesIO(JPEG), warc_content_type="image/jpeg"
        )
        writer.write_record(record)

    assert told(file(capture(fill))) == [("urn:screenshot", JPEG)]


def test_what_was_asked_and_what_is_in_another_record_is_passed_over(file):
    def fill(writer):
        answer(writer, "one.jpg", JPEG)
        writer.write_record(
            writer.create_revisit_record(SITE + "again.jpg", "sha1:X", SITE, "2026-01-01T00:00:00Z")
        )
        answer(writer, "ask", JPEG, kind="request", status="GET / HTTP/1.1")

    assert told(file(capture(fill))) == [(SITE + "one.jpg", JPEG)]


def test_a_collection_of_captures_is_read_through_its_layers(file):
    """WACZ 1.1.1: a ZIP with captures under archive/, pages, an index and a list of all files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("archive/data.warc.gz", capture(lambda w: answer(w, "one.jpg", JPEG)))
        archive.writestr("pages/pages.jsonl", json.dumps({"format": "json-pages-1.0"}))
        archive.writestr("indexes/index.cdx.gz", gzip.compress(b"example)/ 2026 {}"))
        archive.writestr("datapackage.json", json.dumps({"wacz_version": "1.1.1"}))
    inside = f"archive/data.warc.gz > {SITE}one.jpg"
    assert told(file(held.getvalue(), "a.wacz")) == [(inside, JPEG)]


def test_an_archive_that_was_downloaded_is_looked_into(file):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("in.jpg", JPEG)
    data = capture(lambda writer: answer(writer, "leak.zip", held.getvalue()))
    assert told(file(data)) == [(SITE + "leak.zip > in.jpg", JPEG)]


@pytest.mark.parametrize("packed", [True, False])
def test_a_capture_that_is_cut_short_gives_what_came_before(file, packed):
    def fill(writer):
        answer(writer, "one.jpg", JPEG)
        answer(writer, "two.jpg", SECOND)

    data = capture(fill, packed=packed)
    found = told(file(data[:-600]))
    assert found[0] == (SITE + "one.jpg", JPEG)
    assert found[-1] == (None, "archive.damaged")


@pytest.mark.parametrize("length", ["-1", "x", "9" * 30, "²", ""])
def test_a_length_that_is_no_length_is_named(file, length):
    head = f"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: {length}\r\n\r\n"
    assert told(file(head.encode())) == [(None, "archive.damaged")]


def test_a_length_that_is_not_true_is_not_believed(file):
    head = b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: u\r\nContent-Length: 999999999999"
    found = told(file(head + b"\r\n\r\n" + JPEG))
    assert found == [("u", "archive.damaged"), (None, "archive.damaged")]


def test_headers_without_end_are_not_held(file):
    for endless in (b"x" * (40 << 20), b"a: b\r\n" * (4 << 20)):
        data = gzip.compress(b"WARC/1.0\r\n" + endless)
        assert told(file(data)) == [(None, "archive.damaged")]


def test_a_body_that_is_a_bomb_is_left_at_the_limit(file):
    bomb = gzip.compress(JPEG + bytes(60 << 20))

    def fill(writer):
        answer(writer, "one.jpg", JPEG)
        answer(writer, "bomb.jpg", bomb, ("Content-Encoding", "gzip"))

    path = file(capture(fill))
    assert told(path, limits=Limits(unpacked=8 << 20, factor=1)) == [
        (SITE + "one.jpg", JPEG), (None, "archive.too-much-inside")
    ]  # fmt: skip


def test_codings_upon_codings_are_not_followed(file):
    data = capture(
        lambda w: answer(w, "a.jpg", JPEG, ("Content-Encoding", ", ".join(["gzip"] * 2000)))
    )
    assert told(file(data)) == [(SITE + "a.jpg", "archive.cannot-unpack")]


def test_no_flipped_byte_or_cut_raises_anything(file):
    def fill(writer):
        answer(writer, "one.jpg", chunked(JPEG), ("Transfer-Encoding", "chunked"))
        answer(writer, "two.jpg", gzip.compress(SECOND), ("Content-Encoding", "gzip"))

    chance = random.Random(11)
    for packed in (True, False):
        whole = capture(fill, packed=packed)
        for _ in range(200):
            data = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            cut = chance.choice([len(data), chance.randrange(len(data))])
            told(file(data[:cut]), limits=Limits(unpacked=1 << 22))
