"""A vault of its own for each test."""

import pytest

from tests.storage.vaults import Made, make, put


@pytest.fixture
def empty(tmp_path) -> Made:
    return make(tmp_path / "home")


@pytest.fixture
def kept(empty) -> Made:
    """Make a vault with three items."""
    with empty.open(writing=True) as vault:
        for number in range(3):
            put(vault, bytes([number]) * 5000, b"%d.jpg" % number, label=f"label {number}")
    return empty
