"""File names made by strangers cannot steer the terminal, mislead the eye or break JSON."""

import base64
import json
import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillmine.cli.plain_data import one_line
from stillmine.cli.rendering import table
from stillmine.messages.visible import visible

NAMES = {
    b"plain.jpg": "plain.jpg",
    "schön 写真.jpg".encode(): "schön 写真.jpg",
    b"\x1b]0;owned\x07\x1b[2J.jpg": "\\x1b]0;owned\\x07\\x1b[2J.jpg",
    "\x9b31m.jpg".encode(): "\\x9b31m.jpg",
    b"line\nbreak\r.jpg": "line\\nbreak\\r.jpg",
    "exe\u202egpj.\u2066\u200b".encode(): "exe\\u202egpj.\\u2066\\u200b",
    b"caf\xe9\xff.jpg": "caf\\xe9\\xff.jpg",
    "\u2028\U000e0041tag".encode(): "\\u2028\\U000e0041tag",
}


@pytest.mark.parametrize("name", NAMES, ids=[repr(name) for name in NAMES])
def test_a_person_sees_the_odd_parts_of_a_name_written_out(run, name):
    done = run("sample", "add", name, "missing")
    assert done.code == 3
    assert NAMES[name] in done.out.decode("utf-8", "strict")
    assert not any(unicodedata.category(sign) == "Cc" for sign in done.out.decode() if sign != "\n")


@pytest.mark.parametrize("name", NAMES, ids=[repr(name) for name in NAMES])
def test_a_program_gets_valid_json_and_the_exact_bytes(run, name):
    (row,) = run("sample", "add", name, "--json").answer["answer"]["skipped"]
    if "file_bytes" in row:
        assert base64.b64decode(row["file_bytes"]) == name
        assert row["file"] == "caf\\xe9\\xff.jpg"
    else:
        assert row["file"].encode() == name


def test_errors_show_odd_facts_written_out_to_both(run):
    for_people = run("sample", "show", "odd")
    assert b"\x1b" not in for_people.err
    for_programs = run("sample", "show", "odd", "--json")
    assert for_programs.answer["facts"]["file"] == "caf\\xe9\x1b[31m.jpg"
    assert base64.b64decode(for_programs.answer["facts"]["file_bytes"]) == b"caf\xe9\x1b[31m.jpg"
    assert b"\x1b" not in for_programs.out


def test_wrong_usage_shows_what_was_typed_without_obeying_it(run):
    done = run("sample", b"\x1b[2J\xff")
    assert done.code == 2
    assert b"\x1b" not in done.err
    assert b"\\x1b" in done.err


def test_the_answer_is_utf8_in_a_system_that_is_set_to_ascii(run):
    done = run("sample", "add", "schön 写真", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "schön 写真" in done.out.decode("utf-8", "strict")


@given(st.binary(max_size=40), st.text(max_size=40))
def test_any_name_at_all_is_shown_on_one_printable_line(raw, text):
    for name in (os.fsdecode(raw), text):
        shown = visible(name)
        shown.encode("utf-8", "strict")
        assert not {unicodedata.category(sign) for sign in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.binary(min_size=1, max_size=40))
def test_any_bytes_come_back_from_the_json(raw):
    name = os.fsdecode(raw)
    line = one_line({"file": name, "files": (name, "plain"), "odd": {name: 1}})
    assert line.isascii()
    back = json.loads(line)
    exact = base64.b64decode(back["file_bytes"]) if "file_bytes" in back else back["file"].encode()
    assert exact == raw
    if "files_bytes" in back:
        assert base64.b64decode(back["files_bytes"][0]) == raw
        assert back["files_bytes"][1] is None


def test_half_of_a_pair_as_windows_allows_it_is_written_out():
    assert json.loads(one_line(["\ud800.jpg"])) == ["\\xed\\xa0\\x80.jpg"]
    back = json.loads(one_line({"file": "\ud800"}))
    assert base64.b64decode(back["file_bytes"]) == b"\xed\xa0\x80"


def test_numbers_that_json_does_not_know_become_null():
    assert json.loads(one_line([float("nan"), float("inf"), 1.5])) == [None, None, 1.5]


def test_columns_stand_under_each_other_whatever_the_width_of_the_signs():
    lines = table([{"file": "写真", "item": "a"}, {"file": "abcd", "item": "b"}])
    assert lines == ["  File  Item", "  写真  a", "  abcd  b"]


def test_a_very_long_name_is_not_cut_but_stands_on_its_own_line():
    lines = table([{"file": "x" * 200, "item": "a"}])
    assert lines == [f"  File: {'x' * 200}", "  Item: a", ""]
