"""No picture, name, label or secret is ever written in the open, whatever the person does."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from . import canaries, whole_life
from .shim import available
from .written import Written, trace_writes

pytestmark = pytest.mark.skipif(not available(), reason="LD_PRELOAD exists on Linux only")


class Lived(NamedTuple):
    """What was traced, what must not be in it, and where it may be."""

    written: Written
    needles: dict[str, list[bytes]]
    exported: Path
    commands: Sequence[dict[str, Any]]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp("life").resolve()
    needles = canaries.make(folder / "pictures")
    needles["pictures of the cut run"] = canaries.make_more(folder / "more", 40)
    secret = folder / "secret"
    secret.write_text(canaries.PASSPHRASE)
    secret.chmod(0o600)
    for name in ("work", "run", "tmp"):
        (folder / name).mkdir(mode=0o700)
    given = {
        "home": folder / "home", "work": folder / "work", "secret": secret,
        "pictures": folder / "pictures", "more": folder / "more",
        "label": canaries.LABEL, "album": canaries.ALBUM,
    }  # fmt: skip
    written = trace_writes(
        [sys.executable, whole_life.__file__],
        env={"XDG_RUNTIME_DIR": str(folder / "run"), "TMPDIR": str(folder / "tmp"),
             "HOME": str(folder / "work")},
        given=json.dumps({name: str(value) for name, value in given.items()}).encode(),
    )  # fmt: skip
    assert written.returncode == 0, written.stderr.decode()
    commands = [json.loads(line) for line in written.stdout.splitlines()]
    needles["recovery words"] = list(canaries.phrases(commands[0]["said"]["answer"]["words"]))
    return Lived(written, needles, folder / "work" / "exported", commands)


def test_every_command_of_the_life_was_lived(lived: Lived) -> None:
    codes = {" ".join(c["typed"][:3]): c["code"] for c in lived.commands}
    assert [(c["typed"], c["said"]) for c in lived.commands if c["code"] not in (0, -9)] == []
    assert -9 in codes.values(), "nothing was killed in between"


def test_the_tracer_saw_everything(lived: Lived) -> None:
    assert lived.written.unseen == ()
    assert lived.written.blind == ()
    assert sum(len(write.data) for write in lived.written.writes) > 1_000_000


def test_the_tracer_sees_the_picture_where_it_may_be(lived: Lived) -> None:
    found = [n for n in lived.needles["file"] if lived.written.holding(n)]
    assert len(found) > 20, "the exported file was not traced, so nothing else was either"
    assert lived.written.named(canaries.NAME), "the exported file's name was not traced"


@pytest.mark.parametrize(
    "form",
    [
        "file", "thumbnail inside", "rows", "smaller rows", "name", "label", "album", "passphrase",
        "pictures of the cut run", "recovery words",
    ],
)  # fmt: skip
def test_it_is_written_nowhere_but_into_the_exported_file(lived: Lived, form: str) -> None:
    needles = lived.needles[form]
    assert len(needles) >= 5
    leaks = {n: where for n in needles if (where := _holding(lived, n))}
    assert leaks == {}


def test_no_file_is_named_after_it_but_the_exported_one(lived: Lived) -> None:
    for text in (canaries.NAME, canaries.LABEL, canaries.ALBUM, canaries.PASSPHRASE):
        assert lived.written.named(text, outside=[lived.exported]) == []


def _holding(lived: Lived, needle: bytes) -> list[str]:
    return lived.written.holding(needle, outside=[lived.exported])
