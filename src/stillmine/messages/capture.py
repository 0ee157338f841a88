"""What is said about keeping proof of a page."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "network.no-browser": (
        "A page can only be kept with a browser, and {missing} was not found.",
        "Install Chromium, Chrome or Edge, and then: pip install 'stillmine[capture]'. To name a "
        "browser yourself, put it in STILLMINE_BROWSER.",
    ),
    "network.cannot-capture": (
        "The page could not be opened, so nothing of it was kept. The browser said: {why}",
        "Check the address, and try again in a while. The address itself can be kept: use "
        "--level address.",
    ),
}
DOING: dict[str, str] = {
    "capture.loading": "Opening the page",
    "capture.scrolling": "Going through the page",
    "capture.drawing": "Taking down what it shows",
    "capture.sealing": "Sealing the proof",
    "capture.stamping": "Asking for time stamps",
}
QUESTIONS: dict[str, str] = {}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {}
