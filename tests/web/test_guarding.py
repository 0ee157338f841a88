"""Each guard before the pages is attacked, over a real connection."""

from __future__ import annotations

import re

import pytest

from stillmine.web.door import Door
from stillmine.web.headers import HEADERS
from stillmine.web.paths import PATHS
from tests.web.server import OURS, SCRIPT, TYPED, Visitor

NOT_FOUND = (404, b"Not found")
FILLED = sorted(re.sub(r"\{\w+\}", "x", path) for path in PATHS.values())


@pytest.fixture(scope="module")
def _one(tmp_path_factory):
    visitor = Visitor(Door(tmp_path_factory.mktemp("guarded") / "home")).comes_in()
    yield visitor
    visitor.close()


@pytest.fixture
def inside(_one):
    """Return one visitor for many attacks, none of which may change anything."""
    cookie = _one.cookie
    yield _one
    _one.cookie = cookie
    assert not _one.door.left.is_set()


def refused(answer):
    return (answer.status, answer.body) == NOT_FOUND


def test_somebody_who_came_in_sees_a_page(inside):
    answer = inside.asks("/n/")
    assert answer.status == 200
    assert "<h1" in answer.text


def test_it_listens_on_this_computer_alone(visitor):
    assert visitor.pages._socket.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("path", FILLED)
def test_without_the_cookie_every_address_is_as_if_it_were_not_there(visitor, path):
    for method, body in (("GET", None), ("POST", b"")):
        assert refused(visitor.asks(path, method, body=body))
    assert refused(visitor.asks("/n/there-is-no-such-page"))
    assert not visitor.door.left.is_set()


@pytest.mark.parametrize("cookie", ["n0=x", "x", "n{}=", "{}", ";;;=;", "\xff=\xff"])
def test_a_cookie_that_was_made_up_opens_nothing(inside, cookie):
    name = inside.cookie.partition("=")[0]
    inside.cookie = cookie.replace("{}", name)
    assert refused(inside.asks("/n/"))


def test_the_cookie_twice_opens_nothing(inside):
    inside.cookie = f"{inside.cookie}; {inside.cookie}"
    assert refused(inside.asks("/n/"))


def test_cookies_of_other_programs_on_this_computer_do_no_harm(inside):
    inside.cookie = f"theirs=1; {inside.cookie}; session=2"
    assert inside.asks("/n/").status == 200


def test_two_visits_have_cookies_of_different_names(opens):
    names = {opens().comes_in().cookie.partition("=")[0] for _ in range(2)}
    assert len(names) == 2
    assert all(len(name) >= 17 for name in names)


def test_scripts_cannot_read_the_cookie_and_other_sites_cannot_send_it(visitor):
    (line,) = visitor.asks(visitor.opening, headers=TYPED).cookies
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in line.split(";")}


class TestHost:
    """DNS rebinding: a name of somebody else's that suddenly points to this computer."""

    @pytest.mark.parametrize(
        "host",
        [
            "evil.example",
            "evil.example:{port}",
            "127.0.0.1",
            "127.0.0.1:1",
            "localhost",
            "localhost.evil.example:{port}",
            "127.0.0.1.evil.example:{port}",
            "127.0.0.1:{port}.evil.example",
            "evil@127.0.0.1:{port}",
            "[::1]:{port}",
            "0.0.0.0:{port}",
            "2130706433:{port}",
            "127.1:{port}",
            "",
        ],
    )
    def test_a_foreign_host_is_refused_even_with_the_cookie(self, inside, host):
        host = host.format(port=inside.port)
        assert refused(inside.asks("/n/", host=host))

    def test_a_foreign_host_does_not_use_up_the_key(self, visitor):
        assert refused(visitor.asks(visitor.opening, headers=TYPED, host="evil.example"))
        visitor.comes_in()

    def test_two_hosts_are_refused(self, inside):
        line = f"GET /n/ HTTP/1.1\r\nhost: {inside.host}\r\nhost: evil.example\r\n"
        line += "".join(f"{key}: {value}\r\n" for key, value in OURS.items())
        got = inside.raw(f"{line}cookie: {inside.cookie}\r\n\r\n".encode())
        assert b" 200 " not in got.split(b"\r\n")[0]

    def test_no_host_is_refused(self, inside):
        got = inside.raw(b"GET /n/ HTTP/1.0\r\n\r\n")
        assert b" 200 " not in got.split(b"\r\n")[0]

    def test_a_whole_address_as_the_path_leads_nowhere(self, inside):
        answer = inside.asks("http://evil.example/n/", host="evil.example")
        assert refused(answer)


