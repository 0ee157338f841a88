"""A short run of bench/fuzz_storage.py: broken input ends in our own errors, and nothing else."""

import sys
from pathlib import Path

import pytest

from stillmine.app.home import Home


@pytest.fixture
def fuzz_storage(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "bench"))
    import fuzz_storage

    yield fuzz_storage
    for name in ("fuzz_storage", "fuzz_age"):
        sys.modules.pop(name, None)


def test_nothing_but_our_own_errors_comes_of_two_thousand_broken_inputs(fuzz_storage, tmp_path):
    ends = fuzz_storage.fuzz(2000, 1, Home(tmp_path))
    assert sum(sum(counted.values()) for counted in ends.values()) == 2000
    for name, counted in ends.items():
        refused = sum(n for code, n in counted.items() if code != "read")
        assert refused > 0, f"{name} takes anything"


def test_every_sound_input_is_read(fuzz_storage, tmp_path):
    home = Home(tmp_path)
    home.slots.mkdir()
    for reader in fuzz_storage.readers(home):
        for seed in reader.seeds:
            if reader.name == "tries":
                continue  # six wrong ones a moment ago are refused, which is right
            assert fuzz_storage.judge(reader, seed) == "read", reader.name
