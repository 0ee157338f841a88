"""What other programs rely on: one JSON object, the exit codes, where the options may stand."""

import os
import subprocess

import pytest

from stillmine.cli.parameters import _one_of_several


def test_an_answer_is_one_json_object(run):
    done = run("sample", "show", "i1", "--json")
    assert done.code == 0
    assert done.answer == {"ok": True, "action": "sample.show", "answer": {"text": "i1 None"}}
    assert done.err == b""


def test_options_for_the_whole_program_stand_before_the_room_or_after_the_verb(run):
    before = run("--json", "--home", "/a/b", "sample", "add", "x")
    between = run("sample", "--home", "/a/b", "--json", "add", "x")
    after = run("sample", "add", "x", "--home", "/a/b", "--json")
    assert before.answer == between.answer == after.answer
    assert before.answer["answer"]["home"] == "/a/b"


def test_the_home_comes_from_the_option_then_from_the_variable_then_from_the_system(run):
    named = run("sample", "add", "x", "--json", "--home", "/one", STILLMINE_HOME="/two")
    variable = run("sample", "add", "x", "--json", STILLMINE_HOME="/two")
    neither = run("sample", "add", "x", "--json")
    assert named.answer["answer"]["home"] == "/one"
    assert variable.answer["answer"]["home"] == "/two"
    assert neither.answer["answer"]["home"] == str(run.folder / ".local/share/stillmine")


def test_each_kind_of_field_can_be_typed(run):
    typed = "sample add a b --label x --label y --note n --times 3 --kind paper --into d --deep"
    done = run(*typed.split(), "--no-checked", "--json")
    assert done.answer["answer"]["request"] == (
        "AddRequest(paths=(PosixPath('a'), PosixPath('b')), labels=('x', 'y'), note='n', times=3, "
        "kind='paper', into=PosixPath('d'), deep=True, checked=False)"
    )


def test_an_option_that_is_repeated_is_called_by_one_of_them():
    names = {"labels": "label", "addresses": "address", "across": "across", "regimes": "regime"}
    assert {each: _one_of_several(each) for each in names} == names


def test_what_is_not_typed_takes_the_default_of_the_request(run):
    assert run("sample", "add", "a", "--json").answer["answer"]["request"] == (
        "AddRequest(paths=(PosixPath('a'),), labels=(), note=None, times=1, "
        "kind='picture', into=None, deep=False, checked=True)"
    )


def test_single_arguments_and_groups_in_groups(run):
    assert run("sample", "show", "i", "t", "--json").answer["answer"]["text"] == "i t"
    sent = run("sample", "send", "now", "x", "--yes", "--json")
    assert sent.answer["action"] == "sample.send.now"


def test_a_command_may_be_a_group_as_well(run):
    alone = run("sample", "figures", "--steps", "7", "--json").answer
    assert (alone["action"], alone["answer"]["done"]) == ("sample.figures", 7)
    inside = run("sample", "figures", "merge", "a", "--json").answer
    assert (inside["action"], inside["answer"]["found"]) == ("sample.figures.merge", ["a"])
    assert not run("sample", "figures", "bogus", "--json").answer["ok"]
    assert "merge" in run("sample", "figures", "--help", "--json").answer["answer"]["text"]


def test_gaps_and_nothing_found_have_their_own_exit_codes(run):
    gaps = run("sample", "add", "not-there", "--json")
    nothing = run("sample", "find", "--json")
    found = run("sample", "find", "one", "two", "--json")
    assert (gaps.code, nothing.code, found.code) == (3, 4, 0)
    assert gaps.answer["ok"]
    assert gaps.answer["answer"]["skipped"] == [{"file": "not-there", "code": "keep.no-such-file"}]
    assert found.answer["answer"]["found"] == ["one", "two"]


def test_an_error_is_one_json_object_with_code_and_two_sentences(run):
    done = run("sample", "show", "none", "--json")
    assert done.code == 30
    assert set(done.answer) == {"ok", "code", "happened", "next", "facts"}
    assert done.answer["ok"] is False
    assert done.answer["code"] == "keep.unknown-item"
    assert done.answer["facts"] == {"item": "none"}
    assert done.answer["happened"]
    assert done.answer["next"]


