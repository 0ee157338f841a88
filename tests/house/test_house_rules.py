"""The rules of the house: a reader finds out what a file is for, and no file does two things."""

import ast
import importlib
import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_PROGRAM = _ROOT / "src/stillmine"
_FILES = sorted(_PROGRAM.rglob("*.py"))
_OURS = [
    *_FILES,
    *(path for place in ("tests", "bench") for path in sorted((_ROOT / place).rglob("*.py"))),
]
_VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc", "stuff"}
_LATER = re.compile(
    r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b"
)
_SILENCED = re.compile(r"#\s*(?:noqa|type: ignore)(.*)")
_CODES_AND_REASON = re.compile(r"(: [A-Z]+\d+(, ?[A-Z]+\d+)*|\[[a-z-, ]+\])\s+\S.*\w{3}")
_LONGEST_FILE, _LONGEST_FUNCTION = 300, 40
# Lists, not code: to cut one in two would only hide half of it.
_LISTS = {"errors.py", "messages/errors.py", "messages/answers.py"}


def ids(paths):
    return [str(path.relative_to(_ROOT)) for path in paths]


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", _FILES, ids=ids(_FILES))
def test_each_file_opens_with_its_purpose_in_one_line(path):
    docstring = ast.get_docstring(tree(path)) or ""
    first = docstring.partition("\n")[0]
    assert first.endswith((".", ":", "?", "…")), f"{path} does not say what it is for"
    assert 3 <= len(first.split()) <= 30


def test_no_file_has_a_vague_name():
    vague = [str(path) for path in _OURS if {*path.stem.split("_"), path.parent.name} & _VAGUE]
    assert not vague


@pytest.mark.parametrize("path", _FILES, ids=ids(_FILES))
def test_no_file_is_two_things(path):
    if str(path.relative_to(_PROGRAM)) in _LISTS:
        pytest.skip("a list, not code")
    assert len(path.read_text(encoding="utf-8").splitlines()) <= _LONGEST_FILE


@pytest.mark.parametrize("path", _FILES, ids=ids(_FILES))
def test_no_function_is_two_things(path):
    functions = (
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    long = [
        f"{node.name}: {length}"
        for node in functions
        if (length := (node.end_lineno or 0) - node.lineno + 1) > _LONGEST_FUNCTION
    ]
    assert not long


def _modules_with_all():
    for path in _FILES:
        if re.search(r"^__all__", path.read_text(encoding="utf-8"), re.MULTILINE):
            parts = path.relative_to(_PROGRAM.parent).with_suffix("").parts
            yield ".".join(parts).removesuffix(".__init__")


@pytest.mark.parametrize("name", list(_modules_with_all()))
def test_what_a_module_offers_is_exact(name):
    """The order is the linter's business (RUF022)."""
    module = importlib.import_module(name)
    offered = module.__all__
    assert len(offered) == len(set(offered))
    assert all(hasattr(module, word) for word in offered)
    source = tree(Path(module.__file__))
    if module.__file__.endswith("__init__.py"):
        # A room that loads its names when they are first asked for brings them for the types only.
        for_types = [part for node in source.body if isinstance(node, ast.If) for part in node.body]
        brought = {
            alias.asname or alias.name
            for node in (*source.body, *for_types)
            if isinstance(node, ast.ImportFrom) and node.module != "__future__"
            for alias in node.names
        }
        assert {word for word in brought if not word.startswith("_")} == set(offered)


def test_no_file_prints_on_its_own():
    """A stray line on standard output would spoil the one JSON object."""
    printing = [
        str(path)
        for path in _FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]
    assert not printing


@pytest.mark.parametrize("path", _OURS, ids=ids(_OURS))
def test_nothing_is_left_for_later(path):
    assert not _LATER.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", _OURS, ids=ids(_OURS))
def test_every_silenced_rule_has_its_reason_beside_it(path):
    """`# noqa: CODE  reason` and `# type: ignore[code]  # reason`."""
    for line in path.read_text(encoding="utf-8").splitlines():
        silenced = _SILENCED.search(line)
        if silenced and path != Path(__file__):
            assert _CODES_AND_REASON.match(silenced[1]), line