class TestKey:
    def test_it_works_once(self, visitor):
        visitor.comes_in()
        visitor.cookie = ""
        again = visitor.asks(visitor.opening, headers=TYPED)
        assert refused(again)
        assert not again.cookies

    def test_after_leaving_it_does_not_work_either(self, opens):
        visitor = opens()
        visitor.door.leave()
        assert visitor.is_ended()
        assert not visitor.door.entrance.fits(visitor.opening.rpartition("/")[2])

    def test_another_key_does_not_fit_and_does_not_use_it_up(self, visitor):
        for key in ("", "x", visitor.opening[3:], visitor.opening[3:-1], "\xff"):
            path = "/o/" + key.encode("ascii", "ignore").decode()
            if path != visitor.opening:
                assert refused(visitor.asks(path, headers=TYPED))
        visitor.comes_in()

    def test_a_browser_that_fetches_ahead_does_not_use_it_up(self, visitor):
        assert refused(visitor.asks(visitor.opening, headers=TYPED, sec_purpose="prefetch"))
        assert refused(visitor.asks(visitor.opening, headers=TYPED, purpose="prefetch"))
        visitor.comes_in()

    @pytest.mark.parametrize("wish", [SCRIPT, OURS | {"sec-fetch-dest": "iframe"}])
    def test_only_a_page_in_a_window_of_its_own_may_use_it(self, visitor, wish):
        assert refused(visitor.asks(visitor.opening, headers=wish))
        assert refused(visitor.asks(visitor.opening, "POST", headers=TYPED, body=b""))
        visitor.comes_in()

    def test_from_a_file_it_works_although_browsers_call_that_cross_site(self, visitor):
        answer = visitor.asks(visitor.opening, headers=TYPED | {"sec-fetch-site": "cross-site"})
        assert answer.status == 200

    def test_a_browser_that_is_too_old_is_told_so_and_the_key_is_kept(self, visitor):
        answer = visitor.asks(visitor.opening, headers={})
        assert answer.status == 400
        assert "too old" in answer.text
        visitor.comes_in()

    def test_the_page_that_takes_it_puts_another_in_its_place(self, visitor):
        answer = visitor.asks(visitor.opening, headers=TYPED)
        assert answer.headers["refresh"] == "0; url=/n/"
        assert visitor.opening not in answer.text


class TestOtherSites:
    @pytest.mark.parametrize("site", ["cross-site", "same-site", "", "Same-Origin", "none, none"])
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_a_question_from_another_site_is_refused_even_with_the_cookie(
        self, inside, method, site
    ):
        headers = OURS | {"sec-fetch-site": site}
        body = b"" if method == "POST" else None
        assert refused(inside.asks("/n/x", method, headers, body))
        assert not inside.door.left.is_set()

    def test_a_browser_that_says_nothing_is_refused(self, inside):
        assert refused(inside.asks("/n/", headers={}))

    def test_a_typed_address_may_look_and_not_send(self, inside):
        assert inside.asks("/n/", headers=TYPED).status == 200
        assert refused(inside.asks("/n/k", "POST", TYPED, b""))

    @pytest.mark.parametrize("origin", ["http://evil.example", "https://127.0.0.1", "file://"])
    def test_a_form_with_a_foreign_origin_is_refused(self, inside, origin):
        assert refused(inside.asks("/n/k", "POST", OURS, b"", origin=origin))

    @pytest.mark.parametrize("dest", ["iframe", "frame", "object", "embed", "worker", "font", ""])
    def test_no_page_is_given_into_a_frame_or_a_worker(self, inside, dest):
        assert refused(inside.asks("/n/", headers=OURS | {"sec-fetch-dest": dest}))

    def test_a_page_of_another_port_of_this_computer_is_another_site(self, inside):
        headers = OURS | {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:9"}
        assert refused(inside.asks("/n/x", "POST", headers, b""))

    @pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "PATCH"])
    def test_other_methods_are_refused(self, inside, method):
        assert inside.asks("/n/", method).status in (400, 404, 405)


class TestPaths:
    @pytest.mark.parametrize(
        "path",
        [
            "/n/s/../door.py",
            "/n/s/..%2fdoor.py",
            "/n/s/%2e%2e/door.py",
            "/n/s/%2e%2e%2fdoor.py",
            "/n/s/..%5cdoor.py",
            "/n/s/....//door.py",
            "/n/s/%252e%252e%252fdoor.py",
            "/n/s//etc/passwd",
            "/n/s/%2fetc%2fpasswd",
            "/n/s/style.css%00.txt",
            "/n/s/.",
            "/n/s/",
            "/n/../../../../etc/passwd",
            "//etc/passwd",
            "/n/s/door.py",
            "/n/s/__init__.py",
        ],
    )
    def test_no_path_leads_out_of_our_own_few_files(self, inside, path):
        answer = inside.asks(path)
        assert answer.status in (400, 404)
        assert "import" not in answer.text
        assert "root:" not in answer.text

    def test_our_own_files_are_given_as_what_they_are(self, inside):
        kinds = {"style.css": "text/css", "leave.js": "text/javascript", "icon.svg": "image/svg"}
        for name, kind in kinds.items():
            answer = inside.asks(f"/n/s/{name}", headers=OURS | {"sec-fetch-mode": "no-cors"})
            assert answer.status == 200
            assert answer.headers["content-type"].startswith(kind)


def test_every_answer_says_that_nothing_is_kept_loaded_or_framed(inside):
    seen = set()
    for path, method, headers in (
        ("/n/", "GET", OURS),
        ("/n/s/style.css", "GET", OURS),
        ("/n/there-is-none", "GET", OURS),
        ("/n/", "GET", OURS | {"sec-fetch-site": "cross-site"}),
        ("/n/k", "POST", OURS),
        ("/n/k", "POST", OURS | {"content-length": "999999999"}),
        (inside.opening, "GET", TYPED),
    ):
        answer = inside.asks(path, method, headers, b"" if method == "POST" else None)
        seen.add(answer.status)
        for name, value in HEADERS:
            assert answer.headers[name.decode()] == value.decode(), (path, name)
        assert "server" not in answer.headers
        assert "date" not in answer.headers
    assert seen >= {200, 404}


def test_the_policy_lets_nothing_in_from_elsewhere_and_nothing_inline(inside):
    policy = inside.asks("/n/").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "data:" not in policy
