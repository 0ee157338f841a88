"""Copies are found in whatever a person names; what cannot be looked at is said, never raised."""

from __future__ import annotations

import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import threading
import zipfile

import av
import numpy as np
import pytest
from PIL import Image

from stillmine.app import unlocking
from stillmine.app.actions import Outcome
from stillmine.app.jobs import Job, Progress
from stillmine.app.storage.opening import open_vault
from stillmine.app.unlocking import root_key
from stillmine.errors import NothingToCompare, Stopped
from stillmine.imaging import drawn
from stillmine.imaging.drawn import draw
from stillmine.keep import setup
from stillmine.keep.forget import ForgetRequest, forget
from stillmine.watch import searching
from stillmine.watch.compare import CompareRequest, compare
from tests.imaging import samples
from tests.keep.conftest import Person, _quick, newcomer, person  # noqa: F401  fixtures
from tests.stories.program import Program

SIZE = (640, 480)


def jpeg(pixels, quality=75):
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(out, "JPEG", quality=quality)
    return out.getvalue()


MINE = {number: drawn.pixels(number, SIZE) for number in (0, 2)}
ORIGINAL = {number: jpeg(pixels, 92) for number, pixels in MINE.items()}
STRANGER = draw(101, size=SIZE)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Return a vault with two pictures, set up once: each test has a copy of it."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        for module in (unlocking, setup):
            patch.setattr(module, "WORK_FACTOR", 1)
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        person = Person(folder / "home")
        person.sets_up()
        for number, data in ORIGINAL.items():
            (folder / f"{number}.jpg").write_bytes(data)
        added = person.keeps(*(folder / f"{number}.jpg" for number in ORIGINAL), label="mine")
    assert len(added.added) == 2
    return person


@pytest.fixture
def owner(kept, newcomer):  # noqa: F811  the fixture of that name
    shutil.copytree(kept.folder, newcomer.folder)
    return newcomer


@pytest.fixture(autouse=True)
def _one_child(monkeypatch):
    """Start one limited child for each search, which is quicker where there is little to see."""
    monkeypatch.setattr(searching, "LOOKERS", 1)


@pytest.fixture
def found(tmp_path):
    folder = tmp_path / "found"
    folder.mkdir()
    return folder


def looks(owner, *paths):
    return owner.does(compare, CompareRequest(tuple(paths)))


def names(owner):
    with open_vault(owner.home, root_key(owner.context)) as vault:
        return {item.item: item.shown_name for item in vault.items()}


def test_each_kind_of_copy_is_told_with_its_place(owner, found):
    mine = MINE[2]
    page = np.full((900, 800, 3), 230, np.uint8)
    page[200:680, 80:720] = mine
    for name, data in {
        "exact.jpg": ORIGINAL[2],
        "re-saved.jpg": jpeg(mine, 60),
        "edited.jpg": jpeg(mine[:, ::-1], 60),
        "part-of.jpg": jpeg(mine[60:420, 100:560], 60),
        "contains.jpg": jpeg(page, 60),
        "zz stranger.jpg": STRANGER,
    }.items():
        (found / name).write_bytes(data)
    answer = looks(owner, found)
    assert answer.outcome is Outcome.DONE
    assert answer.looked_at == 6
    assert {match.path.stem: match.kind for match in answer.matches} == {
        kind: kind for kind in ("exact", "re-saved", "edited", "part-of", "contains")
    }
    assert {names(owner)[match.item] for match in answer.matches} == {"2.jpg"}
    by_kind = {match.kind: match for match in answer.matches}
    whole = [(0, 0), (640, 0), (640, 480), (0, 480)]
    assert np.allclose(by_kind["exact"].quad, whole)
    assert np.abs(np.array(by_kind["re-saved"].quad) - whole).max() < 4
    assert by_kind["edited"].mirrored
    placed = np.array(by_kind["contains"].quad) - np.array((80, 200))
    assert np.abs(placed - whole).max() < 4
    assert (by_kind["contains"].width, by_kind["contains"].height) == (800, 900)
    assert by_kind["part-of"].visible < 0.8
    assert by_kind["exact"].expected_false == 0
    for match in answer.matches:
        assert match.seconds is None
        assert match.line.startswith(str(match.path))
        assert "mine" in match.line


