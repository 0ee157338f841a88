"""Files to send, and clients of their own process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.servers.places import Place
from tests.servers.process import on_tiny_disk

ROOT = Path(__file__).parents[2]


@pytest.fixture
def some_file(tmp_path: Path) -> Callable[[int], Path]:
    """Make a file of so many random bytes."""

    def make(size: int) -> Path:
        path = tmp_path / f"source-{size}"
        path.write_bytes(os.urandom(size))
        return path

    return make


def client_command(place: Place, verb: str, name: str, file: Path) -> list[str]:
    arguments = [verb, place.url, place.secret or "", name, str(file)]
    command = [sys.executable, "-m", "tests.network.client", *arguments]
    return on_tiny_disk(place.tiny_disk, command) if place.tiny_disk else command


def client_settings(place: Place) -> Mapping[str, str]:
    return {**os.environ, **place.environment}


@pytest.fixture
def run_client() -> Callable[[Place, str, str, Path], dict[str, Any]]:
    """Run a client to its end and return what it printed."""

    def run(place: Place, verb: str, name: str, file: Path) -> dict[str, Any]:
        done = subprocess.run(
            client_command(place, verb, name, file),
            env=client_settings(place),
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    return run
