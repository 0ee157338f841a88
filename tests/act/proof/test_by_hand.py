"""What a bundle says about checking it by hand is typed here letter by letter."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stillmine.act.proof.readme import COMMANDS, readme_text
from stillmine.messages.proof import CHECKS, PROVES_NOT
from tests.act.proof.conftest import bundle, stamped_by
from tests.servers.stampers import LASTS


@pytest.fixture
def typed(tmp_path, new_stamper):
    """Unpack a bundle, stamped by one authority of a kind, and give a way to type there."""

    def unpack(kind):
        stamper = new_stamper(kind)
        content, made = bundle(stamp=stamped_by(stamper))
        (tmp_path / "PROOF.wacz").write_bytes(content)
        here = tmp_path / "here"
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

        def say(step, folder=here, **filled):
            command = COMMANDS[step].replace("1-NAME", f"1-{kind}")
            for word, value in filled.items():
                command = command.replace(word, str(value))
            return subprocess.run(
                ["sh", "-c", command],
                cwd=folder,
                env={**os.environ, "PATH": path},
                capture_output=True,
                text=True,
                check=False,
            )

        assert say("unpack", tmp_path).returncode == 0
        (here / "ROOTS.pem").write_bytes(stamper.root_file.read_bytes())
        return say, made, here

    return unpack


@pytest.mark.parametrize("kind", ["right", "disordered"])
def test_each_command_does_what_the_page_says(typed, kind):
    say, made, _here = typed(kind)
    files = say("files")
    assert files.returncode == 0
    assert files.stdout.count(": OK") == 8
    assert not files.stderr
    assert say("root").stdout.startswith(made.root)
    assert say("signature").stdout.strip() == "Verified OK"
    assert say("key").stdout.startswith(made.key)
    text = say("stamp").stdout
    shown = "".join(
        line.split(" - ")[1].split("   ")[0].replace(" ", "").replace("-", "")
        for line in text.splitlines()
        if line.strip().startswith(("0000 -", "0010 -"))
    )
    assert shown == made.root
    assert say("time").stdout.strip() == "Verification: OK"
    assert f"Test Stamper {kind}" in say("chain").stdout
    assert "fail" not in say("capture").stdout
    assert '"warc-type": "response"' in say("records").stdout


def test_a_certificate_that_ran_out_is_checked_at_the_time_of_the_stamp(typed):
    moment = int(datetime.now(UTC).timestamp())
    say, _made, _here = typed("expired")
    time.sleep(LASTS + 0.5)
    assert say("time").returncode != 0
    assert say("old-time", SECONDS=moment).stdout.strip() == "Verification: OK"
    assert say("seconds").stdout.strip() == "1795377600"


def test_by_hand_a_change_is_found_too(typed):
    say, _made, here = typed("right")
    page = here / "evidence" / "page.txt"
    page.chmod(0o600)
    page.write_bytes(page.read_bytes() + b"!")
    assert say("files").returncode != 0
    assert "evidence/page.txt: FAILED" in say("files").stdout
    root = here / "proof" / "root.txt"
    root.write_text(root.read_text().replace("# tree", "# trie"))
    assert say("signature").returncode != 0
    assert say("time").returncode != 0


def test_the_page_has_every_command_on_one_line_and_what_is_not_proven():
    text = readme_text()
    assert set(COMMANDS) == set(CHECKS)
    for command in COMMANDS.values():
        assert f"\n    {command}\n" in text
    assert PROVES_NOT[0].split(".")[0] in text
    assert text.isascii()
