"""What people have becomes proof as it is: bit for bit, listed, signed, sealed and noted."""

from __future__ import annotations

import hashlib
import io
import os
import re
import zipfile
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st

from stillmine.act import hand_out
from stillmine.act.case import handed_in, importing, sorts
from stillmine.act.proof.checking import check_bundle
from stillmine.app import jobs
from stillmine.app.actions import Outcome
from stillmine.app.storage.vault import Vault
from stillmine.errors import DiskFull, NothingMayLeave, Stopped, UnknownCase
from stillmine.messages.cases import KINDS

CHAT = b"12/11/26, 18:03 - Ines: hello\n12/11/26, 18:04 - X: pay me\n"
FILES = {
    "WhatsApp Chat with X.txt": (CHAT, "chat"),
    "result.json": (b'{"name": "X", "type": "personal_chat", "messages": []}', "chat"),
    "signal-2026-11-01.backup": (b"\x00\x01\x02", "chat"),
    "notes [iOS].txt": (b"\xe2\x80\x8e[12.11.26, 18:03:11] X: pay me\n", "chat"),
    "letter.eml": (b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\n\r\nhello", "mail"),
    "box.mbox": (b"From a@b.example Sat Nov 21 10:00:00 2026\nSubject: x\n\nhello", "mail"),
    "page.html": (b"<!doctype html><html><title>x</title></html>", "page"),
    "page.mhtml": (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x--',
        "page",
    ),
    "screen.png": (b"\x89PNG\r\n\x1a\n and no more", "picture"),
    "paper.pdf": (b"%PDF-1.7\n", "document"),
    "film.webm": (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "video"),
    "empty": (b"", "other"),
    "diary.txt": (b"It began on Monday.\n", "other"),
}


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_what_a_file_seems_to_be_is_told_by_its_first_bytes(name):
    content, kind = FILES[name]
    assert sorts.kind_of(name, content) == kind


def test_archives_are_kept_closed():
    assert sorts.kind_of("x.zip", zipped(a=b"b")) == "archive"
    assert sorts.kind_of("WhatsApp Chat - X.zip", zipped(chat=CHAT)) == "chat"
    assert sorts.kind_of("x.wacz", zipped(a=b"b")) == "page"
    assert sorts.kind_of("bomb.gz", b"\x1f\x8b\x08\x00") == "archive"


@hypothesis.given(name=st.text(max_size=30), head=st.binary(max_size=200))
def test_any_bytes_under_any_name_seem_to_be_something(name, head):
    assert sorts.kind_of(name, head) in KINDS
    assert sorts.kind_of(name, b"From: a\nx-" + head) in KINDS
    assert re.fullmatch(r"[a-z0-9.+-]+/[a-z0-9.+-]+", sorts.media_type(name))


def everything(desk: Path) -> list[Path]:
    for name, (content, _kind) in FILES.items():
        (desk / name).write_bytes(content)
    return sorted(desk.iterdir())


def bundle(person, case: str, proof: str) -> bytes:
    def read(vault: Vault) -> bytes:
        from stillmine.act.case.store import find_case, proof_of

        kept = proof_of(find_case(vault, case), proof)
        with vault.evidence.open(kept.evidence, why="test") as file:
            return file.read()

    return person.looks(read, writing=True)


def test_each_file_is_in_the_bundle_bit_for_bit_and_was_not_changed(person, desk):
    paths = everything(desk)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}
    case = person.case()
    answer = person.hand_in(case, desk, note="from my old phone")

    assert answer.outcome is Outcome.DONE
    assert [each.file for each in answer.added] == paths
    assert {each.file.name: each.kind for each in answer.added} == {
        name: kind for name, (_content, kind) in FILES.items()
    }
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths} == before
    whole = bundle(person, case, "p1")
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        inside = {
            hashlib.sha256(archive.read(name)).hexdigest()
            for name in archive.namelist()
            if name.startswith("evidence/")
        }
    assert inside == {each.sha256 for each in answer.added}
    (proof,) = person.show(case).proofs
    assert (proof.proof, proof.kind, len(proof.files)) == ("p1", "import", len(FILES))
    assert person.show(case).timeline[-1].what == "proof-import"


