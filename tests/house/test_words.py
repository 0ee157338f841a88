"""Every word that a person reads: it is there, it is plain, and it blames nobody."""

import ast
import importlib
import inspect
import pkgutil
import re
import struct
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillmine import errors, messages
from stillmine.imaging import Problem
from stillmine.messages import fill, label, said_after, say, translate, translate_counted
from stillmine.messages.answers import ANSWERS, Counted
from stillmine.messages.errors import ERRORS
from stillmine.messages.progress import DOING

_BLAME = re.compile(
    r"\b(illegal|invalid|fatal|abort\w*|fail\w*|your fault|you forgot|mistake\w*|must|bad|stupid|"
    r"terminated|victim\w*|wrongly|careless\w*|should have|panic)\b",
    re.IGNORECASE,
)
_HARDEST = 9.0  # automated readability index: about the ninth school year


def all_errors(of=errors.StillmineError):
    yield of
    for kind in of.__subclasses__():
        if kind.__module__ == "stillmine.errors":
            yield from all_errors(kind)


KINDS = list(all_errors())


def texts(where, value):
    """Yield every text in a value, with where it stands."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from texts(f"{where} {key}", part)
    elif isinstance(value, (tuple, list)):
        for number, part in enumerate(value):
            yield from texts(f"{where} {number}", part)
    elif isinstance(value, Counted):
        yield from texts(where, [value.one, value.many, value.none])
    elif is_dataclass(value):
        yield from texts(where, [getattr(value, field.name) for field in fields(value)])


def sentences():
    """Yield every text that any module of words has, once."""
    seen = set()
    for found in pkgutil.iter_modules(messages.__path__):
        module = importlib.import_module(f"{messages.__name__}.{found.name}")
        for name, value in vars(module).items():
            if name.isupper():
                for where, text in texts(f"{found.name}.{name}", value):
                    if text and text not in seen:
                        seen.add(text)
                        yield where, text


SENTENCES = list(sentences())


def readability(text):
    """Return the automated readability index (Smith and Senter 1967): lower is easier."""
    plain = re.sub(r"\{\w+\}|`[^`]*`|--\w+|STILLMINE_\w+(=1)?", "this", text)
    words = re.findall(r"[\w'-]+", plain)
    ends = max(1, len(re.findall(r"[.?!:;](?:\s|$)", plain)))
    letters = sum(len(re.sub(r"\W", "", word)) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / ends - 21.43


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_each_error_has_what_happened_and_what_to_do_next(kind):
    happened, then = ERRORS[kind.code]
    assert happened.endswith((".", "}", "?"))
    assert then.endswith((".", "?"))


def test_there_are_words_for_every_code_and_for_no_other():
    """Besides errors, a file that was skipped carries a code that says why."""
    assert set(ERRORS) == {kind.code for kind in KINDS} | {problem.value for problem in Problem}


def test_codes_and_exit_codes_are_unique():
    assert len({kind.code for kind in KINDS}) == len(KINDS)
    exits = [kind.exit_code for kind in KINDS]
    assert len(set(exits)) == len(exits)
    assert not {0, 3, 4} & set(exits), "these say how an answer went"
    # From 131 to 165 a shell would take it for a signal that ended the program; 130 is Ctrl-C.
    # 255 is what other programs, such as ssh, give for any trouble of their own.
    assert all(0 < code <= 130 or 166 <= code <= 254 for code in exits)


def test_the_tree_at_the_top_of_the_errors_is_the_real_tree():
    drawn = re.findall(r"^( *)[*-] (\w+) +(\S+)$", errors.__doc__, re.MULTILINE)
    real = []

    def walk(kind, depth):
        real.append(("  " * depth, kind.__name__, kind.code))
        for child in kind.__subclasses__():
            if child.__module__ == "stillmine.errors":
                walk(child, depth + 1)

    walk(errors.StillmineError, 0)
    assert drawn == real


@pytest.mark.parametrize(("where", "text"), SENTENCES, ids=[where for where, _ in SENTENCES])
def test_each_sentence_is_easy_to_read_and_blames_nobody(where, text):
    assert not _BLAME.search(text), f"{where}: {text}"
    if len(text.split()) > 5:  # the index means nothing for a few words
        assert readability(text) <= _HARDEST, f"{where}: {readability(text):.1f}: {text}"


def test_the_readability_index_tells_hard_from_easy():
    easy = "The disk is full. What you kept is safe. Make some room and try once more."
    hard = "Insufficient storage availability precluded successful completion of serialisation."
    assert readability(easy) < 3
    assert readability(hard) > _HARDEST


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_missing_fact_leaves_a_readable_sentence(kind):
    for text in say(kind.code, {}):
        assert "{" not in text
        assert text


@given(st.text(), st.dictionaries(st.text(max_size=5), st.text()))
def test_no_template_and_no_facts_can_break_a_sentence(template, facts):
    assert isinstance(fill(template, facts), str)


def test_facts_are_put_in_as_they_are_and_never_read_as_a_template():
    assert fill("{a} {b}", {"a": "{b}", "b": 1}) == "{b} 1"
    assert fill("{a.b} {0} {}", {"a": 1}) == "{a.b} {0} {}"


def test_a_code_without_words_is_still_told_calmly():
    assert say("nobody.knows", {}) == ERRORS["app.unexpected"]


def test_a_summary_counts_lists_and_leaves_out_what_did_not_happen(monkeypatch):
    parts = (
        Counted("added", "{added} file is safe.", "{added} files are safe."),
        Counted("skipped", "{skipped} skipped.", "{skipped} skipped.", none="None skipped."),
        "Done in {home}.",
    )
    monkeypatch.setitem(ANSWERS, "x", parts)
    assert (
        said_after("x", {"added": (), "skipped": (1, 2), "home": "/h"}) == "2 skipped. Done in /h."
    )
    assert (
        said_after("x", {"added": (1,), "skipped": 0}) == "1 file is safe. None skipped. Done in …."
    )
    assert said_after("nobody.knows", {}) == ""


def test_work_without_words_is_called_by_its_key():
    assert label("doctor.looking") == DOING["doctor.looking"]
    assert label("nobody.knows") == "nobody.knows"


def _begun(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "begin" and node.args:
            yield getattr(node.args[0], "value", None)


def test_every_stretch_of_work_in_the_program_has_words():
    root = Path(errors.__file__).parent
    begun = {key for path in root.rglob("*.py") for key in _begun(path) if isinstance(key, str)}
    assert begun <= set(DOING)


def _compiled(messages):
    """Return a gettext catalogue in its binary form, as msgfmt writes it."""
    pairs = sorted((key.encode(), value.encode()) for key, value in messages.items())
    count, head = len(pairs), 28
    starts, blob = head + 16 * len(pairs), b""
    tables = [[], []]
    for side in (0, 1):
        for pair in pairs:
            tables[side].append(struct.pack("<II", len(pair[side]), starts + len(blob)))
            blob += pair[side] + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, count, head, head + 8 * count, 0, 0)
    return header + b"".join(tables[0]) + b"".join(tables[1]) + blob


def test_a_translation_is_used_where_there_is_one_and_english_stands_elsewhere(tmp_path):
    folder = tmp_path / "de/LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = {
        "": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n",
        "yes": "ja",
        "one file\0{n} files": "eine Datei\0{n} Dateien",
        "{n} page": "{n} Seite",
        "{n} pages": "{n} Seiten",
    }
    (folder / "stillmine.mo").write_bytes(_compiled(catalogue))
    assert translate("yes", "de", tmp_path) == "ja"
    assert translate("no", "de", tmp_path) == "no"
    assert translate("yes", "fr", tmp_path) == "yes"
    assert translate_counted("one file", "{n} files", 1, "de", tmp_path) == "eine Datei"
    assert translate_counted("one file", "{n} files", 7, "de", tmp_path) == "{n} Dateien"
    assert translate_counted("{n} page", "{n} pages", 1, "de", tmp_path) == "{n} Seite"
    assert translate_counted("{n} page", "{n} pages", 7, "de", tmp_path) == "{n} Seiten"
    assert translate_counted("{n} line", "{n} lines", 7, "de", tmp_path) == "{n} lines"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_each_error_says_what_it_is_in_the_code_too(kind):
    assert (inspect.getdoc(kind) or "").endswith(".")