def test_the_place_is_told_in_the_picture_as_it_is_seen(owner, found):
    """A phone writes pixels sideways and says so; the corners are those of the upright picture."""
    out = io.BytesIO()
    sideways = Image.fromarray(MINE[2]).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    sideways.save(out, "JPEG", quality=70, exif=exif)
    (found / "a.jpg").write_bytes(out.getvalue())
    (match,) = looks(owner, found).matches
    assert (match.width, match.height) == SIZE
    corners = np.array([(0, 0), (640, 0), (640, 480), (0, 480)])
    assert np.abs(np.array(match.quad) - corners).max() < 4


def test_several_items_and_several_copies_in_one_picture_are_all_told(owner, found):
    (found / "a.jpg").write_bytes(jpeg(np.hstack([MINE[2], MINE[0], MINE[2][:, ::-1]])))
    matches = looks(owner, found).matches
    told = sorted((names(owner)[match.item], match.mirrored) for match in matches)
    assert told == [("0.jpg", False), ("2.jpg", False), ("2.jpg", True)]


def test_an_exact_copy_of_what_shows_no_picture_is_found_too(owner, found, tmp_path):
    paper = samples.pdf()
    (tmp_path / "paper.pdf").write_bytes(paper)
    owner.keeps(tmp_path / "paper.pdf")
    (found / "renamed").write_bytes(paper)
    (match,) = looks(owner, found).matches
    assert (match.kind, names(owner)[match.item]) == ("exact", "paper.pdf")


def test_nothing_found_is_an_answer_of_its_own(owner, found):
    (found / "a.jpg").write_bytes(STRANGER)
    (found / "b.txt").write_text("text")
    answer = looks(owner, found)
    assert answer.outcome is Outcome.NOTHING_FOUND
    assert (answer.matches, answer.looked_at, answer.others) == ((), 1, 1)


def test_an_empty_folder_holds_nothing(owner, found):
    answer = looks(owner, found)
    assert answer.outcome is Outcome.NOTHING_FOUND
    assert answer.looked_at == 0


def test_what_cannot_be_looked_at_is_named_and_the_rest_is_compared(owner, found):
    (found / "a broken.jpg").write_bytes(ORIGINAL[2][:3000])
    (found / "b none.jpg").symlink_to(found / "nowhere")
    (found / "c loop").symlink_to(found / "c loop")
    os.mkfifo(found / "d pipe.jpg")
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(str(found / "e line.jpg"))
    (found / "f.zip").write_bytes(b"PK\x03\x04 cut short")
    (found / "g.jpg").write_bytes(jpeg(MINE[2], 50))
    answer = looks(owner, found, found / "not there")
    assert answer.outcome is Outcome.GAPS
    assert [match.path.name for match in answer.matches] == ["g.jpg"]
    codes = {each.path.name: each.code for each in answer.skipped}
    assert codes["b none.jpg"] == codes["d pipe.jpg"] == codes["e line.jpg"] == "keep.not-a-file"
    assert codes["c loop"] == "keep.cannot-read"
    assert codes["f.zip"] == "archive.damaged"
    assert codes["not there"] == "keep.no-such-file"
    assert set(codes) - {"a broken.jpg"} == {
        "b none.jpg", "c loop", "d pipe.jpg", "e line.jpg", "f.zip", "not there"
    }  # fmt: skip


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_named(owner, found):
    (found / "a.jpg").write_bytes(STRANGER)
    (found / "a.jpg").chmod(0)
    assert [each.code for each in looks(owner, found).skipped] == ["keep.cannot-read"]