def test_the_bundle_says_what_was_handed_in_and_names_the_log(person, desk):
    (desk / "chat.txt").write_bytes(CHAT)
    case = person.case()
    person.hand_in(case, desk)
    person.hand_in(case, desk / "chat.txt")
    (desk / "more.txt").write_bytes(b"more")
    person.hand_in(case, desk / "more.txt")
    second = bundle(person, case, "p2")
    log = person.log(case).log
    assert log[0].hash.encode() in second
    assert check_bundle(io.BytesIO(second)).verdict != "changed"
    broken = second.replace(b"more", b"mare", 1)
    assert check_bundle(io.BytesIO(broken)).verdict == "changed"


def test_what_the_case_has_is_not_kept_twice_and_another_case_does_not_know(person, desk):
    (desk / "a.txt").write_bytes(CHAT)
    (desk / "b.txt").write_bytes(CHAT)
    first, second = person.case(), person.case()
    answer = person.hand_in(first, desk)
    assert [each.file.name for each in answer.added] == ["a.txt"]
    assert [(each.file.name, each.proof) for each in answer.already] == [("b.txt", "p1")]
    again = person.hand_in(first, desk)
    assert (again.added, again.proofs, len(again.already)) == ((), (), 2)
    assert again.outcome is Outcome.DONE
    assert len(person.hand_in(second, desk / "b.txt").added) == 1


def test_one_bad_file_does_not_stop_the_others(person, desk):
    (desk / "good.txt").write_bytes(b"good")
    os.mkfifo(desk / "pipe")
    (desk / "dead").symlink_to(desk / "nowhere")
    (desk / "loop").symlink_to(desk / "loop")
    answer = person.hand_in(person.case(), desk, desk / "missing", person.folder)
    assert [each.file.name for each in answer.added] == ["good.txt"]
    assert {each.file.name: each.code for each in answer.skipped} == {
        "pipe": "keep.not-a-file",
        "dead": "keep.not-a-file",
        "loop": "keep.cannot-read",
        "missing": "keep.no-such-file",
        "home": "keep.inside-home",
    }
    assert answer.outcome is Outcome.GAPS


def test_a_name_that_is_hostile_or_no_text_is_kept_and_steers_nothing(person, desk):
    names = [b"\xff\xfe.txt", b"\x1b[2J.html", b"-.zip", "‮gpj.exe".encode()]
    for number, name in enumerate(names):
        Path(os.fsdecode(os.fsencode(desk) + b"/" + name)).write_bytes(b"%d" % number)
    case = person.case()
    answer = person.hand_in(case, desk)
    assert len(answer.added) == len(names)
    (proof,) = person.show(case).proofs
    assert all(name.encode("utf-8") for name in proof.files)


@pytest.fixture
def small(monkeypatch):
    """Let a file of more than a few bytes count as a large one."""
    monkeypatch.setattr(handed_in, "LARGEST_INSIDE", 100)


@pytest.mark.usefixtures("small")
def test_a_large_file_is_kept_beside_its_bundle_and_read_again(person, desk):
    content = bytes(range(256)) * 5000
    (desk / "film.mp4").write_bytes(content)
    (desk / "small.txt").write_bytes(b"small")
    case = person.case()
    person.hand_in(case, desk)
    assert content[:1000] not in bundle(person, case, "p1")
    assert hashlib.sha256(content).hexdigest().encode() in bundle(person, case, "p1")

    def film(vault: Vault) -> bytes:
        from stillmine.act.case.store import find_case

        (file,) = [each for each in find_case(vault, case).proofs[0].files if each.apart]
        with vault.evidence.open(file.apart, why="test") as opened:
            return opened.read()

    assert person.looks(film, writing=True) == content
    given = hand_out.hand_out(person.context, hand_out.HandOutRequest("p1", case, desk / "out"))
    assert [path.read_bytes() for path in given.beside] == [content]
    assert check_bundle(io.BytesIO(given.file.read_bytes())).verdict != "changed"
    named = [(each.what, each.why, each.proof, each.file) for each in person.log(case).log]
    assert named[:2] == [
        ("kept", "import", "p1", "film.mp4"),
        ("kept", "import", "p1", ""),
    ]
    assert named[-1] == ("opened", "handed-out", "p1", "film.mp4")


