"""One person's first year with the vault, through the real program with the real work factor."""

import os
import subprocess
import sys

import pytest

from stillmine.imaging.drawn import draw
from tests.stories.program import Program

_MEASURED = """
import os, resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


@pytest.fixture
def program(tmp_path) -> Program:
    return Program(tmp_path)


def test_a_vault_is_set_up_used_lost_sight_of_and_got_back(program, tmp_path):
    photos = tmp_path / "photos"
    photos.mkdir()
    for number in range(3):
        (photos / f"{number}.jpg").write_bytes(draw(number, size=(160, 120)))
    words = program.run("keep", "init")["words"]
    program.run("keep", "unlock")
    added = program.run("keep", "add", photos, "--label", "summer", "--album", "sea")["added"]
    assert len(added) == 3
    assert program.run("keep", "add", photos, tmp_path / "none", code=3)["skipped"]
    item = added[0]["item"]
    program.run("keep", "label", item, "the best one")
    assert len(program.run("keep", "find", "BEST")["items"]) == 1
    program.run("keep", "find", "nothing at all", code=4)
    program.run("keep", "forget", added[2]["item"])
    assert program.run("keep", "lock")["was_unlocked"]

    program.phrase("forgotten since then")
    assert program.run("keep", "list", code=12)["code"] == "keep.wrong-passphrase"
    sheet = program.phrase(" ".join(words), "sheet")
    fresh = program.phrase("a fresh passphrase", "fresh")
    program.run(
        "keep", "recover",
        STILLMINE_RECOVERY_WORDS_FILE=str(sheet), STILLMINE_NEW_PASSPHRASE_FILE=str(fresh),
    )  # fmt: skip
    program.phrase("a fresh passphrase")
    program.home.joinpath("catalogue.db").write_bytes(b"the disk was not kind")
    out = tmp_path / "out"
    assert len(program.run("keep", "export", "--to", out)["exported"]) == 2
    for name in ("0.jpg", "1.jpg"):
        assert (out / name).read_bytes() == (photos / name).read_bytes()
    assert program.run("keep", "verify")["checked"] == 2


def measured(program: Program, *typed) -> int:
    """Run it; return the most memory, in megabytes, that it or a child of it had."""
    said = subprocess.run(
        [sys.executable, "-c", _MEASURED, *program.command(*typed)],
        capture_output=True, text=True, env=program.environment(), check=True,
    ).stdout.split()  # fmt: skip
    assert said[0] == "0"
    return int(said[1])


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    "megabytes", [300, pytest.param(1000, marks=SLOW), pytest.param(10_000, marks=SLOW)]
)
def test_a_large_file_is_streamed_in_and_out(program, tmp_path, megabytes):
    large = tmp_path / "large.bin"
    size = megabytes * 10**6 + 1
    with large.open("wb") as file:
        file.write(b"first")
        file.seek(size - 4)
        file.write(b"last")
    program.run("keep", "init")
    program.run("keep", "unlock")  # so that the 256 MiB of the passphrase are spent elsewhere
    assert measured(program, "keep", "add", large) < 200
    out = tmp_path / "out"
    assert measured(program, "keep", "export", "--to", out) < 200
    program.run("keep", "lock")
    assert subprocess.run(["cmp", large, out / "large.bin"], check=False).returncode == 0
    for path in (large, out / "large.bin"):
        os.truncate(path, 0)


def test_two_programs_at_once_are_told_apart_and_nothing_is_lost(program, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number}.bin").write_bytes(os.urandom(2000))
    program.run("keep", "init")
    program.run("keep", "unlock")
    both = [
        subprocess.Popen(
            program.command("keep", "add", folder), env=program.environment(),
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [process.communicate()[0] for process in both]
    codes = sorted(process.returncode for process in both)
    assert codes in ([0, 17], [0, 0])
    assert codes == [0, 0] or any(b'"keep.busy"' in each for each in said)
    assert program.run("keep", "list")["kept"] == 40
    assert program.run("keep", "verify")["damaged"] == []
    program.run("keep", "lock")
