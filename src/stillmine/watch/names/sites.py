"""Sites whose profiles are known: what a handle looks like there, and where its own text is told.

Each of `ASKED` answers programs without a login, and tells the profile's own text in a field that
only the owner of the account writes. What others wrote (comments, replies, posts) is in no field
that is read here, and no answer repeats what it was asked for. Sources: docs/watching.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from stillmine.app.network.web.location import read_host
from stillmine.errors import AddressRefused, NotAWebAddress, WrongName
from stillmine.messages import translate
from stillmine.messages.names import WRONG
from stillmine.watch.names.spelling import wrong

_HANDLE = r"[A-Za-z0-9][A-Za-z0-9_.-]{1,38}[A-Za-z0-9_]"
_SCHEME = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """How the profile of a handle is asked for: `{handle}` and `{host}` are put in.

    `owner`, `text` and `began` are the fields of the JSON in the answer that hold the account's
    name, its own text, which may be written as HTML, and when it was made (ISO, or seconds).
    """

    address: str
    owner: str
    text: str
    began: str
    html: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """A site with handles. `profile` fits the address of a profile, `handle` the handle alone."""

    site: str
    profile: str
    handle: str = _HANDLE
    asked: Asked | None = None


_SITES = (
    # docs.github.com/rest/users/users
    Site(
        "github",
        r"(?:www\.)?github\.com/(?P<handle>[^/]+)",
        r"[A-Za-z0-9](?:[A-Za-z0-9-]{1,38})",
        Asked("https://api.github.com/users/{handle}", "login", "bio", "created_at"),
    ),
    # forgejo.org/docs, /api/swagger: GET /users/{username}
    Site(
        "codeberg",
        r"codeberg\.org/(?P<handle>[^/]+)",
        asked=Asked(
            "https://codeberg.org/api/v1/users/{handle}", "login", "description", "created"
        ),
    ),
    # docs.bsky.app: app.bsky.actor.getProfile, which needs no login
    Site(
        "bluesky",
        r"bsky\.app/profile/(?P<handle>[^/]+)",
        r"[A-Za-z0-9][A-Za-z0-9.-]{2,250}\.[A-Za-z]{2,24}",
        Asked(
            "https://public.api.bsky.app/xrpc/app.bsky.actor.getProfile?actor={handle}",
            "handle",
            "description",
            "createdAt",
        ),
    ),
    # github.com/HackerNews/API: /v0/user/{id}
    Site(
        "hackernews",
        r"news\.ycombinator\.com/user/?\?id=(?P<handle>[^/&]+)",
        r"[A-Za-z0-9_-]{3,32}",
        Asked(
            "https://hacker-news.firebaseio.com/v0/user/{handle}.json",
            "id",
            "about",
            "created",
            html=True,
        ),
    ),
    Site("discord", r"discord\.com/users/(?P<handle>[^/]+)", r"[a-z0-9_.]{2,32}"),
    Site(
        "facebook",
        r"(?:(?:www|m|web)\.)?facebook\.com/(?P<handle>[^/]+)",
        r"[A-Za-z0-9][A-Za-z0-9.]{3,48}[A-Za-z0-9]",
    ),
    Site(
        "instagram",
        r"(?:www\.)?instagram\.com/(?P<handle>[^/]+)",
        r"[A-Za-z0-9_](?:[A-Za-z0-9_.]{1,28})[A-Za-z0-9_]",
    ),
    Site(
        "reddit",
        r"(?:(?:www|old)\.)?reddit\.com/u(?:ser)?/(?P<handle>[^/]+)",
        r"[A-Za-z0-9_-]{3,20}",
    ),
    Site("snapchat", r"(?:www\.)?snapchat\.com/add/(?P<handle>[^/]+)", r"[a-z][a-z0-9_.-]{2,14}"),
    Site("tiktok", r"(?:www\.)?tiktok\.com/@(?P<handle>[^/]+)", r"[A-Za-z0-9_.]{2,23}[A-Za-z0-9_]"),
    Site(
        "x",
        r"(?:(?:www|mobile)\.)?(?:twitter|x)\.com/(?P<handle>[^/]+)",
        r"[A-Za-z0-9_]{3,15}",
    ),
)
SITES: Mapping[str, Site] = {each.site: each for each in _SITES}
# docs.joinmastodon.org/methods/accounts/#lookup; Pixelfed, Pleroma and others answer the same.
FEDIVERSE = Asked(
    "https://{host}/api/v1/accounts/lookup?acct={handle}", "acct", "note", "created_at", html=True
)
_FEDIVERSE_HANDLE = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,58}[A-Za-z0-9_])?"
_OTHER_NAMES = {"twitter": "x", "hn": "hackernews", "fb": "facebook", "insta": "instagram"}


def read_handle(typed: str, at: str) -> tuple[str, str]:
    """Return a handle as it is kept, and its site: a name of `SITES`, or the host of a server.

    `at` is the name of a site, the host of a server, or the address of the profile. On a server of
    the fediverse the handle is whole only with its host, and is kept so (`kim@example.social`):
    whoever runs a server can make any handle on it. Raises WrongName.
    """
    handle = typed.strip().removeprefix("@")
    asked = at.strip()
    address = _SCHEME.sub("", asked).rstrip("/")
    if not asked and "@" in handle:
        handle, _, address = handle.rpartition("@")
    site = SITES.get(_OTHER_NAMES.get(address.lower(), address.lower()))
    if site is None:
        site = _of_profile(address, handle)
    if site is not None:
        return _fitting(site, handle), site.site
    return _on_server(handle, address)


def _of_profile(address: str, handle: str) -> Site | None:
    """Return the site whose profile an address is; it has to be the profile of this handle."""
    for site in SITES.values():
        if any(address.lower() == host for host in _hosts_of(site)):
            return site
        found = re.fullmatch(site.profile, address, re.IGNORECASE)
        if found is None:
            continue
        if found["handle"].removeprefix("@").lower() != handle.lower():
            raise wrong("other-profile")
        return site
    return None


def _hosts_of(site: Site) -> tuple[str, ...]:
    host = re.sub(r"\(\?:.*?\)\?", "", site.profile.partition("/")[0]).replace("\\", "")
    return (host, f"www.{host}") if re.fullmatch(r"[a-z.]+", host) else ()


def _fitting(site: Site, handle: str) -> str:
    if not re.fullmatch(site.handle, handle) or ".." in handle:
        why = translate(WRONG["handle"]).replace("{site}", site.site)
        raise WrongName(reason="handle", why=why)
    return handle.lower()


def _on_server(handle: str, address: str) -> tuple[str, str]:
    """Return a handle of the fediverse with its host, and the host."""
    if not address:
        why = translate(WRONG["no-site"]).replace("{sites}", ", ".join(SITES))
        raise WrongName(reason="no-site", why=why)
    host, slash, path = address.partition("/")
    try:
        server = read_host(host.partition(":")[0])
    except (NotAWebAddress, AddressRefused) as cause:
        raise wrong("other-profile") from cause
    local = handle.partition("@")[0]
    if handle not in (local, f"{local}@{server}") or not re.search(r"\.[a-z][a-z0-9-]+$", server):
        raise wrong("other-profile")
    if slash and path.lower() not in (f"@{local}".lower(), f"users/{local}".lower()):
        raise wrong("other-profile")
    if not re.fullmatch(_FEDIVERSE_HANDLE, local):
        why = translate(WRONG["handle"]).replace("{site}", server)
        raise WrongName(reason="handle", why=why)
    return f"{local}@{server}".lower(), server
