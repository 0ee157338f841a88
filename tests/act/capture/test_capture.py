"""`act capture` and `act hand-out`, as somebody who found a picture uses them."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from tests.act.capture.conftest import Person
from tests.network.browser.site import Site, picture

PNG = picture("PNG", seed=7)


@pytest.fixture(autouse=True)
def _page(site: Site) -> None:
    site.file("/photo.png", "image/png", PNG)
    site.page("/post", "<title>A post</title><h1>Look at her</h1><img src='/photo.png' alt='me'>")


def test_by_default_only_the_address_is_noted_and_nothing_is_fetched(person: Person) -> None:
    answer = person.captures("/post", "--uploader", "troll42", "--note", "seen by a friend")
    assert (answer["address"], answer["level"], answer["proof"]) == ("a1", "address", None)
    assert person.site.asked == []
    shown = person.run("act", "case", "show", person.case)
    assert [each["url"] for each in shown["addresses"]] == [person.site.url("/post")]
    assert person.captures("/post")["address"] == "a1", "it is not written down twice"


def test_nothing_is_visited_without_a_yes(person: Person) -> None:
    said = person.captures("/post", "--level", "covered", code=60)
    assert said["code"] == "network.nothing-may-leave"
    assert person.site.asked == []


def test_nothing_is_visited_for_a_case_that_is_not_there(person: Person) -> None:
    typed = ("act", "capture", person.site.url("/post"), "--case", "00000000", "--level", "covered")
    assert person.run(*typed, "--yes", code=166)["code"] == "act.unknown-case"
    assert person.site.asked == []


def test_who_chose_a_proxy_is_never_seen_without_it(person: Person) -> None:
    nobody = "socks5://127.0.0.1:1"
    person.run("keep", "settings", "--change", "proxy", "--value", nobody)
    said = person.captures("/post", "--level", "covered", "--yes", code=173)
    assert said["code"] == "network.proxy-trouble"
    assert person.site.asked == []


def test_a_page_is_kept_covered_sealed_and_can_be_handed_out(person: Person) -> None:
    answer = person.captures("/post", "--level", "covered", "--yes")
    assert (answer["proof"], answer["status"], answer["title"]) == ("p1", 200, "A post")
    assert answer["left_out"] == 1
    assert "/photo.png" not in person.site.asked
    assert person.holds_in_clear(b"Look at her") == [], "what is kept is sealed"
    file = Path(person.run("act", "hand-out", "p1", "--case", person.case, "--to", "out")["file"])
    with zipfile.ZipFile(person.folder / file) as bundle:
        assert bundle.testzip() is None
        pieces = {name: bundle.read(name) for name in bundle.namelist()}
    assert b"Look at her" in pieces["evidence/page.txt"]
    assert pieces["evidence/screenshot.png"].startswith(b"\x89PNG")
    assert b"/photo.png" in pieces["evidence/connection.json"], "where the picture lies is noted"
    assert not [name for name, content in pieces.items() if PNG[100:160] in content]
    _is_not_written_over(person, person.folder / file)
    verdict = person.run("act", "verify", file, code=4)
    assert verdict["root"] == answer["root"]
    log = person.run("act", "case", "custody", person.case)["log"]
    assert [(each["what"], each["why"]) for each in log] == [
        ("kept", "capture"),
        ("opened", "handed-out"),
        ("opened", "handed-out"),
    ]


def _is_not_written_over(person: Person, file: Path) -> None:
    typed = ("act", "hand-out", "p1", "--case", person.case, "--to")
    before = file.read_bytes()
    assert person.run(*typed, "out", code=44)["code"] == "keep.target-exists"
    assert file.read_bytes() == before
    assert person.run(*typed, person.home / "x", code=43)["code"] == "keep.inside-home"


def test_a_full_capture_holds_the_picture_and_no_file_holds_it_in_clear(person: Person) -> None:
    answer = person.captures("/post", "--level", "full", "--yes")
    assert answer["left_out"] == 0
    assert person.holds_in_clear(PNG[100:160]) == []
    assert person.holds_in_clear(b"IHDR") == []
    file = person.run("act", "hand-out", "p1", "--case", person.case, "--to", "out")["file"]
    with zipfile.ZipFile(person.folder / file) as bundle:
        assert PNG in gzip.decompress(bundle.read("archive/data.warc.gz"))
    assert person.run("keep", "verify")["damaged"] == []


def test_an_address_that_is_none_and_a_time_that_is_none_are_refused(person: Person) -> None:
    typed = ("act", "capture", "--case", person.case, "--level", "covered", "--yes")
    assert person.run(*typed, "file:///etc/passwd", code=172)["code"] == "network.not-a-web-address"
    assert person.run(*typed, person.site.url("/post"), "--seconds", "1", code=2)
    assert person.site.asked == []
