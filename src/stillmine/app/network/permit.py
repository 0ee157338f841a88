"""A permit says: the person said yes to this action and this one place."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from stillmine.app.network.address import endpoint_of
from stillmine.errors import NotABackupPlace, NothingMayLeave

THIS_COMPUTER = "this computer"
_RCLONE = "rclone:"
_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Permit:
    """The person's yes, for one action (`room.verb`) and one destination.

    `destination` is what `destination_of` answers: a host, a host with its port,
    an rclone remote, or `THIS_COMPUTER`. With `page`, the yes is for a page of that host and
    for what the page leads to: its pictures, its scripts, and where it sends a reader on to.
    """

    action: str
    destination: str
    page: bool = False

    @classmethod
    def for_host(cls, action: str, url: str) -> Permit:
        """Return the yes for the one host of a web address. Raises NotAWebAddress."""
        return cls(action, _of_web(url))

    @classmethod
    def for_page(cls, action: str, url: str) -> Permit:
        """Return the yes for a page and all that it loads from the web, wherever that is."""
        return cls(action, _of_web(url), page=True)

    def check(self, url: str) -> None:
        """Raise NothingMayLeave unless `url` leads to the place that was agreed to."""
        if self.page and url.startswith(_WEB):
            return
        if (asked := destination_of(url)) != self.destination:
            raise NothingMayLeave(action=self.action, agreed=self.destination, asked=asked)


def destination_of(url: str) -> str:
    """Return where `url` sends things: `host`, `host:port`, `rclone:remote` or this computer.

    An `s3:` address without an endpoint goes to Amazon, to the region it names.
    """
    if url.startswith(_RCLONE):
        return _RCLONE + url.removeprefix(_RCLONE).partition(":")[0]
    if "://" not in url or url.startswith("file:"):
        return THIS_COMPUTER
    return _host(url)


def _of_web(url: str) -> str:
    from stillmine.app.network.web.location import read_location  # the web needs permits itself

    return destination_of(read_location(url).url)


def _host(url: str) -> str:
    try:
        parts = urlsplit(endpoint_of(url))
        port = parts.port
    except ValueError as cause:
        raise NotABackupPlace(reason="address") from cause
    if not parts.hostname:
        raise NotABackupPlace(reason="address")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{host}:{port}" if port else host
