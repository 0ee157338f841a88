"""Look at the computer: which programs, libraries and protections are there.

Nothing is changed and nothing is sent. Each look returns what it saw, or None where the system
does not tell.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from stillmine.app.network.browser.finding import FILES, NAMES

_SECONDS = 5  # for a program to say its version; a hanging one is as good as none
_FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
_KEYRING_FILE = "/usr/share/dbus-1/services/org.freedesktop.secrets.service"
_INSTALLERS = ("apt", "dnf", "pacman", "zypper", "apk", "brew", "winget")


def library_version(name: str) -> str | None:
    """Return the version of an installed library, else None."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def said_by(*command: str) -> str | None:
    """Return what a program says, on either stream; None if it is missing or does not answer."""
    if shutil.which(command[0]) is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603  fixed names, looked up on the person's own path
            command,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def program_version(*command: str) -> str | None:
    """Return the first version number that a program says, "" if none, None without it."""
    said = said_by(*command)
    if said is None:
        return None
    number = re.search(r"\d+(?:\.\d+)+(?:p\d+)?", said)
    return number[0] if number else ""


def browser_version() -> str | None:
    """Return the version of the first browser of the Chromium family, else None."""
    for name in (*NAMES, *FILES):
        version = program_version(name, "--version")
        if version is not None:
            return version
    return None


def has_fonts() -> bool:
    """Say whether there is any font file for letters."""
    own = Path.home() / ".local/share/fonts"
    folders = (own, *(Path(name) for name in _FONT_FOLDERS))
    endings = {".ttf", ".otf", ".ttc"}
    return any(file.suffix.lower() in endings for place in folders for file in place.rglob("*.*"))


def has_keyring() -> bool:
    """Say whether the system keeps secrets for its user."""
    if sys.platform in ("darwin", "win32"):
        return True
    return "DBUS_SESSION_BUS_ADDRESS" in os.environ and Path(_KEYRING_FILE).exists()


def _is_sealed_device(device: str) -> bool | None:
    """Say whether a block device stands on an encrypted one (Linux); None if it is not listed."""
    listed = said_by("lsblk", "-J", "-s", "-o", "NAME,TYPE", device)
    if listed is None or not listed.startswith("{"):
        return None
    return '"crypt"' in json.dumps(json.loads(listed))


def disk_is_sealed(place: Path) -> bool | None:
    """Say whether the disk under a folder is encrypted when the computer is off."""
    if sys.platform == "darwin":
        said = said_by("fdesetup", "isactive")
        return None if said is None else said.strip() == "true"
    there = next((folder for folder in (place, *place.parents) if folder.exists()), Path("/"))
    device = said_by("findmnt", "-n", "-o", "SOURCE", "--target", str(there))
    if device is None or not device.startswith("/dev/"):
        return None
    return _is_sealed_device(device.strip().partition("[")[0])


def swap_is_sealed(table: Path = Path("/proc/swaps")) -> bool | None:
    """Say whether memory that is moved out stays sealed or in memory (Linux); None elsewhere."""
    try:
        devices = [line.split()[0] for line in table.read_text().splitlines()[1:]]
    except OSError:
        return True if sys.platform == "darwin" else None  # macOS always encrypts its swap
    on_disk = [device for device in devices if not device.startswith("/dev/zram")]
    return all(_is_sealed_device(device) for device in on_disk)


def crash_files_off() -> bool | None:
    """Say whether the system keeps no memory of a crashed program; None where it has no limit."""
    if sys.platform == "win32":
        return None
    import resource

    return resource.getrlimit(resource.RLIMIT_CORE)[0] == 0


def installer() -> str | None:
    """Return the system's own program for adding programs, else None."""
    return next((name for name in _INSTALLERS if shutil.which(name)), None)
