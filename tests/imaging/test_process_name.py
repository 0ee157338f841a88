"""The children that open strangers' files are called as any Python program is in the list of them.

The process that holds the key is looked at in `tests/keep/test_locking`, the pages in
`tests/web/test_opening`.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from stillmine.imaging import Decoder
from stillmine.imaging.clean.cleaner import Cleaner
from stillmine.imaging.drawn import draw

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the list is read from /proc")


def children() -> set[str]:
    """Return the processes that this one, or any thread of it, started and that still run."""
    tasks = Path("/proc/self/task")
    return {child for task in tasks.iterdir() for child in (task / "children").read_text().split()}


def listed(process: str) -> tuple[bytes, str]:
    """Return a process as the list has it: its line without what fills it up, and its name."""
    place = Path(f"/proc/{process}")
    return (place / "cmdline").read_bytes().strip(b"\0"), (place / "comm").read_text().strip()


@pytest.mark.parametrize("heavy", [False, True])
def test_of_the_child_that_decodes_nothing_tells_whose_it_is(heavy):
    before = children()
    with Decoder(workers=1) as decoder:
        decoder.standard(io.BytesIO(draw(1, size=(64, 64)))) if heavy else decoder.protections()
        started = children() - before
        assert [listed(each) for each in started] == [(b"python3", "python3")]


def test_of_the_child_that_cleans_nothing_tells_whose_it_is():
    before = children()
    with Cleaner() as cleaner:
        list(cleaner.inspect(io.BytesIO(draw(1, size=(64, 64)))))
        started = children() - before
        assert [listed(each) for each in started] == [(b"python3", "python3")]
