"""Text without pictures: whatever way a picture is written into it, and however long it is."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillmine.app.network.browser.covering import (
    covered_body,
    is_picture,
    without_pictures,
    without_scripts,
)
from tests.network.browser.site import picture

PICTURE = picture("PNG")
BASE64 = base64.b64encode(PICTURE).decode()
WAYS = {
    "data address": f'<img src="data:image/png;base64,{BASE64}">',
    "data address with odd case": f"<img src='DATA:IMAGE/png;BASE64,{BASE64}'>",
    "data address, colon as entity": f'<img src="data&#58;image/png;base64,{BASE64}">',
    "data address with a parameter": f"url(data:image/png;name=a;base64,{BASE64})",
    "data address, escaped in a program": f'{{"u":"data:image\\/png;base64,{BASE64}"}}',
    "bare base64": f'{{"picture":"{BASE64}"}}',
    "base64 with escaped strokes": '{"p":"' + BASE64.replace("/", "\\/") + '"}',
    "base64 in lines": base64.encodebytes(PICTURE).decode(),
    "base64 in lines of a program": '"' + base64.encodebytes(PICTURE).decode().replace("\n", "\\n"),
    "base64 in an address": base64.urlsafe_b64encode(PICTURE).decode(),
    "hexadecimal": PICTURE.hex(),
    "hexadecimal escapes": "".join(f"\\x{byte:02x}" for byte in PICTURE),
    "percent escapes": "data:image/png," + "".join(f"%{byte:02X}" for byte in PICTURE),
    "numbers in a list": ",".join(map(str, PICTURE)),
    "numbers in a list, apart": ", ".join(map(str, PICTURE)),
    "hexadecimal numbers in a list": ", ".join(map(hex, PICTURE)),
    "entities": "".join(f"&#{byte};" for byte in PICTURE),
    "behind an address": f"https://example.org/x?y={BASE64 * 4}",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_picture_written_into_text_is_taken_out(way: str) -> None:
    left = without_pictures(f"<p>before</p> {WAYS[way]} <p>after</p>")
    assert left.startswith("<p>before</p>")
    assert left.endswith("<p>after</p>")
    for at in range(0, len(WAYS[way]) - 200, 101):
        part = WAYS[way][at : at + 60]
        assert part not in left


@pytest.mark.parametrize(
    "drawing",
    [
        "<svg><path d='M1 1'/></svg>",
        "<SVG viewBox='0 0 1 1'><svg></svg><image href='x'/></SVG >",
        "<s:svg xmlns:s='x'><s:path d='M1 1'/></s:svg>",
        "%3Csvg xmlns='x'%3E%3Cpath d='M1 1'/%3E%3C/svg%3E",
        "\\u003csvg\\u003e\\u003cpath d='M1 1'\\u003e\\u003c\\/svg\\u003e",
        "&lt;svg&gt;&lt;path d='M1 1'&gt;&lt;/svg&gt;",
    ],
)
def test_drawings_are_taken_out(drawing: str) -> None:
    left = without_pictures(f"before {drawing} after")
    assert "M1" not in left
    assert left.startswith("before ")
    assert left.endswith(" after")


def test_what_people_wrote_stays_as_it_is() -> None:
    text = (
        "She wrote: “call me” at 12:30, data: none. https://cdn.example/dms/image/v2/C4D03AQGxxxx/"
        "profile-displayphoto-shrink_800_800/profile-displayphoto-shrink_800_800/0/17290000?e=1&t=a"
        " and 1,2,3,4 and 5 or 6; été, Привет, 你好. #tag @name "
    )
    assert without_pictures(text) == text


def test_programs_go_and_what_a_page_states_about_itself_stays() -> None:
    page = (
        "<p>a</p><script>var p='<script>'</script><p>b</p>"
        '<script type="application/ld+json">{"author":"x"}</script><p>c</p><script>d'
    )
    left = without_scripts(page)
    assert left == (
        '<p>a</p><p>b</p><script type="application/ld+json">{"author":"x"}</script><p>c</p>'
    )


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "ICO"])
def test_bytes_of_a_picture_are_known_whatever_they_call_themselves(form: str) -> None:
    found = picture(form)
    assert is_picture(found)
    assert covered_body(found, "text/html") is None


def test_a_picture_behind_a_page_is_not_kept() -> None:
    assert covered_body(b"<p>hello</p>" + picture("JPEG"), "text/html; charset=latin-1") is None
    assert covered_body(b"<p>hello</p>", "text/html") == b"<p>hello</p>"
    assert covered_body(b"", "text/html") == b""


def test_letters_of_older_codings_are_kept_as_they_were_sent() -> None:
    russian = "Привет, мир".encode("cp1251")
    assert covered_body(russian, "text/html; charset=windows-1251") == russian
    wide = "<p>wide</p>".encode("utf-16")
    assert (covered_body(wide, "text/html") or b"").decode("utf-16") == "<p>wide</p>"


@given(
    st.text(alphabet=st.sampled_from("<svgscript/>%3Cdat:,;base64A9+\\xu \n\"'&#1"), max_size=400)
)
def test_nothing_a_stranger_writes_makes_it_fail(text: str) -> None:
    once = without_pictures(without_scripts(text))
    assert len(once) <= len(text) * 3 + 30


@given(st.binary(max_size=400), st.text(max_size=30))
def test_no_bytes_make_it_fail(body: bytes, stated: str) -> None:
    kept = covered_body(body, stated)
    assert kept is None or isinstance(kept, bytes)


EVIL = [
    "<svg", "data:", "A", "1,", "A" * 59 + " ", "A" * 61 + "\n", "data:,", "\\x41", "https://",
    "A" * 127 + "!", "%3Csvg", "&#1;", "data&#58;",
]  # fmt: skip


@pytest.mark.parametrize("evil", EVIL)
def test_a_flood_of_what_might_begin_a_picture_is_gone_through(evil: str) -> None:
    # Were a sign looked at again for each sign before it, this would not end today.
    flood = evil * (1_000_000 // len(evil))
    assert len(without_pictures(without_scripts(flood))) <= len(flood) * 3
