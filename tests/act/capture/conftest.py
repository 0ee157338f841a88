"""The real program, a vault with a case in it, and a site on this computer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.network.browser.conftest import certificate, site
from tests.network.browser.site import Site
from tests.stories.program import Program

__all__ = ["certificate", "site"]


class Person(Program):
    """Somebody with a vault and one case, who may reach one site."""

    def __init__(self, folder: Path, site: Site) -> None:
        super().__init__(folder)
        self.site = site
        self.case = ""

    def environment(self, **more: str) -> dict[str, str]:
        return super().environment(STILLMINE_ALLOW_LOOPBACK=self.site.place, **more)

    def captures(self, path: str, *typed: str, **more: object) -> dict[str, object]:
        command = ("act", "capture", self.site.url(path), "--case", self.case, "--no-stamp")
        return self.run(*command, *typed, **more)  # type: ignore[arg-type]  # a code and variables

    def holds_in_clear(self, needle: bytes) -> list[Path]:
        files = [file for file in self.folder.rglob("*") if file.is_file()]
        return [file for file in files if needle in file.read_bytes()]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Set up a vault with a case once; each test gets a copy."""
    program = Program(tmp_path_factory.mktemp("prepared"))
    program.run("keep", "init")
    case = program.run("act", "case", "new", "--country", "DE", "--under-18", "no")["case"]
    return program.home, case


@pytest.fixture
def person(tmp_path: Path, site: Site, prepared: tuple[Path, str]) -> Person:
    person = Person(tmp_path, site)
    home, person.case = prepared
    shutil.copytree(home, person.home, symlinks=True)
    return person
