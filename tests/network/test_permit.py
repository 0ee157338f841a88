"""Nothing connects to a place that the person did not say yes to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from stillmine.app.network import THIS_COMPUTER, Permit, destination_of
from stillmine.app.network.targets import open_target
from stillmine.errors import NotABackupPlace, NotEncrypted, NothingMayLeave, SecretInUrl, TargetAway


@pytest.mark.parametrize(
    ("url", "destination"),
    [
        ("/media/stick", THIS_COMPUTER),
        ("relative/folder", THIS_COMPUTER),
        ("C:\\backup", THIS_COMPUTER),
        ("file:///media/stick", THIS_COMPUTER),
        ("s3://bucket/a/b", "s3.us-east-1.amazonaws.com"),
        ("s3://bucket?region=eu-central-1", "s3.eu-central-1.amazonaws.com"),
        ("s3://bucket?endpoint=https://shelf.example:9000", "shelf.example:9000"),
        ("sftp://anna@Shelf.example/x", "shelf.example"),
        ("sftp://shelf.example:2222/x", "shelf.example:2222"),
        ("davs://shelf.example/dav", "shelf.example"),
        ("dav://[::1]:8080/dav", "[::1]:8080"),
        ("rclone:shelf:deep/er", "rclone:shelf"),
        ("https://example.org/page?q=1", "example.org"),
    ],
)
def test_the_destination_of_an_address_is_the_machine_that_is_asked(
    url: str, destination: str
) -> None:
    assert destination_of(url) == destination


@pytest.mark.parametrize(
    ("url", "agreed"),
    [
        ("s3://bucket?endpoint=https://evil.example", "shelf.example"),
        ("sftp://shelf.example:2222/x", "shelf.example"),
        ("davs://shelf.example.evil/dav", "shelf.example"),
        ("davs://shelf.example@evil.example/dav", "shelf.example"),
        ("rclone:other:", "rclone:shelf"),
        ("/media/stick", "shelf.example"),
        ("davs://shelf.example/", THIS_COMPUTER),
    ],
)
def test_another_place_than_the_agreed_one_is_never_asked(url: str, agreed: str) -> None:
    with pytest.raises((NothingMayLeave, SecretInUrl)):
        open_target(url, Permit("keep.backup", agreed))


@pytest.mark.parametrize(
    "url",
    [
        "sftp://anna:word@shelf.example/x",
        "davs://anna:word@shelf.example/x",
        "davs://anna@shelf.example/x",
        "s3://KEY:SECRET@bucket/x",
        "s3://bucket?endpoint=https://KEY:SECRET@shelf.example",
    ],
)
def test_an_address_with_a_secret_in_it_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(SecretInUrl) as refused:
        open_target(url, Permit("keep.backup", "shelf.example"))
    assert not {"word", "SECRET"} & set(map(str, refused.value.facts.values()))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://shelf.example/x",
        "davs:///x",
        "davs://shelf.example:99999/x",
        "davs://[::1/x",
        "davs://shelf.example/x#y",
        "s3://bucket?secret=x",
        "sftp://-oProxyCommand=touch%20x/x",
        "sftp://-oProxyCommand=x@127.0.0.1/x",
        "rclone:no-colon",
    ],
)
def test_an_address_that_makes_no_sense_is_no_place(url: str) -> None:
    with pytest.raises(NotABackupPlace):
        open_target(url, Permit("keep.backup", destination_of(url)))


@pytest.mark.parametrize(
    "url", ["dav://shelf.example/x", "s3://bucket?endpoint=http://shelf.example"]
)
def test_plain_http_is_for_this_computer_only(url: str) -> None:
    with pytest.raises(NotEncrypted):
        open_target(url, Permit("keep.backup", "shelf.example"), "a:b")


def test_a_folder_that_is_not_there_is_away_and_is_not_made(tmp_path: Path) -> None:
    away = tmp_path / "stick"
    with pytest.raises(TargetAway):
        open_target(str(away), Permit("keep.backup", THIS_COMPUTER))
    assert not away.exists()


def test_opening_a_folder_loads_no_network_library(tmp_path: Path) -> None:
    program = (
        "import sys; from stillmine.app.network import Permit;"
        "from stillmine.app.network.targets import open_target;"
        f"open_target({str(tmp_path)!r}, Permit('keep.backup', 'this computer'));"
        "print([name for name in ('botocore', 'urllib3', 'ssl', 'xml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
