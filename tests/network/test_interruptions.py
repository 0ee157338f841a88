"""Cut cables, killed programs, servers that are gone, disks that are full."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from stillmine.app.network.targets import Entry, Target
from stillmine.errors import (
    ConnectionLost,
    TargetAway,
    TargetFull,
    WrongTargetSecret,
)
from tests.network.conftest import ROOT, client_command, client_settings
from tests.servers.cutting import Cable
from tests.servers.fixtures import KINDS, TINY
from tests.servers.places import OpenSsh, Place, Server
from tests.servers.process import eventually, free_port

BIG = 70 << 20
REMOTE = ["s3", "s3-conditional", "sftp", "webdav"]
Client = Callable[[Place, str, str, Path], dict[str, Any]]


@pytest.fixture
def cable(request: pytest.FixtureRequest) -> Iterator[Callable[[Place], Cable]]:
    def lay(place: Place) -> Cable:
        assert place.port is not None
        laid = Cable(place.port)
        request.addfinalizer(laid.close)
        return laid

    return lay


@pytest.mark.parametrize("kind", list(KINDS))
def test_seventy_megabytes_go_and_come_back_in_bounded_memory(
    kind: str,
    new_place: Callable[[str], Place],
    some_file: Callable[[int], Path],
    run_client: Client,
    tmp_path: Path,
) -> None:
    place, source, copy = new_place(kind), some_file(BIG), tmp_path / "copy"
    sent = run_client(place, "put", "big", source)
    fetched = run_client(place, "read", "big", copy)
    assert sent["code"] == fetched["code"] == ""
    assert copy.read_bytes() == source.read_bytes()
    assert sent["grew"] < 48 << 20
    assert fetched["grew"] < 24 << 20


@pytest.mark.parametrize("kind", REMOTE)
@pytest.mark.parametrize("after", [2 << 20, 40 << 20])
def test_a_cut_cable_leaves_nothing_visible_and_the_next_try_works(
    kind: str,
    after: int,
    new_place: Callable[[str], Place],
    some_file: Callable[[int], Path],
    cable: Callable[[Place], Cable],
) -> None:
    place, source = new_place(kind), some_file(BIG)
    laid = cable(place)
    target = place.by_way_of(laid.port).open()
    try:
        _cut_during_upload(laid, lambda: target.put_new("objects/big", source), after)
    except ConnectionLost:
        visible = 0
    else:
        visible = 1  # the client tried again by itself, with success
    target.close()
    again = place.open()
    assert len(list(again.names())) == visible
    if not list(again.names()):
        again.put_new("objects/big", source)
    assert list(again.names()) == [Entry("objects/big", BIG)]
    with again.read("objects/big") as stream:
        assert stream.read() == source.read_bytes()
    again.close()


def _cut_during_upload(laid: Cable, upload: Callable[[], None], after: int) -> None:
    laid.cut_after = laid.passed + after
    upload()
    assert laid.cut_after is None, "the cable was not cut"


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_killed_upload_leaves_nothing_visible_and_the_next_try_works(
    kind: str,
    new_place: Callable[[str], Place],
    some_file: Callable[[int], Path],
    cable: Callable[[Place], Cable],
) -> None:
    place, source = new_place(kind), some_file(BIG)
    if place.port is None:
        way, started = place, _half_file_in(place)
    else:
        laid = cable(place)
        way, started = place.by_way_of(laid.port), lambda: laid.passed > 1 << 20
    client = subprocess.Popen(
        client_command(way, "put", "objects/big", source),
        env=client_settings(way),
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    eventually(lambda: started() or client.poll() is not None)
    client.send_signal(signal.SIGKILL)
    output, _ = client.communicate()
    assert output == b"", "the upload was over before it was killed"
    again = place.open()
    assert list(again.names()) == []
    again.put_new("objects/big", source)
    assert list(again.names()) == [Entry("objects/big", BIG)]
    again.close()


def _half_file_in(place: Place) -> Callable[[], bool]:
    folder = place.environment and next(
        value for name, value in place.environment.items() if name.endswith("_REMOTE")
    )
    parts = Path(folder or place.url) / ".parts"
    return lambda: any(parts.glob("*"))


@pytest.mark.parametrize("kind", REMOTE)
def test_a_server_that_is_down_is_away(kind: str, new_place: Callable[[str], Place]) -> None:
    place = new_place(kind).by_way_of(free_port())
    with pytest.raises(TargetAway):
        place.open()


@pytest.mark.parametrize("kind", REMOTE)
def test_a_server_that_hangs_up_while_in_use_is_named(
    kind: str, new_place: Callable[[str], Place], cable: Callable[[Place], Cable]
) -> None:
    place = new_place(kind)
    laid = cable(place)
    target = place.by_way_of(laid.port).open()
    laid.close()
    with pytest.raises((ConnectionLost, TargetAway)):
        target.replace("a", b"1")
    target.close()


@pytest.mark.parametrize("kind", REMOTE)
def test_a_download_that_breaks_off_is_never_taken_for_the_whole(
    kind: str,
    new_place: Callable[[str], Place],
    some_file: Callable[[int], Path],
    cable: Callable[[Place], Cable],
) -> None:
    place, source = new_place(kind), some_file(20 << 20)
    laid = cable(place)
    target = place.by_way_of(laid.port).open()
    target.put_new("big", source)
    with target.read("big") as stream:
        assert stream.read(1000) == source.read_bytes()[:1000]
        laid.cut()
        with pytest.raises(ConnectionLost):
            stream.read()
    target.close()


@pytest.mark.parametrize(
    ("kind", "secret"),
    [
        ("s3", "testkey:wrong"),
        ("s3", "nobody:testsecret"),
        ("s3", "no colon"),
        ("s3", None),
        ("webdav", "anna:wrong"),
        ("webdav", "nobody:pässwört:1"),
        ("webdav", None),
    ],
)
def test_a_wrong_secret_is_called_that(
    kind: str, secret: str | None, new_place: Callable[[str], Place]
) -> None:
    with pytest.raises(WrongTargetSecret):
        new_place(kind).with_secret(secret).open()


def test_a_key_that_the_ssh_server_does_not_know_is_a_wrong_secret(
    servers: Callable[[str], Server],
) -> None:
    server = servers("sftp")
    assert isinstance(server, OpenSsh)
    place = server.place_at(str(server.root), server.host_key, key="host")
    with pytest.raises(WrongTargetSecret):
        place.open()


@pytest.mark.parametrize("tiny_place", list(TINY), indirect=True)
def test_a_full_place_is_called_full_and_stays_whole(
    tiny_place: Place, some_file: Callable[[int], Path], run_client: Client
) -> None:
    small, big = some_file(1000), some_file(3 << 20)
    if tiny_place.tiny_disk:  # the client itself sees the tiny disk, a new one each time
        assert run_client(tiny_place, "put", "small", small)["code"] == ""
        assert run_client(tiny_place, "put", "big", big)["code"] == TargetFull.code
        return
    if tiny_place.url.startswith("s3:"):  # its smallest disk is a gibibyte
        with big.open("r+b") as stream:
            stream.truncate(120 << 20)
    size = big.stat().st_size
    target = tiny_place.open()
    target.put_new("small", small)
    with pytest.raises(TargetFull):
        _fill(target, big)
    assert all(entry.size in (1000, size) for entry in target.names())
    with target.read("small") as stream:
        assert stream.read() == small.read_bytes()
    target.close()


def _fill(target: Target, source: Path) -> None:
    for n in range(20):
        target.put_new(f"big-{n}", source)
