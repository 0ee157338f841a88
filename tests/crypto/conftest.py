"""Keys and vectors that many of these tests use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from stillmine.crypto import X25519Identity

VECTORS = Path(__file__).parent.parent / "vectors"


def cases(name: str) -> list[dict[str, Any]]:
    """Return the cases of one of our own vector files."""
    found: list[dict[str, Any]] = json.loads((VECTORS / "crypto" / f"{name}.json").read_text())[
        "cases"
    ]
    return found


@pytest.fixture(scope="session")
def identity() -> X25519Identity:
    return X25519Identity.generate()
