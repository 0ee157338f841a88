"""The first page waits for nothing that it does not show; all others are there when asked for."""

from __future__ import annotations

import subprocess
import sys
import threading

from stillmine.web import pages
from stillmine.web.door import Door
from stillmine.web.paths import PATHS
from stillmine.web.routing import AllPages
from tests.web.server import Visitor

_SLOW = ("numpy", "PIL", "cv2", "stillmine.act", "stillmine.watch", "stillmine.share")
_FIRST_PAGE = f"""
import sys, tempfile
from pathlib import Path
from stillmine.web.door import Door
from stillmine.web.serving import Pages
with tempfile.TemporaryDirectory() as folder:
    served = Pages(Door(Path(folder) / "home"))
    print(*sorted(set(sys.modules) & set({_SLOW!r})))
    served._rooms.load()
    print(*sorted(set(sys.modules) & set({_SLOW!r})))
"""


def test_before_the_first_page_no_room_is_loaded_that_it_does_not_show():
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_PAGE], capture_output=True, text=True, check=True
    )
    before, after = done.stdout.splitlines()
    assert before == ""
    assert "stillmine.watch" in after


def test_a_page_that_is_not_there_yet_is_loaded_for_whoever_asks_for_it(visitor: Visitor):
    visitor.comes_in()
    assert visitor.asks(PATHS["law"]).status == 200
    assert visitor.asks("/n/nothing-of-ours").status == 404


def test_all_who_ask_at_once_get_their_page(visitor: Visitor):
    visitor.comes_in()
    wanted = [PATHS[name] for name in ("entry", "people", "law", "rooms", "law.sites", "people")]
    got: list[int] = []
    threads = [
        threading.Thread(target=lambda path=path: got.append(visitor.asks(path).status))
        for path in wanted
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [200] * len(wanted)


def test_the_rooms_of_the_first_minute_are_rooms_and_come_again_with_all_others(home):
    assert set(pages.FIRST) < set(pages.ROOMS)
    rooms = AllPages(Door(home))
    before = {route.name for route in rooms._now.routes}
    rooms.load()
    assert before < {route.name for route in rooms._now.routes}
