"""Attempts to search for somebody else: by name, by handle, by address, openly or in disguise.

Each test is an attempt. Whoever asks here is most often somebody who looks for themselves: so each
is refused in kind words, which say what is possible.
"""

from __future__ import annotations

import pytest

from stillmine.errors import SearchPage, WordsNotProven, WordsRefused, WrongName
from stillmine.watch.names.own_name import Names, OwnName, Proof, keep_names
from stillmine.watch.names.requiring import HELPERS
from stillmine.watch.places.kinds import KINDS
from tests.watch.names.naming import kindly_refused

EX = "ex_handle_1990"
AT = "2026-05-01T00:00:00+00:00"


@pytest.fixture
def owner(namer):
    """Give a person with two handles, an address, and two names, all of them shown."""
    names = (
        OwnName("0001", "handle", "kimq7", "github", AT, Proof("profile", AT)),
        OwnName("0002", "handle", "kim.art", "instagram", AT, Proof("export", AT)),
        OwnName("0003", "mail", "kim@mail.example", "", AT, Proof("mail", AT)),
        OwnName("0004", "name", "Kim Example", "", AT),
        OwnName("0005", "name", "Kim Muster", "", AT),
        OwnName("0006", "handle", EX, "github", AT),
    )
    with namer.vault(writing=True) as vault:
        keep_names(vault, Names(names))
    return namer


def test_what_is_own_may_be_searched_for(owner):
    for words in (
        "kimq7", "@kimq7", "KIMQ7 leaked", '"kim.art" instagram photos', "kim@mail.example",
        "Kim Example kimq7", '"Kim  Example" kim@mail.example leak', "kimq7 kim_muster", "nudes",
    ):  # fmt: skip
        owner.searches(words)
    owner.searches()
    owner.searches("kimq7", "leaked")


def test_a_celebrity_is_not_searched_for_by_name(owner):
    with kindly_refused(WordsNotProven):
        owner.searches("Taylor Swift")


def test_an_ex_is_not_searched_for_by_name(owner):
    with kindly_refused(WordsNotProven):
        owner.searches("Jane Doe")


def test_the_handle_of_an_ex_that_was_only_noted_is_not_searched_for(owner):
    with kindly_refused(WordsNotProven):
        owner.searches(EX)


def test_a_mail_address_that_nobody_showed_is_not_searched_for(owner):
    with kindly_refused(WordsNotProven):
        owner.searches("jane@mail.example")


def test_a_telephone_number_is_not_searched_for(owner):
    with kindly_refused(WordsNotProven):
        owner.searches("+44 20 7946 0958")


def test_a_street_is_not_searched_for(owner):
    with kindly_refused(WordsNotProven):
        owner.searches("12 High Street Springfield")


def test_a_name_behind_an_own_handle_is_not_searched_for(owner):
    with kindly_refused(WordsNotProven):
        owner.searches("kimq7 Jane Doe")


def test_a_name_before_an_own_handle_is_not_searched_for(owner):
    with kindly_refused(WordsNotProven):
        owner.searches("Jane Doe OR kimq7")


def test_a_name_between_quotation_marks_is_not_searched_for(owner):
    for words in ('kimq7 "Jane Doe"', "kimq7 “Jane Doe”", "kimq7 «Jane»"):
        with kindly_refused(WordsNotProven):
            owner.searches(words)


def test_taking_the_own_handle_away_again_with_a_minus_does_not_help(owner):
    for words in ("-kimq7 leaked", "leaked NOT kimq7", "kimq7 | jane"):
        with kindly_refused(WordsNotProven):
            owner.searches(words)


def test_a_site_that_is_named_by_an_operator_is_not_let_through(owner):
    for words in ("kimq7 site:instagram.com/jane", "inurl:jane kimq7", "!fb kimq7", ":de kimq7"):
        with kindly_refused(WordsNotProven):
            owner.searches(words)


def test_a_name_in_several_of_the_words_is_put_together_before_it_is_looked_at(owner):
    with kindly_refused(WordsNotProven):
        owner.searches("kimq7", "jane", "doe")


def test_an_own_name_alone_is_that_of_many_people(owner):
    with kindly_refused(WordsRefused, "name-alone"):
        owner.searches("Kim Example")


def test_an_own_name_beside_harmless_words_alone_is_not_searched_for(owner):
    with kindly_refused(WordsRefused, "name-alone"):
        owner.searches('"Kim Example" leaked nudes')


def test_a_name_beside_a_handle_of_which_only_a_copy_of_data_tells_is_not_searched_for(owner):
    with kindly_refused(WordsRefused, "name-alone"):
        owner.searches("Kim Example kim.art")


