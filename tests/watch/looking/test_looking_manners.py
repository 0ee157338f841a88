"""How a look behaves towards other people's sites, proven from what their servers wrote down."""

from __future__ import annotations

import itertools
import socket
from dataclasses import dataclass, field

import pytest

from stillmine import __version__
from stillmine.errors import VaultBusy
from stillmine.watch.looking.bounds import Bounds
from tests.servers.sites import Request, Site
from tests.watch.looking.looker import (
    HTML,
    ITEMS,
    JPEG,
    JSON,
    PART,
    FastClock,
    codes,
    page_of,
    place,
    stranger,
)


@dataclass
class Log:
    """When a site was asked for what, by the clock of the looker."""

    clock: FastClock
    site: Site
    rows: list[tuple[float, str, dict[str, str]]] = field(default_factory=list)

    @property
    def targets(self) -> list[str]:
        return [target for _at, target, _headers in self.rows]

    @property
    def pauses(self) -> list[float]:
        times = [at for at, _target, _headers in self.rows]
        return [after - before for before, after in itertools.pairwise(times)]

    def times_of(self, target: str) -> list[float]:
        return [at for at, each, _headers in self.rows if each == target]


@pytest.fixture
def logged(looker, new_site):
    """Start a site whose log has the looker's time."""

    def start(**more) -> Log:
        site = new_site(**more)
        log = Log(looker.clock, site)
        append = site.asked.append

        class Noting(list):
            def append(self, asked: Request) -> None:
                log.rows.append((looker.clock.now(), asked.target, dict(asked.headers)))
                append(asked)

        site.asked = Noting()
        return log

    return start


def test_a_host_is_asked_one_thing_in_two_seconds_and_says_who_asks(looker, logged):
    log = logged()
    for number in range(4):
        log.site.says(f"/{number}.jpg", stranger(number), JPEG)
    page = log.site.says("/", page_of("/0.jpg", "/1.jpg", "/2.jpg", "/3.jpg"), HTML)

    looker.looks_at(place("page", page))

    assert log.targets[:2] == ["/robots.txt", "/"]
    assert len(log.targets) == 6
    assert min(log.pauses) >= 2.0
    for _at, _target, headers in log.rows:
        assert headers["user-agent"].startswith(f"stillmine/{__version__} (+https://")
        assert not {"cookie", "referer", "authorization"} & set(headers)


def test_hosts_are_asked_side_by_side(looker, logged):
    logs = [logged() for _ in range(3)]
    for log in logs:
        for number in range(5):
            log.site.says(f"/{number}.jpg", stranger(number), JPEG)
        log.site.says("/", page_of(*(f"/{number}.jpg" for number in range(5))), HTML)

    looker.looks_at(*(place("page", log.site.url(), f"p{n}") for n, log in enumerate(logs)))

    spans = [(log.rows[0][0], log.rows[-1][0]) for log in logs]
    assert max(begin for begin, _ in spans) < min(end for _, end in spans)


def test_the_pause_that_a_site_wants_is_kept(looker, logged):
    log = logged()
    log.site.says("/robots.txt", b"User-agent: *\nCrawl-delay: 7\n")
    log.site.says("/a.jpg", stranger(1), JPEG)
    page = log.site.says("/", page_of("/a.jpg"), HTML)

    looker.looks_at(place("page", page))

    assert len(log.rows) == 3
    assert min(log.pauses) >= 7.0


def test_the_pause_of_a_kind_of_place_is_kept(looker, logged):
    log = logged()
    log.site.says("/b/threads.json", b'[{"threads":[{"no":1},{"no":2},{"no":3}]}]', JSON)
    for number in (1, 2, 3):
        log.site.says(f"/b/res/{number}.json", b'{"posts":[]}', JSON)

    looker.looks_at(place("vichan", log.site.url("/b/")))

    threads = [at for at, target, _ in log.rows if "/res/" in target]
    assert len(threads) == 3
    assert min(after - before for before, after in itertools.pairwise(threads)) >= 10.0


def test_what_a_site_does_not_allow_is_not_asked_for(looker, logged):
    log, other = logged(), logged()
    log.site.says("/robots.txt", b"User-agent: *\nDisallow: /no\n")
    other.site.says("/robots.txt", b"User-agent: *\nDisallow: /\n")
    other.site.says("/copy.jpg", PART, JPEG)
    log.site.says("/no.jpg", PART, JPEG)
    log.site.says("/s/no", page_of("/no.jpg"), HTML)
    shown = page_of("/no.jpg", other.site.url("/copy.jpg"), more='<a href="/no/page">x</a>')
    page = log.site.says("/", shown, HTML)

    looked = looker.looks_at(place("site", page))

    assert log.targets == ["/robots.txt", "/"]
    assert other.targets == ["/robots.txt"]
    assert "robots" in codes(looked)
    assert not looker.told


