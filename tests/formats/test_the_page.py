"""What docs/formats.md shows is what is really written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stillmine.app.storage.opening import unlock
from stillmine.app.storage.schema import schema
from stillmine.crypto import padded_size
from tests.formats.golden import VAULT_V1, Home, ways_in

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")
VECTORS = VAULT_V1.parent / "formats-v1"


def _header() -> str:
    plain = (VECTORS / "container.tar").read_bytes()
    return plain[plain.index(b"{\n") : plain.index(b"}\n") + 2].decode()


@pytest.mark.parametrize(
    "text",
    [
        (VECTORS / "table.txt").read_text(),
        (VECTORS / "manifest.txt").read_text(),
        (VAULT_V1 / "vault" / "slots" / "1.check").read_text(),
        unlock(Home(VAULT_V1 / "vault"), ways_in()[0]).to_text().decode(),
        schema().partition(";")[0],
        _header(),
    ],
    ids=["table", "list", "check", "root key", "catalogue", "header"],
)
def test_an_example_on_the_page_is_real(text: str) -> None:
    assert text.strip() in PAGE


def test_the_padding_on_the_page_is_what_is_padded() -> None:
    rows = re.findall(r"^\| ([\d,]+) \| ([\d,]+) \| ([\d.]+) % \|$", PAGE, re.MULTILINE)
    assert len(rows) == 4
    for plain, padded, more in rows:
        size, result = (int(text.replace(",", "")) for text in (plain, padded))
        assert padded_size(size) == result
        assert f"{100 * (result / size - 1):.2f}" == more