HOSTILE = {
    "bomb.png": lambda: samples.png_that_declares(60_000, 60_000),
    "wide.png": lambda: samples.png_filled(100_000, 1),
    "many.gif": lambda: samples.gif_of(2_000),
    "cmyk.jpg": lambda: modes("CMYK", "JPEG"),
    "deep.png": lambda: modes("I;16", "PNG"),
    "moves.webp": lambda: samples.animated("WEBP"),
    "moves.png": lambda: samples.animated("PNG"),
    "paper.pdf": samples.looping_pdf,
    "heic": samples.heic,
}


def modes(mode, kind):
    out = io.BytesIO()
    grey = Image.fromarray(MINE[2]).convert("L")
    (grey.convert(mode) if mode == "CMYK" else grey.convert("I").convert(mode)).save(out, kind)
    return out.getvalue()


def test_hostile_pictures_are_compared_or_named_and_never_end_the_run(owner, found):
    for name, make in HOSTILE.items():
        (found / name).write_bytes(make())
    (found / "z.jpg").write_bytes(jpeg(MINE[2], 50))
    answer = looks(owner, found)
    assert answer.looked_at + len(answer.skipped) >= len(HOSTILE) + 1
    assert answer.looked_at > len(HOSTILE) // 2
    assert "z.jpg" in {match.path.name for match in answer.matches}
    codes = {each.path.name: each.code for each in answer.skipped}
    assert codes.pop("bomb.png") == "imaging.too-large"
    assert set(codes.values()) <= {"imaging.cannot-decode", "imaging.took-too-long"}
    assert not set(codes) & {"cmyk.jpg", "deep.png", "moves.webp", "moves.png", "heic"}


