"""An image board that vichan runs: threads as JSON with the MD5 of each file, small previews."""

from __future__ import annotations

import base64
import json
import re

from tests.servers.leak_web.site import NOT_FOUND, Answer, Asked, Site, Wanted

_SMALL = 255  # pixels, vichan's own `thumb_width`


class Vichan(Site):
    """A thread is a page; its preview is what is looked at, unless the MD5 says enough."""

    kind = "vichan"
    validator = "modified"
    page_path = "/b/res/{at}.html"
    picture_path = "/b/src/{number}.jpg"
    # The API of these boards asks for ten seconds between two threads.
    pauses = ((r"/b/res/[0-9]+\.json", 10.0),)

    def places(self) -> list[Wanted]:
        return [Wanted("vichan", f"{self.origin}/b/")]

    def addresses(self, number: int) -> tuple[str, ...]:
        return self.address(number), f"{self.origin}/b/thumb/{number}.png"

    def shows(self, asked: Asked) -> Answer:
        if asked.path == "/b/threads.json":
            threads = [{"no": at + 1, "last_modified": 1_800_000_000} for at in self._threads()]
            return _json([{"page": 0, "threads": threads}])
        if found := re.fullmatch(r"/b/res/([0-9]+)\.json", asked.path):
            return self._thread(int(found[1]) - 1)
        if found := re.fullmatch(r"/b/thumb/([0-9]+)\.png", asked.path):
            return Answer(self.bank.small(int(found[1]), _SMALL, ".png"), "image/png")
        return self.picture_at(asked)

    def page_address(self, at: int) -> str:
        return super().page_address(at + 1)

    def _threads(self) -> range:
        return range(len(self.pages))

    def _thread(self, at: int) -> Answer:
        if not 0 <= at < len(self.pages):
            return NOT_FOUND
        posts: list[dict[str, object]] = [{"no": at + 1, "com": "a thread"}]
        for number in self.pages[at]:
            posts.append(
                {
                    "no": number + 1_000_000,
                    "tim": str(number),
                    "ext": ".jpg",
                    "filename": "IMG_0001",
                    "fsize": self.bank.size(number),
                    "md5": base64.b64encode(self.bank.md5(number)).decode(),
                }
            )
        return _json({"posts": posts})


def _json(answer: object) -> Answer:
    return Answer(json.dumps(answer).encode(), "application/json")
