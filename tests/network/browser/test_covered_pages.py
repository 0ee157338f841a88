"""A page captured covered holds no picture: not its bytes, not its look, however it was put in."""

from __future__ import annotations

import base64
import email
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from stillmine.app.network.browser import Captured
from tests.network.browser.conftest import Capture
from tests.network.browser.site import LOUD, Site, picture

FORMS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
PICTURES = {form: picture(form, seed=seed) for seed, form in enumerate(FORMS, 1)}
PNG, JPEG, GIF, WEBP = PICTURES.values()


def coded(content: bytes) -> str:
    return base64.b64encode(content).decode()


PAGE = f"""<!doctype html><html><head><title>A page</title>
<link rel="icon" href="/icon.png"><link rel="preload" as="image" href="/preload.jpg">
<link rel="prefetch" href="/prefetch.png"><link rel="stylesheet" href="/style.css">
<link rel="preload" as="fetch" href="/preload.bin" crossorigin>
<meta http-equiv="refresh" content="600;url=/away">
<meta property="og:image" content="data:image/png;base64,{coded(PNG)}">
<style>@font-face {{ font-family: p; src: url(/letters.woff2) }}
  .inline {{ background-image: url("data:image/png;base64,{coded(PNG)}") }}
  .loud {{ background: repeating-linear-gradient(90deg, #ff00ff 0 2px, #00ff00 2px 4px) }}
  .dots {{ width: 2px; height: 2px; box-shadow: {
    ", ".join(f"{x * 2}px {y * 2}px #ff00ff" for x in range(12) for y in range(12))
} }}</style></head>
<body><h1>Words that stay</h1>
<img src="/a.png" alt="a picture of the sea"><img src="/no-ending?id=7">
<img src="/says-it-is-text"><img srcset="/small.jpg 1x, /large.jpg 2x">
<picture><source srcset="/source.webp" type="image/webp"><img src="/fallback.gif"></picture>
<img src="data:image/jpeg;base64,{coded(JPEG)}" width="48" height="48">
<img src="data:;base64,{coded(GIF)}"><img loading="lazy" src="/lazy.png" style="margin-top:3000px">
<video poster="/poster.jpg" src="/film.mp4" width="60" height="60"></video>
<video autoplay muted><source src="/film.webm"></video><audio src="/sound.mp3"></audio>
<div class="linked" style="height:50px">linked</div><div class="inline" style="height:50px">x</div>
<div style="height:50px;background:url(/style.gif)">attribute</div>
<div style="height:48px;background:url('data:image/webp;base64,{coded(WEBP)}')">a</div>
<svg width="48" height="48"><rect width="48" height="48" fill="#ff00ff"/>
  <image href="data:image/png;base64,{coded(PNG)}" width="48" height="48"/></svg>
<svg><image xlink:href="/in-a-drawing.png" width="48" height="48"/></svg>
<img src="/drawing.svg"><img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'
  width='48' height='48'%3E%3Crect width='48' height='48' fill='%23ff00ff'/%3E%3C/svg%3E">
<object data="/object.png" width="48" height="48"></object><embed src="/embed.jpg">
<object data="data:image/png;base64,{coded(PNG)}"></object>
<iframe src="/frame.html"></iframe><iframe src="/picture-as-page.png"></iframe>
<iframe srcdoc="<b>words inside</b><img src='data:image/png;base64,{coded(PNG)}'>"></iframe>
<iframe src="data:text/html;base64,{coded(b"<img src=/in-data.png>")}"></iframe>
<input type="image" src="/button.png" alt="send"><table background="/table.gif"><tr><td>t</table>
<ul style="list-style-image:url(/bullet.png)"><li>point</ul>
<p style="cursor:url(/cursor.png),auto;border-image:url(/border.png) 5;mask:url(/mask.png)">m</p>
<p style="shape-outside:url(/shape.png);content:url(/content.png)">s</p>
<div class="loud" style="height:48px">stripes</div><div class="dots"></div>
<div id="pixels" style="width:96px;line-height:0"></div><div id="written"></div>
<canvas id="canvas" width="48" height="48"></canvas><canvas id="gl" width="48" height="48"></canvas>
<pre>{coded(PNG)}</pre><p style="font-family:p">letters</p><!-- {coded(JPEG)} -->
<script type="application/json">{{"photo": "{coded(PNG)}"}}</script>
<script>
const hidden = [{",".join(map(str, JPEG))}];
const put = (blob) => {{ const i = new Image(); i.src = URL.createObjectURL(blob);
  document.body.append(i); document.body.style.backgroundImage = `url(${{i.src}})`; }};
put(new Blob([new Uint8Array(hidden)]));
for (const path of ['/plain.bin', '/as-json', '/as-page']) fetch(path).then((r) => r.blob())
  .then(async (blob) => {{ put(blob); const at = document.getElementById('canvas').getContext('2d');
    at.drawImage(await createImageBitmap(blob), 0, 0); }});
const asked = new XMLHttpRequest(); asked.open('GET', '/by-xhr'); asked.responseType = 'blob';
asked.onload = () => put(asked.response); asked.send();
fetch('/coded.json').then((r) => r.json()).then((told) => {{ const i = new Image();
  i.src = 'data:image/png;base64,' + told.photo; document.body.prepend(i);
  document.getElementById('written').innerHTML = `<img src="${{i.src}}">`;
  const open = document.createElement('div'); open.attachShadow({{mode: 'open'}}).innerHTML =
    `<p>shadow words</p><img src="${{i.src}}"><style>p{{background:url(${{i.src}})}}</style>`;
  const closed = document.createElement('div'); closed.attachShadow({{mode: 'closed'}}).innerHTML =
    `<img src="${{i.src}}">`; document.body.append(open, closed);
  const sheet = new CSSStyleSheet(); sheet.replaceSync(`h1{{background:url(${{i.src}})}}`);
  document.adoptedStyleSheets = [sheet]; document.title += ' ' + told.photo;
  history.replaceState(0, '', '?' + told.photo.slice(0, 3000)); }});
const gl = document.getElementById('gl').getContext('webgl', {{preserveDrawingBuffer: true}});
if (gl) {{ gl.clearColor(1, 0, 1, 1); gl.clear(gl.COLOR_BUFFER_BIT); }}
const pixels = document.getElementById('pixels');
for (let n = 0; n < 2304; n++) {{ const dot = document.createElement('i');
  dot.style.cssText = 'display:inline-block;width:2px;height:2px;background:' +
    (n % 3 ? '#ff00ff' : '#00ff00'); pixels.append(dot); }}
new EventSource('/events').onmessage = () => 0;
</script></body></html>"""


