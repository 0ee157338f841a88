"""Every action is a command with help, a sentence when it is done, and a place in the docs."""

import dataclasses
import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from stillmine.app.actions import Answer, all_actions
from stillmine.cli.main import MODULES, house
from stillmine.messages.answers import ANSWERS
from stillmine.messages.rooms import ROOMS

_ROOT = Path(__file__).parents[2]
for _module in MODULES.values():
    importlib.import_module(_module)
# Other tests may have put throw-away actions on the list; only the program's own are judged here.
ACTIONS = [action for action in all_actions() if action.run.__module__.startswith("stillmine.")]
NAMES = [action.name for action in ACTIONS]


def command_of(name):
    found = house()
    for word in name.split("."):
        found = found.get_command(click.Context(found), word)
        assert found is not None, f"{name} is no command"
    return found


@pytest.mark.parametrize("action", ACTIONS, ids=NAMES)
def test_each_action_is_a_command_with_a_help_sentence(action):
    command = command_of(action.name)
    assert command.help == action.summary
    assert action.summary.endswith(".")
    assert re.match(r"^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)*$", action.name)


@pytest.mark.parametrize("action", ACTIONS, ids=NAMES)
def test_each_field_of_a_request_is_described(action):
    for field in dataclasses.fields(action.request):
        assert field.metadata.get("help", "").endswith((".", "?")), f"{action.name} {field.name}"


@pytest.mark.parametrize("action", ACTIONS, ids=NAMES)
def test_requests_and_answers_are_frozen_records(action):
    assert issubclass(action.answer, Answer)
    for record in (action.request, action.answer):
        assert record.__dataclass_params__.frozen


@pytest.mark.parametrize("action", ACTIONS, ids=NAMES)
def test_each_answer_has_a_sentence_that_names_only_its_own_fields(action):
    parts = ANSWERS[action.name]
    assert parts
    fields = {field.name for field in dataclasses.fields(action.answer)}
    for part in parts:
        texts = (part,) if isinstance(part, str) else (part.one, part.many, part.none)
        named = {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}
        by = set() if isinstance(part, str) else {part.by.partition(".")[0]}
        assert named | by <= fields


@pytest.mark.parametrize("action", ACTIONS, ids=NAMES)
def test_an_action_that_sends_says_all_four_things(action):
    if action.sends is not None:
        assert all(dataclasses.astuple(action.sends))


def test_there_are_no_sentences_for_actions_that_do_not_exist():
    assert set(ANSWERS) == set(NAMES)


def test_each_room_says_what_it_is_for():
    groups = {name.rpartition(".")[0] for name in NAMES} - {""}
    assert groups | set(MODULES) <= set(ROOMS)


def test_the_documents_are_as_the_program_is():
    script = [sys.executable, "scripts/generate-docs", "--check"]
    done = subprocess.run(script, cwd=_ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    page = (_ROOT / "docs/cli.md").read_text(encoding="utf-8")
    assert all(f"### {name}\n" in page for name in NAMES)


def test_a_stale_document_is_noticed(tmp_path):
    for place in ("docs/house.md", "docs/cli.md", "docs/errors.md", "scripts/generate-docs"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text((_ROOT / place).read_text(encoding="utf-8"))
    (tmp_path / "src").symlink_to(_ROOT / "src")
    (tmp_path / "docs/errors.md").write_text("old")
    script = [sys.executable, str(tmp_path / "scripts/generate-docs")]
    check = subprocess.run([*script, "--check"], capture_output=True, text=True, check=False)
    assert check.returncode == 1
    assert "docs/errors.md" in check.stderr
    assert "docs/house.md" not in check.stderr
    subprocess.run(script, check=True)
    assert subprocess.run([*script, "--check"], check=False).returncode == 0


def test_help_comes_without_loading_any_room():
    program = (
        "import sys; from stillmine.cli.main import run_line; run_line(['--help', '--json']);"
        "print(sorted(name for name in sys.modules if name in "
        "('stillmine.keep', 'stillmine.app.storage', 'cryptography', 'sqlcipher3', 'PIL')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    text, loaded = done.stdout.splitlines()
    assert json.loads(text)["ok"]
    assert loaded == b"[]"
