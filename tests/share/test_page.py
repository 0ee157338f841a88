"""The page opens in a real browser, offline, from a file, and asks nobody for anything."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from playwright.sync_api import Browser, Page, Playwright

import stillmine.share
from stillmine.imaging import drawn
from stillmine.messages.handing import PAGE, PAGE_SCRIPT
from stillmine.share.seal import seal_with_passphrase
from tests.counterparts import PAGE_TOOLS, need
from tests.share.conftest import sealed

WORDS = "radar olive famous upper kitten swift"
PHONE = {"width": 320, "height": 568}
PICTURE = drawn.draw(1, size=(400, 300))
_PATIENCE = 120_000  # milliseconds; a loaded machine derives keys slowly


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    # Without its sandbox, because CI is root; it opens pages of our own alone.
    program = shutil.which("chromium")
    browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
    yield browser
    browser.close()


class Visit:
    """Somebody's look at a page: what they see, and what the page asks the network for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.set_default_timeout(_PATIENCE)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda said: self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def goes_to(self, file: Path) -> None:
        self.page.goto(file.as_uri())

    def types(self, passphrase: str) -> None:
        self.page.fill("#passphrase", passphrase)
        self.page.click("#open")

    def hears(self, key: str) -> None:
        self.page.wait_for_function(
            "wanted => document.getElementById('said').textContent === wanted",
            arg=PAGE_SCRIPT[key],
        )

    def sees_the_picture(self) -> bool:
        return self.page.is_visible("#picture")


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    context = browser.new_context(viewport=PHONE, offline=True, has_touch=True)
    yield Visit(context.new_page())
    context.close()


def write(folder: Path, picture: bytes = PICTURE, **more: object) -> Path:
    file = folder / "k7.html"
    file.write_bytes(sealed(seal_with_passphrase(WORDS, page=True), picture, **more))
    return file


def test_the_right_words_open_it_and_wrong_ones_are_told_kindly(
    visit: Visit, tmp_path: Path
) -> None:
    visit.goes_to(write(tmp_path))
    visit.types("radar olive famous upper kitten swim")
    visit.hears("wrong")
    assert visit.page.is_hidden("#letter")
    visit.types(WORDS)
    visit.hears("opened")
    assert visit.page.is_hidden("#ask")
    assert visit.page.input_value("#passphrase") == ""


@pytest.mark.parametrize("typed", [WORDS.capitalize(), f" {WORDS} ", WORDS.replace(" ", "  ")])
def test_it_opens_as_a_phone_types_words(visit: Visit, tmp_path: Path, typed: str) -> None:
    visit.goes_to(write(tmp_path))
    visit.types(typed)
    visit.hears("opened")


def test_the_picture_is_veiled_until_it_is_held(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    visit.goes_to(write(tmp_path))
    visit.types(WORDS)
    visit.hears("opened")
    assert not visit.sees_the_picture()
    box = page.locator("#hold").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 9, box["y"] + 9)
    page.mouse.down()
    assert visit.sees_the_picture()
    page.wait_for_function("() => document.getElementById('picture').naturalWidth === 400")
    page.mouse.up()
    assert not visit.sees_the_picture()
    page.mouse.down()
    page.mouse.move(1, 1)
    assert not visit.sees_the_picture()


