"""Progress, stopping, and the yes that comes before anything is sent."""

import io
import os
import signal
import subprocess
import time

import pytest

from stillmine.app.jobs import Progress
from stillmine.cli.progress import ProgressLines, sentence
from stillmine.cli.rendering import size


def started(run, *typed):
    process = subprocess.Popen(
        run.command(*typed),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "HOME": str(run.folder)},
    )
    first = process.stderr.readline()  # the work has begun when its first line is there
    assert first
    return process


def test_progress_is_one_json_object_a_line_beside_the_answer(run):
    done = run("sample", "work", "--steps", "60", "--json")
    lines = done.err_objects
    assert done.answer["answer"] == {"done": 60}
    assert lines[0] == {
        "doing": "sample.working",
        "done": 0,
        "total": 60,
        "unit": "files",
        "seconds_left": None,
    }
    assert lines[-1]["done"] == 60
    assert 2 <= len(lines) < 60


def test_progress_comes_at_most_four_times_a_second():
    out, clock = io.StringIO(), iter(n / 1000 for n in range(100_000))
    listener = ProgressLines(json=True, out=out, clock=lambda: next(clock))
    for done in range(2001):
        listener(Progress("sample.working", done, 2000, "files", None))
    written = out.getvalue().splitlines()
    assert '"done": 2000' in written[-1]
    assert 5 <= len(written) <= 20  # two to four seconds on that clock


def test_without_a_terminal_progress_is_a_few_calm_lines(run):
    done = run("sample", "work", "--steps", "60")
    assert len(done.err.splitlines()) == 2
    assert b"\x1b" not in done.err
    assert b"\r" not in done.err


def test_at_a_terminal_one_line_renews_itself_and_is_gone_at_the_end(terminal):
    person = terminal("sample", "work", "--steps", "60")
    person.sees("\r\x1b[Ksample.working: 0 / 60 files")
    person.sees("left")
    code, screen = person.leaves()
    assert code == 0
    assert b"\r\x1b[KDone: 60" in screen


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 seconds"), (99, "99 seconds"), (150, "2 minutes"), (7200, "2 hours")],
)
def test_the_time_left_is_said_roughly(seconds, said):
    assert f"about {said} left" in sentence(Progress("x", 1, 2, "files", seconds))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_stops_after_this_file(run, number):
    process = started(run, "sample", "work", "--steps", "100000", "--json")
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b'"code": "app.stopped"' in out
    assert b'"total": 100000' in out
    assert b"Press again to end now." in err


def test_the_second_signal_ends_work_that_does_not_listen(run):
    process = started(run, "sample", "deaf", "--steps", "60", "--json")
    process.send_signal(signal.SIGINT)
    while b"stopping" not in process.stderr.readline():
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b'"code": "app.stopped"' in out


def test_ctrl_c_at_a_terminal_says_that_it_stops_after_this_file(terminal):
    person = terminal("sample", "work", "--steps", "100000")
    person.sees("sample.working")
    person.presses_ctrl_c()
    person.sees("Stopping after this file. Press again to end now.")
    person.sees("What was done so far is kept.")
    assert person.leaves()[0] == 130


def test_nothing_is_sent_without_a_yes(run):
    for_programs = run("sample", "send", "now", "usb", "--json")
    assert for_programs.code == 60
    assert for_programs.answer["code"] == "network.nothing-may-leave"
    assert for_programs.err_objects == [
        {
            "sends": {
                "what": "sealed files only",
                "to": "the place usb",
                "they_learn": "how many there are",
                "undo": "yes",
            }
        }
    ]
    for_people = run("sample", "send", "now", "usb")
    assert for_people.code == 60
    assert b"What they learn: how many there are" in for_people.err


def test_a_yes_lands_with_the_action(run):
    done = run("sample", "send", "now", "usb", "--yes", "--json")
    assert done.answer["answer"]["text"] == "sent True usb"


def test_nobody_is_asked_where_nothing_leaves_the_computer(run):
    done = run("sample", "send", "now", "/media/stick", "--json")
    assert done.answer["answer"]["text"] == "sent False /media/stick"
    assert done.err == b""


def test_a_command_that_sends_nothing_takes_no_yes(run):
    assert run("sample", "find", "--yes", "--json").answer["code"] == "app.wrong-usage"


@pytest.mark.parametrize(("typed", "code"), [("y", 0), ("", 60), ("n", 60), ("maybe", 60)])
def test_a_person_is_asked_before_anything_is_sent(terminal, typed, code):
    person = terminal("sample", "send", "now", "usb")
    person.sees("To whom: the place usb")
    person.sees("Send it? [y/N]")
    person.types(typed)
    assert person.leaves()[0] == code


def test_a_person_reads_a_sentence_a_table_and_local_times(run):
    (run.folder / "a.jpg").write_bytes(b"x" * 2_100_000)
    done = run("sample", "add", "a.jpg", "b.jpg", TZ="Etc/GMT-2")
    text = done.out.decode()
    assert text.startswith("1 file is safe now. 1 file was skipped.\n")
    assert "a.jpg  2.1 MB  2026-05-06 09:08" in text
    assert "There is no file" in text or "keep.no-such-file" in text


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (99_960, "100 kB"), (2**40, "1.1 TB")],
)
def test_sizes_are_said_as_people_say_them(count, said):
    assert size(count) == said
