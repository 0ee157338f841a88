"""Whether an address leads to one picture or page, or only to a site, a search, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address

MOST_ADDRESS = 8000  # signs; longer ones are cut by forms and mail programs
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_PARTS = re.compile(
    r"https?://(?P<host>\[[0-9a-f:.]+\]|[^/?#:@\[\]\\]+)(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[^?#]*)?(?P<query>\?[^#]*)?(?P<rest>#.*)?",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
# What stands in a text as an address, up to a blank or what closes a quotation.
_IN_TEXT = re.compile(r"https?://[^\s<>\"“”«»]*", re.IGNORECASE)
_SEARCH_HOSTS = re.compile(
    r"(?:^|\.)(?:google\.[a-z.]+|bing\.com|duckduckgo\.com|search\.yahoo\.com|yandex\.[a-z.]+|"
    r"ya\.ru|ecosia\.org|baidu\.com|startpage\.com|qwant\.com|search\.brave\.com|naver\.com)$"
)
# A site's own search: the word in the path, or a question at the front page.
_SEARCH_PATH = re.compile(
    r"/(?:search|results|buscar|busca|busqueda|pesquisa|recherche|suche|find|imgres|url|images)"
    r"(?:$|[/.])"
)
_QUESTION = re.compile(r"[?&](?:q|k|s|query|search|search_query|keyword|text|p|wd)=")
_SHORT = frozenset(
    {"bit.ly", "t.co", "tinyurl.com", "goo.gl", "is.gd", "ow.ly", "buff.ly", "cutt.ly", "rb.gy"}
)
_LONGEST_HOST, _LAST_PORT = 253, 65535


def host_of(url: str) -> str:
    """Return the host of an address in small letters, or nothing where it has none."""
    found = _PARTS.fullmatch(url)
    return found["host"].casefold().rstrip(".") if found else ""


def addresses_in(text: str) -> tuple[str, ...]:
    """Return what looks like an address in a text, each once, without what ends a sentence."""
    return tuple(dict.fromkeys(_trimmed(each) for each in _IN_TEXT.findall(text)))


def without_addresses(text: str) -> str:
    """Return a text with a sign in the place of each address, so that only its words are read."""
    return _IN_TEXT.sub(lambda found: "@" + found[0][len(_trimmed(found[0])) :], text)


def _trimmed(found: str) -> str:
    while found and found[-1] in ".,;:!?'\u2019)]}*":
        pair = {")": "(", "]": "[", "}": "{"}.get(found[-1])
        if pair and found.count(pair) >= found.count(found[-1]):
            break
        found = found[:-1]
    return found


def trouble_with(url: str, domains: Collection[str] = ()) -> str:
    """Return why an address is not exact, as a code, or nothing where it is.

    `domains` are those of the platform, and none where it is unknown or the picture is elsewhere.
    """
    found = _PARTS.fullmatch(url)
    if not found or len(url) > MOST_ADDRESS or any(sign.isspace() for sign in url):
        return "no-address"
    host = found["host"].casefold().rstrip(".")
    if not _is_host(host) or int(found["port"] or 1) not in range(1, _LAST_PORT + 1):
        return "no-address"
    path, query = (found["path"] or "/").casefold(), (found["query"] or "").casefold()
    if _is_search(host, path, query):
        return "search-page"
    if domains and not within(host, domains):
        return "elsewhere"
    if host in _SHORT:
        return "short-link"
    front = not path.strip("/") and len(query) <= 1 and len(found["rest"] or "") <= 1
    return "whole-site" if front else ""


def within(host: str, domains: Collection[str]) -> bool:
    """Tell whether a host is one of these domains, or lies below one."""
    return any(host == each or host.endswith("." + each) for each in domains)


def _is_search(host: str, path: str, query: str) -> bool:
    by_word, asked = bool(_SEARCH_PATH.search(path)), bool(_QUESTION.search(query))
    front = not path.strip("/")
    if _SEARCH_HOSTS.search(host):
        return by_word or (front and asked)
    return asked and (front or bool(_SEARCH_PATH.search(path)))


def _is_host(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        labels = host.split(".")
        named = all(_LABEL.fullmatch(label) for label in labels) and len(host) <= _LONGEST_HOST
        return named and (host == "localhost" or (len(labels) > 1 and not labels[-1].isdigit()))
    return True