def test_it_is_held_with_the_keyboard_too(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    visit.goes_to(write(tmp_path))
    page.keyboard.type(WORDS)  # the field has the focus from the start
    page.keyboard.press("Enter")
    visit.hears("opened")
    for key in ("Space", "Enter"):
        page.keyboard.down(key)
        assert visit.sees_the_picture()
        page.keyboard.up(key)
        assert not visit.sees_the_picture()
    page.keyboard.down("Space")
    page.evaluate("document.getElementById('hold').blur()")
    assert not visit.sees_the_picture()


def test_whoever_cannot_hold_a_key_sees_it_for_a_moment(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    page.clock.install()
    visit.goes_to(write(tmp_path))
    page.fill("#passphrase", WORDS)
    page.click("#open")
    page.clock.run_for(1000)
    visit.hears("opened")
    page.click("#moment")
    assert visit.sees_the_picture()
    page.clock.run_for(9_000)
    assert visit.sees_the_picture()
    page.clock.run_for(2_000)
    assert not visit.sees_the_picture()


def test_wishes_are_shown_as_wishes_and_as_nothing_but_text(visit: Visit, tmp_path: Path) -> None:
    wish = "<img src=x onerror=alert(1)> please keep it"
    visit.goes_to(write(tmp_path, wishes=(wish,), until="2026-12-31", views=2))
    visit.types(WORDS)
    visit.hears("opened")
    said = visit.page.inner_text("#wishes")
    assert wish in said
    assert said.count("A wish from the sender") == 3
    assert "2026-12-31" in said
    assert "May 1, 2026" in said
    assert visit.page.locator("#wishes img").count() == 0


def test_closing_leaves_nothing_to_look_at(visit: Visit, tmp_path: Path) -> None:
    visit.goes_to(write(tmp_path))
    visit.types(WORDS)
    visit.hears("opened")
    visit.page.click("#close")
    visit.hears("closed")
    assert visit.page.locator("img").count() == 0
    assert visit.page.locator("#sealed").count() == 0


def test_the_page_makes_no_request_and_breaks_no_rule_of_its_policy(
    visit: Visit, tmp_path: Path
) -> None:
    file = write(tmp_path)
    visit.goes_to(file)
    visit.types(WORDS)
    visit.hears("opened")
    visit.page.keyboard.down("Space")
    visit.page.wait_for_function("() => document.getElementById('picture').naturalWidth === 400")
    outside = [url for url in visit.requests if not url.startswith("blob:")]
    assert outside == [file.as_uri()]
    assert visit.complaints == []


@pytest.mark.parametrize(
    "attempt",
    [
        "fetch('https://example.org/')",
        "new Promise((ok, no) => { const i = new Image(); i.onload = ok; i.onerror = no;"
        " i.src = 'https://example.org/x.png' })",
        "navigator.sendBeacon('https://example.org/') && Promise.reject()",
        "new Promise((ok, no) => { const s = document.createElement('script'); s.onload = ok;"
        " s.onerror = no; s.textContent = 'window.ran = 1'; document.body.append(s);"
        " setTimeout(() => window.ran ? ok() : no(), 50) })",
    ],
    ids=["fetch", "image", "beacon", "script"],
)
def test_its_policy_forbids_whatever_would_reach_out(
    visit: Visit, tmp_path: Path, attempt: str
) -> None:
    visit.goes_to(write(tmp_path))
    refused = visit.page.evaluate(f"Promise.resolve().then(() => {attempt}).then(() => 0, () => 1)")
    assert refused == 1
    assert any("Content Security Policy" in each for each in visit.complaints)


def test_it_fits_a_small_phone(visit: Visit, tmp_path: Path) -> None:
    visit.goes_to(write(tmp_path, wishes=("x" * 200,)))
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    visit.types(WORDS)
    visit.hears("opened")
    visit.page.keyboard.down("Space")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_large_picture_opens(visit: Visit, tmp_path: Path) -> None:
    # What follows the end of a JPEG is not looked at: a quick way to a file of 50 MB.
    visit.goes_to(write(tmp_path, PICTURE + os.urandom(50_000_000)))
    visit.types(WORDS)
    visit.hears("opened")
    visit.page.keyboard.down("Space")
    visit.page.wait_for_function("() => document.getElementById('picture').naturalWidth === 400")


def test_a_damaged_page_says_so_and_not_that_the_words_are_wrong(
    visit: Visit, tmp_path: Path
) -> None:
    file = write(tmp_path)
    page = file.read_bytes()
    place = page.index(b"-----END AGE ENCRYPTED FILE-----") - 900
    file.write_bytes(page[:place] + (b"A" if page[place] != 65 else b"B") + page[place + 1 :])
    visit.goes_to(file)
    visit.types(WORDS)
    visit.hears("damaged")


def film() -> bytes:
    """Return ten frames of grey as WebM."""
    out = io.BytesIO()
    with av.open(out, "w", format="webm") as container:
        stream = container.add_stream("libvpx", rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for _ in range(10):
            frame = av.VideoFrame.from_ndarray(np.full((240, 320, 3), 128, np.uint8), "rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return out.getvalue()


def test_a_video_plays_while_it_is_held_and_stops(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    visit.goes_to(write(tmp_path, film(), file="picture.webm"))
    visit.types(WORDS)
    visit.hears("opened")
    assert page.is_hidden("#film")
    page.keyboard.down("Space")
    assert page.is_visible("#film")
    page.wait_for_function("() => document.getElementById('film').videoWidth === 320")
    page.keyboard.up("Space")
    assert page.is_hidden("#film")
    assert page.evaluate("document.getElementById('film').paused")


def test_what_a_browser_cannot_show_can_be_saved(visit: Visit, tmp_path: Path) -> None:
    content = b"%PDF-1.7 not really"
    visit.goes_to(write(tmp_path, content, file="picture.pdf"))
    visit.types(WORDS)
    visit.hears("cannot-show")
    with visit.page.expect_download() as waiting:
        visit.page.click("#save")
    assert Path(waiting.value.path()).read_bytes() == content
    assert waiting.value.suggested_filename == "picture.pdf"


def test_without_scripts_the_page_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(write(tmp_path).as_uri())
    assert PAGE["no_script"] in page.inner_text("main")
    assert page.is_hidden("#ask")
    context.close()


def test_each_word_the_script_says_is_there() -> None:
    source = (PAGE_TOOLS / "opener.js").read_text("utf-8")
    said = set(re.findall(r"words\.(\w+)|words\[\"([\w-]+)\"\]", source))
    assert {one or other for one, other in said} == set(PAGE_SCRIPT)


def test_what_is_bundled_is_what_was_noted() -> None:
    folder = Path(stillmine.share.__file__).parent / "opener"
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        noted, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == noted


def test_the_script_in_the_package_is_what_its_sources_give() -> None:
    need("page-tools")
    script = PAGE_TOOLS.parent / "build-page"
    done = subprocess.run([script, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
