"""The real program, run as a person or another program runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


class Program:
    """The command line in a folder of its own, with the passphrase in a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.phrase("a story told to nobody")

    def phrase(self, text: str, name: str = "phrase") -> Path:
        path = self.folder / name
        path.write_text(text)
        path.chmod(0o600)
        return path

    def environment(self, **more: str) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "STILLMINE_HOME": str(self.home),
            "STILLMINE_PASSPHRASE_FILE": str(self.folder / "phrase"),
            "XDG_RUNTIME_DIR": str(self.folder),
            **more,
        }

    def command(self, *typed: str | Path) -> list[str]:
        return [sys.executable, "-m", "stillmine", "--json", *map(str, typed)]

    def run(self, *typed: str | Path, code: int = 0, **more: str) -> dict[str, Any]:
        """Run it to its end; return the one object it answers, having checked the exit code."""
        done = subprocess.run(
            self.command(*typed),
            capture_output=True,
            env=self.environment(**more),
            cwd=self.folder,
            check=False,
            timeout=300,
        )
        assert done.returncode == code, (typed, done.stdout[-2000:], done.stderr[-2000:])
        said = json.loads(done.stdout)
        assert said["ok"] is (code in (0, 3, 4))
        return said["answer"] if said["ok"] else said
