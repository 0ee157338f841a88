"""Addresses of backup places that are made out of what somebody types field by field."""

import pytest

from stillmine.app.network.address import read_address
from stillmine.app.network.place_address import s3_address, sftp_address, webdav_address
from stillmine.errors import NotABackupPlace, SecretInUrl


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("https://cloud.example/remote.php/dav/files/anna/my notes", "my notes"),
        ("https://cloud.example/remote.php/dav/files/anna/my%20notes", "my notes"),
        ("cloud.example/remote.php/dav/files/anna/Été", "Été"),
        ("davs://cloud.example/remote.php/dav/files/anna/a?b#c", "a?b#c"),
    ],
)
def test_an_address_of_a_provider_is_taken_as_it_is_shown(typed, path):
    found = read_address(webdav_address(typed))
    assert (found.kind, found.host) == ("davs", "cloud.example")
    assert found.path == f"/remote.php/dav/files/anna/{path}"


def test_plain_http_stays_plain_so_that_it_is_refused_where_it_leaves_the_computer():
    assert read_address(webdav_address("http://127.0.0.1:8080/x")).kind == "dav"


@pytest.mark.parametrize("typed", ["", "https://", "ftp://cloud.example/", "javascript://x"])
def test_what_is_no_such_address_is_none(typed):
    assert webdav_address(typed) == ""


def test_a_password_in_an_address_is_refused_also_by_this_way():
    with pytest.raises(SecretInUrl):
        read_address(webdav_address("https://anna:secret@cloud.example/notes"))


def test_the_parts_of_a_bucket_come_back_as_they_were_typed():
    url = s3_address("shelf", "/my notes/été/", "s3.shelf.example", "eu-central-1")
    found = read_address(url)
    assert (found.host, found.path) == ("shelf", "/my notes/été")
    assert found.option("endpoint") == "https://s3.shelf.example"
    assert found.option("region") == "eu-central-1"
    assert not read_address(s3_address("shelf", "", "", "")).options


def test_the_parts_of_a_login_come_back_as_they_were_typed():
    key = "ssh-ed25519 AAAAC3Nza+C1/lZDI1="
    more = {"host_key": key, "identity": "/home/anna/my key"}
    found = read_address(sftp_address("shelf.example", "anna", "/srv/my notes", "2222", **more))
    assert (found.host, found.port, found.user) == ("shelf.example", 2222, "anna")
    assert found.path == "/srv/my notes"
    assert found.option("host-key") == key
    assert found.option("identity") == "/home/anna/my key"
    bare = read_address(sftp_address("::1", "", "~/notes", "", host_key="", identity=""))
    assert (bare.host, bare.port, bare.user, bare.path) == ("::1", None, None, "/~/notes")
    assert not bare.options


def test_a_login_that_would_be_another_address_is_refused():
    with pytest.raises((SecretInUrl, NotABackupPlace)):
        read_address(sftp_address("shelf.example", "anna:word", "/x", ""))
