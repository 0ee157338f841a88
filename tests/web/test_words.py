"""What pages say is fit for a page: it names no command, and belongs to an error that exists."""

from __future__ import annotations

import importlib
import re

import pytest

from stillmine.app.actions import Action, all_actions
from stillmine.cli.main import MODULES
from stillmine.errors import StillmineError, UnknownItem
from stillmine.messages import speaking, translate
from stillmine.messages.errors import ERRORS
from stillmine.messages.pages_errors import NEXT
from stillmine.messages.pages_instead import INSTEAD, SENDS
from stillmine.web import showing
from stillmine.web.showing import trouble, trouble_of
from tests.house.test_words import sentences

COMMAND = re.compile(
    r"stillmine (doctor|try|home|keep|share|watch|act|check|learn|help)\b|(?<![\w-])--[a-z]|`"
)
"""A command of ours, an option, or what stands between the signs that mark a command."""


def every_action() -> tuple[Action, ...]:
    """Load all rooms, and return what they can do."""
    for module in MODULES.values():
        importlib.import_module(module)
    return all_actions()


@pytest.mark.parametrize("code", sorted(NEXT))
def test_what_to_do_next_is_said_for_those_who_are_on_a_page(code):
    assert code in ERRORS
    assert not re.search(r"stillmine|--|`", NEXT[code])


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_no_error_sends_somebody_on_a_page_to_a_command_line(code):
    """Any error may turn up on a page."""
    said = " ".join(trouble_of(code))
    assert not COMMAND.search(said), said


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_no_error_tells_somebody_on_a_page_to_run_something(code):
    _happened, then = trouble_of(code)
    assert not re.search(r"\b[Rr]un (it|the|them)\b|\bin a terminal\b|STILLMINE_", then), then


IN_A_TERMINAL = re.compile(r"ANSWERS|ERRORS|^answers|^doctor\.TYPE_THIS|^walk\.")
"""Said after a command, by `doctor` and by `try`; errors have the list that is read above."""


@pytest.mark.parametrize(
    ("where", "text"),
    [each for each in sentences() if not IN_A_TERMINAL.search(each[0])],
    ids=lambda each: each[:40],
)
def test_no_sentence_names_a_command_on_a_page(where, text):
    with speaking("en", INSTEAD):
        assert not COMMAND.search(translate(text)), f"{where}: {translate(text)}"


@pytest.mark.parametrize("action", [each.name for each in every_action() if each.sends])
def test_what_is_said_before_a_yes_names_no_command_on_a_page(action):
    (sends,) = (each.sends for each in every_action() if each.name == action)
    for part in ("what", "to", "they_learn", "undo"):
        said = getattr(sends, part)
        assert not COMMAND.search(INSTEAD.get(said, said)), f"{action} {part}: {said}"


@pytest.mark.parametrize(("told", "instead"), INSTEAD.items(), ids=lambda each: each[:40])
def test_what_a_page_says_instead_leaves_out_a_command_and_adds_no_fact(told, instead):
    assert COMMAND.search(told) or "terminal" in told or "command" in told, told
    assert set(re.findall(r"{\w+}", instead)) <= set(re.findall(r"{\w+}", told))


def test_what_is_said_instead_of_sentences_of_actions_belongs_to_one():
    said = {
        getattr(each.sends, part)
        for each in every_action()
        for part in ("what", "to", "they_learn", "undo")
        if each.sends
    }
    assert set(SENDS) <= said


def test_both_sentences_of_an_error_are_said_with_its_facts():
    happened, then = trouble(UnknownItem(item="<b>12"))
    assert "<b>12" in happened
    assert then == NEXT["keep.unknown-item"]
    assert trouble(StillmineError(kind="x"))[1] == NEXT["app.unexpected"]


def test_a_word_of_a_page_is_never_a_method_of_the_table_that_holds_it():
    made = showing._environment().from_string("{{ t(words.copy) }}|{{ t(words.items) }}")
    assert made.render(words={"copy": "Copy", "items": "Kept"}) == "Copy|Kept"


def test_no_words_of_a_stranger_turn_the_order_of_others_in_any_template():
    made = showing._environment().from_string("<p>{{ name }}</p>{{ name | own }}{{ html }}")
    shown = made.render(name="a\u202egpj.exe\x1b[2J", html=showing.own("<b>"))
    assert shown == (
        "<p>a\\u202egpj.exe\\x1b[2J</p><bdi>a\\u202egpj.exe\\x1b[2J</bdi><bdi>&lt;b&gt;</bdi>"
    )


def test_in_a_field_words_stay_as_they_were_typed():
    made = showing._environment().from_string('<input value="{{ name | exact }}">')
    assert made.render(name='a\u202e"b') == '<input value="a\u202e&#34;b">'


def test_a_name_from_the_other_side_does_not_turn_the_sentence_it_stands_in():
    assert showing.say_text("Call {name}, or meet.", name="Sam") == "Call Sam, or meet."
    said = showing.say_text("Call {name}, or meet.", name="\u0646\u0648\u0631")
    assert said == "Call \u2068\u0646\u0648\u0631\u2069, or meet."
    with speaking("he"):
        assert showing.say_text("Call {name}.", name="Sam") == "Call \u2068Sam\u2069."


def test_what_nobody_translated_says_that_it_is_english():
    assert showing.in_english("A <b>") == "A <b>"
    with speaking("es"):
        assert showing.in_english("A <b>") == '<span lang="en">A &lt;b&gt;</span>'
        assert showing.in_english("Leave") == translate("Leave") != "Leave"