def test_two_own_names_cannot_spell_a_third_one(owner):
    with kindly_refused(WordsRefused, "several"):
        owner.searches("Kim Example Kim Muster kimq7")


def test_two_own_handles_cannot_spell_a_name(owner):
    with kindly_refused(WordsRefused, "several"):
        owner.searches("kimq7 kim.art")


def test_letters_of_another_alphabet_that_look_the_same_are_not_let_through(owner):
    for words in ("k\u0456mq7", "kimq\u0667", "\u041aim Example kimq7"):
        with kindly_refused(WordsNotProven):
            owner.searches(words)


def test_letters_that_stand_in_for_others_are_not_let_through(owner):
    for words in ("\uff4bimq7", "\U0001d42bimq7", "kimq7 \ufb01nd"):
        with kindly_refused(WordsRefused, "unseen"):
            owner.searches(words)


def test_signs_that_cannot_be_seen_hide_nothing(owner):
    for sign in (
        "\u200b",
        "\u200d",
        "\u2060",
        "\ufeff",
        "\u00ad",
        "\u202e",
        "\u2066",
        "\x00",
        "\x1b",
    ):
        with kindly_refused(WordsRefused, "unseen"):
            owner.searches(f"kimq7{sign}jane")


def test_a_line_end_does_not_begin_a_search_of_its_own(owner):
    for sign in ("\n", "\r\n", "\t", "\u00a0", "\u2003"):
        with pytest.raises((WordsNotProven, WordsRefused)):
            owner.searches(f"kimq7{sign}jane")


def test_a_handle_with_something_stuck_to_it_is_another_handle(owner):
    for words in ("kimq77", "xkimq7", "kimq7.jane", "kimq7/jane", "kimq7:jane", "kim q7", "kim"):
        with kindly_refused(WordsNotProven):
            owner.searches(words)


def test_an_own_address_with_another_ending_or_a_subaddress_is_another_address(owner):
    for words in ("kim@mail.example.org", "kim+jane@mail.example", "kim@mail", "@mail.example"):
        with kindly_refused(WordsNotProven):
            owner.searches(words)


def test_a_heap_of_harmless_words_is_no_way_to_describe_somebody(owner):
    with kindly_refused(WordsNotProven):
        owner.searches("kimq7 leaked photos videos clips")


def test_no_harmless_word_is_a_name(owner):
    names = "jane john mary kim taylor alex maria anna max ana sara amber rose grace faith carlos"
    assert not HELPERS & set(names.split())
    assert all(word.isalpha() for word in HELPERS)


def test_a_search_without_end_is_not_read(owner):
    with kindly_refused(WordsRefused):
        owner.searches("kimq7 " * 1000)


def test_a_handle_that_was_removed_is_not_searched_for_any_more(owner):
    owner.searches("kimq7")
    owner.removes("kimq7")
    with kindly_refused(WordsNotProven):
        owner.searches("kimq7")


def test_every_kind_that_sends_words_is_asked_about_them(owner):
    own = {kind.name for kind in KINDS.values() if kind.own}
    assert {"searxng", "brave", "mojeek", "marginalia", "mastodon"} <= own


@pytest.mark.parametrize(
    ("kind", "target", "options"),
    [
        ("searxng", "Jane Doe", ("at=http://localhost:8888",)),
        ("danbooru", "https://booru.example/", ("tags=jane_doe",)),
        ("gelbooru", "https://booru.example/", ("tags=jane_doe kimq7",)),
        ("mastodon", "https://social.example/tags/janedoe", ()),
    ],
)
def test_a_name_that_is_hidden_in_an_option_or_a_hashtag_makes_no_place(
    owner, kind, target, options
):
    with pytest.raises((WordsNotProven, SearchPage)):
        owner.adds(kind, target, *options)
    assert not owner.places


def test_a_name_in_letters_of_two_alphabets_is_not_even_noted(owner):
    with kindly_refused(WrongName, "scripts"):
        owner.notes("J\u0430ne Doe", "name")


def test_a_name_with_unseen_signs_is_not_even_noted(owner):
    with kindly_refused(WrongName, "unseen"):
        owner.notes("Jane\u200b Doe", "name")


def test_an_address_or_an_operator_is_not_noted_as_a_name(owner):
    for typed in (
        "site:x.example",
        "jane@mail.example",
        "Jane OR Mary | x",
        "x" * 61,
        "a b c d e f",
    ):
        with kindly_refused(WrongName):
            owner.notes(typed, "name")


def test_a_mail_address_in_letters_that_look_the_same_is_not_noted(owner):
    with kindly_refused(WrongName, "mail-letters"):
        owner.notes("k\u0456m@mail.example", "mail")
