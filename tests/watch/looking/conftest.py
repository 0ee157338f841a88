"""A looker of its own for each test; what they know of their pictures is made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stillmine.app.jobs import Job
from stillmine.imaging import Decoder
from stillmine.watch.own import Own, own_of
from tests.watch.looking.looker import SUMS, Looker, empty_home, fingerprints

Known = list[tuple[str, float | None, bytes]]


@pytest.fixture(scope="package")
def decoder() -> Iterator[Decoder]:
    with Decoder(workers=2) as one:
        yield one


@pytest.fixture(scope="package")
def known(decoder: Decoder) -> Known:
    return fingerprints(decoder)


@pytest.fixture(scope="package")
def own(known: Known) -> Own:
    return own_of(known, SUMS, Job())


@pytest.fixture
def looker(tmp_path: Path, own: Own, decoder: Decoder) -> Looker:
    return Looker(empty_home(tmp_path / "home"), own, decoder)
