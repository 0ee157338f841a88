"""Two forum engines, as their pages are written: XenForo and phpBB."""

from __future__ import annotations

import re

from tests.servers.leak_web.site import NOT_FOUND, Answer, Asked, Site, Wanted, html


class XenForo(Site):
    """Attachments have addresses that end in a slash and not like a picture's."""

    kind = "xenforo"
    page_path = "/threads/name.{at}/"
    picture_path = "/attachments/img-jpg.{number}/"

    def places(self) -> list[Wanted]:
        most = {"depth": "10", "pages": str(len(self.pages) + len(self.pages) // 50 + 30)}
        return [Wanted("site", f"{self.origin}/", most)]

    def shown(self, number: int) -> str:
        url = self.address(number)
        return (
            f'<div class="bbImageWrapper js-lbImage" data-src="{url}" data-lb-caption-desc="x">'
            f'<img src="{url}" data-url="" class="bbImage" data-zoom-target="1"></div>'
        )


class PhpBb(Site):
    """Guests without cookies get a new session in every address (`sid`), as phpBB does it."""

    kind = "phpbb"
    validator = "modified"
    page_path = "/viewtopic.php?t={at}"
    picture_path = "/download/file.php?id={number}"
    _visits = 0

    def places(self) -> list[Wanted]:
        most = {"depth": "10", "pages": str(len(self.pages) + len(self.pages) // 50 + 30)}
        return [Wanted("site", f"{self.origin}/viewforum.php", most)]

    def shows(self, asked: Asked) -> Answer:
        if asked.path == "/viewforum.php":
            return self.front(int(asked.said("start", "0")))
        if asked.path == "/viewtopic.php" and int(asked.said("t", "-1")) in range(len(self.pages)):
            return self.page(int(asked.said("t")))
        number = int(asked.said("id", "-1"))
        if asked.path == "/download/file.php" and number in self.page_of:
            return self.picture(number)
        return NOT_FOUND

    def front(self, start: int) -> Answer:
        these = range(start, min(start + 50, len(self.pages)))
        sid = self._sid()
        links = "".join(
            f'<li><a href="./viewtopic.php?t={at}&amp;{sid}">x</a></li>' for at in these
        )
        following = f'<a rel="next" href="./viewforum.php?start={start + 50}&amp;{sid}">Next</a>'
        more = following if start + 50 < len(self.pages) else ""
        return html("View forum", f"<ul>{links}</ul>{more}")

    def shown(self, number: int) -> str:
        url = f"./download/file.php?id={number}&amp;{self._sid()}"
        return f'<dl class="file"><dt><img src="{url}" class="postimage" alt="x.jpg"></dt></dl>'

    def _sid(self) -> str:
        self._visits += 1
        return f"sid={self._visits:032x}"


def without_session(url: str) -> str:
    """Return an address of phpBB as it is without a session."""
    return re.sub(r"[?&]sid=[0-9a-f]{32}", "", url)
