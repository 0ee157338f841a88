"""A page is captured whole: what it showed, what went to and fro, and who answered."""

from __future__ import annotations

import email
import gzip
import hashlib
import io
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Playwright

from stillmine.app.jobs import Job
from stillmine.app.network.browser import address_to_visit, capture_page
from stillmine.app.network.permit import Permit
from stillmine.errors import (
    AddressRefused,
    CannotCapture,
    CannotReach,
    NoBrowser,
    NotAWebAddress,
    NothingMayLeave,
    Stopped,
)
from tests.network.browser.conftest import Capture
from tests.network.browser.site import HTML, LOUD, Site, open_site, picture, program

PNG = picture("PNG", side=200)
PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Grüße</title>
<link rel="stylesheet" href="/style.css"></head><body><h1>Above</h1><img src="/top.png">
<p style="margin-top:4000px">Below</p><img loading="lazy" src="/lazy.png" width="200" height="200">
<script>fetch('/taken.bin').then((r) => r.blob());
fetch('/told.json', {headers: {'X-Asks': 'yes'}}).then((r) => r.json())
  .then((told) => { document.querySelector('h1').textContent += told.more; });</script>
</body></html>"""


def furnish(site: Site) -> str:
    packed = gzip.compress(PAGE.encode())
    headers = {"Content-Type": HTML, "Content-Encoding": "gzip", "Set-Cookie": "who=somebody"}
    site.pages["/page"] = (200, headers, packed)
    site.pages["/first"] = (301, {"Location": "/second"}, b"")
    site.pages["/second"] = (302, {"Location": "/page"}, b"")
    site.file("/style.css", "text/css", b"h1{color:#00f}")
    site.file("/told.json", "application/json", b'{"more": " the line"}')
    site.file("/taken.bin", "application/octet-stream", PNG)
    site.file("/top.png", "image/png", PNG)
    site.file("/lazy.png", "image/png", PNG)
    return site.url("/first")


def test_all_that_a_page_is_comes_back(
    site: Site, capture: Capture, certificate: Path, tmp_path: Path, playwright: Playwright
) -> None:
    before = datetime.now(UTC)
    found = capture(furnish(site))
    assert (found.final_url, found.title) == (site.url("/page"), "Grüße")
    assert found.redirects == (site.url("/first"), site.url("/second"))
    assert "Above the line" in found.text
    assert "Below" in found.text
    assert "Above the line" in found.html
    assert before <= found.began <= found.ended <= datetime.now(UTC)
    assert abs(parsedate_to_datetime(found.server_date) - found.began) < timedelta(minutes=1)
    assert found.browser.startswith("Chromium ")
    assert set(found.problems) <= {"no-sandbox"}
    _shows_all_of_it(found.screenshot, found.pdf)
    _names_who_answered(found, site, certificate)
    _keeps_what_was_served(found, site)
    _opens_as_one_file(found.mhtml, site)
    _opens_in_a_browser(playwright, found.mhtml, tmp_path)


def _shows_all_of_it(screenshot: bytes, pdf: bytes) -> None:
    image = Image.open(io.BytesIO(screenshot)).convert("RGB")
    assert image.format in (None, "PNG")
    assert image.height > 4200
    # The second picture is loaded only when somebody scrolls there.
    assert sum(image.getpixel((100, y)) in LOUD for y in range(4000, image.height)) > 50
    paper = pypdfium2.PdfDocument(pdf)
    try:
        assert "Below" in "".join(sheet.get_textpage().get_text_bounded() for sheet in paper)
    finally:
        paper.close()


def _names_who_answered(found, site: Site, certificate: Path) -> None:
    leaf = ssl.PEM_cert_to_DER_cert((certificate.parent / "leaf.pem").read_text())
    (shown,) = found.certificates
    assert (shown.host, shown.chain[0], shown.trusted) == (site.place, leaf, False)
    assert {(each.host, each.chosen) for each in found.dns} == {("localhost", "127.0.0.1")}
    assert {each.server_address for each in found.exchanges} == {"127.0.0.1"}


def _keeps_what_was_served(found, site: Site) -> None:
    by_path = {each.url.rpartition("/")[2]: each for each in found.exchanges}
    page = by_path["page"]
    assert (page.status, page.kind, page.method) == (200, "document", "GET")
    assert page.body == PAGE.encode()
    assert page.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    # Its headers fit the body that is kept; how it was sent is told apart.
    assert "content-encoding" not in {name.lower() for name, _ in page.response_headers}
    assert ("content-encoding", "gzip") in [(n.lower(), v) for n, v in page.sent_as]
    assert ("Set-Cookie", "who=somebody") in page.response_headers
    assert by_path["top.png"].body == by_path["lazy.png"].body == PNG
    assert by_path["taken.bin"].body == PNG, "although a script took it as a whole"
    asked = {name.lower(): value for name, value in by_path["told.json"].request_headers}
    assert asked["x-asks"] == "yes"
    assert "Headless" not in asked["user-agent"]
    assert (by_path["first"].status, by_path["first"].why_not) == (301, "leads-on")


def _opens_as_one_file(mhtml: bytes, site: Site) -> None:
    parts = [part for part in email.message_from_bytes(mhtml).walk() if not part.is_multipart()]
    by_place = {part["Content-Location"]: part.get_payload(decode=True) for part in parts}
    assert by_place[site.url("/top.png")] == PNG
    assert b"Above the line" in by_place[site.url("/page")]


def _opens_in_a_browser(playwright: Playwright, mhtml: bytes, folder: Path) -> None:
    file = folder / "page.mhtml"
    file.write_bytes(mhtml)
    browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
    page = browser.new_page(offline=True)
    page.goto(file.as_uri())
    assert "Above the line" in page.inner_text("body")
    assert page.evaluate("document.images[0].naturalWidth") == 200
    browser.close()


def test_a_page_that_is_gone_is_proof_of_that(site: Site, capture: Capture) -> None:
    site.pages["/gone"] = (410, {"Content-Type": HTML}, b"<h1>Removed</h1>")
    found = capture(site.url("/gone"), "covered")
    assert found.text.strip() == "Removed"
    assert [each.status for each in found.exchanges if each.kind == "document"] == [410]


def test_where_nobody_answers_there_is_no_proof(
    capture: Capture, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_site(certificate) as closed:
        url = closed.url("/")
    monkeypatch.setenv("STILLMINE_ALLOW_LOOPBACK", closed.place)
    with pytest.raises(CannotReach) as raised:
        capture(url, "covered")
    assert raised.value.facts["host"] == "localhost"


def test_places_inside_are_not_visited(site: Site, capture: Capture) -> None:
    with pytest.raises(AddressRefused) as raised:
        capture("http://192.168.1.1/", "covered")
    assert raised.value.facts["host"] == "192.168.1.1"


def test_a_page_cannot_reach_what_is_inside(site: Site, capture: Capture) -> None:
    with_secret = "".join(
        f"<script src='http://{place}/secret.js'></script><iframe src='http://{place}/'></iframe>"
        for place in ("127.0.0.1:631", "[::1]:631", "10.0.0.1", "169.254.169.254", "0.0.0.0:1")
    )
    found = capture(site.page("/", f"<p>words</p>{with_secret}"), "covered")
    places = {each.place.split("/")[2].partition(":")[0] for each in found.refused}
    assert {"127.0.0.1", "10.0.0.1", "169.254.169.254"} <= places
    assert not [e for e in found.exchanges if e.status and not e.url.startswith(site.url(""))]
    assert all(each.blocked for each in found.exchanges if "169.254" in each.url)


@pytest.mark.parametrize(
    "text",
    ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,hello", "chrome://version",
     "view-source:https://example.org/", "https://user:pass@example.org/", "", "not an address"],
)  # fmt: skip
def test_only_addresses_of_the_web_are_visited(text: str) -> None:
    with pytest.raises(NotAWebAddress):
        address_to_visit(text)


def test_what_follows_the_cross_is_visited_too() -> None:
    assert address_to_visit(" https://Example.org/a#photo-7 ") == "https://example.org/a#photo-7"


def test_a_yes_for_one_place_is_none_for_another() -> None:
    permit = Permit.for_host("act.capture", "https://example.org/")
    with pytest.raises(NothingMayLeave):
        capture_page(permit, "https://example.com/", level="covered")


def test_without_a_browser_it_is_said_which_one_is_missing(
    capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STILLMINE_BROWSER", "/nowhere/chromium")
    with pytest.raises(NoBrowser):
        capture("https://example.org/")


def test_a_program_that_is_no_browser_is_an_error_and_no_traceback(
    site: Site, capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STILLMINE_BROWSER", "/bin/false")
    with pytest.raises(CannotCapture):
        capture(furnish(site))


def test_it_stops_when_that_is_asked(site: Site) -> None:
    job = Job()
    url = furnish(site)
    job.listener = lambda progress: setattr(job, "stop_asked", progress.doing == "capture.loading")
    with pytest.raises(Stopped):
        capture_page(Permit.for_page("act.capture", url), url, level="full", job=job)
