"""Sites that want to be let in, to fill the memory, or to keep us waiting for ever."""

from __future__ import annotations

import gzip
import socket
import threading
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from stillmine.app.network.web import fetch
from stillmine.errors import AddressRefused, CannotReach, StrangeAnswer
from tests.network.web.conftest import ANY, leading
from tests.servers.sites import Authority, Request, Site, dripping

NewSite = Callable[..., Site]
_LONG = 20  # seconds: who does not hang up in time sees another end than the one that is expected


@pytest.mark.parametrize(
    "goal",
    [
        "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://192.168.1.1/admin",
        "http://100.64.0.1/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/",
        "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/",
        "http://[fe80::1%25eth0]/", "http://localhost/", "http://0/", "http://[::]/",
    ],
)  # fmt: skip
def test_a_redirect_into_a_private_network_is_not_followed(goal: str, new_site: NewSite) -> None:
    with pytest.raises(AddressRefused):
        fetch(ANY, new_site().leads("/", goal))


@pytest.mark.parametrize(
    "goal",
    ["file:///etc/passwd", "ftp://x.example/", "https://u:p@x.example", "javascript:x", "http://",
     "http://x.example:70000/"],
)  # fmt: skip
def test_a_redirect_to_what_is_no_page_is_a_strange_answer(goal: str, new_site: NewSite) -> None:
    with pytest.raises(StrangeAnswer):
        fetch(ANY, new_site().leads("/", goal))


def test_a_name_is_asked_for_once_so_that_it_cannot_change_its_mind(new_site: NewSite) -> None:
    """DNS rebinding: a public address to be let through, then one of the inside."""
    site = new_site("leak.test")
    site.says("/", b"Hello")
    said = iter(["127.0.0.1", "10.0.0.1", "10.0.0.1"])
    asked: list[str] = []

    def names(host: str) -> tuple[tuple[str, ...], str]:
        asked.append(host)
        return (next(said),), host

    assert fetch(ANY, f"http://leak.test:{site.port}/", names=names).address == "127.0.0.1"
    assert asked == ["leak.test"]
    with pytest.raises(AddressRefused):
        fetch(ANY, f"http://leak.test:{site.port}/", names=names)


def test_a_name_that_changes_between_two_redirects_is_looked_at_again(new_site: NewSite) -> None:
    site = new_site("leak.test")
    site.leads("/", "/again")
    said = iter(["127.0.0.1", "192.168.1.1"])
    with pytest.raises(AddressRefused) as refused:
        fetch(ANY, f"http://leak.test:{site.port}/", names=lambda host: ((next(said),), host))
    assert refused.value.facts["reason"] == "private"
    assert [each.target for each in site.asked] == ["/"]


def test_redirects_in_a_circle_come_to_an_end(new_site: NewSite) -> None:
    site = new_site()
    with pytest.raises(StrangeAnswer) as strange:
        fetch(ANY, site.leads("/", "/"), redirects=7)
    assert strange.value.facts["reason"] == "redirects"
    assert len(site.asked) == 8


def test_a_redirect_of_a_megabyte_is_a_strange_answer(new_site: NewSite) -> None:
    with pytest.raises(StrangeAnswer):
        fetch(ANY, new_site().leads("/", "/" + "a" * 60_000))


def test_a_body_is_read_as_far_as_was_asked_and_called_cut(new_site: NewSite) -> None:
    site = new_site()
    for length in (True, False):
        found = fetch(ANY, site.says("/", b"x" * 100_000, length=length), limit=1000)
        assert (found.body, found.cut) == (b"x" * 1000, True)
    exact = fetch(ANY, site.says("/", b"x" * 1000), limit=1000)
    assert (len(exact.body), exact.cut) == (1000, False)


def _bomb(coding: str) -> bytes:
    zeros = bytes(1 << 20)
    if coding == "gzip":
        return b"".join(gzip.compress(zeros) for _ in range(1)) * 500
    if coding == "gzip, gzip":
        return gzip.compress(gzip.compress(zeros) * 2000)
    packer = zlib.compressobj()
    return b"".join(packer.compress(zeros) for _ in range(500)) + packer.flush()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, gzip"])
