"""Tell a place from a search: no page of search results may stand in for a search for somebody.

A page, a site or a feed is looked at whatever is on it, because only own pictures are recognised
there. But an address can hold words: then it is a search that goes around `requiring`. So search
engines, sites that list people, and face finders are no places; and what any other address asks a
site to search for has to be the person's own words, as in every search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from stillmine.app.network.web import registered_domain
from stillmine.app.network.web.queries import pairs_of, plain_path, unescaped
from stillmine.app.network.web.references import asked_of, host_of
from stillmine.app.storage.vault import Vault
from stillmine.errors import SearchPage, WordsNotProven, WordsRefused
from stillmine.messages import translate
from stillmine.messages.names import SEARCHES
from stillmine.watch.names.own_name import Names, all_names
from stillmine.watch.names.requiring import require_own_among

# Of each, either its domain, or what stands before any ending: google.com, google.co.uk.
ENGINES = frozenset(
    {
        "google", "bing", "duckduckgo", "yandex", "startpage", "qwant", "ecosia", "mojeek",
        "swisscows", "metager", "dogpile", "searx", "kagi", "presearch", "gibiru", "tineye",
        "webcrawler", "perplexity", "boardreader", "social-searcher", "ahmia", "seznam",
        "ask.com", "you.com", "ya.ru", "exa.ai", "yep.com", "aol.com", "sogou.com", "chatgpt.com",
        "marginalia.nu", "marginalia-search.com", "search.brave.com", "search.naver.com",
        "www.baidu.com", "image.baidu.com", "search.daum.net", "search.yahoo.com",
    }
)  # fmt: skip
# What search engines run beside their search.
_NO_SEARCH = re.compile(r"(?:sites|groups|photos|drive|docs|disk)\.(?:google|yandex)\.[a-z.]{2,6}")
# Sites that list private people or are made to find them.
PEOPLE = frozenset(
    {
        "spokeo", "whitepages", "beenverified", "truepeoplesearch", "fastpeoplesearch", "intelius",
        "radaris", "peekyou", "pipl", "thatsthem", "mylife", "instantcheckmate", "truthfinder",
        "peoplefinders", "ussearch", "zabasearch", "peoplelooker", "nuwber", "searchpeoplefree",
        "cyberbackgroundchecks", "usphonebook", "411.com", "192.com", "yasni", "webmii", "idcrawl",
        "familytreenow", "smartbackgroundchecks", "clustrmaps", "advancedbackgroundchecks",
        "namecheckr", "namechk", "knowem", "whatsmyname", "usersearch", "instantusername",
        "socialcatfish", "epieos", "truecaller", "sync.me", "lullar", "checkpeople",
        "publicrecordsnow", "voterrecords", "dastelefonbuch", "dasoertliche", "11880.com",
    }
)  # fmt: skip
FACES = frozenset(
    {
        "pimeyes", "facecheck.id", "search4faces", "lenso.ai", "findclone", "betaface",
        "copyseeker", "eyematch", "faceseek", "clearview",
    }
)  # fmt: skip
# What a Google Alert is made of at Google, and fed from there; the words were typed at Google.
_ALERTS = re.compile(r"www\.google\.[a-z.]{2,6}/alerts/feeds/[0-9]+/[0-9]+")
_ASKS = re.compile(
    r"(?:q|qq|query|queries|search|searchword|searchterms?|s|kw|keys|keywords?|terms?|text|wd|word"
    r"|words|find|names?|fname|lname|firstname|lastname|fullname|person|people|email|mail|phone"
    r"|search_query|search_term|as_q|as_epq|tags?|hashtag)(?:\[[^\]]*\])*"
)
_STEP = re.compile(r"search|suche|buscar|recherche|cerca|zoeken|find|people|hashtag|tags?")
# What programs of sites write there: numbers, sums, and the names of their own parts.
_NO_WORDS = re.compile(
    r"\s*|[0-9][0-9.,_-]*|[0-9a-f]{16,64}|(?:list|view|all|new|hot|top|latest|date|popular|best|index"
    r"|posts?|forums?|random|recent|topics?|threads?|gallery|galleries|albums?)",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.(?:com|net|org|info|[a-z]{2})$")
_STEPS = re.compile(r"[/?&=#;:@]+")
_MOST_UNESCAPED = 4


def require_place(vault: Vault, address: str) -> None:
    """Raise SearchPage where an address is a search, unless it is for the person's own words.

    `address` is whole (`typed.address`). To be asked for each address that a person types as a
    place, and for where a place leads by a redirect.
    """
    require_place_among(all_names(vault), address)


def require_place_among(names: Names, address: str) -> None:
    """Raise what `require_place` does, by names that were read already."""
    reason = known_search(address)
    if reason:
        raise _refused(reason)
    for words in _asked_words(address):
        try:
            require_own_among(names, (words,))
        except (WordsNotProven, WordsRefused) as cause:
            raise _refused("words") from cause


def known_search(address: str) -> str:
    """Return `engine`, `people` or `faces` for an address of such a site, or that holds one.

    Pages that show another page (translators, archives, previews, redirects) have its address in
    their own; so what is written in an address is looked at too, however it is escaped.
    """
    if _ALERTS.fullmatch(f"{host_of(address)}{plain_path(address)}"):
        return ""
    for host in _hosts(address):
        reason = _reason(host)
        if reason:
            return reason
    return ""


def _hosts(address: str) -> Iterator[str]:
    """Yield the host of an address, and whatever in it could be the host of another one."""
    host = host_of(address).partition(":")[0].lower()
    yield host
    if host.endswith(".translate.goog"):
        yield host.removesuffix(".translate.goog").replace("-", ".")
    asked = asked_of(address)
    for _ in range(_MOST_UNESCAPED):
        for step in _STEPS.split(asked.lower()):
            if _ENDING.search(step) and re.fullmatch(r"[a-z0-9.-]{4,253}", step):
                yield step
        asked = unescaped(asked)


def _reason(host: str) -> str:
    if _NO_SEARCH.fullmatch(host):
        return ""
    domain = registered_domain(host) or ""
    labels = host.split(".")
    called = {".".join(labels[at:]) for at in range(len(labels))} | {domain.partition(".")[0]}
    for reason, listed in (("faces", FACES), ("people", PEOPLE), ("engine", ENGINES)):
        if called & listed:
            return reason
    return ""


def _asked_words(address: str) -> Iterator[str]:
    """Yield the words that an address asks a site to search for, however it is built."""
    for name, value in pairs_of(address):
        if _ASKS.fullmatch(name.lower()) and not _NO_WORDS.fullmatch(value):
            yield value
        elif not value and " " in name:
            yield name  # `?jane+doe`, as old programs have it
    steps = [step for step in plain_path(address).split("/") if step]
    for step, following in pairwise(steps):
        if _STEP.fullmatch(step.lower()) and not _NO_WORDS.fullmatch(following):
            yield re.sub(r"[+_-]", " ", following)


def _refused(reason: str) -> SearchPage:
    why, hint = SEARCHES[reason]
    return SearchPage(reason=reason, why=translate(why), hint=translate(hint))
