"""The two commands of the README and what CI runs: the parts that can be tried in a moment."""

import os
import subprocess
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_SHELL = [_ROOT / ".ci/run", *(_ROOT / "scripts" / name for name in ("find-python", "test", "try"))]


@pytest.mark.parametrize("script", _SHELL, ids=lambda path: path.name)
def test_each_script_can_be_run_and_says_what_it_is_for(script):
    assert os.access(script, os.X_OK)
    first, second = script.read_text(encoding="utf-8").splitlines()[:2]
    assert first == "#!/bin/sh"
    assert second.startswith("# ")
    subprocess.run(["sh", "-n", script], check=True)


def test_a_python_that_is_too_old_or_missing_is_named_in_words():
    find = [_ROOT / "scripts/find-python"]
    for named in ("/bin/false", "/not/there"):
        environment = {**os.environ, "PYTHON": named}
        done = subprocess.run(find, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "Python 3.11" in done.stderr
    found = subprocess.run(find, capture_output=True, text=True, check=True).stdout.strip()
    assert os.access(found, os.X_OK)
