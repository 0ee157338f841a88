"""Keeping files: each once, bit by bit, whatever its name; one bad file stops no other."""

import os
import random
import socket
import subprocess
from pathlib import Path

import pytest

from stillmine.app.actions import Outcome
from stillmine.app.jobs import Job
from stillmine.app.sources.finding import find_files
from stillmine.errors import Stopped, WrongUsage
from stillmine.imaging.drawn import draw
from stillmine.keep import importing
from stillmine.keep.export import ExportRequest, export
from stillmine.keep.finding import ListRequest, list_items
from tests.imaging.samples import nested_pdf, png_that_declares


def names(kept) -> list[str]:
    return [each.file.name for each in kept]


def codes(skipped) -> dict[str, str]:
    return {each.file.name: each.code for each in skipped}


def exported(person, folder) -> dict[bytes, bytes]:
    person.does(export, ExportRequest(to=folder))
    return {os.fsencode(path.name): path.read_bytes() for path in folder.iterdir()}


def drafts(person) -> list[str]:
    return [path.name for path in person.home.unfinished.iterdir()]


def test_folders_are_kept_with_all_that_is_in_them_and_nothing_of_the_person_is_changed(
    person, photos, tmp_path
):
    deep = photos / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "d.jpg").write_bytes(draw(1, size=(64, 48)))
    (deep / "empty.txt").write_bytes(b"")
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in photos.rglob("*") if p.is_file()}
    answer = person.keeps(photos)
    assert answer.outcome is Outcome.DONE
    assert len(answer.added) == 5
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in before} == before
    assert sorted(exported(person, tmp_path / "out").values()) == sorted(
        d for d, _ in before.values()
    )
    assert person.keeps(photos / "nothing").outcome is Outcome.GAPS
    (photos / "none").mkdir()
    assert person.keeps(photos / "none").outcome is Outcome.NOTHING_FOUND


def test_the_same_content_is_kept_once_in_one_run_and_in_the_next(person, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_bytes(b"the same")
    answer = person.keeps(folder, folder / "0.txt", folder / "0.txt")
    assert len(answer.added) == 1
    assert len(answer.already) == 7
    assert {each.item for each in answer.already} == {answer.added[0].item}
    again = person.keeps(folder)
    assert not again.added
    assert {each.item for each in again.already} == {answer.added[0].item}
    assert drafts(person) == []
    assert len(list(person.home.objects.glob("*/*.age"))) == 1


def test_two_files_of_one_name_are_two_items(person, tmp_path):
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "x.txt").write_text(place)
    answer = person.keeps(tmp_path / "a", tmp_path / "b")
    assert len({each.item for each in answer.added}) == 2


def test_what_cannot_be_kept_is_named_and_stops_nothing(person, photos, monkeypatch):
    (photos / "loop").symlink_to(photos / "loop")
    (photos / "nowhere").symlink_to("/does/not/exist")
    (photos / "round").symlink_to(photos)
    (photos / "device").symlink_to("/dev/zero")
    (photos / "unreadable").symlink_to("/proc/self/mem")
    (photos / "grows").symlink_to("/proc/self/status")
    os.mkfifo(photos / "pipe")
    monkeypatch.chdir(photos)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("door")
        answer = person.keeps(photos, photos / "missing.jpg")
    assert len(answer.added) == 3
    assert answer.outcome is Outcome.GAPS
    assert codes(answer.skipped) == {
        "loop": "keep.cannot-read",
        "nowhere": "keep.not-a-file",
        "device": "keep.not-a-file",
        "unreadable": "keep.cannot-read",
        "grows": "keep.changed-while-reading",
        "pipe": "keep.not-a-file",
        "door": "keep.not-a-file",
        "missing.jpg": "keep.no-such-file",
    }
    assert drafts(person) == []


def test_a_link_to_a_picture_is_followed_and_a_folder_that_was_named_is_too(
    person, photos, tmp_path
):
    link = tmp_path / "link"
    link.symlink_to(photos)
    (tmp_path / "picture").symlink_to(photos / "b.txt")
    assert len(person.keeps(link).added) == 3
    assert len(person.keeps(tmp_path / "picture").already) == 1


def test_the_vault_never_keeps_itself(person, photos, tmp_path):
    (photos / "inside").symlink_to(person.home.readme)
    for path in (tmp_path, person.folder, person.home.objects, person.home.readme):
        answer = person.keeps(path)
        assert "keep.inside-home" in codes(answer.skipped).values()
        assert not any(person.folder in each.file.parents for each in answer.added)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        assert not person.keeps(person.folder.relative_to(tmp_path)).added


def test_folders_nested_deeper_than_calls_may_be(tmp_path):
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(1200):
            Path("d").mkdir()
            os.chdir("d")
        Path("last.txt").write_text("found")
    finally:
        os.chdir(here)
    found = list(find_files([tmp_path / "d"], tmp_path / "home"))
    assert [path.name for path in found] == ["last.txt"]
    subprocess.run(["rm", "-r", "d"], cwd=tmp_path, check=True)


