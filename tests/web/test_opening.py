"""`stillmine` without a word opens the pages: for this user alone, and without telling anybody."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from stillmine.__main__ import opens_pages
from stillmine.web import opening

_BROWSER = """#!/bin/sh
echo "$@" > "$HOME/argv"
file="${1#file://}"
stat -c %a "$file" > "$HOME/mode"
stat -c %a "$(dirname "$file")" > "$HOME/folder-mode"
cp "$file" "$HOME/page"
touch "$HOME/done"
"""


def wait_for(true):
    for _ in range(3000):
        if true():
            return
        threading.Event().wait(0.01)
    pytest.fail("it never came")


@pytest.fixture
def person(tmp_path):
    """Somebody whose browser writes down what it is told."""
    browser = tmp_path / "browser"
    browser.write_text(_BROWSER)
    browser.chmod(0o700)
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    return tmp_path


@contextlib.contextmanager
def started(person: Path, *typed: str):
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(person),
        "BROWSER": str(person / "browser"),
        "XDG_RUNTIME_DIR": str(person / "runtime"),
        "STILLMINE_HOME": str(person / "home"),
        "LC_ALL": "C.UTF-8",
    }
    command = [sys.executable, "-m", "stillmine", *typed]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_the_browser_gets_a_file_that_only_this_user_can_read_and_the_key_is_on_no_command_line(
    person,
):
    with started(person) as process:
        wait_for((person / "done").exists)
        argv = (person / "argv").read_text()
        page = (person / "page").read_text()
        (key,) = set(re.findall(r"/o/([\w-]{40,})", page))
        assert argv.startswith("file://")
        assert key not in argv
        assert (person / "mode").read_text().strip() == "600"
        assert (person / "folder-mode").read_text().strip() == "700"
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                assert key.encode() not in (entry / "cmdline").read_bytes()
        assert process.poll() is None


def test_it_is_called_as_any_python_program_in_the_list_of_processes(person):
    with started(person) as process:
        wait_for((person / "done").exists)
        line = Path(f"/proc/{process.pid}/cmdline").read_bytes().replace(b"\0", b"").strip()
        assert line == b"python3"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_when_asked_and_takes_the_file_away(person, number):
    with started(person) as process:
        wait_for((person / "done").exists)
        process.send_signal(number)
        process.wait(30)
        assert "Traceback" not in process.stderr.read()
    assert not list((person / "runtime").rglob("*.html"))


def test_it_says_in_the_terminal_where_it_is(person):
    with started(person) as process:
        line = process.stderr.readline()
        assert re.search(r"http://127\.0\.0\.1:\d+/o/[\w-]{40,}", line)


@pytest.mark.parametrize(
    ("typed", "opens"),
    [
        ([], True),
        (["--home", "x"], True),
        (["--home=x"], True),
        (["--home"], False),
        (["--home="], False),
        (["--home", "--json"], False),
        (["--help"], False),
        (["--json"], False),
        (["keep", "list"], False),
        (["--home", "x", "keep"], False),
    ],
)
def test_only_where_nothing_was_asked_for_are_there_pages(typed, opens):
    assert opens_pages(typed) is opens


@pytest.mark.parametrize(
    ("browser", "confined"),
    [
        ("firefox_firefox.desktop\n", True),
        ("org.mozilla.firefox.desktop", True),
        ("com.google.Chrome.desktop", True),
        ("firefox.desktop", False),
        ("chromium-browser.desktop", False),
        ("", False),
    ],
)
def test_browsers_that_see_only_some_folders_are_known_by_their_names(browser, confined):
    """They get the file where they can read it (jupyter/notebook, issue 5479)."""
    assert opening.is_confined(browser) is confined


def test_what_a_crash_left_is_swept_and_nothing_else(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("BROWSER", "true")
    folder = tmp_path / "stillmine"
    folder.mkdir(mode=0o700)
    names = (f"n-{'a' * 16}.html", "n-holiday.html", f"n-{'b' * 16}.html")
    for name in names:
        (folder / name).write_text("")
    for name in names[:2]:
        os.utime(folder / name, (0, 0))
    assert opening.write_file("http://127.0.0.1:1/o/x") is not None
    assert [(folder / name).exists() for name in names] == [False, True, True]


def test_a_folder_that_others_can_enter_gets_no_file(monkeypatch, tmp_path):
    (tmp_path / "stillmine").mkdir()
    (tmp_path / "stillmine").chmod(0o755)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("BROWSER", "true")
    assert opening.write_file("http://127.0.0.1:1/o/x") is None


def test_a_folder_that_cannot_be_written_is_no_error(monkeypatch, tmp_path):
    (tmp_path / "stillmine").write_text("where the folder would be")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("BROWSER", "true")
    assert opening.write_file("http://127.0.0.1:1/o/x") is None
