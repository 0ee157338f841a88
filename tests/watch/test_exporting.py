"""Fingerprints of chosen items are written so that others find copies, and only after a yes."""

from __future__ import annotations

import io
import stat

import numpy as np
import pytest
from PIL import Image
from threatexchange.signal_type.md5 import VideoMD5Signal
from threatexchange.signal_type.pdq.signal import PdqSignal

from stillmine.app.actions import Outcome, all_actions
from stillmine.app.jobs import Job
from stillmine.errors import (
    AgeNotSaid,
    CannotWriteHere,
    InsideHome,
    NothingChosen,
    OneKindOnly,
    Stopped,
    TargetExists,
    UnknownItem,
)
from stillmine.watch.exchange import Form, SignalType, read
from stillmine.watch.fingerprints import ExportRequest, export
from tests.imaging import samples
from tests.keep.conftest import Person, _quick, newcomer, person  # noqa: F401  fixtures
from tests.likeness import films
from tests.stories.program import Program
from tests.watch.reference_vpdq import VPDQSignal

FILM = films.encoded((frame[::2, ::2] for frame in films.shots([2, 3, 4], 2.0)), crf="24")


def png(pixels) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def owner(person: Person, tmp_path):  # noqa: F811  the fixture of that name
    own = tmp_path / "own"
    own.mkdir()
    for name, data in {
        "photo.png": png(films.photo(3)),
        "film.mp4": FILM,
        "wall.png": png(np.full((200, 300, 3), 180, np.uint8)),
        "note.txt": b"a note",
        "broken.jpg": samples.saved("JPEG")[:500],
    }.items():
        (own / name).write_bytes(data)
    added = person.keeps(own).added
    person.numbers = {each.file.name: each.item for each in added}
    return person


def asked(owner, tmp_path, *names, **more):
    file = tmp_path / "given.txt"
    items = tuple(owner.numbers[name] for name in names)
    request = ExportRequest(to=file, items=items, **{"all_were_adults": True, **more})
    answer = owner.does(export, request)
    return answer, read(file.read_text(), Form(request.form)).signals if answer.file else ()


def of_kind(signals, kind):
    return [signal.value for signal in signals if signal.signal_type is kind]


def test_a_picture_is_found_by_the_reference_turned_or_mirrored_too(owner, tmp_path):
    answer, signals = asked(owner, tmp_path, "photo.png")
    assert (answer.outcome, answer.fingerprints, answer.exported[0].pdq) == (Outcome.DONE, 8, 8)
    index = PdqSignal.get_index_cls().build(
        (value, "mine") for value in of_kind(signals, SignalType.PDQ)
    )
    mine = films.photo(3)
    for copy in (mine, mine[:, ::-1], mine[::-1], np.rot90(mine), np.rot90(mine, 3)):
        out = io.BytesIO()
        Image.fromarray(np.ascontiguousarray(copy)).resize((500, 400)).save(out, "JPEG")
        assert index.query(PdqSignal.hash_from_bytes(out.getvalue())), copy.shape
    assert not index.query(PdqSignal.hash_from_bytes(png(films.photo(4))))


def test_a_video_is_found_by_its_bytes_and_by_what_it_shows(owner, tmp_path):
    answer, signals = asked(owner, tmp_path, "film.mp4")
    [given] = answer.exported
    assert (given.pdq, given.video_md5, given.vpdq, given.cut) == (0, 1, 1, None)
    assert given.until == pytest.approx(6.0, abs=0.2)
    assert of_kind(signals, SignalType.VIDEO_MD5) == [VideoMD5Signal.hash_from_bytes(FILM)]
    [shown] = of_kind(signals, SignalType.VPDQ)
    index = VPDQSignal.get_index_cls().build([(shown, "mine")])
    assert index.query(shown)


def test_no_more_than_fingerprints_leaves_the_vault(owner, tmp_path):
    for form in ("lines", "csv", "hma"):
        file = tmp_path / form
        request = ExportRequest(to=file, everything=True, all_were_adults=True, form=form)
        answer = owner.does(export, request)
        text = file.read_text()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert len(read(text, Form(form)).signals) == answer.fingerprints
        for word in (*owner.numbers, *owner.numbers.values(), "2026"):
            assert word.removesuffix(".png") not in text