def test_what_a_site_offers_to_programs_is_asked_for_unless_it_names_us(looker, logged):
    def feed(log: Log, rules: bytes) -> str:
        log.site.says("/robots.txt", rules)
        log.site.says("/page", page_of(), HTML)
        entry = f"<item><link>{log.site.url('/page')}</link></item>"
        body = f'<rss version="2.0"><channel><title>x</title>{entry}</channel></rss>'.encode()
        return log.site.says("/feed", body, ("Content-Type", "application/rss+xml"))

    everybody, named = logged(), logged()
    looker.looks_at(
        place("feed", feed(everybody, b"User-agent: *\nDisallow: /\n"), "p1"),
        place("feed", feed(named, b"User-agent: stillmine\nDisallow: /\n"), "p2"),
    )

    assert everybody.targets == ["/robots.txt", "/feed"]
    assert named.targets == ["/robots.txt"]


def test_a_site_that_is_in_trouble_with_its_rules_is_left_alone(looker, logged):
    log = logged()
    log.site.says("/robots.txt", b"", status=503)
    page = log.site.says("/", page_of(), HTML)

    looked = looker.looks_at(place("page", page), bounds=Bounds(patience=10))

    assert log.targets == ["/robots.txt"]
    assert looked.waiting == 1
    assert codes(looked) == {"spent"}


def test_rules_that_lie_elsewhere_are_followed_there(looker, logged):
    log, other = logged(), logged()
    log.site.leads("/robots.txt", other.site.url("/rules"))
    other.site.says("/rules", b"User-agent: *\nDisallow: /\n")
    page = log.site.says("/", page_of(), HTML)

    looker.looks_at(place("page", page))

    assert log.targets == ["/robots.txt"]
    assert other.targets == ["/rules"]


def test_rules_are_asked_for_once_a_day(looker, logged):
    log = logged()
    page = log.site.says("/", page_of(), HTML)
    looker.looks_at(place("page", page))
    looker.clock.forward += 3600
    looker.look(only=["p1"])
    assert log.targets == ["/robots.txt", "/", "/"]

    looker.clock.forward += 86400
    looker.look()
    assert log.targets[3:] == ["/robots.txt", "/"]


def test_retry_after_is_waited_for_and_a_longer_one_left_for_a_later_look(looker, logged):
    log = logged()
    answers = iter([("429 Too Many", "30"), ("429 Too Many", "3600")])

    def busy(line: socket.socket, _asked: Request) -> None:
        status, after = next(answers, ("200 OK", "0"))
        head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nRetry-After: {after}\r\n"
        line.sendall(head.encode() + b"Content-Length: 0\r\n\r\n")

    page = log.site.does("/", busy)
    first = looker.looks_at(place("page", page))
    assert first.waiting == 1
    assert codes(first) == {"spent"}
    looker.clock.forward += 3600
    second = looker.look()

    times = log.times_of("/")
    # The first refusal backs off for a minute, which is longer than what was asked for.
    assert times[1] - times[0] >= 60
    assert times[2] - times[1] >= 3600
    assert second.waiting == 0
    assert not second.problems


