"""Find the browser of this computer; none is downloaded."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

from stillmine.errors import NoBrowser

SETTING = "STILLMINE_BROWSER"  # names another browser of the Chromium family
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
FILES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Microsoft/Edge/Application/msedge.exe",
)


def require_browser() -> Path:
    """Return the program of a browser of the Chromium family. Raise NoBrowser."""
    if importlib.util.find_spec("playwright") is None:
        raise NoBrowser(missing="playwright")
    if named := os.environ.get(SETTING):
        if found := shutil.which(named):
            return Path(found)
        raise NoBrowser(missing=named)
    for name in (*NAMES, *FILES):
        if found := shutil.which(name):
            return Path(found)
    raise NoBrowser(missing="chromium")
