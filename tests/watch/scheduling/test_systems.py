"""What each system is given to read is what it reads: judged by the system's own programs."""

from __future__ import annotations

import os
import plistlib
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.errors import CannotSchedule, NoTimer, TargetExists
from stillmine.watch.scheduling.cron import Cron, _without
from stillmine.watch.scheduling.launchd import Launchd
from stillmine.watch.scheduling.start import WAITING, Start
from stillmine.watch.scheduling.systemd import Systemd, quoted
from stillmine.watch.scheduling.systems import SYSTEMS, chosen_system, systems_with
from stillmine.watch.scheduling.task_scheduler import TaskScheduler

NAME = "upkeep-0badcafe"
ODD = [
    "plain",
    "two words",
    "it's",
    'a "quote"',
    "100%",
    "%h %n %%",
    "$HOME ${HOME}",
    "back\\slash",
    "Größe 写真",
    ";&|<>*?#~`",
    "-o",
]
_SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd is not installed"
)
texts = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30)


def start(*arguments: str, program: str = sys.executable) -> Start:
    return Start(NAME, (program, "-P", "-m", "stillmine.scheduler", *arguments), 7)


def program_in(folder: Path) -> Path:
    folder.mkdir()
    path = folder / "python"
    path.write_text("#!/bin/sh\nexit 0\n")
    path.chmod(0o700)
    return path


# systemd


