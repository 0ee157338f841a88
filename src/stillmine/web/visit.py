"""One request as a page sees it: who asks, what was typed, which files came along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from stillmine.web.door import Door
from stillmine.web.received import Received


@dataclass(slots=True)
class Visit:
    """What a page is handed: `def page(visit: Visit) -> Response`."""

    door: Door
    request: Request
    sent: Received = field(default_factory=Received)
    page: str = ""
    """The name of the page, as in `paths.PATHS`."""

    @property
    def posted(self) -> bool:
        """Say whether a form was sent."""
        return self.request.method == "POST"

    @property
    def parts(self) -> Mapping[str, str]:
        """The parts of the address: `item` of `/n/i/{item}`."""
        return self.request.path_params

    def asked(self, name: str) -> str:
        """Return what the address says after its question mark under a name, or nothing."""
        return self.request.query_params.get(name, "")

    def typed(self, name: str) -> str:
        """Return what was typed into a field, without spaces around it; or nothing."""
        return self.sent.first(name).strip()

    def answer(self) -> Any:
        """Return what came of the work that the address names, or None where it is not there."""
        work = self.door.works.find(self.parts["work"])
        return None if work is None else work.answer

    def wants_picture(self) -> bool:
        """Say whether the browser asks for the bytes of an `<img>` and for nothing else."""
        return self.request.headers.get("sec-fetch-dest") == "image"