@dataclass
class Found:
    """One capture, and what the site was asked for while it was made."""

    page: Captured | None = None
    asked: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def found() -> Found:
    return Found()


@pytest.fixture
def covered(site: Site, capture: Capture, found: Found) -> Captured:
    """Capture the page once for all tests here."""
    if found.page is None:
        furnish(site)
        found.page = capture(site.page("/", PAGE), "covered")
        found.asked = set(site.asked)
    return found.page


PNGS = (
    "icon prefetch a lazy in-a-drawing object picture-as-page in-data button bullet cursor border "
    "mask shape content in-frame"
)


def furnish(site: Site) -> None:
    for name in PNGS.split():
        site.file(f"/{name}.png", "image/png", PNG)
    for name in ("preload", "small", "large", "poster", "embed", "linked"):
        site.file(f"/{name}.jpg", "image/jpeg", JPEG)
    for name in ("fallback", "style", "table"):
        site.file(f"/{name}.gif", "image/gif", GIF)
    site.file("/no-ending", "image/png", PNG)
    site.file("/source.webp", "image/webp", WEBP)
    site.file("/says-it-is-text", "text/plain", PNG)
    site.file("/as-page", "text/html", PNG)
    site.file("/as-json", "application/json", JPEG)
    for path in ["/plain.bin", "/by-xhr", "/preload.bin"]:
        site.file(path, "application/octet-stream", WEBP)
    for path in ["/film.mp4", "/film.webm", "/sound.mp3", "/letters.woff2"]:
        site.file(path, "application/octet-stream", b"\0\0\0\x18ftypmp42" + PNG)
    site.file("/style.css", "text/css", b".linked{background:url(/linked.jpg);color:#123}")
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg'><image href='data:;base64,{coded(PNG)}'/>"
    site.file("/drawing.svg", "image/svg+xml", f"{drawing}</svg>".encode())
    site.file("/coded.json", "application/json", b'{"photo": "%s"}' % coded(PNG).encode())
    site.page(
        "/frame.html", f"<p>words in a frame</p><img src=/in-frame.png><pre>{PNG.hex()}</pre>"
    )
    site.file("/events", "text/event-stream", b"data: " + coded(GIF).encode() + b"\n\n")


def written_ways(content: bytes) -> Iterator[bytes]:
    """Yield how the inside of a picture looks in a file: as it is, in base64, as numbers."""
    for at in range(60, len(content) - 60, 97):
        part = content[at : at + 24]
        yield part
        yield part.hex().encode()
        yield ",".join(map(str, part)).encode()
        yield "".join(f"%{byte:02X}" for byte in part).encode()
        for shift in range(3):
            yield base64.b64encode(content[at + shift : at + shift + 24])[4:-4]


