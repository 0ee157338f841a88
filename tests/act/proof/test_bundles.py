"""A bundle opens in the tools of others, and says of each byte what it was."""

import base64
import gzip
import hashlib
import io
import json
import random
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from stillmine.act.proof import Piece, Trust, check_bundle, piece_name
from stillmine.act.proof.canonical import canonical, read_canonical
from stillmine.act.proof.web_archive import sort_key
from stillmine.crypto import check_raw_evidence_signature, merkle_root
from stillmine.errors import NotCanonical
from tests.act.proof.conftest import EXCHANGES, KEY, PIECES, URL, bundle, exchange

_WARCIO = Path(sys.executable).with_name("warcio")


def opened(content):
    return zipfile.ZipFile(io.BytesIO(content))


def records(content):
    archive = io.BytesIO(opened(content).read("archive/data.warc.gz"))
    return [
        (record.rec_type, record.rec_headers, record.http_headers, record.content_stream().read())
        for record in ArchiveIterator(archive, check_digests="raise")
    ]


def test_the_same_page_makes_the_same_bundle_bit_by_bit():
    assert bundle()[0] == bundle()[0]


def test_each_file_is_listed_with_both_sums_and_its_size():
    zipped = opened(bundle()[0])
    manifest = json.loads(zipped.read("proof/manifest.json"))
    listed = {each["path"]: each for each in manifest["files"]}
    assert {f"evidence/{each.name}" for each in PIECES} < set(listed)
    for path, each in listed.items():
        content = zipped.read(path)
        assert each["size"] == len(content)
        assert each["sha256"] == hashlib.sha256(content).hexdigest()
        assert each["sha3_512"] == hashlib.sha3_512(content).hexdigest()


def test_the_tree_is_that_of_rfc_6962_over_the_head_and_the_files():
    manifest = json.loads(opened(bundle()[0]).read("proof/manifest.json"))
    files, tree = manifest.pop("files"), manifest.pop("tree")
    assert tree == merkle_root([canonical(manifest), *map(canonical, files)]).hex()
    assert f"# tree {tree}\n".encode() in opened(bundle()[0]).read("proof/root.txt")


def test_the_root_is_the_sum_of_the_list_that_is_signed_and_stamped():
    asked = []
    content, made = bundle(stamp=lambda root: asked.append(root) or ())
    total = hashlib.sha256(opened(content).read("proof/root.txt")).hexdigest()
    assert made.root == total == asked[0].hex()
    assert made.size == len(content)


def test_python_and_unzip_read_the_container(tmp_path):
    content, _ = bundle()
    assert opened(content).testzip() is None
    path = tmp_path / "proof.wacz"
    path.write_bytes(content)
    subprocess.run(["unzip", "-tqq", path], check=True)


def test_warcio_finds_every_record_whole(tmp_path):
    path = tmp_path / "data.warc.gz"
    path.write_bytes(opened(bundle()[0]).read("archive/data.warc.gz"))
    said = subprocess.run(
        [_WARCIO, "check", "-v", path], check=True, capture_output=True, text=True
    )
    assert said.stdout.count("digest pass") == len(records(bundle()[0]))
    assert "fail" not in said.stdout


def test_answers_questions_pieces_and_what_was_left_out_are_records():
    found = records(bundle()[0])
    kinds = [kind for kind, *_ in found]
    assert kinds == ["warcinfo", *["response", "request"] * 2, *["resource"] * 2, "metadata"]
    _, rec, http, body = found[1]
    assert rec.get_header("WARC-Target-URI") == URL
    assert rec.get_header("WARC-IP-Address") == "93.184.216.34"
    assert rec.get_header("WARC-Date").startswith("2026-11-22T20:00:00")
    assert body == EXCHANGES[0].body
    # What was packed on its way is not packed here, and that is said.
    assert http.get_header("X-Archive-Orig-content-encoding") == "br"
    assert http.get_header("content-encoding") is None
    assert http.get_header("content-length") == str(len(body))
    # Under the page's address some replay tools would show it in the place of the page.
    assert found[-1][1].get_header("WARC-Target-URI") == f"urn:stillmine:proof:{URL}"
    left_out = json.loads(found[-1][3])["left_out"]
    assert [each["why"] for each in left_out] == ["covered"]


def test_the_screenshot_is_a_record_too_and_the_index_leads_to_it():
    content, _ = bundle()
    archive = opened(content).read("archive/data.warc.gz")
    lines = gzip.decompress(opened(content).read("indexes/index.cdx.gz")).splitlines()
    assert lines == sorted(lines)
    for line in lines:
        _key, stamp, rest = line.decode().split(" ", 2)
        entry = json.loads(rest)
        assert stamp == "20261122200000"
        start = int(entry["offset"])
        part = archive[start : start + int(entry["length"])]
        assert entry["url"].encode() in zlib.decompress(part, zlib.MAX_WBITS | 16)
    assert any(b"urn:fullPage:" in line for line in lines)


def test_a_header_that_holds_a_line_end_stays_one_header():
    hostile = exchange(response_headers=(("x-a", "1\r\nset-cookie: evil"), ("bad\nname", "2")))
    http = records(bundle(exchanges=[hostile])[0])[1][2]
    assert http.get_header("set-cookie") is None
    assert len(http.headers) == 3


def test_the_signature_in_the_wacz_is_the_anonymous_one_that_browsers_check():
    zipped = opened(bundle()[0])
    digest = json.loads(zipped.read("datapackage-digest.json"))
    signed = digest["signedData"]
    total = "sha256:" + hashlib.sha256(zipped.read("datapackage.json")).hexdigest()
    assert digest["hash"] == signed["hash"] == total
    raw = base64.b64decode(signed["signature"])
    assert len(raw) == 96
    check_raw_evidence_signature(KEY.public, raw, total.encode())


def test_the_wacz_lists_every_file_but_the_two_that_close_it():
    zipped = opened(bundle()[0])
    listed = {each["path"] for each in json.loads(zipped.read("datapackage.json"))["resources"]}
    assert listed == set(zipped.namelist()) - {"datapackage.json", "datapackage-digest.json"}
    page = json.loads(zipped.read("pages/pages.jsonl").splitlines()[1])
    assert (page["url"], page["ts"][:19]) == (URL, "2026-11-22T20:00:00")


def test_what_was_handed_in_needs_no_page():
    content, _ = bundle(page=None, exchanges=())
    assert [kind for kind, *_ in records(content)] == ["warcinfo", "metadata"]
    assert check_bundle(io.BytesIO(content), trust=Trust()).findings[0].finding == "whole"


@pytest.mark.parametrize("name", ["../up", "a/b", "CON.txt", "", ".hidden", "a" * 200, "ä.txt"])
def test_a_piece_cannot_have_a_name_that_leads_elsewhere(name):
    with pytest.raises(ValueError, match="plain name"):
        Piece(name, "text/plain", b"")


@given(st.text(max_size=80))
def test_any_file_name_can_be_made_a_plain_one(name):
    assert Piece(piece_name(name, 7), "text/plain", b"").name.startswith("007-")


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="ascii"), max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_PLAIN)
@settings(max_examples=60)
def test_canonical_json_is_read_back_and_has_one_spelling(value):
    text = canonical(value)
    assert read_canonical(text) == value
    spaced = json.dumps(value, indent=1).encode()
    if spaced != text:
        with pytest.raises(NotCanonical):
            read_canonical(spaced)


@pytest.mark.parametrize("value", [1.5, 2**53, {"ä": 1}, {1: 2}, "\ud800", b"x", object()])
def test_what_has_several_spellings_is_no_canonical_json(value):
    with pytest.raises(NotCanonical):
        canonical({"a": value} if not isinstance(value, dict) else value)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.org/A?b=1", "org,example)/a?b=1"),
        ("http://example.org", "org,example)/"),
        ("https://user@example.org:8443/x", "org,example:8443)/x"),
        ("urn:text:https://example.org/", "urn:text:https://example.org/"),
    ],
)
def test_addresses_are_sorted_as_replay_tools_look_them_up(url, key):
    assert sort_key(url) == key


def test_a_large_random_piece_is_kept_as_it_is():
    content = random.Random(5).randbytes(3_000_000)
    made, _ = bundle(pieces=[Piece("video.mp4", "video/mp4", content)], page=None, exchanges=())
    assert opened(made).read("evidence/video.mp4") == content


def test_the_measurement_of_tampering_runs_and_misses_nothing():
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-m", "bench.tamper", "--flips", "40", "--others", "2"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "flipped bits: 40" in done.stdout
    assert "missed: 0" in done.stdout


def test_the_reference_checker_for_wacz_takes_it(tmp_path):
    path = tmp_path / "proof.wacz"
    path.write_bytes(bundle()[0])
    checker = _WARCIO.with_name("wacz")
    done = subprocess.run([checker, "validate", "-f", path], capture_output=True, text=True)
    assert "Validation succeeded" in done.stdout, done.stdout + done.stderr
