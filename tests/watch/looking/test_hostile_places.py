"""Sites that mean ill, or are broken: bounded, refused, told of, and never in the way of others."""

from __future__ import annotations

import gzip
import io
import threading
import zlib
from dataclasses import replace

import pytest
from PIL import Image

from stillmine.app.network.permit import Permit
from stillmine.app.network.web import fetch
from stillmine.errors import AddressRefused
from stillmine.watch.looking.bounds import Bounds
from tests.servers.sites import dripping
from tests.watch.looking.looker import (
    AGAIN,
    HTML,
    ITEMS,
    JPEG,
    JSON,
    PART,
    codes,
    page_of,
    place,
    stranger,
)

INSIDE = (
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://192.168.1.1/admin",
    "http://100.64.0.1/",
    "http://0.0.0.0/",
    "http://[::ffff:7f00:1]/",
    "http://[::1]:9/",
)


@pytest.fixture
def stop():
    event = threading.Event()
    yield event
    event.set()


@pytest.mark.parametrize("goal", INSIDE)
def test_no_redirect_picture_or_link_leads_into_a_private_network(looker, new_site, goal):
    site = new_site()
    site.leads("/s/away", goal)
    site.leads("/away.jpg", goal)
    site.says("/good.jpg", PART, JPEG)
    shown = page_of("/away.jpg", f"{goal}x.jpg", "/good.jpg", more='<a href="/s/away">x</a>')
    start = site.says("/s/", shown, HTML)

    looked = looker.looks_at(place("site", start))

    assert looker.found == {(ITEMS[0], start)}
    assert "network.address-refused" in codes(looked)
    assert looked.waiting == 0


def test_a_page_cannot_lead_to_another_program_of_this_computer(looker, new_site):
    site, secret = new_site(), new_site(allowed=False)
    secret.says("/x.jpg", PART, JPEG)
    site.leads("/away.jpg", secret.url("/x.jpg"))
    page = site.says("/", page_of("/away.jpg", secret.url("/x.jpg")), HTML)

    looker.looks_at(place("page", page))

    assert not secret.asked
    assert not looker.told


def searx(home, *rows: str) -> str:
    home.says("/search", f'{{"results":[{",".join(rows)}]}}'.encode(), JSON)
    return home.place


def test_what_the_person_runs_at_home_is_asked_and_nothing_it_leads_to(looker, new_site):
    home, other = new_site(allowed=False), new_site(allowed=False)
    web = new_site()
    web.says("/p", page_of("/copy.jpg"), HTML)
    web.says("/copy.jpg", PART, JPEG)
    other.says("/x.jpg", PART, JPEG)
    rows = [
        f'{{"url":"{web.url("/p")}"}}',
        f'{{"url":"{other.url("/x")}","img_src":"{other.url("/x.jpg")}"}}',
        f'{{"url":"{home.url("/inside")}","img_src":"{home.url("/inside.jpg")}"}}',
    ]
    at = searx(home, *rows)

    looked = looker.looks_at(place("searxng", "my own words", at=at))

    assert {each.target.partition("?")[0] for each in home.asked} == {"/search"}
    assert not other.asked
    assert looker.found == {(ITEMS[0], web.url("/p"))}
    assert "network.address-refused" in codes(looked)


def test_what_the_person_runs_may_not_send_us_about_in_their_network(looker, new_site):
    home, other = new_site(allowed=False), new_site(allowed=False)
    home.leads("/search", other.url("/admin"))
    looker.looks_at(place("searxng", "words", at=home.place))
    assert not other.asked