@pytest.mark.parametrize(
    "typed",
    [
        ("--json",),
        ("--json", "nowhere"),
        ("sample", "--json"),
        ("sample", "nothing", "--json"),
        ("sample", "add", "--json"),
        ("sample", "add", "", "--json"),
        ("sample", "add", "x", "--times", "many", "--json"),
        ("sample", "add", "x", "--kind", "song", "--json"),
        ("sample", "add", "x", "--nothing", "--json"),
        ("sample", "add", "x", "--home", "--json"),
        ("sample", "show", "a", "b", "c", "--json"),
        ("sample", "show", "--json", "--home"),
        ("sample", "secrets", "--passphrase", "x", "--json"),
        ("sample", "show", "a", b"--\xff\x1b[2J", "--json"),
    ],
)
def test_wrong_usage_is_one_json_object_too(run, typed):
    done = run(*typed)
    assert done.code == 2
    assert done.answer["code"] == "app.wrong-usage"
    assert done.answer["happened"]
    assert done.answer["next"]
    assert done.err == b""


def test_an_unexpected_fault_tells_nothing_of_its_insides(run):
    done = run("sample", "show", "crash", "--json")
    assert done.code == 1
    assert done.answer["code"] == "app.unexpected"
    assert done.answer["facts"] == {"kind": "RuntimeError"}
    assert b"anna" not in done.out + done.err
    assert b"Traceback" not in done.out + done.err
    for_people = run("sample", "show", "crash")
    assert for_people.code == 1
    assert for_people.out == b""
    assert b"anna" not in for_people.err
    assert b"Traceback" not in for_people.err


def test_the_traceback_comes_on_standard_error_when_asked_for(run):
    for_people = run("sample", "show", "crash", STILLMINE_DEBUG="1")
    assert b"Traceback" in for_people.err
    for_programs = run("sample", "show", "crash", "--json", STILLMINE_DEBUG="1")
    assert "RuntimeError" in for_programs.err_objects[0]["traceback"]
    assert for_programs.answer["code"] == "app.unexpected"


def test_help_and_version_are_answers(run):
    for_people = run("sample", "add", "--help")
    assert for_people.code == 0
    assert b"Add files that are there, and skip the others." in for_people.out
    for_programs = run("--json", "sample", "add", "--help")
    assert for_programs.answer["action"] == "help"
    assert "--kind" in for_programs.answer["answer"]["text"]
    assert run("--version", "--json").answer["answer"]["text"].startswith("stillmine ")


def test_without_a_command_a_person_sees_the_help(run):
    done = run()
    assert done.code == 2
    assert b"Rooms:" in done.out


def test_secrets_are_no_options(run):
    text = run("sample", "secrets", "--help").out.decode()
    assert "fresh" not in text
    assert "target" not in text


def test_a_double_dash_ends_the_options(run):
    done = run("--json", "sample", "add", "--", "--json", "-x")
    assert [row["file"] for row in done.answer["answer"]["skipped"]] == ["--json", "-x"]


def test_a_reader_that_goes_away_is_no_error(run):
    command = " ".join(f"'{part}'" for part in run.command("sample", "find", *["w" * 99] * 900))
    piped = ["bash", "-c", f"{command} | true; echo ${{PIPESTATUS[0]}}"]
    done = subprocess.run(piped, capture_output=True, check=True)
    assert done.stdout == b"0\n"
    assert done.stderr == b""


def test_a_listener_that_goes_away_does_not_end_the_work(run):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        run.command("sample", "work", "--steps", "60", "--json"),
        stdout=subprocess.PIPE,
        stderr=writing,
        check=False,
    )
    os.close(writing)
    assert done.returncode == 0
    assert b'"done": 60' in done.stdout


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_closed_streams_are_no_error(run, closed):
    command = " ".join(f"'{part}'" for part in run.command("sample", "work", "--steps", "1"))
    done = subprocess.run(["bash", "-c", f"{command} {closed}"], capture_output=True, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_an_answer_that_cannot_be_written_is_no_success(run):
    command = " ".join(f"'{part}'" for part in run.command("sample", "find", "x", "--json"))
    full = ["bash", "-c", f"{command} >/dev/full"]
    done = subprocess.run(full, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


def test_the_program_runs_as_a_module_too(run):
    command = [run.command()[0], "-m", "stillmine", "--version", "--json"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.startswith(b'{"ok": true')
