"""What pages say is fit for a page: it names no command, and belongs to an error that exists."""

from __future__ import annotations

import re

import pytest

from stillmine.errors import StillmineError, UnknownItem
from stillmine.messages.errors import ERRORS
from stillmine.messages.pages_errors import NEXT
from stillmine.web import showing
from stillmine.web.showing import trouble


@pytest.mark.parametrize("code", sorted(NEXT))
def test_what_to_do_next_is_said_for_those_who_are_on_a_page(code):
    assert code in ERRORS
    assert not re.search(r"stillmine|--|`", NEXT[code])


@pytest.mark.parametrize("room", ["keep", "backup"])
def test_no_error_of_the_vault_sends_somebody_on_a_page_to_a_command_line(room):
    for code, (happened, then) in ERRORS.items():
        if code.startswith(f"{room}."):
            said = f"{happened} {NEXT.get(code, then)}"
            assert not re.search(r"stillmine (keep|doctor)|--\w", said), code


def test_both_sentences_of_an_error_are_said_with_its_facts():
    happened, then = trouble(UnknownItem(item="<b>12"))
    assert "<b>12" in happened
    assert then == NEXT["keep.unknown-item"]
    assert trouble(StillmineError(kind="x"))[1] == ERRORS["app.unexpected"][1]


def test_a_word_of_a_page_is_never_a_method_of_the_table_that_holds_it():
    made = showing._environment().from_string("{{ t(words.copy) }}|{{ t(words.items) }}")
    assert made.render(words={"copy": "Copy", "items": "Kept"}) == "Copy|Kept"
