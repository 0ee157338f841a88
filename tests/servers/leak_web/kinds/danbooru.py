"""A picture collection that Danbooru runs: posts as JSON, newest first, each with an MD5."""

from __future__ import annotations

import json
import re

from tests.servers.leak_web.site import Answer, Asked, Site, Wanted

_A_PAGE = 200
_MOST_PAGES = 20


class Danbooru(Site):
    """All posts stand in one row, whatever the pages; a preview is a large one, as there."""

    kind = "danbooru"
    page_path = "/posts/{at}"
    picture_path = "/data/{number}.jpg"

    def places(self) -> list[Wanted]:
        return [Wanted("danbooru", f"{self.origin}/", {"pages": str(_MOST_PAGES)})]

    def addresses(self, number: int) -> tuple[str, ...]:
        return self.address(number), f"{self.origin}/sample/{number}.jpg"

    def shows(self, asked: Asked) -> Answer:
        if asked.path == "/posts.json":
            start = (int(asked.said("page", "1")) - 1) * _A_PAGE
            these = [number for page in self.pages for number in page][start : start + _A_PAGE]
            posts = [self._post(number) for number in these]
            return Answer(json.dumps(posts).encode(), "application/json")
        if found := re.fullmatch(r"/sample/([0-9]+)\.jpg", asked.path):
            return Answer(self.bank.small(int(found[1]), 850, ".jpg"), "image/jpeg")
        return self.picture_at(asked)

    def _post(self, number: int) -> dict[str, object]:
        return {
            "id": number + 1,
            "md5": self.bank.md5(number).hex(),
            "file_size": self.bank.size(number),
            "file_url": self.address(number),
            "large_file_url": f"{self.origin}/sample/{number}.jpg",
            "preview_file_url": f"{self.origin}/sample/{number}.jpg",
        }