def test_what_did_not_change_is_not_sent_again_and_still_looked_into(looker, logged):
    log = logged()
    marks = (("ETag", '"v1"'), ("Last-Modified", "Fri, 01 May 2026 10:00:00 GMT"))

    def unchanged(body: bytes, kind: tuple[str, str]):
        def answer(line: socket.socket, asked: Request) -> None:
            known = asked.headers.get("if-none-match") == '"v1"'
            head = [f"HTTP/1.1 {'304 Same' if known else '200 OK'}"]
            head += [f"{name}: {value}" for name, value in (kind, *marks)]
            sent = b"" if known else body
            head.append(f"Content-Length: {len(sent)}")
            line.sendall("\r\n".join([*head, "", ""]).encode() + sent)

        return answer

    log.site.does("/s/", unchanged(page_of("/a.jpg", more='<a href="/s/two">x</a>'), HTML))
    log.site.does("/a.jpg", unchanged(stranger(1), JPEG))
    log.site.says("/s/two", page_of(), HTML)
    start = place("site", log.site.url("/s/"))
    looker.looks_at(start)
    looker.clock.forward += 2 * 86400
    again = looker.look()

    asked = {target: headers for _at, target, headers in log.rows}
    assert asked["/s/"]["if-none-match"] == '"v1"'
    assert asked["/s/"]["if-modified-since"] == marks[1][1]
    assert again.pages == 2  # what the page led to is looked at though it was not sent
    assert log.targets.count("/a.jpg") == 1

    looker.clock.forward += 8 * 86400
    looker.look()
    assert log.targets.count("/a.jpg") == 2
    assert log.rows[-1][2].get("if-none-match") or asked["/s/"]["if-none-match"]
    latest = [headers for _at, target, headers in log.rows if target == "/a.jpg"][-1]
    assert latest["if-none-match"] == '"v1"'


def test_a_thread_that_has_not_changed_is_not_asked_for_at_all(looker, logged):
    log = logged()
    listed = b'[{"threads":[{"no":1,"last_modified":5},{"no":2,"last_modified":6}]}]'
    log.site.says("/b/threads.json", listed, JSON)
    for number in (1, 2):
        log.site.says(f"/b/res/{number}.json", b'{"posts":[]}', JSON)
    looker.looks_at(place("vichan", log.site.url("/b/")))
    log.site.says("/b/threads.json", listed.replace(b"6", b"7"), JSON)
    looker.clock.forward += 86400
    looker.look()

    assert log.targets.count("/b/res/1.json") == 1
    assert log.targets.count("/b/res/2.json") == 2


def test_new_own_pictures_make_everything_be_looked_at_again(looker, logged):
    log = logged()
    log.site.says("/a.jpg", stranger(1), JPEG)
    page = log.site.says("/", page_of("/a.jpg"), HTML, ("ETag", '"v1"'))
    looker.looks_at(place("page", page))
    with looker.opened() as looks:
        looks.prepare([place("page", page)], looks.own()[:1], ())
    looker.clock.forward += 2 * 86400
    looker.look()

    assert log.targets.count("/a.jpg") == 2
    assert "if-none-match" not in log.rows[-2][2]


def test_a_day_has_so_many_questions_and_no_more(looker, logged):
    log = logged()
    for number in range(6):
        log.site.says(f"/{number}.jpg", stranger(number), JPEG)
    page = log.site.says("/", page_of(*(f"/{number}.jpg" for number in range(6))), HTML)

    looked = looker.looks_at(place("page", page), bounds=Bounds(budget=4))

    assert len(log.rows) == 4
    assert looked.waiting == 4
    looker.clock.forward += 86400
    looker.look(bounds=Bounds(budget=100))
    assert set(log.targets) >= {f"/{number}.jpg" for number in range(6)}


def test_a_redirect_is_a_question_of_its_own(looker, logged):
    log, other = logged(), logged()
    other.site.says("/robots.txt", b"User-agent: *\nDisallow: /secret\n")
    other.site.says("/page", page_of("/copy.jpg"), HTML)
    other.site.says("/copy.jpg", PART, JPEG)
    log.site.leads("/one", log.site.url("/two"))
    log.site.leads("/two", other.site.url("/page"))
    log.site.leads("/three", other.site.url("/secret"))

    looker.looks_at(
        place("page", log.site.url("/one"), "p1"), place("page", log.site.url("/three"), "p2")
    )

    assert min(log.pauses) >= 2.0
    assert min(other.pauses) >= 2.0
    assert "/secret" not in other.targets
    assert looker.found == {(ITEMS[0], other.site.url("/page"))}


def test_a_host_that_does_not_answer_is_given_up_in_the_end(looker, logged):
    log = logged()
    page = log.site.says("/", page_of(), HTML)
    log.site.close()
    for _ in range(8):
        looked = looker.looks_at(place("page", page))
        looker.clock.forward += 5 * 3600

    assert looked.waiting == 0
    assert codes(looked) <= {"network.cannot-reach", "in-trouble"}
    assert codes(looked)


def test_two_looks_at_once_would_be_too_much_for_the_sites(looker, logged):
    log = logged()
    looker.prepare(place("page", log.site.says("/", page_of(), HTML)))
    with looker.opened() as looks, looks.alone(), pytest.raises(VaultBusy):
        looker.look()
    assert not log.rows