def test_a_small_answer_cannot_unpack_to_a_huge_one(coding: str, new_site: NewSite) -> None:
    site, limit = new_site(), 2 << 20
    url = site.says("/", _bomb(coding), ("Content-Encoding", coding))
    tracemalloc.start()
    found = fetch(ANY, url, limit=limit)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.cut
    assert found.body == bytes(limit)
    assert peak < 20 << 20


def test_compressed_nothing_without_end_is_bounded_too(
    new_site: NewSite, stop: threading.Event
) -> None:
    """Empty members of gzip cost the sender bytes and yield none: what is sent is counted too."""
    empty = gzip.compress(b"") * 1000
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    url = new_site().does("/", dripping([head, empty], stop, pause=0))
    found = fetch(ANY, url, limit=1 << 20, seconds=_LONG)
    assert (found.body, found.cut) == (b"", True)


def test_a_coding_that_was_not_asked_for_is_a_strange_answer(new_site: NewSite) -> None:
    site = new_site()
    for coding in ("br", "gzip, br", "gzip, gzip, gzip, gzip", "nonsense"):
        with pytest.raises(StrangeAnswer):
            fetch(ANY, site.says("/", b"x", ("Content-Encoding", coding)))


def test_damaged_compression_leaves_what_was_read_and_is_called_cut(new_site: NewSite) -> None:
    packed = bytearray(gzip.compress(bytes(range(256)) * 4000))
    packed[-6] ^= 1
    found = fetch(ANY, new_site().says("/", bytes(packed), ("Content-Encoding", "gzip")))
    assert found.cut


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nHello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n-1\r\nmore",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n"
        + b"F" * 20 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n"
        + b"1" * 100_000,
    ],
    ids=["short", "no-end", "below-zero", "no-number", "huge-number", "endless-number"],
)  # fmt: skip
def test_a_body_that_breaks_off_is_kept_and_called_cut(said: bytes, new_site: NewSite) -> None:
    found = fetch(ANY, new_site().raw("/", said), limit=1 << 20)
    assert (found.body, found.cut) == (b"Hello", True)


def test_a_chunk_may_not_be_as_large_as_it_says(new_site: NewSite, stop: threading.Event) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFF\r\n"
    url = new_site().does("/", dripping([head, b"x" * 65536], stop, pause=0))
    found = fetch(ANY, url, limit=1 << 20, seconds=_LONG)
    assert (found.body, found.cut) == (b"x" * (1 << 20), True)


@pytest.mark.parametrize(
    "said",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"220 mail.example ESMTP\r\n",
        b"<html>old</html>",
        b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1 99999 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nHello!",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nHello",
        b"HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nHello",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\nHello",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\nHello",
        b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 300 + b"\r\nHello",
        b"HTTP/1.1 200 OK\r\nX: a",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 20_000,
        b"HTTP/1.1 200 OK\r\n" + (b"X: " + b"a" * 60_000 + b"\r\n") * 10 + b"\r\n",
        b"\xff" * 1000,
    ],
)
def test_what_is_no_answer_of_a_web_server_is_said_to_be_strange(
    said: bytes, new_site: NewSite
) -> None:
    with pytest.raises((StrangeAnswer, CannotReach)):
        fetch(ANY, new_site().raw("/", said))


def test_a_site_that_hangs_up_at_once_cannot_be_reached(new_site: NewSite) -> None:
    with pytest.raises(CannotReach) as away:
        fetch(ANY, new_site().raw("/", b""))
    assert away.value.facts["reason"] == "hung-up"


def test_nobody_who_listens_cannot_be_reached(new_site: NewSite) -> None:
    site = new_site()
    site.close()
    with pytest.raises(CannotReach) as away:
        fetch(ANY, site.url())
    assert away.value.facts["reason"] == "nobody-listens"


def test_a_name_that_does_not_exist_cannot_be_reached() -> None:
    def nobody(host: str) -> tuple[tuple[str, ...], str]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    with pytest.raises(CannotReach) as away:
        fetch(ANY, "https://nobody.example/", names=nobody)
    assert away.value.facts["reason"] == "no-such-name"


