"""Work that stops half-way, servers that go away: no half state counts, and it goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stillmine.app.home import Home
from stillmine.app.jobs import Job, Progress
from stillmine.errors import NoBackupThere, StillmineError, Stopped
from tests.keep.backup import shelf as lying
from tests.keep.backup.person import Person, inspects
from tests.servers.cutting import Cable
from tests.servers.places import Place
from tests.servers.process import eventually

MANY = 20
GONE = {"network.connection-lost", "backup.target-away"}


@pytest.fixture
def many(keeper: Person, tmp_path: Path) -> Person:
    """Give somebody with twenty files more, of 150 KB each."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(MANY):
        (folder / f"{number}.bin").write_bytes(os.urandom(150_000))
    keeper.keeps(folder)
    return keeper


def stops_at(doing: str, part: float) -> Job:
    """Return a job that is asked to stop once so much of a stretch is done."""
    job = Job()

    def listen(progress: Progress) -> None:
        if progress.doing == doing and progress.total and progress.done >= part * progress.total:
            job.stop_asked = True

    job.listener = listen
    return job


def test_a_run_that_is_stopped_leaves_no_backup_and_the_next_one_goes_on(
    many: Person, shelf: Place, tmp_path: Path
) -> None:
    many.adds_place(shelf)
    many.job = stops_at("backup.sending", 0.3)
    with pytest.raises(Stopped):
        many.backs_up()
    many.job = Job()
    sent_before = lying.everything(shelf)
    assert 3 < len(sent_before) < MANY
    with pytest.raises(NoBackupThere):
        inspects(shelf, tmp_path / "nobody")
    with pytest.raises(NoBackupThere):
        many.restores(shelf, tmp_path / "back")
    assert many.places()[0].backups == 0
    (made,) = many.backs_up().runs
    assert made.counter == 1
    assert made.sent == made.files - len(sent_before)
    assert inspects(shelf, tmp_path / "nobody").damaged == ()


def test_a_killed_run_leaves_no_backup_and_the_next_one_goes_on(
    many: Person, shelf: Place, tmp_path: Path
) -> None:
    many.adds_place(shelf)
    secret = tmp_path / "phrase"
    secret.write_text(many.phrase)
    secret.chmod(0o600)
    command = [sys.executable, "-m", "stillmine", "--home", str(many.home), "keep", "backup", "run"]
    environment = {**os.environ, "STILLMINE_PASSPHRASE_FILE": str(secret)}
    running = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    objects = Path(shelf.url) / "objects"
    eventually(lambda: len(list(objects.rglob("*.age"))) > 2 or running.poll() is not None)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL, "the run was quicker than the signal"
    with pytest.raises(NoBackupThere):
        inspects(shelf, tmp_path / "nobody")
    (made,) = many.backs_up().runs
    assert made.sent < made.files
    assert inspects(shelf, tmp_path / "nobody").damaged == ()


@pytest.mark.parametrize("kind", ["s3", "sftp", "webdav"])
def test_a_server_that_goes_down_is_named_and_the_next_run_completes(
    kind: str,
    many: Person,
    new_place: Callable[[str], Place],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    direct = new_place(kind)
    port = direct.port or 0
    cable = Cable(port)
    place = direct.by_way_of(cable.port)
    many.adds_place(place)

    def hang_up(progress: Progress) -> None:
        if progress.doing == "backup.sending" and progress.done:
            cable.close()

    many.job = Job(listener=hang_up)
    with pytest.raises(StillmineError) as caught:
        many.backs_up()
    assert caught.value.code in GONE
    many.job = Job()
    with pytest.raises(StillmineError) as caught:
        many.backs_up()
    assert caught.value.code in GONE
    assert [each.code in GONE for each in many.verifies().places] == [True]
    with pytest.raises(NoBackupThere):
        inspects(direct, tmp_path / "nobody")

    again = Cable(port, at=cable.port)
    request.addfinalizer(again.close)
    (made,) = many.backs_up().runs
    assert made.counter == 1
    assert inspects(direct, tmp_path / "nobody").damaged == ()


def test_a_restore_that_is_stopped_is_no_vault_and_goes_on_where_it_was(
    many: Person, shelf: Place, tmp_path: Path
) -> None:
    many.backs_up_to(shelf)
    home = Home(tmp_path / "back")
    many.job = Job()
    back = Person(home.root, many.phrase, many.words, job=stops_at("backup.restoring", 0.5))
    with pytest.raises(Stopped):
        _restore(back, shelf)
    assert not home.has_vault()
    there = {path: path.stat().st_mtime_ns for path in home.objects.rglob("*.age")}
    assert 3 < len(there) < MANY + 3
    back.job = Job()
    _restore(back, shelf)
    assert back.sees() == many.sees()
    assert {path: path.stat().st_mtime_ns for path in there} == there  # not fetched again


def test_a_restore_goes_on_from_another_backup_than_it_began_with(
    many: Person, shelf: Place, tmp_path: Path
) -> None:
    many.backs_up_to(shelf)
    back = Person(tmp_path / "back", many.phrase, many.words, job=stops_at("backup.restoring", 0.5))
    with pytest.raises(Stopped):
        _restore(back, shelf)
    many.forgets(*sorted(many.sees())[:2])
    many.gets_new_keys("another phrase entirely")
    many.keeps_text(tmp_path / "later.txt")
    many.backs_up()
    back.job, back.phrase = Job(), many.phrase
    _restore(back, shelf)
    assert back.sees() == many.sees()
    assert back.holds(tmp_path / "out") == many.holds(tmp_path / "own")
    assert len(list(Home(back.home).keys.iterdir())) == 1


def test_a_restored_vault_goes_on_backing_up_to_the_same_place(
    keeper: Person, shelf: Place, tmp_path: Path
) -> None:
    keeper.backs_up_to(shelf)
    back, _ = keeper.restores(shelf, tmp_path / "back")
    assert back.verifies_one().code == ""
    back.keeps_text(tmp_path / "later.txt")
    (made,) = back.backs_up().runs
    assert made.counter == 2
    assert back.verifies_one().damaged == ()
    assert back.practises().passed


def test_two_computers_that_grow_apart_leave_nothing_wrong_at_the_place(
    keeper: Person, shelf: Place, tmp_path: Path
) -> None:
    keeper.backs_up_to(shelf)
    other, _ = keeper.restores(shelf, tmp_path / "other")  # an older state than what follows
    keeper.keeps_text(tmp_path / "of-one.txt")
    keeper.backs_up()
    other.keeps_text(tmp_path / "of-the-other.txt")
    (made,) = other.backs_up().runs
    assert made.counter == 3
    assert inspects(shelf, tmp_path / "nobody").damaged == ()
    for person in (other, keeper):
        checked = person.verifies_one()
        assert (checked.code, checked.damaged) == ("", ())
    assert other.restores(shelf, tmp_path / "a")[0].sees() == other.sees()

    (made,) = keeper.backs_up().runs  # nothing is new here, and yet the newest list is not its own
    assert (made.unchanged, made.counter) == (False, 4)
    assert inspects(shelf, tmp_path / "nobody").damaged == ()
    back, _ = keeper.restores(shelf, tmp_path / "b")
    assert back.holds(tmp_path / "out-b") == keeper.holds(tmp_path / "own")
    assert other.verifies_one().code == ""


def _restore(back: Person, place: Place) -> None:
    from stillmine.keep.backup import restore

    restore.restore(back.context, restore.RestoreRequest(place.url))
