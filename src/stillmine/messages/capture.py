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
        "The page could not be opened, so nothing of it was kept. What is known of it: {why}",
        "Check the address, and try again in a while. The address itself can be kept: use "
        "--level address.",
    ),
}
DOING: dict[str, str] = {
    "capture.loading": "Opening the page",
    "capture.scrolling": "Going through the page",
    "capture.drawing": "Taking down what it shows",
    "capture.sealing": "Sealing the proof",
    "hand-out.writing": "Writing the file",
}
QUESTIONS: dict[str, str] = {
    "capture-full": "This keeps the pictures of the page, too. They are sealed in your vault, and "
    "nobody else gets them. For most reports, the page with its pictures covered is enough: use "
    "--level covered.",
    "hand-out": "The file that is written is not sealed: whoever has it can read it. If it was "
    "kept with --level full, the pictures are in it.",
}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "act.capture": (
        "The address is noted in the case {case} as {address}.",
        Counted(
            "proof",
            "The page is kept as proof {proof}. It is sealed in your vault.",
            "",
            "Nothing was opened, and nothing of the page is kept.",
        ),
    ),
    "act.hand-out": (
        "The proof {proof} was written to {file}. It is not sealed.",
        "Anyone can check it, with no vault: stillmine act verify, and the name of the file.",
    ),
}
PROBLEMS: dict[str, str] = {
    "not-stamped": "An authority gave no time stamp. Ask again later, with stillmine act stamp.",
    "no-sandbox": "The browser ran without its own lock-in, because it was started as root.",
    "popup": "The page wanted to open another window. It was closed.",
    "dialog": "The page asked something in a window of its own. It got no answer.",
    "download": "The page wanted to save a file on this computer. It was not let.",
    "page-crashed": "The page brought the browser down. What came before is kept.",
    "browser-ended": "The browser ended too early. What came before is kept.",
    "out-of-time": "The time was up before all was done. What came before is kept. To allow more: "
    "--seconds.",
    "not-loaded": "The page did not load to its end.",
    "parts-missing": "Some parts of the page had not come in time.",
    "never-quiet": "The page never stopped loading.",
    "keeps-moving": "The page led on again and again. It was stopped.",
    "too-much": "The page sent too much data. The rest was not taken.",
    "too-many-requests": "The page asked for too many things. The rest was not taken.",
    "page-cut": "The page is longer or wider than a picture of it can be. The picture ends before "
    "the page does.",
    "not-scrolled": "The page could not be gone through to its end. Parts may not have loaded.",
    "no-certificate": "The certificate of the site could not be read.",
    "no-markup": "The source of the page could not be read.",
    "no-text": "The text of the page could not be read.",
    "no-screenshot": "There is no picture of the page.",
    "no-pdf": "There is no PDF of the page.",
    "no-picture-of-page": "The page could not be drawn with its pictures covered.",
}