def verified(tmp_path: Path, wanted: Start) -> str:
    folder = tmp_path / "units"
    folder.mkdir()
    for piece in Systemd().pieces(wanted):
        (folder / Path(piece.place).name).write_text(piece.content)
    done = subprocess.run(
        ["systemd-analyze", "--user", "--man=no", "verify", str(folder / f"{NAME}.service")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{folder}:", "XDG_RUNTIME_DIR": str(tmp_path)},
    )
    said = [line for line in done.stderr.splitlines() if NAME in line]
    assert done.returncode == 0, done.stderr
    return "\n".join(said)


@needs_systemd
@pytest.mark.parametrize("odd", [each for each in ODD if each != "-o"])
def test_systemd_itself_finds_a_program_with_odd_signs_in_its_path(
    tmp_path: Path, odd: str
) -> None:
    path = program_in(tmp_path / odd)
    assert verified(tmp_path, start("--home", odd, program=str(path))) == ""


@needs_systemd
def test_systemd_itself_says_where_a_program_is_missing(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="not executable"):
        verified(tmp_path, start(program=str(tmp_path / "none 50%")))


@needs_systemd
def test_systemd_itself_reads_the_time(tmp_path: Path) -> None:
    (_, timer) = Systemd().pieces(start())
    when = re.search(r"^OnCalendar=(.*)$", timer.content, re.MULTILINE)
    assert when is not None
    done = subprocess.run(
        ["systemd-analyze", "calendar", when[1]], capture_output=True, text=True, check=True
    )
    assert "Normalized form: *-*-* *:07:00" in done.stdout


def read_by_systemd(line: str) -> list[str]:
    """Read a command line as systemd.syntax(7) and systemd.service(5) say, with `:` before it."""
    assert line.startswith(":")
    words, word, inside, escaped = [], "", False, False
    for sign in line[1:]:
        if escaped:
            word, escaped = word + sign, False
        elif sign == "\\":
            escaped = True
        elif sign == '"':
            inside = not inside
        elif sign == " " and not inside:
            words.append(word)
            word = ""
        else:
            word += sign
    return [each.replace("%%", "%") for each in (*words, word)]


@given(st.lists(texts, min_size=1, max_size=4))
def test_systemd_reads_every_word_as_it_was(words: list[str]) -> None:
    assert read_by_systemd(":" + " ".join(map(quoted, words))) == words


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the real systemctl work on files alone, as it does where no systemd runs."""
    monkeypatch.setenv("SYSTEMD_OFFLINE", "1")


def units() -> Path:
    return Path(os.environ["XDG_CONFIG_HOME"]) / "systemd" / "user"


@needs_systemd
def test_the_real_systemctl_switches_it_on_and_off_and_nothing_is_left(offline: None) -> None:
    system = Systemd()
    for _twice in range(2):
        system.put(start())
        assert system.has(NAME)
        assert (units() / "timers.target.wants" / f"{NAME}.timer").is_symlink()
    assert system.remove(NAME)
    assert not system.has(NAME)
    assert [each for each in units().rglob("*") if not each.is_dir()] == []
    assert not system.remove(NAME)


@needs_systemd
def test_where_systemd_refuses_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with pytest.raises(NoTimer):
        Systemd().put(start())
    assert not [each for each in units().rglob("*") if each.is_file()]
    assert not Systemd().is_here()


@needs_systemd
@pytest.mark.parametrize("ending", ["service", "timer"])
def test_a_unit_that_is_not_ours_is_not_touched(offline: None, ending: str) -> None:
    units().mkdir(parents=True)
    foreign = units() / f"{NAME}.{ending}"
    foreign.write_text("[Unit]\nDescription=mine\n")
    with pytest.raises(TargetExists):
        Systemd().put(start())
    assert not Systemd().remove(NAME)
    assert foreign.read_text() == "[Unit]\nDescription=mine\n"


def test_a_link_in_place_of_a_unit_is_not_followed(tmp_path: Path) -> None:
    units().mkdir(parents=True)
    goal = tmp_path / "goal"
    goal.write_text(f"# {NAME}\n")
    (units() / f"{NAME}.service").symlink_to(goal)
    with pytest.raises(TargetExists):
        Systemd().put(start())
    assert goal.read_text() == f"# {NAME}\n"


# cron


def has_table() -> bool:
    done = subprocess.run(["crontab", "-l"], capture_output=True, check=False)
    return done.returncode == 0 and bool(done.stdout.strip())


@pytest.fixture
def table() -> None:
    """Let a test use the real table of cron, only where there is none that could be harmed."""
    if shutil.which("crontab") is None or has_table():
        pytest.skip("cron is not installed, or this person has a table already")
    yield
    subprocess.run(["crontab", "-r"], capture_output=True, check=False)


def lines() -> bytes:
    return subprocess.run(["crontab", "-l"], capture_output=True, check=False).stdout


def test_the_real_crontab_takes_it_once_and_gives_it_back(table: None) -> None:
    cron = Cron()
    for _twice in range(2):
        cron.put(start("--home", "it's 100% mine"))
    assert lines().decode() == cron.pieces(start("--home", "it's 100% mine"))[0].content
    assert cron.remove(NAME)
    assert not has_table()
    assert not cron.remove(NAME)


def test_other_lines_in_the_real_crontab_stay_byte_by_byte(table: None) -> None:
    foreign = b"# mine \xff\n0 1 * * 0 true %x\n\n@daily true"
    subprocess.run(["crontab", "-"], input=foreign + b"\n", check=True)
    Cron().put(start())
    assert lines().startswith(foreign)
    subprocess.run(["crontab", "-"], input=lines() + b"5 5 * * * false\n", check=True)
    Cron().put(start("--home", "elsewhere"))
    Cron().remove(NAME)
    assert lines() == foreign + b"\n5 5 * * * false\n"


@pytest.mark.parametrize(
    "left", [b"# %s\n", b"# %s end\n", b"# %s\n1 * * * * x stillmine.scheduler y\n"]
)
def test_marks_that_somebody_tore_apart_take_no_other_line_along(left: bytes) -> None:
    foreign = b"0 1 * * 0 true\n"
    torn = left % NAME.encode() + foreign
    assert _without(foreign + torn + foreign, NAME) == foreign * 3


@settings(max_examples=40, deadline=None)
@given(words=st.lists(texts, max_size=3))
def test_the_shell_that_cron_starts_reads_every_word_as_it_was(words: list[str]) -> None:
    content = Cron().pieces(start(*words))[0].content
    command = content.splitlines()[1].split(" ", 5)[5]
    # As crontab(5) says: % is the end of the command, unless \ stands before it.
    assert not re.search(r"(?<!\\)%", command)
    shown = command.replace("\\%", "%").removesuffix(" >/dev/null 2>&1")
    assert shlex.split(shown) == [*start(*words).command, *WAITING]
    argv = [sys.executable, "-c", "import sys; print(ascii(sys.argv[1:]))"]
    said = subprocess.run(
        ["/bin/sh", "-c", f"{shlex.join(argv)} {shown}"], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == ascii([*start(*words).command, *WAITING])


# launchd


@given(words=st.lists(texts, max_size=3))
def test_the_agent_says_each_word_as_it_was(words: list[str]) -> None:
    (piece,) = Launchd().pieces(start(*words))
    agent = plistlib.loads(piece.content.encode())
    assert agent["ProgramArguments"] == [*start(*words).command, *WAITING]
    assert agent["StartCalendarInterval"] == {"Minute": 7}
    assert agent["Label"] == f"local.{NAME}"
    assert piece.place.endswith(f"Library/LaunchAgents/local.{NAME}.plist")


def test_where_there_is_no_launchd_nothing_is_left() -> None:
    if shutil.which("launchctl"):
        pytest.skip("this is a Mac")
    with pytest.raises(NoTimer):
        Launchd().put(start())
    assert not list((Path.home() / "Library" / "LaunchAgents").glob("*"))


# Task Scheduler

# [MS-TSCH] 2.5: the parts of a task, and the order in which its schema wants those that have one.
_ORDER = ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
_TRIGGER = ["Repetition", "StartBoundary", "Enabled", "RandomDelay", "ScheduleByDay"]
_REPETITION = ["Interval", "Duration", "StopAtDurationEnd"]
_SETTINGS = {
    "MultipleInstancesPolicy", "DisallowStartIfOnBatteries", "StopIfGoingOnBatteries",
    "StartWhenAvailable", "ExecutionTimeLimit", "Priority",
}  # fmt: skip


def names(part: ElementTree.Element | None) -> list[str]:
    assert part is not None
    return [each.tag.removeprefix(_SPACE) for each in part]


def test_the_task_has_the_parts_of_the_documented_form() -> None:
    (piece,) = TaskScheduler().pieces(start())
    task = ElementTree.fromstring(piece.content.encode("utf-16"))
    assert task.tag == f"{_SPACE}Task"
    assert sorted(names(task), key=_ORDER.index) == names(task)
    trigger = task.find(f"{_SPACE}Triggers/{_SPACE}CalendarTrigger")
    assert names(trigger) == _TRIGGER
    assert names(task.find(f"{_SPACE}Triggers//{_SPACE}Repetition")) == _REPETITION
    assert set(names(task.find(f"{_SPACE}Settings"))) == _SETTINGS
    assert task.findtext(f".//{_SPACE}Priority") == "9"
    assert task.findtext(f".//{_SPACE}StartBoundary") == "2026-01-01T00:07:00"
    assert task.findtext(f".//{_SPACE}LogonType") == "InteractiveToken"


@given(words=st.lists(texts.filter(lambda text: "%" not in text), max_size=3))
def test_the_task_says_each_word_as_windows_reads_them(words: list[str]) -> None:
    wanted = start(*words, program="C:\\Größe & mehr\\python")
    (piece,) = TaskScheduler().pieces(wanted)
    task = ElementTree.fromstring(piece.content.encode("utf-16"))
    assert task.findtext(f".//{_SPACE}Command") == wanted.command[0]
    said = task.findtext(f".//{_SPACE}Arguments")
    assert said == subprocess.list2cmdline(wanted.command[1:])


def test_what_windows_would_take_for_a_variable_is_refused() -> None:
    with pytest.raises(CannotSchedule):
        TaskScheduler().pieces(start("--home", "C:\\%USERNAME%\\x"))
    TaskScheduler().pieces(start("--home", "C:\\100%\\x"))


# All of them


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda each: each.name)
@pytest.mark.parametrize("sign", ["\n", "\r", "\0", "\x1b", "\udcff", "\u2028"])
def test_signs_that_end_a_line_or_are_no_text_are_refused(system, sign: str) -> None:
    with pytest.raises(CannotSchedule) as refused:
        system.pieces(start("--home", f"a{sign}b"))
    assert sign not in str(refused.value.facts["path"])


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda each: each.name)
def test_no_name_that_can_be_seen_from_outside_says_anything(system) -> None:
    for piece in system.pieces(start()):
        place = piece.place.removeprefix(str(Path.home()))
        assert "stillmine" not in place.lower()
        described = re.findall(r"Description[=>](.+?)(?:<|\n)", piece.content)
        assert set(described) <= {"Regular upkeep"}


def test_a_way_that_this_computer_has_not_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NoTimer):
        chosen_system(None)
    assert chosen_system("cron").name == "cron"
    assert systems_with(NAME) == ()
