"""A page for each set, with an archive of its pictures; and one that would unpack without end."""

from __future__ import annotations

import functools
import io
import re
import zipfile

from tests.servers.leak_web.site import Answer, Asked, Site, Wanted


class Archives(Site):
    """The pages themselves show nothing."""

    kind = "archives"

    def warm(self) -> None:
        _bomb()

    def shows(self, asked: Asked) -> Answer:
        if asked.path == "/files/bomb.zip":
            return Answer(_bomb(), "application/zip")
        found = re.fullmatch(r"/files/set-([0-9]+)\.zip", asked.path)
        if found and int(found[1]) < len(self.pages):
            return Answer(self._archive(int(found[1])), "application/zip")
        return super().shows(asked)

    def places(self) -> list[Wanted]:
        many = 2 * len(self.pages) + 30
        return [Wanted("site", f"{self.origin}/", {"depth": "10", "pages": str(many)})]

    def page(self, at: int) -> Answer:
        page = super().page(at)
        bomb = '<a href="/files/bomb.zip">more</a>' if at == 0 else ""
        link = f'<a href="/files/set-{at}.zip" download>all of it</a>{bomb}</body>'
        return Answer(page.body.replace(b"</body>", link.encode()))

    def shown(self, number: int) -> str:
        return ""

    def _archive(self, at: int) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for number in self.pages[at]:
                # One date for all: the same set is the same file at each visit.
                info = zipfile.ZipInfo(f"set {at}/{number}.jpg", (2026, 1, 1, 0, 0, 0))
                archive.writestr(info, self.bank.file(number))
        return out.getvalue()


@functools.cache
def _bomb() -> bytes:
    """Return an archive of a quarter of a gigabyte of nothing."""
    out = io.BytesIO()
    archive = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open("picture.bmp", "w") as file:
        for _ in range(256):
            file.write(bytes(1 << 20))
    return out.getvalue()
