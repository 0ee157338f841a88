"""Copies of what is kept can be recognised, and that never stands in the way of keeping."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from stillmine.app import fingerprinting
from stillmine.app.jobs import Job
from stillmine.app.storage.relearnable import Relearnable
from stillmine.errors import DiskFull, Stopped
from stillmine.imaging import Decoder
from stillmine.imaging.likeness import Fingerprint
from stillmine.keep.add import AddRequest, keep_files
from tests.imaging import samples
from tests.imaging.conftest import HOSTILE
from tests.storage.vaults import Made, make


@pytest.fixture(scope="module")
def decoder():
    with Decoder() as pool:
        yield pool


@pytest.fixture
def made(tmp_path) -> Made:
    return make(tmp_path / "home")


@pytest.fixture
def pictures(tmp_path) -> list[Path]:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in (
        ("still.jpg", samples.saved("JPEG")),
        ("moving.gif", samples.animated("GIF")),
        ("film.mp4", samples.video("mp4", "mpeg4")),
        ("broken.jpg", samples.saved("JPEG")[:500]),
        ("letter.txt", b"no picture"),
    ):
        (folder / name).write_bytes(data)
    return sorted(folder.iterdir())


def keep(vault, decoder, pictures, job=None):
    return keep_files(vault, decoder, AddRequest(()), list(pictures), job or Job())


def by_name(vault) -> dict[str, list[float | None]]:
    names = {item.item: item.shown_name for item in vault.items()}
    found: dict[str, list[float | None]] = {}
    for item, seconds, data in vault.fingerprints.all():
        assert len(Fingerprint.from_bytes(data)) > 0
        found.setdefault(names[item], []).append(seconds)
    return found


def test_adding_learns_how_stills_and_films_look(made, pictures, decoder):
    with made.open(writing=True) as vault:
        answer = keep(vault, decoder, pictures)
        assert len(answer.added) == 5
        assert answer.cannot_recognise == 0
        found = by_name(vault)
        assert found["still.jpg"] == [None]
        assert None not in found["film.mp4"]
        assert found.keys() == {"still.jpg", "film.mp4", "moving.gif"}
        assert vault.fingerprints.missing() == []


def test_what_is_lost_is_learnt_again_from_the_sealed_items(made, pictures, decoder):
    with made.open(writing=True) as vault:
        keep(vault, decoder, pictures)
        before = sorted(vault.fingerprints.all(), key=str)
    (made.home.watch / "fingerprints.db").unlink()

    with made.open() as vault:
        again = sorted(fingerprinting.all_fingerprints(vault, decoder, Job()), key=str)
        assert again == before
        assert fingerprinting.make_missing(vault, decoder, Job()) == ()


def test_whoever_stops_goes_on_from_there(made, pictures, decoder):
    with made.open(writing=True) as vault:
        keep(vault, decoder, pictures)
    (made.home.watch / "fingerprints.db").unlink()
    job = Job()
    job.listener = lambda progress: setattr(job, "stop_asked", progress.done >= 1)
    with made.open() as vault:
        with pytest.raises(Stopped):
            fingerprinting.make_missing(vault, decoder, job)
        assert 0 < len(vault.fingerprints.missing()) < 4
        without = fingerprinting.make_missing(vault, decoder, Job())
        assert {each.problem for each in without} <= {"imaging.cannot-decode"}
        assert vault.fingerprints.missing() == []


def test_a_stop_while_a_film_is_learnt_takes_nothing_back(made, pictures, decoder):
    job = Job()

    def listen(progress) -> None:
        job.stop_asked = progress.doing == fingerprinting.DOING

    job.listener = listen
    with made.open(writing=True) as vault:
        answer = keep(vault, decoder, pictures, job)
        assert len(answer.added) == 5
        assert len(vault.items()) == 5


def test_a_computer_that_cannot_recognise_keeps_all_the_same_and_says_so(made, pictures):
    program = (sys.executable, "-I", "-B", str(HOSTILE), "no_recogniser")
    with Decoder(program=program) as plain, made.open(writing=True) as vault:
        answer = keep(vault, plain, pictures)
        assert len(answer.added) == 5
        assert answer.cannot_recognise == 3
        assert {each.file.name for each in answer.unseen} == {"broken.jpg"}
        assert {item.format for item in vault.items()} >= {"jpeg", "gif", "mp4"}
        # What is added later is made up for.
        names = {item.item: item.shown_name for item in vault.items()}
        missing = {names[item] for item in vault.fingerprints.missing()}
        assert missing >= {"still.jpg", "film.mp4", "moving.gif"}


def test_a_disk_that_is_full_by_then_endangers_no_item(made, pictures, decoder, monkeypatch):
    def full(self):
        raise DiskFull

    monkeypatch.setattr(Relearnable, "opened", full)
    with made.open(writing=True) as vault:
        assert len(keep(vault, decoder, pictures).added) == 5


def test_forgetting_a_picture_forgets_what_it_is_known_by(made, pictures, decoder):
    with made.open(writing=True) as vault:
        keep(vault, decoder, pictures)
        still = next(item for item in vault.items() if item.shown_name == "still.jpg")
        vault.forget([still])
        assert "still.jpg" not in by_name(vault)
        assert still.item not in {item for item, _seconds, _data in vault.fingerprints.all()}