def clip(scenes, seconds=3, rate=8):
    """Return a video that shows each scene for so long, moving a little, as a film does."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=rate)
        stream.width, stream.height = 640, 480
        stream.options = {"crf": "28"}
        for scene in scenes:
            for number in range(seconds * rate):
                picture = np.roll(scene, number // 4, axis=1)
                frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
                for packet in stream.encode(frame):
                    container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return out.getvalue()


def test_a_picture_shown_in_a_video_is_found_with_its_seconds(owner, found):
    scenes = [drawn.pixels(101, SIZE), MINE[2], drawn.pixels(103, SIZE)]
    (found / "clip.mp4").write_bytes(clip(scenes))
    (match,) = looks(owner, found).matches
    assert names(owner)[match.item] == "2.jpg"
    assert 2.5 <= match.seconds <= 6.5
    assert match.item_seconds is None


def test_a_still_out_of_a_video_of_ones_own_is_found_with_its_second(owner, found, tmp_path):
    scenes = [drawn.pixels(11, SIZE), drawn.pixels(14, SIZE)]
    (tmp_path / "mine.mp4").write_bytes(clip(scenes))
    owner.keeps(tmp_path / "mine.mp4")
    (found / "still.jpg").write_bytes(jpeg(scenes[1][:, ::-1], 50))
    (match,) = looks(owner, found).matches
    assert names(owner)[match.item] == "mine.mp4"
    assert match.seconds is None
    assert 2.5 <= match.item_seconds <= 6
    assert match.mirrored


def test_a_clip_cut_out_of_a_video_of_ones_own_is_found(owner, found, tmp_path):
    scenes = [drawn.pixels(number, SIZE) for number in (11, 14, 16)]
    (tmp_path / "mine.mp4").write_bytes(clip(scenes))
    owner.keeps(tmp_path / "mine.mp4")
    (found / "cut.mp4").write_bytes(clip([drawn.pixels(101, SIZE), scenes[1]]))
    matches = looks(owner, found).matches
    assert {names(owner)[match.item] for match in matches} == {"mine.mp4"}
    assert all(match.seconds > 2.5 for match in matches)


def test_names_of_any_bytes_are_told_as_they_are(owner, found):
    for name in (b"a\xff\xfe.jpg", b"b\x1b[31m.jpg", b"c\n.jpg"):
        (found / os.fsdecode(name)).write_bytes(jpeg(MINE[2], 50))
    answer = looks(owner, found)
    assert [os.fsencode(match.path.name)[:1] for match in answer.matches] == [b"a", b"b", b"c"]


def test_folders_that_lead_in_a_circle_are_looked_through_once(owner, found):
    (found / "a.jpg").write_bytes(jpeg(MINE[2], 50))
    (found / "deep").mkdir()
    (found / "deep/up").symlink_to(found)
    answer = looks(owner, found, found / "deep/up")
    assert len(answer.matches) == 1


def test_the_vault_in_the_folder_is_passed_over(owner, tmp_path):
    """Sealed files are no copies; only where the vault itself was named is that said."""
    (tmp_path / "exact.jpg").write_bytes(ORIGINAL[2])
    answer = looks(owner, tmp_path)
    assert {match.kind for match in answer.matches} == {"exact"}
    assert answer.skipped == ()
    assert [each.code for each in looks(owner, owner.folder).skipped] == ["keep.inside-home"]


def test_a_vault_with_nothing_in_it_says_what_to_do(person, found):  # noqa: F811  the fixture
    with pytest.raises(NothingToCompare):
        looks(person, found)


def test_what_was_forgotten_is_not_looked_for(owner, found):
    item = next(item for item, name in names(owner).items() if name == "2.jpg")
    owner.does(forget, ForgetRequest((item,)))
    (found / "a.jpg").write_bytes(jpeg(MINE[2], 50))
    (found / "b.jpg").write_bytes(ORIGINAL[2])
    assert looks(owner, found).matches == ()


def test_a_vault_whose_fingerprints_are_lost_learns_them_again(owner, found):
    for file in (owner.folder / "watch").iterdir():
        file.unlink()
    (found / "a.jpg").write_bytes(jpeg(MINE[2][:, ::-1], 50))
    answer = looks(owner, found)
    assert len(answer.matches) == 1
    assert answer.unrecognised == 0


def test_strangers_pictures_leave_no_byte_behind(owner, found):
    with zipfile.ZipFile(found / "a.zip", "w") as archive:
        archive.writestr("stranger.jpg", STRANGER)
        archive.writestr("mine.jpg", jpeg(MINE[2], 50))
    before = {path for path in owner.folder.parent.rglob("*") if path.is_file()}
    looks(owner, found)
    after = {path for path in owner.folder.parent.rglob("*") if path.is_file()}
    pieces = [STRANGER[at : at + 24] for at in range(100, len(STRANGER) - 24, 997)]
    for path in (after - before) | {path for path in after if path.is_relative_to(owner.folder)}:
        data = path.read_bytes()
        assert not any(piece in data for piece in pieces), path


class StopsAfter:
    """Somebody who presses Ctrl-C when so much is done."""

    def __init__(self, done: int) -> None:
        self.done = done
        self.job = Job(self)

    def __call__(self, progress: Progress) -> None:
        if progress.doing == "watch.comparing" and progress.done >= self.done:
            self.job.stop_asked = True


def test_work_that_was_stopped_tells_what_it_found_and_goes_on(owner, found, monkeypatch):
    monkeypatch.setattr(searching, "_AHEAD", 2)
    (found / "0.jpg").write_bytes(jpeg(MINE[2], 50))
    for number in range(1, 9):
        (found / f"{number}.jpg").write_bytes(draw(200 + number, size=(320, 240)))
    (found / "9.jpg").write_bytes(jpeg(MINE[0], 50))
    sizes = [path.stat().st_size for path in sorted(found.iterdir())]
    owner.job = StopsAfter(sum(sizes[:5])).job
    first = looks(owner, found)
    assert first.stopped
    assert first.remembered
    assert first.outcome is Outcome.GAPS
    assert 4 <= first.looked_at < 10
    assert [match.path.name for match in first.matches] == ["0.jpg"]

    owner.job = Job()
    second = looks(owner, found)
    assert not second.stopped
    assert second.looked_at == 10
    assert second.before == first.looked_at - 1, "the one that was found is looked at again"
    assert [match.path.name for match in second.matches] == ["0.jpg", "9.jpg"]
    assert looks(owner, found).before == 0, "what came to its end begins anew"


def test_work_that_was_stopped_looks_again_at_what_changed_since(owner, found):
    for number in range(4):
        (found / f"{number}.jpg").write_bytes(draw(300 + number, size=(320, 240)))
    sizes = [path.stat().st_size for path in sorted(found.iterdir())]
    owner.job = StopsAfter(sum(sizes[:3])).job
    first = looks(owner, found)
    assert first.stopped
    (found / "0.jpg").write_bytes(jpeg(MINE[2], 50))
    owner.job = Job()
    second = looks(owner, found)
    assert [match.path.name for match in second.matches] == ["0.jpg"]
    assert second.before == first.looked_at - 1


def test_pictures_that_came_into_the_vault_meanwhile_are_looked_for_everywhere(
    owner, found, tmp_path
):
    for number in range(4):
        (found / f"{number}.jpg").write_bytes(draw(300 + number, size=(320, 240)))
    owner.job = StopsAfter(1).job
    assert looks(owner, found).looked_at
    owner.job = Job()
    (tmp_path / "new.jpg").write_bytes(draw(300, size=(320, 240)))
    owner.keeps(tmp_path / "new.jpg")
    second = looks(owner, found)
    assert second.before == 0
    assert [match.kind for match in second.matches] == ["exact"]


def test_a_large_archive_can_be_stopped_within_and_goes_on_within(owner, found):
    with zipfile.ZipFile(found / "a.zip", "w") as archive:
        for number in range(8):
            archive.writestr(f"{number}.jpg", draw(400 + number, size=(320, 240)))
        archive.writestr("noise", os.urandom(40 << 20))
        archive.writestr("mine.jpg", jpeg(MINE[2], 50))
    owner.job = StopsAfter(1).job
    first = looks(owner, found)
    assert first.stopped
    assert first.looked_at >= 1
    owner.job = Job()
    second = looks(owner, found)
    assert second.before == first.looked_at
    assert [match.inside for match in second.matches] == ["mine.jpg"]


def test_stopping_before_anything_was_compared_is_calm(owner, found):
    (found / "a.jpg").write_bytes(STRANGER)
    owner.job = StopsAfter(0).job
    answer = looks(owner, found)
    assert answer.stopped
    assert answer.looked_at == 0


def test_stopping_while_files_are_looked_for_stops_there(owner, found):
    (found / "a.jpg").write_bytes(STRANGER)
    owner.job = Job(stop_asked=True)
    with pytest.raises(Stopped):
        looks(owner, found)


def test_what_is_remembered_says_nothing_about_the_pictures(owner, found):
    for number in range(3):
        (found / f"secret name {number}.jpg").write_bytes(draw(300 + number, size=(320, 240)))
    owner.job = StopsAfter(1).job
    looks(owner, found)
    with open_vault(owner.home, root_key(owner.context)) as vault:
        (record,) = vault.catalogue.records("watch.compared").values()
    assert set(record) == {"when", "done"}
    assert "secret" not in str(record)


def test_progress_is_counted_in_bytes_to_the_last(owner, found):
    (found / "a.jpg").write_bytes(STRANGER)
    with zipfile.ZipFile(found / "b.zip", "w") as archive:
        archive.writestr("c.jpg", jpeg(MINE[2], 50))
    (found / "d.txt").write_text("text")
    told: list[Progress] = []
    owner.job = Job(told.append)
    looks(owner, found)
    last = [each for each in told if each.doing == "watch.comparing"][-1]
    total = sum(path.stat().st_size for path in found.iterdir())
    assert (last.done, last.total, last.unit) == (total, total, "bytes")


def test_two_may_look_at_once_while_a_third_adds(owner, found, tmp_path):
    for number in range(4):
        (found / f"{number}.jpg").write_bytes(jpeg(MINE[2][number:], 50))
    answers = []
    both = [threading.Thread(target=lambda: answers.append(looks(owner, found))) for _ in "ab"]
    for one in both:
        one.start()
    (tmp_path / "third.jpg").write_bytes(draw(5, size=(320, 240)))
    assert len(owner.keeps(tmp_path / "third.jpg").added) == 1
    for one in both:
        one.join()
    assert [len(answer.matches) for answer in answers] == [4, 4]


def test_a_page_with_its_folder_is_followed_only_where_it_was_named(owner, found):
    (found / "page_files").mkdir()
    (found / "page_files/a.jpg").write_bytes(jpeg(MINE[2], 50))
    (found / "page.html").write_text("<html><img src='page_files/a.jpg'>")
    for paths in ((found / "page.html",), (found,), (found / "page.html", found)):
        matches = looks(owner, *paths).matches
        assert [match.path for match in matches] == [found / "page_files/a.jpg"]


@pytest.fixture
def program(tmp_path) -> Program:
    program = Program(tmp_path)
    own = tmp_path / "own.jpg"
    own.write_bytes(ORIGINAL[2])
    program.run("keep", "init")
    program.run("keep", "unlock")
    program.run("keep", "add", own)
    return program


def test_ctrl_c_ends_the_real_program_calmly_with_what_was_found(program, tmp_path):
    found = tmp_path / "found"
    found.mkdir()
    (found / "0.jpg").write_bytes(jpeg(MINE[2], 50))
    for number in range(1, 30):
        (found / f"{number:02}.jpg").write_bytes(draw(500 + number, size=(320, 240)))
    process = subprocess.Popen(
        program.command("watch", "compare", found), env=program.environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    for line in process.stderr:
        if b'"watch.comparing"' in line and b'"done": 0,' not in line:
            break
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 3
    assert b'"stopped": true' in out
    assert b'"remembered": true' in out
    second = program.run("watch", "compare", found)
    assert second["looked_at"] == 30
    assert second["before"] >= 1
    assert [match["path"] for match in second["matches"]] == [str(found / "0.jpg")]
    program.run("keep", "lock")


_MEASURED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def test_large_and_hostile_archives_need_little_memory(program, tmp_path):
    found = tmp_path / "found"
    found.mkdir()
    with tarfile.open(found / "a.tar", "w") as archive:
        for name, size in (("noise", 600 << 20), ("zeros.jpg", 400 << 20)):
            info = tarfile.TarInfo(name)
            info.size = size
            archive.addfile(info, Sparse(size, ORIGINAL[0] if name.endswith("jpg") else b"x"))
    with zipfile.ZipFile(found / "b.zip", "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("bomb.jpg", ORIGINAL[0] + bytes(400 << 20))
        archive.writestr("mine.jpg", jpeg(MINE[2], 50))
    command = program.command("watch", "compare", found)
    said = subprocess.run(
        [sys.executable, "-c", _MEASURED, *command],
        capture_output=True, text=True, env=program.environment(), check=True,
    ).stdout.split()  # fmt: skip
    assert said[0] == "3"
    assert int(said[1]) < 700
    program.run("keep", "lock")


class Sparse(io.RawIOBase):
    """A file of zeros after its beginning, that is nowhere."""

    def __init__(self, size, head):
        self.left, self.head = size, head

    def read(self, count=-1):
        part = (self.head + bytes(count))[: min(count, self.left)]
        self.head = self.head[len(part) :]
        self.left -= len(part)
        return part
