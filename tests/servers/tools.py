"""Find the programs that the tests talk to; a missing one fails, unless a person allows it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest


def tool(name: str) -> str:
    """Return the path of a program; `scripts/install-test-tools` brings all of them."""
    beside = Path(sys.executable).parent / name
    path = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
    found = str(beside) if beside.exists() else shutil.which(name, path=path)
    if found is None:
        reason = f"{name} is not installed: run scripts/install-test-tools"
        if os.environ.get("STILLMINE_TESTS_WITHOUT_TOOLS"):
            pytest.skip(reason)
        pytest.fail(reason)
    return found