def test_a_name_that_leads_nowhere_cannot_be_reached() -> None:
    with pytest.raises(CannotReach):
        fetch(ANY, "https://nobody.example/", names=leading())


def test_a_name_server_that_never_answers_is_not_waited_for(stop: threading.Event) -> None:
    def silent(host: str) -> tuple[tuple[str, ...], str]:
        stop.wait(_LONG)
        return (), host

    with pytest.raises(CannotReach) as away:
        fetch(ANY, "https://slow.example/", names=silent, seconds=0.3)
    assert away.value.facts["reason"] == "slow"


@pytest.mark.parametrize(
    "pieces",
    [
        [b"H"],
        [b"HTTP/1.1 200 OK\r\n", b"X: a\r\n"],
        [b"HTTP/1.1 200 OK\r\n\r\n", b"."],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", b"."],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n.\r\n"],
        [b"HTTP/1.1 100 Continue\r\n\r\n"],
    ],
    ids=["status", "headers", "open-end", "length", "chunks", "continue"],
)
@pytest.mark.parametrize("https", [False, True])
def test_a_slow_drip_is_hung_up_on_when_the_time_is_up(
    pieces: list[bytes], https: bool, trusted: Authority, new_site: NewSite, stop: threading.Event
) -> None:
    """A time-out for each read would never end: each byte comes in time."""
    url = new_site(https=https).does("/", dripping(pieces, stop))
    with pytest.raises(CannotReach) as away:
        fetch(ANY, url, seconds=0.5)
    assert away.value.facts["reason"] == "slow"


def test_a_server_that_never_shakes_hands_is_hung_up_on() -> None:
    """It takes the call, and then says nothing at all, not even how to encrypt."""
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.MonkeyPatch.context() as patch:
        place = f"localhost:{silent.getsockname()[1]}"
        patch.setenv("STILLMINE_ALLOW_LOOPBACK", place)
        with pytest.raises(CannotReach) as away:
            fetch(ANY, f"https://{place}/", seconds=0.5)
    assert away.value.facts["reason"] == "slow"


def test_a_server_that_takes_nothing_in_is_hung_up_on() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf, pytest.MonkeyPatch.context() as patch:
        place = f"localhost:{deaf.getsockname()[1]}"
        patch.setenv("STILLMINE_ALLOW_LOOPBACK", place)
        with pytest.raises(CannotReach):
            fetch(ANY, f"http://{place}/", method="POST", body=bytes(64 << 20), seconds=0.5)


def test_the_time_is_for_all_redirects_together(new_site: NewSite, stop: threading.Event) -> None:
    site = new_site()

    def slowly_on(line: socket.socket, _asked: Request) -> None:
        stop.wait(0.2)
        line.sendall(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")

    with pytest.raises(CannotReach) as away:
        fetch(ANY, site.does("/", slowly_on), seconds=1, redirects=1000)
    assert away.value.facts["reason"] == "slow"
    assert len(site.asked) < 20


def test_no_thread_and_no_line_stays_behind(new_site: NewSite) -> None:
    site = new_site()
    site.says("/", b"Hello")
    before = threading.active_count()
    for _ in range(20):
        fetch(ANY, site.url())
    assert threading.active_count() <= before + 2


def test_an_answer_that_comes_before_the_question_is_finished_counts(new_site: NewSite) -> None:
    """A server may refuse a large body while it is still being sent."""
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.MonkeyPatch.context() as patch:
        place = f"localhost:{server.getsockname()[1]}"
        patch.setenv("STILLMINE_ALLOW_LOOPBACK", place)

        def refuse() -> None:
            line, _ = server.accept()
            with line:
                line.recv(1000)
                line.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
                line.shutdown(socket.SHUT_WR)
                while line.recv(1 << 20):
                    pass

        threading.Thread(target=refuse, daemon=True).start()
        found = fetch(ANY, f"http://{place}/", method="POST", body=bytes(8 << 20), seconds=_LONG)
    assert found.status == 413