@pytest.mark.parametrize("how", ["grows", "shrinks", "touched"])
def test_a_file_that_changes_while_it_is_read_is_left_out_and_leaves_nothing(
    person, photos, monkeypatch, how
):
    victim = photos / "b.txt"
    look = importing.Import._look

    def change_then_look(self, source):
        if source.path == victim:
            size = {"grows": 7000, "shrinks": 10, "touched": 6000}[how]
            os.truncate(victim, size)
            os.utime(victim, ns=(1, 1))
        return look(self, source)

    monkeypatch.setattr(importing.Import, "_look", change_then_look)
    answer = person.keeps(photos)
    assert codes(answer.skipped) == {"b.txt": "keep.changed-while-reading"}
    assert len(answer.added) == 2
    assert drafts(person) == []


NAMES = [
    b"plain.jpg",
    "Ferien 🏖️ \u202egpj.txt".encode(),
    b"\xff\xfe\x80.png",
    b"x" * 251 + b".jpg",
    b"new\nline\r",
    b"-rf",
    b"--json",
    b".hidden",
    b"a\\b.jpg",
    b"\x1b[31mred",
    b"%s{}$HOME`id`",
]


def test_any_name_is_kept_and_comes_back_with_its_time(person, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    times = {}
    for number, name in enumerate(NAMES):
        path = folder / os.fsdecode(name)
        path.write_bytes(b"%d" % number)
        times[name] = random.Random(number).randrange(-(10**18), 8 * 10**18)
        os.utime(path, ns=(times[name], times[name]))
    assert len(person.keeps(folder).added) == len(NAMES)
    out = tmp_path / "out"
    assert sorted(exported(person, out).values()) == sorted(b"%d" % n for n in range(len(NAMES)))
    for name, modified in times.items():
        if name in (b"a\\b.jpg", b"new\nline\r"):
            continue  # written as a name that every system has
        assert (out / os.fsdecode(name)).stat().st_mtime_ns == modified


def test_hostile_pictures_are_kept_bit_by_bit_and_what_was_not_seen_is_said(person, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    hostile = {
        "bomb.png": png_that_declares(60_000, 60_000),
        "nested.pdf": nested_pdf(),
        "cut.jpg": draw(2, size=(320, 240))[:4000],
        "good.jpg": draw(2, size=(64, 48)),
        "lies.jpg": b"MZ" + bytes(5000),
    }
    for name, content in hostile.items():
        (folder / name).write_bytes(content)
    answer = person.keeps(folder)
    assert len(answer.added) == len(hostile)
    assert {"bomb.png", "cut.jpg"} <= set(codes(answer.unseen))
    assert "good.jpg" not in codes(answer.unseen)
    assert {os.fsdecode(n): d for n, d in exported(person, tmp_path / "out").items()} == hostile


def test_labels_and_albums_go_with_the_files_even_where_they_are_no_text(person, photos):
    person.keeps(photos, label="mine \udcff\ud800", album="b\udc80")
    found = person.does(list_items, ListRequest(newest=1)).items
    assert "\ufffd" in found[0].label
    assert len(person.does(list_items, ListRequest(album=found[0].albums[0])).items) == 3
    with pytest.raises(WrongUsage):
        person.keeps(photos, label="x" * 10_001)
    person.home.catalogue.unlink()
    assert person.does(list_items, ListRequest(newest=1)).items[0].label == found[0].label


def test_three_hundred_files_are_kept_in_a_few_tables(person, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number}.bin").write_bytes(random.Random(number).randbytes(300 + number))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing.Import, "_look", lambda self, source: None)  # to be quick
        assert len(person.keeps(folder).added) == 300
        assert len(person.keeps(folder).already) == 300
    assert person.does(list_items, ListRequest()).kept == 300
    assert len(list(person.home.keys.glob("*/table-*.age"))) <= 8


def test_who_asks_to_stop_keeps_what_was_confirmed_and_a_second_run_does_the_rest(
    person, tmp_path, monkeypatch
):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.bin").write_bytes(b"%d" % number)
    monkeypatch.setattr(importing.Import, "_look", lambda self, source: None)
    monkeypatch.setattr(importing, "_FILES_PER_BATCH", 10)

    def listen(progress) -> None:
        if progress.doing == "keep.adding" and progress.done >= 25:
            person.job.stop_asked = True

    person.job = Job(listen)
    with pytest.raises(Stopped):
        person.keeps(folder)
    person.job = Job()
    kept = person.does(list_items, ListRequest()).kept
    assert 25 <= kept < 60
    assert drafts(person) == []
    answer = person.keeps(folder)
    assert len(answer.already) == kept
    assert len(answer.added) == 60 - kept


def test_a_file_that_was_kept_before_goes_into_the_album_that_is_named(person, tmp_path):
    picture = tmp_path / "shore.jpg"
    picture.write_bytes(draw(7, size=(80, 60)))
    before = person.keeps(picture).added[0].item
    again = person.keeps(picture, album="summer")
    assert [kept.item for kept in again.already] == [before]
    (found,) = person.does(list_items, ListRequest(album="summer")).items
    assert found.item == before
    assert person.keeps(picture, album="summer").already[0].item == before
