"""What went wrong, in two sentences for each code: what happened, what to do next."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "app.unexpected": (
        "Something went wrong that we did not foresee.",
        "What was confirmed before is still safe. Try once more. If it happens again, run it with "
        "STILLMINE_DEBUG=1 and tell us what it says.",
    ),
    "app.wrong-usage": (
        "The command was not understood: {problem}",
        "Add --help to see what it can do.",
    ),
    "app.stopped": (
        "The work was stopped, as you asked.",
        "What was done so far is kept. Run the same command again to go on.",
    ),
    "app.no-passphrase": (
        "This needs {secret}, and there was no way to ask for it.",
        "Run it in a terminal to be asked. Or put it in a file that only you can read, and name "
        "that file in {variable}.",
    ),
    "app.secret-unreadable": (
        "The file that {variable} names could not be read.",
        "Check that the file is there and that you can open it.",
    ),
}
