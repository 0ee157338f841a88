"""Passphrases and words come from named files or from the person, and from nowhere else."""

import pytest


def test_the_passphrase_comes_from_the_named_file_without_its_one_line_end(run, secret_file):
    for content, meant in ((b"open it\n", "open it"), (b"a \n\n", "a \n"), (b"b", "b")):
        done = run("sample", "open", "--json", STILLMINE_PASSPHRASE_FILE=secret_file(content))
        assert done.answer["answer"]["text"] == f"[{meant}] None"
        assert done.err == b""


def test_a_line_end_of_windows_is_one_line_end(run, secret_file):
    done = run("sample", "open", "--json", STILLMINE_PASSPHRASE_FILE=secret_file(b"c\r\n"))
    assert done.answer["answer"]["text"] == "[c] None"


def test_a_dash_or_a_file_descriptor_gives_the_passphrase_too(run):
    for named in ("-", "/dev/fd/0", "/dev/stdin"):
        done = run(
            "sample", "open", "--json", given=b"tr\xc3\xa4um\n", STILLMINE_PASSPHRASE_FILE=named
        )
        assert done.answer["answer"]["text"] == "[träum] None"


def test_a_file_that_others_can_read_is_used_with_a_warning(run, secret_file):
    named = secret_file(b"x", mode=0o644)
    for_programs = run("sample", "open", "--json", STILLMINE_PASSPHRASE_FILE=named)
    assert for_programs.code == 0
    assert for_programs.err_objects[0]["warning"] == "readable-by-others"
    for_people = run("sample", "open", STILLMINE_PASSPHRASE_FILE=named)
    assert b"STILLMINE_PASSPHRASE_FILE" in for_people.err


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"x" * 70_000])
def test_a_file_that_holds_no_secret_is_named_by_its_variable(run, secret_file, content):
    named = secret_file(content) if content is not None else str(run.folder / "gone")
    done = run("sample", "open", "--json", STILLMINE_PASSPHRASE_FILE=named)
    assert done.code == 6
    assert done.answer["code"] == "app.secret-unreadable"
    assert done.answer["facts"] == {"variable": "STILLMINE_PASSPHRASE_FILE"}


def test_with_no_file_and_nobody_there_the_error_says_how_to_give_it(run):
    for verb, variable in (
        ("open", "STILLMINE_PASSPHRASE_FILE"),
        ("secrets", "STILLMINE_NEW_PASSPHRASE_FILE"),
        ("recover", "STILLMINE_RECOVERY_WORDS_FILE"),
    ):
        done = run("sample", verb, "--json")
        assert done.code == 5
        assert done.answer["code"] == "app.no-passphrase"
        assert variable in done.answer["next"]


def test_the_device_key_comes_from_the_option_then_from_the_variable(run, secret_file):
    passphrase = {"STILLMINE_PASSPHRASE_FILE": secret_file(b"x")}
    named = {**passphrase, "STILLMINE_DEVICE_KEY_FILE": "/from/variable"}
    option = run("--device-key", "/from/option", "sample", "open", "--json", **named)
    variable = run("sample", "open", "--json", **named)
    assert option.answer["answer"]["text"] == "[x] /from/option"
    assert variable.answer["answer"]["text"] == "[x] /from/variable"


def test_an_optional_secret_is_used_where_it_is_ready_and_never_asked_for(run, secret_file):
    fresh = {"STILLMINE_NEW_PASSPHRASE_FILE": secret_file(b"new", "new")}
    without = run("sample", "secrets", "--json", **fresh)
    assert without.answer["answer"]["text"].startswith("'new' None ")
    target = secret_file(b"t", "target")
    ready = run("sample", "secrets", "--json", **fresh, STILLMINE_TARGET_SECRET_FILE=target)
    assert ready.answer["answer"]["text"].startswith("'new' 't' ")


def test_no_secret_shows_in_a_printed_request(run, secret_file):
    new = secret_file(b"hunter2")
    done = run("sample", "secrets", "--json", STILLMINE_NEW_PASSPHRASE_FILE=new)
    assert "fresh=Secret(…)" in done.answer["answer"]["text"]


