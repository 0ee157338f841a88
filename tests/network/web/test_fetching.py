"""One thing is asked of a real server on loopback, as a stranger's server would be."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from stillmine import __version__
from stillmine.app.network import Permit
from stillmine.app.network.web import fetch
from stillmine.errors import AddressRefused, NotEncrypted, NothingMayLeave
from tests.network.web.conftest import ANY, leading
from tests.servers.sites import Authority, Site

NewSite = Callable[..., Site]


def test_a_page_comes_as_it_was_sent_with_all_that_a_proof_needs(new_site: NewSite) -> None:
    site = new_site()
    url = site.says("/a?b=c", b"Hello", ("X-Seen", "one"), ("x-seen", "two"))
    began = datetime.now(UTC)
    found = fetch(ANY, url)
    assert (found.url, found.status, found.body, found.cut) == (url, 200, b"Hello", False)
    assert found.headers[:2] == (("X-Seen", "one"), ("x-seen", "two"))
    assert found.header("X-SEEN") == "one"
    assert found.header("missing") == ""
    assert found.address == "127.0.0.1"
    assert found.answer is not None
    assert found.answer.chosen == "127.0.0.1"
    assert found.hops == ()
    assert began <= found.began <= found.ended


def test_the_client_says_who_it_is_and_nothing_about_the_person(new_site: NewSite) -> None:
    site = new_site()
    site.says("/second")
    fetch(ANY, site.leads("/first", "/second"))
    for asked in site.asked:
        assert asked.headers["user-agent"].startswith(f"stillmine/{__version__} (+https://")
        assert set(asked.headers) == {
            "host", "user-agent", "accept", "accept-encoding", "connection"
        }  # fmt: skip
        assert asked.headers["host"] == site.place


def test_no_cookie_goes_back(new_site: NewSite) -> None:
    site = new_site()
    site.says("/second")
    site.says("/first", b"", ("Set-Cookie", "id=1"), ("Location", "/second"), status=302)
    fetch(ANY, site.url("/first"))
    assert "cookie" not in site.asked[1].headers
    assert "referer" not in site.asked[1].headers


def test_an_encrypted_site_proves_who_it_is(trusted: Authority, new_site: NewSite) -> None:
    site = new_site(https=True)
    found = fetch(Permit.for_host("test.page", site.url()), site.says("/", b"Hello"))
    assert found.body == b"Hello"
    assert found.certificate.startswith(b"\x30")


def test_a_certificate_of_a_stranger_is_not_believed(new_site: NewSite) -> None:
    site = new_site(https=True)
    with pytest.raises(NotEncrypted) as refused:
        fetch(ANY, site.says("/", b"Hello"))
    assert refused.value.facts["host"] == "localhost"
    assert site.asked == []


def test_a_certificate_for_another_name_is_not_believed(
    trusted: Authority, new_site: NewSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = new_site("other.test", https=True)
    monkeypatch.setenv("STILLMINE_ALLOW_LOOPBACK", f"leak.test:{site.port}")
    with pytest.raises(NotEncrypted):
        fetch(ANY, f"https://leak.test:{site.port}/", names=leading("127.0.0.1"))
    assert site.asked == []


def test_a_certificate_that_is_past_its_day_is_not_believed(
    trusted: Authority, new_site: NewSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(trusted.vouch("localhost", days=-3))
    monkeypatch.setenv("STILLMINE_ALLOW_LOOPBACK", site.place)
    with pytest.raises(NotEncrypted):
        fetch(ANY, site.url())
    assert site.asked == []
    site.close()


def test_a_name_in_the_certificate_is_the_name_that_was_asked_for(
    trusted: Authority, new_site: NewSite
) -> None:
    """The address that was looked at is called, and the name still goes into the encryption."""
    site = new_site("xn--bcher-kva.test", https=True)
    site.says("/", b"Hello")
    found = fetch(ANY, f"https://bücher.test:{site.port}/", names=leading("127.0.0.1"))
    assert found.body == b"Hello"
    assert site.asked[0].headers["host"] == site.place


def test_nothing_leaves_for_a_host_that_was_not_agreed_to(new_site: NewSite) -> None:
    site = new_site()
    with pytest.raises(NothingMayLeave):
        fetch(Permit.for_host("test.page", "https://example.org/"), site.url())
    assert site.asked == []


def test_a_redirect_to_a_host_that_was_not_agreed_to_is_not_followed(new_site: NewSite) -> None:
    first, second = new_site(), new_site()
    url = first.leads("/", second.url("/x"))
    with pytest.raises(NothingMayLeave):
        fetch(Permit.for_host("test.page", url), url)
    assert second.asked == []


def test_a_permit_for_a_page_is_none_for_a_backup_place() -> None:
    permit = Permit.for_page("act.capture", "https://example.org/")
    permit.check("http://pictures.example/1.jpg")
    for url in ("davs://example.com/", "sftp://example.com/", "/media/stick", "rclone:x:"):
        with pytest.raises(NothingMayLeave):
            permit.check(url)


def test_the_yes_for_a_host_holds_however_the_address_is_written() -> None:
    permit = Permit.for_host("act.host", "https://BÜCHER.de:443/x")
    permit.check("https://xn--bcher-kva.de/other")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_listed(status: int, new_site: NewSite) -> None:
    site, other = new_site(), new_site()
    goal = other.says("/goal", b"there")
    middle = site.leads("/middle", goal, status)
    url = site.leads("/start", "middle", status)
    found = fetch(ANY, url)
    assert (found.url, found.body, found.hops) == (goal, b"there", (url, middle))


def test_a_redirect_is_the_answer_where_none_is_to_be_followed(new_site: NewSite) -> None:
    site = new_site()
    found = fetch(ANY, site.leads("/", "/next"), redirects=0)
    assert (found.status, found.header("location")) == (302, "/next")


@pytest.mark.parametrize(("status", "method"), [(302, "GET"), (303, "GET"), (307, "POST")])
def test_what_is_sent_goes_on_only_where_the_redirect_says_so(
    status: int, method: str, new_site: NewSite
) -> None:
    site = new_site()
    site.says("/goal")
    site.leads("/", "/goal", status)
    kind = (("Content-Type", "application/timestamp-query"),)
    fetch(ANY, site.url(), method="POST", body=b"question", headers=kind)
    assert site.asked[0].body == b"question"
    assert (site.asked[1].method, site.asked[1].body) == (
        method, b"question" if method == "POST" else b""
    )  # fmt: skip


def test_a_key_for_one_place_is_not_shown_to_the_next(new_site: NewSite) -> None:
    site, other = new_site(), new_site()
    other.says("/")
    site.leads("/away", other.url())
    site.leads("/", "/away")
    fetch(ANY, site.url(), headers=(("X-Api-Key", "mine"), ("Accept", "application/json")))
    assert [asked.headers.get("x-api-key") for asked in site.asked] == ["mine", "mine"]
    assert "x-api-key" not in other.asked[0].headers
    assert other.asked[0].headers["accept"] == "application/json"


def test_what_is_sent_encrypted_is_not_sent_on_in_the_open(
    trusted: Authority, new_site: NewSite
) -> None:
    site, other = new_site(https=True), new_site()
    with pytest.raises(NotEncrypted):
        fetch(ANY, site.leads("/", other.url(), 307), method="POST", body=b"question")
    assert other.asked == []


def test_head_asks_for_no_body(new_site: NewSite) -> None:
    site = new_site()
    found = fetch(ANY, site.says("/", b"x" * 1000), method="HEAD")
    assert (found.body, found.cut, found.header("content-length")) == (b"", False, "1000")
    assert site.asked[0].method == "HEAD"


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"Hello " * 100, mtime=0)),
        ("x-gzip", gzip.compress(b"Hello " * 100, mtime=0)),
        ("deflate", zlib.compress(b"Hello " * 100)),
        ("deflate", zlib.compress(b"Hello " * 100)[2:-4]),
        ("gzip", b"Hello " * 100),
        ("identity", b"Hello " * 100),
    ],
)
def test_a_compressed_page_is_unpacked(coding: str, packed: bytes, new_site: NewSite) -> None:
    site = new_site()
    found = fetch(ANY, site.says("/", packed, ("Content-Encoding", coding)))
    assert (found.body, found.cut) == (b"Hello " * 100, False)


def test_a_page_in_chunks_is_joined(new_site: NewSite) -> None:
    site = new_site()
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = b"5;a=b\r\nHello\r\n1\r\n \r\n5\r\nWorld\r\n0\r\nX-After: 1\r\n\r\n"
    found = fetch(ANY, site.raw("/", head + body))
    assert (found.body, found.cut) == (b"Hello World", False)


def test_a_page_without_a_length_ends_where_the_site_hangs_up(new_site: NewSite) -> None:
    site = new_site()
    found = fetch(ANY, site.says("/", b"Hello", length=False))
    assert (found.body, found.cut) == (b"Hello", False)


def test_an_interim_answer_is_passed_over(new_site: NewSite) -> None:
    site = new_site()
    said = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\nHello"
    assert fetch(ANY, site.raw("/", said)).body == b"Hello"


def test_an_answer_without_a_body_is_not_waited_for(new_site: NewSite) -> None:
    site = new_site()
    found = fetch(ANY, site.raw("/", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"))
    assert (found.status, found.body, found.cut) == (304, b"", False)


def test_only_the_public_addresses_of_a_name_are_called(
    new_site: NewSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = new_site("leak.test")
    site.says("/", b"Hello")
    both = leading("10.0.0.1", "192.168.0.1", "127.0.0.1", "fd00::1")
    found = fetch(ANY, f"http://leak.test:{site.port}/", names=both)
    assert found.address == "127.0.0.1"
    assert found.answer is not None
    assert found.answer.addresses == ("10.0.0.1", "192.168.0.1", "127.0.0.1", "fd00::1")


def test_a_second_address_is_called_where_the_first_does_not_answer(new_site: NewSite) -> None:
    site = new_site("leak.test")
    site.says("/", b"Hello")
    found = fetch(ANY, f"http://leak.test:{site.port}/", names=leading("127.0.0.2", "127.0.0.1"))
    assert (found.body, found.address) == (b"Hello", "127.0.0.1")


def test_loopback_is_refused_unless_it_is_named(new_site: NewSite) -> None:
    site = new_site(allowed=False)
    for url in (site.url(), f"http://127.0.0.1:{site.port}/", f"http://x.localhost:{site.port}/"):
        with pytest.raises(AddressRefused):
            fetch(ANY, url)
    assert site.asked == []


def test_a_wrong_use_is_a_mistake_of_this_program(new_site: NewSite) -> None:
    site = new_site()
    for wrong in (
        {"method": "DELETE"},
        {"body": b"x"},
        {"headers": (("Cookie", "a"),)},
        {"headers": (("X-A", "b\r\nHost: c"),)},
    ):
        with pytest.raises(ValueError, match="cannot"):
            fetch(ANY, site.url(), **wrong)
    assert site.asked == []
