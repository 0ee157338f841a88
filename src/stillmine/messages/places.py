"""What is said about places to look at: what is wrong with one, and who learns what."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "watch.wrong-place": (
        "This place cannot be looked at: {why}",
        "Look at how you typed it, and try once more.",
    ),
    "watch.unknown-place-kind": (
        "There is no kind of place called {kind}.",
        "You can choose one of these: {kinds}.",
    ),
}
# Why a place cannot be looked at, by its reason.
WHY: dict[str, str] = {
    "address": "it is no address of the web.",
    "board": "it is no board of 4chan. Type its short name, as it stands in the address.",
    "board-address": "the address ends before the board. Copy it with the name of the board.",
    "channel": "it is no public channel of Telegram. Type its name, or its t.me address.",
    "community": "it is no community of Reddit. Type its name, as in r/name.",
    "fediverse": "copy the address of a hashtag (…/tags/name) or an account (…/@name).",
    "key": "the key has signs that no key has.",
    "key-pairs": "copy the whole key as the site shows it, such as api_key=…&user_id=….",
    "no-key": "this service wants a key of your own.",
    "option": "one of its options is not known, or does not fit.",
    "own-searxng": "say with the option “at” where your own SearXNG is.",
    "path": "it is no file or folder on this computer.",
    "words": "type the words in one line, no more than 200 letters.",
}
# Who learns what when a place is looked at, by kind.
THEY_LEARN: dict[str, str] = {
    "booru": "The site sees your network address and your tags. It learns the sum (MD5) of a "
    "picture only if you chose that.",
    "brave": "Brave learns your words, your network address, and whose key it is.",
    "commoncrawl": "Common Crawl sees your network address and which address you ask about.",
    "feed": "The site of the feed, and the sites it leads to, see your network address.",
    "folder": "Nobody. All of it is on this computer.",
    "fourchan": "4chan sees your network address and which board is read.",
    "marginalia": "Marginalia learns your words, your network address, and whose key it is. "
    "The sites it names see your network address.",
    "mastodon": "The server sees your network address, and which hashtag or account is read.",
    "mojeek": "Mojeek learns your words, your network address, and whose key it is. "
    "The sites it names see your network address.",
    "page": "The site sees your network address and which page is read.",
    "reddit": "Reddit sees your network address and which community is read. So do the sites that "
    "posts link to.",
    "searxng": "Your SearXNG passes your words on to the search engines you set in it. "
    "The sites they name see your network address.",
    "site": "The site sees your network address and which of its pages are read.",
    "telegram": "Telegram sees your network address and which channel is read. It does not see "
    "your account.",
    "vichan": "The site sees your network address and which board is read.",
    "wayback": "The Internet Archive sees your network address and which address you ask about.",
}
# What made an answer of a place useless, or kept something of it from being looked at.
PROBLEMS: dict[str, str] = {
    "begun-anew": "What was learnt by looking was damaged. It is learnt anew.",
    "cut": "There was more than is read at once.",
    "gone": "It says that there is no such place any more.",
    "in-trouble": "It is in trouble. It is asked again later.",
    "key-refused": "It does not accept the key. Look whether the key is still good.",
    "needs-login": "It shows this only to people who log in. This program never does.",
    "no-json": "It does not answer in JSON. Add json to search.formats in its settings.",
    "no-preview": "The channel has no public preview, or there is no such channel.",
    "not-understood": "Its answer could not be read. It may have changed.",
    "redirects": "It leads on and on.",
    "refused": "It does not let this program look.",
    "robots": "Its rules for programs (robots.txt) do not allow it.",
    "search": "It leads to a search engine, to a list of people, or to a search by face. The "
    "program does not look there.",
    "too-large": "A file was too large to be looked at.",
    "too-many": "It shows more pictures than are looked at in one go.",
    "spent": "It was asked as often as it allows for now. It is asked again later.",
}
