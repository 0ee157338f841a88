"""What is inside a sealed item: any name, any time, any size, and the real tar reads it."""

import io
import os
import subprocess
import tarfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.app.storage.container import (
    Header,
    after_content,
    before_content,
    open_container,
)
from stillmine.errors import Damaged, VaultTooNew
from tests.counterparts import need
from tests.storage.vaults import header

NAMES = [
    b"a.jpg",
    "Ferien in Köln 🏖️.jpg".encode(),
    "e\u0301te\u0301 \u202egpj.exe".encode(),
    b"\xff\xfe not utf-8 \x80.png",
    b"x" * 255,
    "ñ".encode() * 127,
    b"\xff" * 255,
    b"two\nlines\r\n.jpg",
    b"-rf",
    b"header.json",
    b" ",
    b"\x01\x1b[31m",
    b"100%s{}\\n.jpg",
]
SECOND = 1_000_000_000


def archive(head: Header, content: bytes, zeros: int = 0) -> bytes:
    return before_content(head) + content + after_content(len(content)) + bytes(zeros)


def unpacked(data: bytes) -> tuple[Header, bytes]:
    head, content = open_container(io.BytesIO(data))
    return head, content.read()


names = st.binary(min_size=1, max_size=255).filter(lambda name: not {0, 47} & set(name))


@given(
    name=names,
    content=st.binary(max_size=3000),
    modified=st.integers(-(1 << 63), (1 << 64)),
    label=st.text(max_size=50),
    zeros=st.sampled_from((0, 512, 5000)),
)
@settings(max_examples=200, deadline=None)
def test_what_goes_in_comes_out(name, content, modified, label, zeros):
    head = header(content, name, modified=modified, label=label)
    assert unpacked(archive(head, content, zeros)) == (head, content)


@pytest.mark.parametrize("name", NAMES)
def test_the_real_tar_unpacks_every_name_bit_by_bit(name, tmp_path):
    need("tar")
    head = header(b"content", name)
    subprocess.run(
        ["tar", "-x", "-f", "-"],
        input=archive(head, b"content", 5000),
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    (file,) = (tmp_path / "original").iterdir()
    assert os.fsencode(file.name) == name
    assert file.read_bytes() == b"content"
    assert file.stat().st_mtime_ns == head.modified
    assert sorted(path.name for path in tmp_path.iterdir()) == ["header.json", "original"]


@pytest.mark.parametrize(
    "modified", [0, 1, -1, -SECOND // 2, -3 * SECOND // 2, -86_400 * SECOND - 1, 1 << 62]
)
def test_times_before_1970_and_in_nanoseconds_are_exact_for_tar_too(modified, tmp_path):
    need("tar")
    head = header(b"x", modified=modified)
    subprocess.run(
        ["tar", "-x", "-f", "-"], input=archive(head, b"x"), cwd=tmp_path, check=True,
        capture_output=True,
    )  # fmt: skip
    assert (tmp_path / "original/a.jpg").stat().st_mtime_ns == modified


def test_a_name_never_leads_out_of_its_folder(tmp_path):
    head = header(b"x", b"../../../etc/passwd")
    with tarfile.open(fileobj=io.BytesIO(archive(head, b"x"))) as tar:
        assert tar.getnames() == ["header.json", "original/.._.._.._etc_passwd"]


@pytest.mark.parametrize("size", [(1 << 33) - 1, 1 << 33, 10 * 10**9, 1 << 40])
def test_the_head_of_a_file_beyond_eight_gigabytes_says_its_size(size):
    before = before_content(replace(header(b""), size=size))
    with tarfile.open(fileobj=io.BytesIO(before)) as tar:
        tar.next()
        second = tar.next()
    assert second is not None
    assert second.size == size
    assert (len(before) + size + len(after_content(size))) % 512 == 0


def test_an_empty_file_is_a_file():
    head = header(b"")
    assert unpacked(archive(head, b"")) == (head, b"")


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\0" * 10_000,
        b"not a tar" * 1000,
        archive(header(b"abc"), b"abc")[:700],
        archive(header(b"abc"), b"abc")[:511],
        archive(header(b"abc"), b"abc").replace(b'"size": 3', b'"size": 4'),
        archive(header(b"abc"), b"abc").replace(b'"name_base64"', b'"name_base63"'),
        archive(header(b"abc"), b"abc").replace(b"header.json", b"header.jsom"),
    ],
)
def test_what_is_no_container_is_damage(broken):
    with pytest.raises(Damaged):
        unpacked(broken)


def test_a_head_nested_without_end_is_damage():
    text = b"[" * 500_000
    entry = tarfile.TarInfo("header.json")
    entry.size = len(text)
    data = entry.tobuf() + text + bytes(-len(text) % 512)
    data += tarfile.TarInfo("original/a").tobuf() + bytes(1024)
    with pytest.raises(Damaged):
        unpacked(data)


def test_a_newer_head_is_refused_and_not_misread():
    data = archive(header(b"abc"), b"abc").replace(b'"stillmine": 1', b'"stillmine": 2')
    with pytest.raises(VaultTooNew):
        unpacked(data)
