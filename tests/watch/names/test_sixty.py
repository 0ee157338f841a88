"""That there are sixty attempts and more, each with its own sentence, and each refused kindly."""

from __future__ import annotations

import ast
from pathlib import Path

HERE = Path(__file__).parent
_REFUSED = {"kindly_refused", "refused"}


def attempts():
    for path in sorted(HERE.glob("test_attempts_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                calls = {
                    each.func.id
                    for each in ast.walk(node)
                    if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
                }
                if calls & _REFUSED:
                    yield node.name


def test_there_are_more_than_sixty_attempts_and_no_two_are_called_the_same():
    names = list(attempts())
    assert len(names) == len(set(names))
    assert len(names) >= 60
