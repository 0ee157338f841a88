"""What a place shows is compared, and a copy is found where people see it."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
import zipfile
from dataclasses import replace

import pytest

from stillmine.errors import ProxyTrouble
from stillmine.messages.places import PROBLEMS
from stillmine.watch.looking.bounds import Bounds, ask_web
from stillmine.watch.looking.finding import Fact
from tests.watch.looking.looker import (
    AGAIN,
    HTML,
    ITEMS,
    JPEG,
    ORIGINALS,
    PART,
    SMALL,
    SUMS,
    codes,
    page_of,
    place,
    stranger,
)


def gallery(site, *pictures: bytes, at: str = "/gallery") -> str:
    """Show pictures on a page; return its address."""
    names = [f"{at}-{number}.jpg" for number in range(len(pictures))]
    for name, data in zip(names, pictures, strict=True):
        site.says(name, data, JPEG)
    return site.says(at, page_of(*names), HTML)


def test_a_copy_on_a_page_is_found_and_strangers_are_not(looker, new_site):
    page = gallery(new_site(), stranger(1), PART, stranger(2))

    looked = looker.looks_at(place("page", page))

    (finding,) = looker.told
    assert (finding.item, finding.page, finding.place) == (ITEMS[0], page, "p1")
    assert finding.picture.endswith("/gallery-1.jpg")
    assert finding.kind == "part-of"
    assert Fact.LOOKS_ALIKE in finding.facts
    assert dict(finding.headers)["content-type"] == "image/jpeg"
    assert (looked.pages, looked.pictures, looked.findings, looked.waiting) == (1, 3, 1, 0)
    assert not looked.problems
    assert not looked.stopped


def test_the_same_bytes_are_known_as_such(looker, new_site):
    looker.looks_at(place("page", gallery(new_site(), ORIGINALS[1])))

    (finding,) = looker.told
    assert finding.kind == "exact"
    assert {Fact.SAME_BYTES, Fact.LOOKS_ALIKE, Fact.WHOLE_ALIKE} <= set(finding.facts)
    assert finding.expected_false == 0.0


def test_what_was_found_is_not_told_again(looker, new_site):
    page = place("page", gallery(new_site(), PART))
    looker.looks_at(page)
    looker.clock.forward += 30 * 86400
    again = looker.look()

    assert len(looker.told) == 1
    assert again.findings == 0
    assert again.pages == 1


def test_what_was_dismissed_stays_dismissed_also_with_an_empty_memory(looker, new_site):
    page = place("page", gallery(new_site(), PART))
    looker.looks_at(page)
    (key,) = [each.finding for each in looker.told]
    for file in looker.home.watch.iterdir():
        file.unlink()

    looker.prepare(page, told=(key,))
    looker.look()

    assert len(looker.told) == 1


def test_one_picture_on_two_pages_is_two_findings_and_asked_for_once(looker, new_site):
    site = new_site()
    site.says("/copy.jpg", PART, JPEG)
    pages = [site.says(f"/{name}", page_of("/copy.jpg"), HTML) for name in "ab"]

    looker.looks_at(*(place("page", page, f"p{page[-1]}") for page in pages))

    assert looker.found == {(ITEMS[0], page) for page in pages}
    assert [each.target for each in site.asked].count("/copy.jpg") == 1


def test_one_page_under_two_addresses_is_one_finding(looker, new_site):
    site = new_site()
    site.says("/copy.jpg", PART, JPEG)
    for target in ("/t?a=1&b=2", "/t?b=2&utm_source=x&a=1"):
        site.says(target, page_of("/copy.jpg"), HTML)

    looker.looks_at(
        place("page", site.url("/t?a=1&b=2"), "p1"),
        place("page", site.url("/t?b=2&utm_source=x&a=1"), "p2"),
    )

    assert len(looker.told) == 1


def test_a_picture_that_is_written_into_a_page_is_seen(looker, new_site):
    data = "data:image/jpeg;base64," + base64.b64encode(AGAIN).decode()
    page = new_site().says("/written", page_of(data), HTML)

    looker.looks_at(place("page", page))

    assert looker.found == {(ITEMS[0], page)}
    assert looker.told[0].picture == ""


def packed_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("notes.txt", "nothing")
        archive.writestr("deep/one.jpg", stranger(4))
        archive.writestr("deep/two.jpg", AGAIN)
    return out.getvalue()


def test_an_archive_in_place_of_a_picture_is_looked_into(looker, new_site):
    site = new_site()
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w:gz") as archive:
        info = tarfile.TarInfo("inner.zip")
        info.size = len(packed_zip())
        archive.addfile(info, io.BytesIO(packed_zip()))
    site.says("/all.jpg", inner.getvalue(), ("Content-Type", "application/gzip"))
    page = site.says("/", page_of("/all.jpg"), HTML)

    looker.looks_at(place("page", page))

    assert looker.found == {(ITEMS[0], page)}


def test_a_site_is_followed_and_no_further_than_was_said(looker, new_site):
    site, other = new_site(), new_site()
    elsewhere = gallery(other, PART, at="/else")
    site.says("/copy.jpg", PART, JPEG)
    links = f'<a href="/s/two">x</a><a href="/out">x</a><a href="{elsewhere}">x</a>'
    start = site.says("/s/", page_of(more=links), HTML)
    site.says("/s/two", page_of("/copy.jpg"), HTML)
    site.says("/out", page_of("/copy.jpg"), HTML)

    looker.looks_at(place("site", start))

    assert looker.found == {(ITEMS[0], site.url("/s/two"))}
    assert not other.asked


def test_no_more_is_asked_of_a_place_than_it_may_be(looker, new_site):
    site = new_site()
    for number in range(20):
        site.says(f"/s/{number}", page_of(more=f'<a href="/s/{number + 1}">x</a>'), HTML)

    looked = looker.looks_at(place("site", site.url("/s/0"), depth="10", pages="4"))

    assert looked.pages == 4


def test_the_names_of_the_person_on_the_page_speak_for_a_finding(looker, new_site):
    site = new_site()
    site.says("/copy.jpg", PART, JPEG)
    page = site.says("/", page_of("/copy.jpg", more="seen by Lila_Sandmann today"), HTML)

    looker.prepare(place("page", page), names=("lila_sandmann",))
    looker.look()

    assert Fact.NAMED_HERE in looker.told[0].facts


def test_a_second_own_picture_at_a_host_speaks_for_the_other(looker, new_site):
    looker.looks_at(place("page", gallery(new_site(), PART, ORIGINALS[1])))

    first, second = looker.told
    assert Fact.AGAIN_HERE not in first.facts
    assert Fact.AGAIN_HERE in second.facts


def board(site, *files: tuple[str, bytes, bytes]) -> str:
    """Run a board as vichan does: one thread, with files and their previews."""
    posts = []
    for number, (name, data, preview) in enumerate(files):
        md5 = base64.b64encode(bytes.fromhex(sum_hex(data))).decode()
        posts.append(
            f'{{"no":{number + 1},"tim":"{name}","ext":".jpg","fsize":{len(data)},"md5":"{md5}"}}'
        )
        site.says(f"/b/src/{name}.jpg", data, JPEG)
        site.says(f"/b/thumb/{name}.jpg", preview, JPEG)
    listed = b'[{"page":0,"threads":[{"no":1,"last_modified":7}]}]'
    site.says("/b/threads.json", listed, ("Content-Type", "application/json"))
    thread = f'{{"posts":[{",".join(posts)}]}}'.encode()
    site.says("/b/res/1.json", thread, ("Content-Type", "application/json"))
    return site.url("/b/")


def sum_hex(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def test_what_a_board_tells_by_its_sum_is_never_asked_for(looker, new_site):
    site = new_site()
    target = board(site, ("mine", ORIGINALS[0], SMALL))

    looker.looks_at(place("vichan", target, previews="jpg"))

    asked = [each.target for each in site.asked]
    assert "/b/src/mine.jpg" not in asked
    (finding,) = looker.told
    assert finding.kind == "exact"
    assert {Fact.SAME_SUM, Fact.LOOKS_ALIKE} <= set(finding.facts)
    assert finding.item == SUMS[0].item


def test_without_a_preview_the_sum_alone_is_enough(looker, new_site):
    site = new_site()
    looker.looks_at(place("vichan", board(site, ("mine", ORIGINALS[0], b"")), previews="none"))

    assert [each.facts for each in looker.told] == [(Fact.SAME_SUM,)]
    assert "/b/src/mine.jpg" not in [each.target for each in site.asked]


def test_only_what_looks_alike_in_its_preview_is_asked_for_in_full(looker, new_site):
    site = new_site()
    target = board(site, ("copy", AGAIN, SMALL), ("other", stranger(3), stranger(3, 30)))

    looked = looker.looks_at(place("vichan", target, previews="jpg"))

    asked = [each.target for each in site.asked]
    assert "/b/src/copy.jpg" in asked
    assert "/b/src/other.jpg" not in asked
    assert looker.told[0].picture.endswith("/b/src/copy.jpg")
    assert not codes(looked)


def test_a_copy_that_only_its_preview_shows_is_told_all_the_same(looker, new_site):
    site = new_site()
    target = board(site, ("copy", AGAIN, SMALL))
    site.says("/b/src/copy.jpg", b"", status=403)

    looker.looks_at(place("vichan", target, previews="jpg"))

    assert len(looker.told) == 1


def test_where_there_is_no_preview_the_picture_itself_is_asked_for(looker, new_site):
    site = new_site()
    target = board(site, ("copy", AGAIN, SMALL))
    site.says("/b/thumb/copy.jpg", b"", status=404)

    looker.looks_at(place("vichan", target, previews="jpg"))

    assert len(looker.told) == 1


def test_what_is_longer_than_most_is_asked_for_once_more_and_no_further(looker, new_site):
    site = new_site()
    page = gallery(site, PART, stranger(1, 99))
    bounds = Bounds(picture_bytes=len(PART) - 1, large_bytes=len(PART) + 10)

    looked = looker.looks_at(place("page", page), bounds=bounds)

    asked = [each.target for each in site.asked]
    assert asked.count("/gallery-0.jpg") == 2
    assert asked.count("/gallery-1.jpg") == 1
    assert looker.found == {(ITEMS[0], page)}
    assert codes(looked) == {"too-large"}


def test_what_a_site_says_to_be_too_large_is_not_asked_for(looker, new_site):
    site = new_site()
    bounds = Bounds(picture_bytes=1000, large_bytes=2000)

    looked = looker.looks_at(
        place("vichan", board(site, ("copy", AGAIN, b"")), previews="none"), bounds=bounds
    )

    assert "/b/src/copy.jpg" not in [each.target for each in site.asked]
    assert codes(looked) == {"too-large"}


def test_a_folder_is_looked_through_and_nobody_is_asked(looker, tmp_path):
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "a#1.jpg").write_bytes(AGAIN)
    (folder / "a#2.jpg").write_bytes(PART)
    (folder / "same.jpg").write_bytes(ORIGINALS[1])
    (folder / "all.zip").write_bytes(packed_zip())
    (folder / "other.jpg").write_bytes(stranger(5))

    looked = looker.looks_at(place("folder", str(folder)))
    first = looker.found
    looker.clock.forward += 2 * 86400
    again = looker.look()

    assert first == {
        (ITEMS[0], str(folder / "a#1.jpg")),
        (ITEMS[0], str(folder / "a#2.jpg")),
        (ITEMS[1], str(folder / "same.jpg")),
        (ITEMS[0], f"{folder / 'all.zip'} > deep/two.jpg"),
    }
    same = next(each for each in looker.told if each.item == ITEMS[1])
    assert Fact.SAME_BYTES in same.facts
    assert looked.findings == 4
    assert again.findings == 0
    assert len(looker.told) == 4


def test_all_that_keeps_from_looking_has_words():
    ours = {
        "begun-anew", "cut", "gone", "in-trouble", "not-understood", "redirects", "refused",
        "robots", "spent", "too-large", "too-many",
    }  # fmt: skip
    assert ours <= set(PROBLEMS)


def answered_by(site, host: str):
    """Return who asks a site on loopback whatever is meant for a host that nobody may reach."""

    def ask(url, headers, **more):
        assert url.startswith(f"https://{host}/"), url
        heard = ask_web(url.replace(f"https://{host}", site.url("")), headers, **more)
        return replace(heard, url=url)

    return ask


def test_when_archives_saw_a_page_is_told_and_kept_until_the_next_look(looker, new_site):
    site = new_site()
    rows = [
        ["timestamp", "original", "statuscode"],
        ["20240102030405", "https://leak.example/a", "200"],
        ["20250102030405", "https://leak.example/a", "404"],
    ]
    site.says("/cdx/search/cdx", json.dumps(rows).encode(), ("Content-Type", "application/json"))
    site.says("/robots.txt", b"User-agent: *\nDisallow: /cdx\n")
    asked_by = answered_by(site, "web.archive.org")

    looked = looker.looks_at(place("wayback", "https://leak.example/a"), ask=asked_by)

    assert [(each.page, each.at.year, each.status) for each in looked.existed] == [
        ("https://leak.example/a", 2024, 200),
        ("https://leak.example/a", 2025, 404),
    ]
    with looker.opened() as looks:
        assert [each.at for each in looks.existed(["p1"])] == [
            "2024-01-02T03:04:05+00:00",
            "2025-01-02T03:04:05+00:00",
        ]
    assert not looked.problems


def test_a_way_out_that_does_not_work_stops_the_look_and_loses_nothing(looker, new_site):
    site = new_site()
    page = site.says("/", page_of(), HTML)

    def broken(*_asked, **_more):
        raise ProxyTrouble(proxy="tor://127.0.0.1:9050", reason="nobody-listens")

    looker.prepare(place("page", page))
    with pytest.raises(ProxyTrouble):
        looker.look(ask=broken)

    assert looker.look().pages == 1