def test_at_home_opens_nothing_but_loopback_and_private_networks(monkeypatch):
    monkeypatch.delenv("STILLMINE_ALLOW_LOOPBACK", raising=False)
    permit = Permit.for_page("watch.look", "http://searx.example:8080/")
    for address in ("169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "192.0.2.1"):
        with pytest.raises(AddressRefused):
            fetch(
                permit,
                "http://searx.example:8080/",
                at_home=True,
                names=lambda host, to=address: ((to,), host),
            )


def test_a_key_goes_nowhere_but_to_its_service(looker, new_site):
    site, other = new_site(), new_site()
    site.leads("/posts.json", other.url("/posts.json"))
    other.says("/posts.json", b"[]", JSON)
    wanted = place("danbooru", site.url("/"))
    looker.looks_at(replace(wanted, key="login=me&api_key=sesame"))

    assert any("api_key=sesame" in each.target for each in site.asked)
    assert other.asked
    assert not any("sesame" in each.wire.decode("latin-1") for each in other.asked)


def bomb(side: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    return out.getvalue()


def test_bombs_truncated_and_mislabelled_files_keep_nobody_from_the_copy(looker, new_site):
    site = new_site()
    zipped = gzip.compress(bytes(40 << 20), 9)
    site.says("/zip", zipped, ("Content-Type", "image/jpeg"), ("Content-Encoding", "gzip"))
    site.says("/wide.png", bomb(30_000), ("Content-Type", "image/png"))
    site.says("/half.jpg", stranger(1)[:900], JPEG)
    site.says("/text.jpg", b"<html>log in please</html>", JPEG)
    site.says("/odd", AGAIN, ("Content-Type", "text/html"))
    site.says("/short.jpg", stranger(2), JPEG, ("Content-Length", "999999"), length=False)
    site.raw("/noise.jpg", b"\x00\x01\x02 this is no web server\r\n\r\n")
    site.raw(
        "/deflate.jpg",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n" + zlib.compress(bytes(40 << 20), 9),
    )
    names = (
        "/zip",
        "/wide.png",
        "/half.jpg",
        "/text.jpg",
        "/short.jpg",
        "/noise.jpg",
        "/deflate.jpg",
        "/odd",
    )
    page = site.says("/", page_of(*names), HTML)

    looked = looker.looks_at(place("page", page))

    assert looker.found == {(ITEMS[0], page)}
    assert looked.waiting == 0
    assert "too-large" in codes(looked)


def test_slow_sites_do_not_hold_up_the_others(looker, new_site, stop):
    good = new_site()
    good.says("/copy.jpg", PART, JPEG)
    page = good.says("/", page_of("/copy.jpg"), HTML)
    slow = []
    for number in range(3):
        site = new_site()
        site.does("/", dripping([b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"], stop))
        slow.append(place("page", site.url("/"), f"s{number}"))

    looked = looker.looks_at(place("page", page), *slow, bounds=Bounds(seconds=1.0, patience=10))

    assert looker.found == {(ITEMS[0], page)}
    assert looked.waiting == 3
    assert codes(looked) == {"network.cannot-reach"}


def test_pages_without_end_come_to_an_end(looker, new_site):
    site = new_site()

    def endless(line, asked):
        number = int(asked.target.rpartition("/")[2])
        links = "".join(f'<a href="/s/{number * 3 + each}">x</a>' for each in (1, 2, 3))
        body = page_of(f"/s/{number}.jpg", more=links)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        line.sendall(head.encode() + body)

    for number in range(400):
        site.does(f"/s/{number}", endless)
    looked = looker.looks_at(place("site", site.url("/s/0"), pages="12"))

    assert looked.pages == 12
    assert looked.waiting == 0


def test_a_page_of_ten_thousand_pictures_is_bounded(looker, new_site):
    site = new_site()
    page = site.says("/", page_of(*(f"/{number}.jpg" for number in range(10_000))), HTML)

    looked = looker.looks_at(place("page", page), bounds=Bounds(pictures=5, patience=10))

    assert "too-many" in codes(looked)
    assert len(site.asked) == 2 + 5


def test_a_redirect_in_a_circle_ends(looker, new_site):
    site = new_site()
    site.leads("/a", site.url("/b"))
    site.leads("/b", site.url("/a"))
    looked = looker.looks_at(place("page", site.url("/a")))
    assert codes(looked) == {"redirects"}
    assert len(site.asked) <= 8


def test_a_million_hosts_of_trouble_are_a_few_lines(looker, new_site):
    site = new_site()
    shown = [f"http://10.1.{number // 250}.{number % 250 + 1}/x.jpg" for number in range(300)]
    page = site.says("/", page_of(*shown), HTML)

    looked = looker.looks_at(place("page", page))

    assert len(looked.problems) <= 52
    assert sum(each.times for each in looked.problems) == 300


def test_a_board_that_tells_what_is_ours_of_what_is_not_loses_nothing_for_others(looker, new_site):
    site = new_site()
    site.says("/b/threads.json", b'[{"threads":[{"no":1}]}]', JSON)
    site.says("/b/res/1.json", b'{"posts":' + b"[" * 5000, JSON)
    looked = looker.looks_at(place("vichan", site.url("/b/")))
    assert codes(looked) == {"not-understood"}
