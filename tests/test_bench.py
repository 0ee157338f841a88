"""Each measurement runs, small, and prints its table: a figure in a document can be had again."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.counterparts import need
from tests.imaging.clean import stills

BENCH = Path(__file__).resolve().parents[1] / "bench"

SMALL = {
    "importing.py": ("--files", "4", "--megabytes", "0.05", "--rounds", "1", "--drawn", "1"),
    "catalogue.py": ("--items", "300", "--rounds", "1"),
    "equality.py": ("--pictures", "2", "--sizes", "500"),
    "backup.py": ("--objects", "3", "--megabytes", "0.05", "--rounds", "1", "--unchanged", "50"),
    "sealing.py": ("--files", "2", "--megabytes", "0.1", "--rounds", "1"),
    "capture.py": ("--rounds", "1", "--pictures", "1"),
    "pages.py": ("--items", "30", "--rounds", "1"),
    "papers.py": ("--addresses", "3", "--rounds", "1"),
    "compare.py": ("--items=4", "--drawn=2", "--pictures=3", "--copies=1", "--side=480"),
}
SAID = {
    "importing.py": "wall time, stillmine / age",
    "catalogue.py": "open and all items, ms",
    "equality.py": "sizes on disk",
    "backup.py": "verify, times faster than the better one",
    "sealing.py": "stillmine / age, seal",
    "capture.py": "covered, times as long as plain Playwright",
    "pages.py": "start to first page, s",
    "papers.py": "the same bytes each time      yes",
    "compare.py": "copies found: 1 of 1; false matches: 0",
}
PEERS = {
    "importing.py": ("age",),
    "backup.py": ("restic", "borg"),
    "sealing.py": ("age",),
    "capture.py": ("chromium",),
}


def run(script: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, BENCH / script, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "200"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("script", SMALL)
def test_a_measurement_runs_and_says_its_figure(script: str) -> None:
    for peer in PEERS.get(script, ()):
        need(peer)
    assert SAID[script] in run(script, *SMALL[script])


def test_two_vaults_with_the_same_picture_have_nothing_in_common() -> None:
    said = run("equality.py", *SMALL["equality.py"])
    found = [line for line in said.splitlines() if line.startswith(("two vaults", "kept again"))]
    assert len(found) == 2
    assert all(line.split()[-1] == "0" for line in found)


def test_every_flipped_bit_and_every_cut_is_noticed_or_healed() -> None:
    said = run("flips.py", "--flips", "280", "--cuts", "5", "--passphrases", "20")
    assert "missed or confused: 0" in said


def test_cleaning_leaves_no_planted_leak_and_says_how_fast_it_is(tmp_path: Path) -> None:
    for name, made in (("a.jpg", stills.JPEG_LEAKS["exif"]), ("b.png", stills.PNG_LEAKS["zTXt"])):
        (tmp_path / name).write_bytes(made())
        told = {
            "class": name,
            "canaries": [base64.b64encode(stills.CANARY).decode()],
            "must_keep_pixels": True,
        }
        (tmp_path / name).with_suffix(".json").write_text(json.dumps(told))
    said = run("clean.py", "--leaks", str(tmp_path), "--jpegs", "1", "--real", str(tmp_path))
    assert "leaks left: 0, aimed at at most 0: met" in said
    assert "pixels changed: 0, aimed at at most 0: met" in said
    assert "JPEGs a CPU-second" in said