@pytest.mark.usefixtures("small")
def test_a_large_file_kept_by_an_attempt_that_was_cut_off_is_not_kept_again(
    person, desk, monkeypatch
):
    (desk / "film.mp4").write_bytes(bytes(5000))
    case = person.case()

    def cut(*_given: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(importing, "keep_proof", cut)
        with pytest.raises(KeyboardInterrupt):
            person.hand_in(case, desk)
    assert person.show(case).proofs == ()
    person.hand_in(case, desk)
    assert [each.what for each in person.log(case).log] == ["kept", "kept"]


def test_a_file_that_changes_while_it_is_read_is_skipped(person, desk, monkeypatch):
    path = desk / "growing.txt"
    path.write_bytes(b"x" * 10)
    (desk / "still.txt").write_bytes(b"y")
    whole = handed_in._pieces

    def growing(source):
        for piece in whole(source):
            if source.path == path:
                with path.open("ab") as file:
                    file.write(b"more")
            yield piece

    monkeypatch.setattr(handed_in, "_pieces", growing)
    answer = person.hand_in(person.case(), desk)
    assert [each.code for each in answer.skipped] == ["keep.changed-while-reading"]
    assert [each.file.name for each in answer.added] == ["still.txt"]


@pytest.mark.usefixtures("small")
def test_a_large_file_that_is_another_at_the_second_reading_is_skipped(person, desk, monkeypatch):
    path = desk / "film.mp4"
    path.write_bytes(bytes(5000))
    whole = handed_in._apart

    def swapped(vault, case, source, sums, job):
        path.write_bytes(b"1" * 5000)
        return whole(vault, case, source, sums, job)

    monkeypatch.setattr(handed_in, "_apart", swapped)
    case = person.case()
    answer = person.hand_in(case, desk)
    assert [each.code for each in answer.skipped] == ["keep.changed-while-reading"]
    assert person.log(case).log == ()


def test_many_files_become_several_bundles(person, desk, monkeypatch):
    monkeypatch.setattr(importing, "_MOST_FILES", 2)
    for number in range(5):
        (desk / f"{number}.txt").write_bytes(b"%d" % number)
    answer = person.hand_in(person.case(), desk)
    assert [(each.proof, each.files) for each in answer.proofs] == [("p1", 2), ("p2", 2), ("p3", 1)]


def test_what_was_taken_in_before_a_stop_is_kept(person, desk, monkeypatch):
    for number in range(4):
        (desk / f"{number}.txt").write_bytes(b"%d" % number)
    whole = jobs.Job.advance

    def stop_at_three(job: jobs.Job, by: int = 1) -> None:
        whole(job, by)
        if job._done == 3:
            job.stop_asked = True
            job.check()

    monkeypatch.setattr(jobs.Job, "advance", stop_at_three)
    case = person.case()
    with pytest.raises(Stopped):
        person.hand_in(case, desk)
    monkeypatch.undo()
    person.job = jobs.Job()
    monkeypatch.setattr("stillmine.app.unlocking.WORK_FACTOR", 2)
    assert person.show(case).proofs[0].files == ("0.txt", "1.txt")
    assert [each.file.name for each in person.hand_in(case, desk).added] == ["2.txt", "3.txt"]


def test_a_full_disk_ends_the_work_and_is_not_called_a_bad_file(person, desk, monkeypatch):
    (desk / "a.txt").write_bytes(b"a")
    case = person.case()

    def full(*_given: object, **_more: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(Vault, "add_sealed", full)
        with pytest.raises(DiskFull):
            person.hand_in(case, desk)
    assert person.show(case).proofs == ()
    assert len(person.hand_in(case, desk).added) == 1


def test_nothing_is_asked_of_an_authority_without_a_yes(person, desk):
    (desk / "a.txt").write_bytes(b"a")
    case = person.case()
    with pytest.raises(NothingMayLeave):
        person.hand_in(case, desk, no_stamp=False)
    assert person.show(case).proofs == ()


def test_an_unknown_case_takes_nothing_in(person, desk):
    (desk / "a.txt").write_bytes(b"a")
    with pytest.raises(UnknownCase):
        person.hand_in("ffff0000", desk)


def test_no_byte_of_a_file_lies_unsealed_in_the_home(person, desk):
    (desk / "chat.txt").write_bytes(CHAT * 50)
    person.hand_in(person.case(), desk)
    for path in person.folder.rglob("*"):
        assert not path.is_file() or CHAT not in path.read_bytes(), path