def everything(captured: Captured) -> dict[str, bytes]:
    """Return all bytes that a capture is, opened where they are packed."""
    out = {
        "html": captured.html.encode(),
        "text": captured.text.encode(),
        "title": captured.title.encode(),
        "addresses": f"{captured.final_url} {captured.redirects}".encode(),
        "mhtml": captured.mhtml,
        "pdf": captured.pdf,
    }
    out |= {f"mhtml {place}": content for place, content in email_parts(captured)}
    with pikepdf.open(io.BytesIO(captured.pdf)) as paper:
        for number, thing in enumerate(paper.objects):
            if isinstance(thing, pikepdf.Stream):
                assert thing.get("/Subtype") != "/Image", "a picture in the PDF"
                out[f"pdf {number}"] = thing.read_bytes()
    for each in captured.exchanges:
        out[f"body {each.url}"] = each.body or b""
        headers = (
            f"{each.request_headers} {each.response_headers} {each.sent_as} {each.status_text}"
        )
        out[f"head {each.url}"] = (each.url + headers).encode()
    return out


def loud_pixels(image: Image.Image) -> int:
    """Count what has nearly the colours that only the pictures have."""
    seen = np.asarray(image.convert("RGB")).astype(int)
    return sum(int((abs(seen - loud).max(axis=2) < 60).sum()) for loud in np.array(LOUD))


def test_no_output_holds_any_part_of_a_picture(covered: Captured) -> None:
    files = everything(covered)
    for form, content in PICTURES.items():
        for needle in written_ways(content):
            for name, body in files.items():
                assert needle not in body, f"{form} in {name}"


def test_no_output_shows_a_picture(covered: Captured) -> None:
    assert loud_pixels(Image.open(io.BytesIO(covered.screenshot))) == 0
    paper = pypdfium2.PdfDocument(covered.pdf)
    try:
        for sheet in paper:
            assert loud_pixels(sheet.render(scale=1).to_pil()) == 0
    finally:
        paper.close()


def test_the_pictures_are_not_even_asked_for(covered: Captured, found: Found) -> None:
    by_name = {
        path for path in found.asked if path.endswith((".png", ".jpg", ".gif", ".webp", ".svg"))
    }
    # A picture that is opened as a page of its own is known only when it comes; it is not kept.
    assert by_name <= {"/object.png", "/embed.jpg", "/picture-as-page.png"}
    assert not found.asked & {
        "/no-ending",
        "/film.mp4",
        "/film.webm",
        "/sound.mp3",
        "/letters.woff2",
    }
    left_out = {each.url.rpartition("/")[2] for each in covered.exchanges if each.blocked}
    assert {"a.png", "no-ending?id=7", "lazy.png", "poster.jpg", "linked.jpg"} <= left_out


def test_the_words_are_all_there(covered: Captured) -> None:
    for words in ("Words that stay", "words in a frame", "words inside", "shadow words", "linked"):
        assert words in covered.text
    assert 'src="/a.png"' in covered.html  # the address of a picture is needed to have it removed
    assert "a picture of the sea" in covered.html
    page = Image.open(io.BytesIO(covered.screenshot)).convert("L")
    assert np.asarray(page).min() < 80, "the words are in the screenshot"


def test_the_full_capture_of_the_same_page_does_hold_them(site: Site, capture: Capture) -> None:
    """The tests above look in the right places: there they find what is there."""
    furnish(site)
    full = capture(site.page("/", PAGE), "full")
    assert loud_pixels(Image.open(io.BytesIO(full.screenshot))) > 10_000
    bodies = {each.url.rpartition("/")[2]: each.body for each in full.exchanges}
    assert (bodies["a.png"], bodies["embed.jpg"]) == (PNG, JPEG)
    needle = next(iter(written_ways(PNG)))
    assert any(needle in body for name, body in email_parts(full) if name.endswith("a.png"))


def email_parts(captured: Captured) -> Iterator[tuple[str, bytes]]:
    for part in email.message_from_bytes(captured.mhtml).walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield str(part["Content-Location"]), content


def test_a_page_that_loads_itself_again_and_again_is_drawn(site: Site, capture: Capture) -> None:
    page = "<meta http-equiv=refresh content='1;url=/'><h1 style='color:#f0f'>Words</h1>"
    covered = capture(site.page("/", page), "covered", seconds=25)
    assert loud_pixels(Image.open(io.BytesIO(covered.screenshot))) > 10, "its colours are kept"
    assert covered.pdf.startswith(b"%PDF")


def test_a_picture_that_is_asked_for_by_itself_is_not_kept(site: Site, capture: Capture) -> None:
    url = site.file("/photo", "image/png", PNG)
    covered = capture(url, "covered")
    (answer,) = [each for each in covered.exchanges if each.kind == "document"]
    assert (answer.status, answer.body, answer.why_not) == (200, None, "covered")
    assert loud_pixels(Image.open(io.BytesIO(covered.screenshot))) == 0
