"""Names of all people can be noted; what only looks like a name, a handle or an address cannot."""

from __future__ import annotations

import pytest

from stillmine.errors import WrongName
from stillmine.watch.names.own_name import Names, OwnName, Proof
from stillmine.watch.names.requiring import require_own_among
from stillmine.watch.names.sites import SITES, read_handle
from stillmine.watch.names.spelling import folded, is_plain, read_mail, read_name, script

PEOPLE = (
    "Kim", "José María O'Neill", "Jean-Luc Dupont", "Zoë van der Berg-Łuczak", "Нина Петрова",
    "Ελένη Παπαδοπούλου", "محمد علي", "אברהם לוי", "李小龙", "山田 タロー", "김민수", "प्रिया शर्मा",
    "สมชาย ใจดี", "Nguyễn Thị Ánh", "J. R. Example",
)  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_names_in_every_script_can_be_noted_and_found_again(name):
    kept = read_name(f"  {name} ")
    proof = Proof("mail", "2026-01-01T00:00:00+00:00")
    names = Names(
        (OwnName("1", "name", kept, "", ""), OwnName("2", "mail", "k@m.example", "", "", proof))
    )
    require_own_among(names, (f'"{name}" k@m.example',))
    require_own_among(names, (f"{name.upper()} k@m.example",))


@pytest.mark.parametrize(
    "typed", ["", " ", "7", "a1", "x@y", "a,b", "-", "'", "a\u0301\u200d b", "K1m"]
)
def test_what_is_no_name_is_refused(typed):
    with pytest.raises(WrongName):
        read_name(typed)


def test_one_kind_of_apostrophe_is_as_good_as_the_other():
    assert folded("O\u2019Neill") == folded("o'NEILL")


def test_letters_are_told_apart_by_their_script():
    assert {script(letter) for letter in "山タひ김"} == {"CJK"}
    assert script("a") != script("\u0430") != script("\u03b1")


def test_composed_and_decomposed_letters_are_the_same_and_both_are_plain():
    assert folded("Jose\u0301") == folded("José")
    assert is_plain("Jose\u0301")
    assert not is_plain("\u2460")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Kim@Example.ORG", "kim@example.org"),
        ("kim.q+x@sub.example.co.uk", "kim.q+x@sub.example.co.uk"),
        ("a_b-c@xn--bcher-kva.example", "a_b-c@xn--bcher-kva.example"),
    ],
)
def test_a_mail_address_is_kept_in_one_form(typed, kept):
    assert read_mail(typed) == kept


@pytest.mark.parametrize(
    ("handle", "at", "kept"),
    [
        ("@KimQ7", "instagram", ("kimq7", "instagram")),
        ("kim.q7", "https://www.instagram.com/Kim.Q7/", ("kim.q7", "instagram")),
        ("kim", "twitter", ("kim", "x")),
        ("kim_q7", "https://x.com/kim_q7", ("kim_q7", "x")),
        ("kimq7", "https://www.tiktok.com/@kimq7", ("kimq7", "tiktok")),
        ("kim-q7", "https://old.reddit.com/user/kim-q7", ("kim-q7", "reddit")),
        ("kim.bsky.social", "bluesky", ("kim.bsky.social", "bluesky")),
        ("kim", "https://news.ycombinator.com/user?id=kim", ("kim", "hackernews")),
        ("@kim@social.example", "", ("kim@social.example", "social.example")),
        ("kim", "https://social.example/@kim", ("kim@social.example", "social.example")),
        ("kim@social.example", "social.example", ("kim@social.example", "social.example")),
    ],
)
def test_a_handle_is_read_as_people_type_it(handle, at, kept):
    assert read_handle(handle, at) == kept


@pytest.mark.parametrize(
    "at", ["localhost", "127.0.0.1", "[::1]", "2130706433", "intranet", "a b.example"]
)
def test_a_server_has_to_have_a_name_out_on_the_internet(at):
    with pytest.raises(WrongName):
        read_handle("kim", at)


def test_no_handle_of_any_site_can_end_a_step_of_an_address():
    for site in SITES:
        for sign in "/?#%&=\\ :;@\n\u0456":
            with pytest.raises(WrongName):
                read_handle(f"kim{sign}q7", site)
