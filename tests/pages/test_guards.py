"""Other sites attack the pages from inside the same real browser."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest

from tests.pages.browsing import Person
from tests.pages.conftest import FOREIGN

_ATTACK = """<!doctype html><title>Harmless</title>
<form id="form" method="post" action="{target}/n/x"><input name="a" value="b"></form>
<iframe name="frame" src="{target}/n/"></iframe>
<img src="{target}/n/s/icon.svg"><script src="{target}/n/s/leave.js"></script>
<link rel="stylesheet" href="{target}/n/s/style.css">
<script>
window.found = [];
for (const path of ["/n/", "/n/x", "/n/s/leave.js"]) {{
  for (const mode of ["no-cors", "cors"]) {{
    for (const method of ["GET", "POST"]) {{
      fetch("{target}" + path, {{method, mode, credentials: "include"}})
        .then((answer) => answer.text()).then((text) => found.push(text), () => found.push(""));
    }}
  }}
}}
document.querySelector("img").onload = () => found.push("picture");
navigator.sendBeacon("{target}/n/x", "bye");
</script>"""


@pytest.fixture
def attacker() -> Iterator[http.server.ThreadingHTTPServer]:
    """Serve a page that tries everything; `page` is what it serves."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.server.page.encode()  # type: ignore[attr-defined]  # set below
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.page = ""  # type: ignore[attr-defined]  # what is served
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def visits(person: Person, attacker, host: str) -> None:
    """Have the same browser, with the cookie in it, open the page of another site."""
    attacker.page = _ATTACK.format(target=f"http://{person.place}")
    person.page.goto(f"http://{host}:{attacker.server_address[1]}/")
    person.page.wait_for_function("found.length >= 12")
    person.requests.clear()  # they are the attacker's


@pytest.mark.parametrize("host", [FOREIGN, "127.0.0.1"])
def test_another_site_reads_nothing_and_changes_nothing(newcomer, attacker, host):
    """From another name, and from another port of this computer, to which the cookie is sent."""
    visits(newcomer, attacker, host)
    found = newcomer.page.evaluate("found")
    assert set(found) <= {"", "Not found"}
    framed = newcomer.page.frame_locator("iframe").locator("body").inner_text()
    assert newcomer.page.frames[1].url.startswith("chrome-error:"), framed
    assert not newcomer.door.left.is_set()


@pytest.mark.parametrize("host", [FOREIGN, "127.0.0.1"])
def test_a_form_that_another_site_sends_by_itself_does_nothing(newcomer, attacker, host):
    visits(newcomer, attacker, host)
    with newcomer.page.expect_navigation():
        newcomer.page.evaluate("document.getElementById('form').submit()")
    assert newcomer.page.locator("body").inner_text() == "Not found"
    assert not newcomer.door.left.is_set()
    newcomer.requests.clear()
    assert newcomer.goes_to("entry").heading()


def test_a_name_that_was_turned_to_this_computer_finds_nothing(newcomer):
    """DNS rebinding, as the browser sees it: the same port, the same origin, another name."""
    answer = newcomer.page.goto(f"http://{FOREIGN}:{newcomer.pages.port}/n/")
    assert answer is not None
    assert answer.status == 404
    assert newcomer.page.locator("body").inner_text() == "Not found"
    text = newcomer.page.evaluate("fetch('/n/').then((answer) => answer.text())")
    assert text == "Not found"
    newcomer.requests.clear()


def test_the_way_in_asks_for_nothing_that_is_not_there(newcomer):
    """A browser asks for an icon by itself, and notes where there is none."""
    assert newcomer.complaints == []


def test_the_key_is_out_of_the_address_bar_and_the_history(newcomer):
    assert "/o/" not in newcomer.page.url
    assert newcomer.page.evaluate("history.length") <= 2
    newcomer.page.go_back()
    assert "/o/" not in newcomer.page.url


def test_a_file_on_this_computer_leads_in_as_it_does_for_a_person(opens, browser, tmp_path):
    from stillmine.web import opening

    person = Person(browser, tmp_path / "another")
    file = opening.write_file(person.pages.address)
    assert file is not None
    person.page.goto(file.as_uri())
    person.page.wait_for_url("**/n/")
    assert person.heading()
    person.requests = [url for url in person.requests if not url.startswith("file:")]
    person.closes()


def test_scripts_do_not_see_the_cookie_and_nothing_is_stored(newcomer):
    newcomer.goes_to("people")
    assert newcomer.page.evaluate("document.cookie") == ""
    assert newcomer.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert not newcomer.complaints, newcomer.complaints