def test_what_cannot_be_fingerprinted_is_named_and_the_rest_is_written(owner, tmp_path):
    answer, signals = asked(owner, tmp_path, *owner.numbers)
    assert answer.outcome is Outcome.GAPS
    assert {each.item for each in answer.exported} == {
        owner.numbers["photo.png"], owner.numbers["film.mp4"],
    }  # fmt: skip
    codes = {each.item: each.code for each in answer.skipped}
    assert codes == {
        owner.numbers["wall.png"]: "watch.too-plain",
        owner.numbers["note.txt"]: "imaging.no-decoder",
        owner.numbers["broken.jpg"]: "imaging.cannot-decode",
    }
    assert len(signals) == 10


def test_without_a_word_about_their_age_nothing_is_opened(owner, tmp_path):
    file = tmp_path / "given.txt"
    with pytest.raises(AgeNotSaid):
        owner.does(export, ExportRequest(to=file, everything=True))
    nobody = Person(tmp_path / "no vault here")
    with pytest.raises(AgeNotSaid):
        nobody.does(export, ExportRequest(to=file, items=("1",)))
    assert not file.exists()


def test_all_of_them_are_taken_only_when_it_is_said(owner, tmp_path):
    file = tmp_path / "given.txt"
    for request in (
        ExportRequest(to=file, all_were_adults=True),
        ExportRequest(to=file, all_were_adults=True, everything=True, items=("1",)),
    ):
        with pytest.raises(NothingChosen):
            owner.does(export, request)
    with pytest.raises(UnknownItem):
        owner.does(export, ExportRequest(to=file, all_were_adults=True, items=("zz",)))
    assert not file.exists()


def test_the_warning_comes_before_everything_that_would_write():
    [action] = [each for each in all_actions() if each.name == "watch.fingerprints.export"]
    request = ExportRequest(to="x", items=("1",), all_were_adults=True)
    assert action.warns(request) == "fingerprints-given"
    assert action.sends is None


def test_a_file_that_is_there_or_cannot_be_is_left_alone(owner, tmp_path):
    there = tmp_path / "there"
    there.write_text("mine")
    link = tmp_path / "link"
    link.symlink_to("nowhere")
    inside = owner.home.root / "given.txt"
    for file, error in {
        there: TargetExists,
        link: TargetExists,
        inside: InsideHome,
        tmp_path / "no folder" / "x": CannotWriteHere,
    }.items():
        with pytest.raises(error):
            owner.does(export, ExportRequest(to=file, everything=True, all_were_adults=True))
    assert there.read_text() == "mine"
    assert not inside.exists()


def test_bare_digits_hold_one_kind(owner, tmp_path):
    with pytest.raises(OneKindOnly):
        asked(owner, tmp_path, "photo.png", "film.mp4", form="hashes")
    with pytest.raises(OneKindOnly):
        asked(owner, tmp_path, "film.mp4", form="hashes", only="vpdq")
    assert not (tmp_path / "given.txt").exists()
    answer, signals = asked(owner, tmp_path, "photo.png", "film.mp4", form="hashes", only="pdq")
    assert answer.outcome is Outcome.DONE
    assert len(signals) == 8


def test_only_what_is_upright_can_be_asked_for(owner, tmp_path):
    _, signals = asked(owner, tmp_path, "photo.png", upright_only=True)
    assert [signal.value for signal in signals] == [PdqSignal.hash_from_bytes(png(films.photo(3)))]


def test_nothing_worth_giving_writes_no_file(owner, tmp_path):
    answer, _ = asked(owner, tmp_path, "wall.png")
    assert (answer.outcome, answer.file) == (Outcome.NOTHING_FOUND, None)
    assert not (tmp_path / "given.txt").exists()


def test_who_stops_it_has_no_half_of_a_file(owner, tmp_path):
    owner.job = Job(stop_asked=True)
    file = tmp_path / "given.txt"
    with pytest.raises(Stopped):
        owner.does(export, ExportRequest(to=file, everything=True, all_were_adults=True))
    assert not file.exists()


def test_the_command_warns_and_writes(owner, tmp_path):
    program = Program(tmp_path)
    program.home = owner.home.root
    program.phrase(owner.phrase)
    file = tmp_path / "given.csv"
    words = ("watch", "fingerprints", "export", owner.numbers["photo.png"][:8], "--to", file)
    refused = program.run(*words, "--form", "csv", code=25)
    assert refused["code"] == "watch.age-not-said"
    assert "Take It Down" in refused["next"]
    done = program.run(*words, "--form", "csv", "--all-were-adults", "--yes")
    assert (done["fingerprints"], done["file"]) == (8, str(file))
    assert len(read(file.read_text(), Form.CSV).signals) == 8
