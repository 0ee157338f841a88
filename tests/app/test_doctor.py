"""The doctor says what is there on this computer, and what it means."""

import subprocess
import sys
from pathlib import Path

import pytest

from stillmine.app import environment
from stillmine.app.actions import Outcome
from stillmine.app.context import Context
from stillmine.app.doctor import Check, DoctorAnswer, DoctorRequest, doctor


class _NoKeys:
    def passphrase(self) -> str:
        pytest.fail("the doctor opens nothing")

    def device_key(self) -> Path | None:
        return None


@pytest.fixture
def checks(tmp_path):
    answer = doctor(Context(tmp_path / "home", _NoKeys()), DoctorRequest())
    assert answer.outcome is Outcome.DONE
    assert not (tmp_path / "home").exists()
    return {check.name: check for check in answer.checks}


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Put a program of our own on the path, and nothing else."""

    def put(name: str, *lines: str) -> None:
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join([f"#!{sys.executable}", "import sys", *lines]))
        path.chmod(0o755)

    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return put


def test_each_check_says_what_it_means_and_each_missing_one_how_to_go_on(checks):
    assert all(check.means for check in checks.values())
    assert "…" not in "".join(check.means + check.add for check in checks.values())
    assert checks["sealing"].present
    assert checks["catalogue"].present


def test_a_missing_program_comes_with_the_command_for_this_system(program, tmp_path):
    program("apt", "")
    answer = doctor(Context(tmp_path, _NoKeys()), DoctorRequest())
    exiftool = next(check for check in answer.checks if check.name == "exiftool")
    assert exiftool.present is False
    assert exiftool.add.endswith("sudo apt install libimage-exiftool-perl")
    assert answer.missing >= 4


def test_the_version_is_read_from_whatever_a_program_says(program):
    program("age", "print('v1.2.3')")
    program("ssh", "sys.stderr.write('OpenSSH_9.2p1 Debian')")
    program("rclone", "print('no number here')")
    assert environment.program_version("age", "--version") == "1.2.3"
    assert environment.program_version("ssh", "-V") == "9.2p1"
    assert environment.program_version("rclone", "version") == ""
    assert environment.program_version("exiftool", "-ver") is None


def test_a_program_that_hangs_is_as_good_as_none(program, monkeypatch):
    monkeypatch.setattr(environment, "_SECONDS", 0.2)
    program("age", "import time", "time.sleep(60)")
    assert environment.program_version("age") is None


def test_only_an_encrypted_device_below_the_folder_counts(program, tmp_path):
    program("findmnt", "print('/dev/mapper/root')")
    program("lsblk", """print('{"blockdevices": [{"name": "root", "type": "crypt"}]}')""")
    assert environment.disk_is_sealed(tmp_path / "not" / "yet") is True
    program("lsblk", """print('{"blockdevices": [{"name": "vda", "type": "disk"}]}')""")
    assert environment.disk_is_sealed(tmp_path) is False
    program("findmnt", "print('overlay')")
    assert environment.disk_is_sealed(tmp_path) is None


def test_swap_counts_as_sealed_only_in_memory_or_on_an_encrypted_device(program, tmp_path):
    table = tmp_path / "swaps"
    table.write_text("Filename Type\n/dev/zram0 partition\n")
    assert environment.swap_is_sealed(table) is True
    program("lsblk", """print('{"blockdevices": [{"name": "vda2", "type": "part"}]}')""")
    table.write_text("Filename Type\n/dev/zram0 partition\n/dev/vda2 partition\n")
    assert environment.swap_is_sealed(table) is False


def test_something_essential_missing_is_a_gap_and_anything_else_is_not():
    def answer(*, essential: bool) -> DoctorAnswer:
        return DoctorAnswer((Check("x", False, "", "", "", essential),), 1)

    assert answer(essential=True).outcome is Outcome.GAPS
    assert answer(essential=False).outcome is Outcome.DONE


def test_the_doctor_is_a_command():
    command = [sys.executable, "-m", "stillmine", "doctor", "--json"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.startswith(b'{"ok": true, "action": "doctor"')
