"""Join the pages of all rooms to one application: each request meets the page it asks for."""

from __future__ import annotations

import importlib
import os
import re
import sys
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Receive, Scope, Send

from stillmine.errors import NoPassphrase, NoVault, StillmineError
from stillmine.messages.language import speaking
from stillmine.messages.pages_frame import FRAME
from stillmine.messages.pages_instead import INSTEAD
from stillmine.web import pages
from stillmine.web.door import Door
from stillmine.web.paths import PATHS
from stillmine.web.reading import Refused, read_form
from stillmine.web.showing import onward, page, say_text, trouble
from stillmine.web.visit import Visit

_STATIC = Path(__file__).parent / "static"
_FOR_READERS = {
    ".css": (rb"/\*.*?\*/|\s+(?=[{}])|(?<=[{};,])\s+|(?<=\w:)\s+", re.DOTALL),
    ".js": (rb"^\s+(//.*\n?)?|^//.*\n", re.MULTILINE),
}
"""What is in a file only for those who read its source, by the kind of file."""
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
Show = Callable[[Visit], Response]


class Needs(Enum):
    """What has to be so before a page can be shown."""

    NOTHING = "nothing"
    VAULT = "a vault"
    OPEN = "a vault that is unlocked"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its name in `paths.PATHS`, and the function that shows it.

    `uploads` lets files come with its form; `reads` is off where whatever is sent must not stand in
    the way; `uses` is off for what a script asks by itself: that is no sign that a person is there.
    """

    name: str
    show: Show
    needs: Needs = Needs.OPEN
    uploads: bool = False
    reads: bool = True
    uses: bool = True


_Turn = AbstractContextManager[object]


def application(door: Door, shown: Sequence[Page], turn: _Turn | None = None) -> Starlette:
    """Return these pages for a door; with `turn`, one is shown after the other."""
    routes = [_route(each, door, turn or nullcontext()) for each in shown]
    routes.append(Route(PATHS["static"], _static_files()))
    handlers: Mapping[Any, Any] = {404: _not_found(door), 405: _not_found(door)}
    return Starlette(routes=routes, exception_handlers=handlers)


class AllPages:
    """All pages for a door: those of the first minute at once, the others a moment later.

    The guard goes before it.
    """

    def __init__(self, door: Door) -> None:
        """Load what is shown first."""
        self._door = door
        # While there is more to load nothing else is: two threads that import the same modules
        # in another order can each meet one that is half loaded.
        self._turn = threading.RLock()
        self._now = application(door, pages_of(pages.FIRST), self._turn)
        self._is_whole = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; the first one for a page that is not there yet waits for all."""
        if not self._is_whole and not self._is_there(scope):
            await to_thread.run_sync(self.load)
        await self._now(scope, receive, send)

    def load(self) -> None:
        """Load the pages that are not there yet."""
        with self._turn:
            if not self._is_whole:
                self._now = application(self._door, all_pages())
                self._is_whole = True

    def _is_there(self, scope: Scope) -> bool:
        return any(route.matches(scope)[0] is not Match.NONE for route in self._now.routes)


def all_pages() -> tuple[Page, ...]:
    """Return the pages of every room."""
    return pages_of(pages.ROOMS)


def pages_of(rooms: Sequence[str]) -> tuple[Page, ...]:
    """Return the pages of some rooms, which are loaded for it."""
    found = (importlib.import_module(f"{pages.__name__}.{room}") for room in rooms)
    return tuple(each for room in found for each in room.ROUTES)


def _route(each: Page, door: Door, turn: _Turn) -> Route:
    async def answer(request: Request) -> Response:
        visit = Visit(door, request, page=each.name)
        if request.method == "POST" and each.reads:
            try:
                visit.sent = await read_form(request, uploads=each.uploads)
            except Refused as refused:
                return _refusal(visit, refused.status)
        try:
            return await to_thread.run_sync(_in_turn, turn, each, visit)
        finally:
            visit.sent.close()

    return Route(PATHS[each.name], answer, methods=["GET", "POST"], name=each.name)


def _in_turn(turn: _Turn, each: Page, visit: Visit) -> Response:
    with turn:
        return _shown(each, visit)


def _shown(each: Page, visit: Visit) -> Response:
    """Show a page in the visitor's language, or what stands in its way."""
    door = visit.door
    with speaking(door.language, INSTEAD):
        if each.uses:
            door.lock_if_idle()
            door.use()
        try:
            return _in_its_way(each, visit) or each.show(visit)
        except (NoPassphrase, NoVault):
            # It was locked meanwhile, here or by a command: open it, and come back.
            return _way_in(visit)
        except StillmineError as error:
            return page(visit, "trouble.html", status=409, wrong=trouble(error))
        except Exception as error:  # noqa: BLE001  the one place where nothing may get past
            if os.environ.get("STILLMINE_DEBUG") == "1":
                sys.stderr.write("".join(traceback.format_exception(error)))
            wrong = trouble(StillmineError(kind=type(error).__name__))
            return page(visit, "trouble.html", status=500, wrong=wrong)


def _in_its_way(each: Page, visit: Visit) -> Response | None:
    door = visit.door
    if each.needs is Needs.NOTHING:
        return None
    if not door.has_vault() or (each.needs is Needs.OPEN and not door.is_unlocked()):
        return _way_in(visit)
    return None


def _way_in(visit: Visit) -> Response:
    """Lead to where a vault is made or unlocked, and remember what was asked for."""
    visit.door.wanted = visit.request.url.path
    return onward("unlock" if visit.door.has_vault() else "entry")


def _not_found(door: Door) -> Callable[[Request, HTTPException], Response]:
    def answer(request: Request, _problem: HTTPException) -> Response:
        visit = Visit(door, request)
        with speaking(door.language):
            wrong = (say_text(FRAME["not_here"]), say_text(FRAME["not_here_next"]))
            return page(visit, "trouble.html", status=404, wrong=wrong)

    return answer


_REFUSALS = {400: "not_understood", 408: "too_slow", 413: "too_large"}


def _refusal(visit: Visit, status: int) -> Response:
    key = _REFUSALS[status]
    with speaking(visit.door.language):
        wrong = (say_text(FRAME[key]), say_text(FRAME[f"{key}_next"]))
        return page(visit, "trouble.html", status=status, wrong=wrong)


def _static_files() -> Callable[[Request], Response]:
    """Return what gives our own few files, which are read once: no name leads anywhere else."""
    ours = {path.name: _light(path) for path in _STATIC.iterdir() if path.suffix in _KINDS}

    def answer(request: Request) -> Response:
        name = request.path_params["file"]
        if name not in ours:
            return Response(b"Not found", 404, media_type="text/plain")
        return Response(ours[name], media_type=_KINDS[Path(name).suffix])

    return answer


def _light(path: Path) -> bytes:
    """Return a file of ours without what is only for those who read its source."""
    content = path.read_bytes()
    if path.suffix not in _FOR_READERS:
        return content
    pattern, how = _FOR_READERS[path.suffix]
    return re.sub(pattern, b"", content, flags=how)
