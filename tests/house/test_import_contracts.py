"""The floors of the house hold: each forbidden import is planted in a copy and seen refused."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_CONTRACTS = tomllib.loads((_ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
_BY_ID = {contract["id"]: contract for contract in _CONTRACTS}
_LIBRARIES = [
    (contract["id"], library)
    for contract in _CONTRACTS
    for library in contract.get("forbidden_modules", ())
]
_ROOMS_THAT_MAY = {
    "cryptography": "crypto",
    "pictures": "imaging",
    "network": "app/network",
    "database": "app/storage",
    "terminal": "cli",
    "pages": "web",
}
# Where an import is planted, and what it imports: downwards is allowed, these go up or sideways.
_UP_OR_SIDEWAYS = [
    ("errors.py", "stillmine.messages"),
    ("errors.py", "stillmine.app.jobs"),
    ("crypto/planted.py", "stillmine.app.jobs"),
    ("crypto/planted.py", "stillmine.messages"),
    ("imaging/planted.py", "stillmine.crypto"),
    ("messages/planted.py", "stillmine.imaging"),
    ("app/planted.py", "stillmine.keep"),
    ("app/planted.py", "stillmine.cli"),
    ("app/storage/planted.py", "stillmine.journeys"),
    ("keep/planted.py", "stillmine.journeys"),
    ("keep/planted.py", "stillmine.cli"),
    ("journeys/planted.py", "stillmine.cli"),
    ("share/__init__.py", "stillmine.keep"),
    ("keep/planted.py", "stillmine.share"),
    ("web/__init__.py", "stillmine.cli"),
    ("scheduler/__init__.py", "stillmine.cli.main"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the tree in which anything may be planted."""
    shutil.copytree(
        _ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    shutil.copy(_ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(copy: Path) -> tuple[int, str]:
    """Return the linter's exit code and what it says about the copy."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy / "src"), "COLUMNS": "400"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def plant(copy: Path, place: str, *imports: str) -> None:
    """Add imports to a file of the copy; a new folder becomes a package."""
    path = copy / "src" / "stillmine" / place
    path.parent.mkdir(exist_ok=True)
    (path.parent / "__init__.py").touch()
    with path.open("a") as file:
        file.write("".join(f"\nimport {name}\n" for name in imports))


def broken(said: str) -> set[str]:
    """Return the ids of the contracts that the linter calls broken."""
    return {key for key, contract in _BY_ID.items() if f"{contract['name']} BROKEN" in said}


def test_the_house_as_it_stands_keeps_every_contract(copy):
    code, said = lint(copy)
    assert code == 0, said
    assert f"{len(_CONTRACTS)} kept, 0 broken" in said


@pytest.mark.parametrize(("place", "imported"), _UP_OR_SIDEWAYS)
def test_an_import_upwards_or_sideways_is_refused(copy, place, imported):
    if imported == "stillmine.share":
        plant(copy, "share/planted.py")
    plant(copy, place, imported)
    code, said = lint(copy)
    assert code == 1, said
    assert broken(said) == {"floors"}


def test_a_new_folder_without_a_floor_is_refused(copy):
    plant(copy, "cellar/__init__.py")
    code, said = lint(copy)
    assert code == 1
    assert "cellar" in said


@pytest.mark.parametrize("contract", _ROOMS_THAT_MAY)
def test_every_library_of_a_contract_is_refused_everywhere_else(copy, contract):
    libraries = [library for key, library in _LIBRARIES if key == contract]
    for other in ("cli", "journeys", "keep", "app", "crypto", "imaging", "messages"):
        if not _ROOMS_THAT_MAY[contract].startswith(other) or other == "app":
            plant(copy, f"{other}/planted.py", *libraries)
    plant(copy, "errors.py", *libraries)
    code, said = lint(copy)
    assert code == 1
    assert broken(said) == {contract}
    refused = set(re.findall(r"(stillmine\.[a-z.]+) -> (\w+) \(l", said))
    planted = {"stillmine.keep.planted", "stillmine.app.planted", "stillmine.errors"}
    assert {(module, library) for module in planted for library in libraries} <= refused


@pytest.mark.parametrize("contract", _ROOMS_THAT_MAY)
def test_the_one_room_that_may_is_allowed(copy, contract):
    libraries = [library for key, library in _LIBRARIES if key == contract]
    plant(copy, f"{_ROOMS_THAT_MAY[contract]}/planted.py", *libraries)
    code, said = lint(copy)
    assert code == 0, said


def test_a_picture_library_in_the_terminal_room_is_refused_although_click_is_not(copy):
    plant(copy, "cli/planted.py", "click", "PIL")
    assert broken(lint(copy)[1]) == {"pictures"}


def test_each_contract_is_named_by_a_sentence():
    assert set(_BY_ID) == {"floors", *_ROOMS_THAT_MAY}
    for contract in _CONTRACTS:
        assert len(contract["name"].split()) >= 8, contract["name"]
