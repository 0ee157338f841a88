"""A whole life with the real program, one command after the other; run under the write tracer.

Takes one JSON object on its input (`home`, `pictures`, `more`, `secret`, `work`: paths) and prints
one JSON object a command: what was typed, its exit code, and its answer.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

LONGEST = 120.0  # seconds for one command


def tell(typed: tuple[str, ...], code: int, said: Any) -> None:
    """Print what came of a command; a pipe is no file."""
    sys.stdout.write(json.dumps({"typed": typed, "code": code, "said": said}) + "\n")
    sys.stdout.flush()


class Life:
    """The commands, with what they share."""

    def __init__(self, given: dict[str, str]) -> None:
        self.home, self.work = Path(given["home"]), Path(given["work"])
        self.secret = given["secret"]
        self.label, self.album = given["label"], given["album"]
        self.exported = self.work / "exported"
        self.exported.mkdir()
        self.pictures, self.more = given["pictures"], given["more"]

    def command(self, *typed: str, home: Path | None = None) -> list[str]:
        start = [sys.executable, "-m", "stillmine", "--home", str(home or self.home), "--json"]
        return [*start, *typed]

    def environment(self, **more: str) -> dict[str, str]:
        return {**os.environ, "STILLMINE_PASSPHRASE_FILE": self.secret, **more}

    def run(self, *typed: str, home: Path | None = None, given: str = "", **more: str) -> Any:
        """Run one command to its end, print what came of it, and return its answer."""
        done = subprocess.run(
            self.command(*typed, home=home),
            env=self.environment(**more), input=given.encode(), capture_output=True,
            timeout=LONGEST, check=False,
        )  # fmt: skip
        said = json.loads(done.stdout) if done.stdout else {"ok": False, "said": str(done.stderr)}
        tell(typed, done.returncode, said)
        return said.get("answer", {})

    def run_until_killed(self, *typed: str) -> None:
        """Start a command and kill it in the middle of its writing."""
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
        killed = subprocess.Popen(
            self.command(*typed), env=self.environment(), stderr=subprocess.DEVNULL, **quiet
        )
        until = time.monotonic() + LONGEST
        while time.monotonic() < until and killed.poll() is None:
            if len(list((self.home / "unfinished").glob("*.tmp"))) > 2:
                killed.send_signal(signal.SIGKILL)
                break
        tell(typed, killed.wait(), "killed")

    def live(self) -> None:
        words = " ".join(self.run("keep", "init")["words"])
        self.run("keep", "unlock")
        added = self.run("keep", "add", self.pictures)["added"]
        item = added[0]["item"]
        self.run("keep", "label", item, self.label)
        self.run("keep", "album", self.album, item)
        self.run("keep", "list")
        self.run("keep", "show", item)
        self.run("keep", "find", self.label)
        self.run("keep", "export", item, "--to", str(self.exported))
        self.run_until_killed("keep", "add", self.more)
        self.run("keep", "verify")
        place = self.work / "place"
        place.mkdir()
        self.run("keep", "backup", "add", "stick", str(place))
        self.run("keep", "backup", "run")
        self.run("keep", "backup", "verify")
        self.run("keep", "backup", "drill", "stick", given=words, STILLMINE_RECOVERY_WORDS_FILE="-")
        self.run("keep", "backup", "restore", str(place), home=self.work / "restored")
        self.run("keep", "list", home=self.work / "restored")
        self.run("keep", "forget", item)
        self.run("keep", "lock")


if __name__ == "__main__":
    Life(json.load(sys.stdin)).live()
