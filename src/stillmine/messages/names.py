"""What is said about own handles, addresses and names, and about showing that they are own."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "watch.wrong-name": (
        "This cannot be kept as a name of yours: {why}",
        "Look at how you typed it, and try once more.",
    ),
    "watch.unknown-name": (
        "None of your names is {name}, or more than one is.",
        "To see all of them: stillmine watch name list.",
    ),
    "watch.not-shown": (
        "This does not show yet that it is yours: {why}",
        "What you can do: {hint}.",
    ),
    "watch.names-wait": (
        "This has to wait: {why}",
        "What you have works as before. Pictures are looked for in places without any name: "
        "stillmine watch place add page ADDRESS.",
    ),
    "watch.words-refused": (
        "This is not searched for: {why}",
        "Pictures are found without names too. Add the page, the site or the board where they may "
        "be: stillmine watch place add page ADDRESS.",
    ),
    "watch.search-page": (
        "This address is no place to look at: {why}",
        "What you can do: {hint}.",
    ),
}
# Why something cannot be an own name.
WRONG: dict[str, str] = {
    "handle": "a handle of {site} is made of other signs. Type it as it stands in your profile.",
    "mail": "a mail address looks like name@example.org.",
    "mail-letters": "only plain letters (a to z) can stand in it, because others can look the "
    "same and lead to somebody else.",
    "name": "a name is one to five words, made of letters.",
    "no-site": "say with --at at which site: {sites}. For a server such as Mastodon, type its "
    "address.",
    "other-profile": "the address leads to another profile, or to no profile.",
    "scripts": "its letters come from more than one alphabet.",
    "too-many": "you noted fifty already. Remove those that you do not need.",
    "unseen": "it holds signs that cannot be seen, or that stand in for others.",
}
# Why words are not searched for, though each of them may be.
TOGETHER: dict[str, str] = {
    "name-alone": "a name alone can be that of many people. Put a handle or a mail address of "
    "yours beside it, which you showed by your profile or by mail.",
    "several": "it holds more than one handle or more than one name. Together they could be "
    "somebody else. One handle or address, and one name beside it, work.",
    "unseen": "it holds signs that cannot be seen, or that stand in for others.",
}
# Why an address is no place, and what is possible instead.
SEARCHES: dict[str, tuple[str, str]] = {
    "engine": (
        "it asks a search engine.",
        "search for what is yours with your own SearXNG, or with a key, after "
        "stillmine watch name add",
    ),
    "people": (
        "this site lists people, and is made to find them.",
        "if it lists you, ask it to take that out. To find your pictures, add the page "
        "where they may be",
    ),
    "faces": (
        "this site finds people by their faces. The program never does that.",
        "add the page, the site or the board where they may be",
    ),
    "words": (
        "it searches a site for words that you did not show to be yours yet.",
        "type the address of the site without the search. Or first show "
        "that the words are yours: stillmine watch name add",
    ),
}
