"""The process that drives the browser: told what to do in one line, it tells what it sees.

A process of its own, because a page may keep a browser busy for ever: whoever waits for it can end
it at any time, and has what was told until then. It ends by itself, with the browser, when its
input is closed: so nothing is left where the program that started it is killed.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
from typing import Any

from playwright.sync_api import Error, sync_playwright

from stillmine.app.network.browser.launching import launched
from stillmine.app.network.browser.line import write_message
from stillmine.app.network.browser.orders import read_orders
from stillmine.app.network.browser.processes import end_children
from stillmine.app.network.browser.visiting import visit
from stillmine.app.process import forbid_core_files, take_plain_name

_LONGEST_ORDERS = 1 << 16


def main() -> None:
    """Visit one page as ordered."""
    forbid_core_files()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else may print must not get between the messages
    orders = read_orders(sys.stdin.buffer.readline(_LONGEST_ORDERS))
    threading.Thread(target=_end_with_input, daemon=True).start()

    def tell(event: str, facts: dict[str, Any], pieces: Any = ()) -> None:
        write_message(out, event, facts, pieces)

    try:
        with sync_playwright() as playwright, launched(playwright, orders) as browser:
            tell("browser", {"name": f"Chromium {browser.version}"})
            visit(browser, orders, tell)
    except Error as problem:
        tell("failed", {"why": "browser", "said": str(problem)[:2000]})
        return
    tell("done", {})


def _end_with_input() -> None:
    while os.read(0, 1024):
        pass
    end_children()
    # Whoever made the folder for this process may not be there any more to remove it.
    shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    take_plain_name()
    main()