def test_the_first_passphrase_may_come_from_the_file_for_the_passphrase(run, secret_file):
    old, new = secret_file(b"12345", "old"), secret_file(b"123", "new")
    first = run("keep", "init", "--json", STILLMINE_PASSPHRASE_FILE=old)
    assert first.answer["answer"]["passphrase_score"] == 5
    both = {"STILLMINE_PASSPHRASE_FILE": old, "STILLMINE_NEW_PASSPHRASE_FILE": new}
    assert run("keep", "init", "--json", **both).answer["answer"]["passphrase_score"] == 3
    later = run("sample", "secrets", "--json", STILLMINE_PASSPHRASE_FILE=old)
    assert later.answer["code"] == "app.no-passphrase"


def test_the_passphrase_is_typed_unseen(terminal):
    person = terminal("sample", "open")
    person.sees("Passphrase: ")
    person.types("out of sight")
    code, screen = person.leaves()
    assert code == 0
    assert screen.count(b"out of sight") == 1  # in the answer of this sample, not as it is typed


def test_a_new_passphrase_is_typed_twice_until_both_are_the_same(terminal):
    person = terminal("sample", "secrets")
    person.sees("New passphrase: ")
    person.types("")
    person.sees("Nothing was typed.")
    person.sees("New passphrase: ")
    person.types("one")
    person.sees("once more: ")
    person.types("two")
    person.sees("not the same")
    person.sees("New passphrase: ")
    person.types("three")
    person.sees("once more: ")
    person.types("three")
    person.sees("'three'")
    assert person.leaves()[0] == 0


def test_a_program_that_wants_json_still_lets_a_person_type(terminal):
    person = terminal("sample", "open", "--json")
    person.sees("Passphrase: ")
    person.types("x")
    person.sees('"text": "[x] None"')
    assert person.leaves()[0] == 0


def test_ctrl_c_leaves_the_question_for_the_passphrase_at_once(terminal):
    person = terminal("sample", "open")
    person.sees("Passphrase: ")
    person.presses_ctrl_c()
    code, screen = person.leaves()
    assert code == 130
    assert b"stopped, as you asked" in screen
    assert b"Traceback" not in screen


def test_recovery_words_are_shown_apart_and_two_are_typed_back(terminal, secret_file):
    person = terminal("keep", "init", STILLMINE_PASSPHRASE_FILE=secret_file(b"12345"))
    person.sees("\x1b[?1049h")  # the other screen, which leaves nothing to scroll back to
    person.sees(" 1. word1 ")
    person.sees("24. word24")
    person.sees("Press Enter")
    person.types("")
    person.sees("\x1b[?1049l")
    person.sees("Word number 3: ")
    person.types("word3")
    person.sees("Word number 11: ")
    person.types("wrong")
    person.sees("not the two words")
    person.sees("again? [y/N] ")
    person.types("y")
    person.sees("24. word24")
    person.types("")
    person.sees("Word number 3: ")
    person.types("Word3")
    person.sees("Word number 11: ")
    person.types(" word11 ")
    person.sees("confirmed word3 word11")
    code, rest = person.leaves()
    assert code == 0
    assert b"word24" not in rest


def test_programs_get_the_words_in_the_answer(run, secret_file):
    done = run("keep", "init", "--json", STILLMINE_PASSPHRASE_FILE=secret_file(b"x"))
    assert len(done.answer["answer"]["words"]) == 24
    assert done.answer["answer"]["confirm"] == [3, 11]


def test_with_nobody_there_the_words_are_printed_once_and_confirmed_later(run, secret_file):
    done = run("keep", "init", STILLMINE_PASSPHRASE_FILE=secret_file(b"x"))
    assert done.out.count(b"24. word24") == 1
    assert b"confirm-words" in done.err
    assert done.code == 0


def test_two_secrets_of_one_kind_are_asked_for_one_by_one(terminal):
    person = terminal("keep", "confirm-words")
    person.sees("The first word. ")
    person.types("apple")
    person.sees("The second word. ")
    person.types("pear")
    person.sees("confirmed apple pear")
    assert person.leaves()[0] == 0
