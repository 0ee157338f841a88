"""Hand the person's browser the address of the pages, without anybody else seeing its key.

What stands on a command line can be read by every user of a computer. So the browser is given a
file that only this user can read, and the file leads on: as Jupyter does it (notebook, pull request
4260). The key works once; the file is taken away when the pages end, and then holds nothing of use.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Iterator
from html import escape
from pathlib import Path

from platformdirs import user_downloads_path, user_runtime_path

from stillmine.app import keyholder
from stillmine.errors import NoKeyholder

_NAME = re.compile(r"n-[0-9a-f]{16}\.html")
_OLD = 600.0  # seconds
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<title>Notes</title><meta http-equiv="refresh" content="0; url={address}">
<a href="{address}">Notes</a>
"""


@contextlib.contextmanager
def open_browser(address: str) -> Iterator[None]:
    """Open the address in the person's browser; take the file that led there away at the end."""
    file = write_file(address)
    if file is None:
        yield
        return
    # Some browsers only come back when their window is closed.
    threading.Thread(target=_show, args=(file,), daemon=True, name="browser").start()
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            file.unlink()


def write_file(address: str) -> Path | None:
    """Write the file that leads to the address, for this user alone; None where that cannot be."""
    try:
        folder = _folder()
        _sweep(folder)
        path = folder / f"n-{secrets.token_hex(8)}.html"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(_PAGE.format(address=escape(address)))
    except (OSError, NoKeyholder):
        return None
    return path


def _sweep(folder: Path) -> None:
    """Take away what a crash left: files named as ours, that have led to their pages long ago."""
    for entry in folder.glob("n-*.html"):
        with contextlib.suppress(OSError):
            if _NAME.fullmatch(entry.name) and entry.lstat().st_mtime < time.time() - _OLD:
                entry.unlink()


def _show(file: Path) -> None:
    with contextlib.suppress(webbrowser.Error, OSError):
        webbrowser.open(file.as_uri())


def _folder() -> Path:
    """Return a folder that the browser can read, and others cannot.

    A browser from a snap or a flatpak sees neither hidden folders nor those for running programs,
    but it sees where it puts downloads (jupyter/notebook, issue 5479).
    """
    if sys.platform == "linux" and is_confined(_default_browser()):
        return user_downloads_path()
    if keyholder.is_possible():
        return keyholder.private_folder()
    return user_runtime_path("stillmine", appauthor=False, ensure_exists=True)


def is_confined(browser: str) -> bool:
    """Say whether the name of a desktop file is that of a snap (`x_x`) or a flatpak (`org.x.y`)."""
    name = browser.strip().removesuffix(".desktop")
    return "_" in name or name.count(".") >= 2


def _default_browser() -> str:
    if os.environ.get("BROWSER") or not (program := shutil.which("xdg-settings")):
        return ""
    try:
        asked = subprocess.run(  # noqa: S603 - the system's own program, fixed words
            [program, "get", "default-web-browser"],
            capture_output=True,
            text=True,
            timeout=3,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout
