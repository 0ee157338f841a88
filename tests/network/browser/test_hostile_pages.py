"""Whatever a page does, there is a result that says so, or a clear error."""

from __future__ import annotations

import io
import os
import signal
import socket
import time
from contextlib import suppress

import pytest
from PIL import Image

from stillmine.app.network.browser import Captured
from stillmine.errors import CannotCapture
from tests.network.browser.conftest import Capture
from tests.network.browser.site import HTML, Site, Visitor, pages_of_this_test

RUDE = """<!doctype html><title>Rude</title><h1>Words</h1>
<script>
addEventListener('beforeunload', (e) => { e.preventDefault(); e.returnValue = 'stay'; });
alert('an alert'); confirm('sure?'); prompt('a name?'); print();
open('/other'); open('about:blank').document.write('x');
const a = document.createElement('a'); a.href = '/file'; a.download = '../../etc/passwd'; a.click();
location.href = '/file-as-page';
new WebSocket(location.origin.replace('https', 'wss') + '/never');
navigator.geolocation.getCurrentPosition(() => { document.title = 'knows where'; });
Notification.requestPermission().then((said) => { document.body.dataset.notify = said; });
navigator.serviceWorker.register('/worker.js');
navigator.sendBeacon('/beacon', 'x');
const peer = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:%PORT%'}]});
peer.createDataChannel('x'); peer.createOffer().then((o) => peer.setLocalDescription(o));
fetch('/private', {credentials: 'include'}); Object.prototype.toJSON = () => 'spoilt';
document.documentElement.requestFullscreen().catch(() => 0);
window.scrollTo = () => { throw 1; }; history.pushState(0, '', '/pushed');
</script>"""


def test_a_rude_page_is_captured_and_its_manners_are_said(site: Site, capture: Capture) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.settimeout(0.5)
        found = _rude(site, capture, listener.getsockname()[1])
        with pytest.raises(TimeoutError):
            listener.recv(1)  # nothing went out beside the door
    assert {"dialog", "popup"} <= set(found.problems)
    assert found.text.startswith("Words")
    assert found.title == "Rude"
    assert "/worker.js" not in site.asked
    assert 'data-notify="granted"' not in found.html
    assert len(found.screenshot) > 1000
    assert found.pdf.startswith(b"%PDF")


def _rude(site: Site, capture: Capture, port: int) -> Captured:
    site.page("/other", "<p>popup</p>")
    save = {"Content-Type": "application/octet-stream"}
    save["Content-Disposition"] = 'attachment; filename="../../\\u202egpj.exe"'
    site.pages["/file"] = site.pages["/file-as-page"] = (200, save, b"saved" * 1000)
    site.pages["/private"] = (401, {"WWW-Authenticate": 'Basic realm="you"'}, b"")
    body = RUDE.replace("%PORT%", str(port))
    return capture(site.page("/", body), "covered", seconds=40)


def test_a_page_that_keeps_the_browser_busy_for_ever_ends_with_the_time(
    site: Site, capture: Capture
) -> None:
    url = site.page("/", "<p>before</p><script>setTimeout(() => { while (1); }, 400)</script>")
    found = capture(url, "covered", seconds=5)
    assert {"out-of-time", "no-screenshot", "no-pdf"} <= set(found.problems)
    # What came before that is there.
    assert next(each.body for each in found.exchanges if each.url == url) == b"<p>before</p>"


def _endless(visitor: Visitor) -> None:
    visitor.send_response(200)
    visitor.send_header("Content-Type", HTML)
    visitor.end_headers()
    with suppress(OSError):
        while True:
            visitor.wfile.write(b"<p>one more line</p>" * 100)
            time.sleep(0.05)


def test_a_stream_without_end_is_cut_and_kept_as_far_as_it_came(
    site: Site, capture: Capture
) -> None:
    site.pages["/"] = _endless
    found = capture(site.url("/"), "covered", seconds=20, limit_bytes=60_000)
    assert "too-much" in found.problems
    assert "one more line" in found.text


def test_a_page_that_leads_on_for_ever_is_stopped(site: Site, capture: Capture) -> None:
    site.pages["/"] = lambda visitor: visitor.says(302, {"Location": f"/?{len(site.asked)}"}, b"")
    with pytest.raises(CannotCapture) as raised:
        capture(site.url("/"), "covered")
    assert raised.value.facts["why"] == "too-many-redirects"


def test_a_page_that_sends_its_reader_on_by_script_is_stopped(site: Site, capture: Capture) -> None:
    site.page("/", "<p>on and on</p><script>location.href = '/?' + Math.random()</script>")
    found = capture(site.url("/"), "covered", seconds=25)
    assert "keeps-moving" in found.problems
    assert sum(each.kind == "document" for each in found.exchanges) < 20


def test_a_page_that_grows_as_one_scrolls_is_cut_at_a_height(site: Site, capture: Capture) -> None:
    more = (
        "<div id=all></div><script>const more = () => { for (let n = 0; n < 50; n++) { const p = "
        "document.createElement('p'); p.textContent = 'line'; all.append(p); } }; more();"
        "addEventListener('scroll', more); setInterval(() => fetch('/again'), 150);</script>"
        "<div style='width:9000px'>wide</div>"
    )
    found = capture(site.page("/", more), "covered", seconds=14)
    assert {"page-cut", "never-quiet"} <= set(found.problems)
    image = Image.open(io.BytesIO(found.screenshot))
    assert image.width <= 4000
    assert image.height <= 16000


def test_a_page_that_asks_for_too_much_gets_no_more(site: Site, capture: Capture) -> None:
    site.file("/big", "text/plain", b"a line of words\n" * 40_000)
    body = (
        "<p>words</p><script>(async () => { for (let n = 0; n < 30; n++) "
        "await fetch('/big?' + n); })()</script>"
    )
    found = capture(site.page("/", body), "covered", limit_bytes=3 << 20)
    assert "too-much" in found.problems
    assert "words" in found.text


def test_a_page_that_makes_the_browser_fail_is_named(site: Site, capture: Capture) -> None:
    def kill(visitor: Visitor) -> None:
        for pid in pages_of_this_test():
            os.kill(pid, signal.SIGKILL)

    site.pages["/fail"] = kill
    url = site.page("/", "<p>x</p><script>setTimeout(() => fetch('/fail'), 300)</script>")
    found = capture(url, "covered", seconds=20)
    assert "page-crashed" in found.problems
    assert "no-screenshot" in found.problems
    assert next(each.status for each in found.exchanges if each.url == url) == 200
