"""What is said about own handles, addresses and names, and about showing that they are own."""

from __future__ import annotations

from stillmine.messages.counted import Counted

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
DOING: dict[str, str] = {
    "watch.showing-own": "Looking whether it is yours",
}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "watch.name.add": (
        "{text} is noted.",
        Counted(
            "shown",
            "It may be looked for.",
            "",
            "It is not looked for yet: first show that it is yours. This keeps the program from "
            "being used to look for others. Below is how.",
        ),
    ),
    "watch.name.prove": (
        "You showed that {text} is yours. It may be looked for now.",
        "To look for it: stillmine watch place add searxng {text} --option at=ADDRESS.",
    ),
    "watch.name.list": (
        Counted(
            "names",
            "You noted one name of yours.",
            "You noted {names} names of yours.",
            none="You noted no name of yours. Places without words need none: a page, a site, a "
            "board.",
        ),
    ),
    "watch.name.remove": (
        "{text} is not looked for any more. Places that search for it are left out from now on.",
    ),
}
# How to show that something is one's own, by the way.
HOW: dict[str, tuple[str, ...]] = {
    "export": (
        "{site} shows profiles only to people who log in. Ask {site} for a copy of your data, in "
        "JSON form.",
        "Then: stillmine watch name prove {name} --export FILE.",
    ),
    "mail": (
        "Send a mail from {text} to {text}, with just this subject:",
        "    {subject}",
        "When it has arrived, save it there as a file (.eml). Nothing else needs to be in it.",
        "Then: stillmine watch name prove {name} --mail FILE.",
    ),
    "name": (
        "It is looked for only beside a handle or an address that you showed by your profile or "
        "by mail.",
    ),
    "profile": (
        "Put this code into the text about you in your profile at {site}:",
        "    {code}",
        "Everybody who looks at the profile can read it for that time. You can take it out right "
        "afterwards.",
        "Then: stillmine watch name prove {name}.",
    ),
}
# What a list says about each name.
LISTED: dict[str, str] = {
    "export": "Shown by a copy of your data on {at}. It may be looked for, but not beside a name.",
    "mail": "Shown by mail on {at}. It may be looked for.",
    "name": "It is looked for only beside a handle or an address of yours.",
    "not-yet": "Not shown to be yours yet, so it is not looked for. How to: stillmine watch name "
    "add, once more.",
    "profile": "Shown by your profile on {at}. It may be looked for.",
}
# What the log says of a change.
LOGGED: dict[str, str] = {
    "noted": "{text} was noted. {site}",
    "proven": "{text} was shown to be yours. {site}",
    "removed": "{text} was taken out. {site}",
}
# Why something cannot be an own name.
WRONG: dict[str, str] = {
    "at-of-handles": "only a handle has a site (--at).",
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
# Why control was not shown, and what to do.
_CODE_AGAIN = "get a new code with stillmine watch name add, for the same name"
NOT_SHOWN: dict[str, tuple[str, str]] = {
    "bad-signature": (
        "the signature on the mail does not fit. It may have been changed when it was saved.",
        "open the mail where it arrived, and save it as a file (.eml) there",
    ),
    "clock": (
        "the clock of this computer and that of the site say different times.",
        "set the clock of this computer, and try once more",
    ),
    "code-first": ("there is no code for it yet.", _CODE_AGAIN),
    "expired": ("the code is older than three days, or was tried too often.", _CODE_AGAIN),
    "needs-login": (
        "{site} shows profiles only to people who log in. This program never does.",
        "ask {site} for a copy of your data, and give it with --export",
    ),
    "no-account": (
        "the file names no account of its own that this program knows.",
        "give the file or folder as {site} made it, in its JSON form",
    ),
    "no-code": (
        "the code is not in the text of the profile.",
        "put it into the text about you, as it is. A comment, a post or a link is not enough. "
        "You can take it out again later",
    ),
    "no-key": (
        "the key of the mail provider could not be had.",
        "try once more later, or show it in another way",
    ),
    "no-mail": (
        "the file is no mail as it arrived, or it is too large.",
        "save the mail as a file (.eml) where it arrived. In many programs this is called Save "
        "as, or Show original",
    ),
    "no-profile": (
        "the site has no such profile.",
        "look whether the handle is typed as it stands there",
    ),
    "no-time": ("the site did not say what time it is.", "try once more later"),
    "not-agreeing": (
        "the file does not agree with itself about whose account it is, or parts are missing.",
        "give all of it, as {site} made it",
    ),
    "not-signed": (
        "no signature of {domain} is on the mail that covers who sent it, to whom, and what about.",
        "some providers sign no mail. Then use a handle of yours in place of the address",
    ),
    "not-to-oneself": (
        "the mail was not sent to {address} alone.",
        "send a new mail from this address to the same address",
    ),
    "other-account": (
        "the site answered about another account.",
        "look whether the handle is typed as it stands there",
    ),
    "other-export": (
        "the file belongs to another account.",
        "give the copy of your data that {site} made for this very account",
    ),
    "other-sender": (
        "the mail was not sent from {address}.",
        "send a new mail from this address to the same address",
    ),
    "other-subject": (
        "the subject of the mail is not the sentence with the code.",
        "send a new mail, and copy the sentence as it is. An answer or a passed on mail does not "
        "do",
    ),
    "other-way": (
        "this way is not for it.",
        "a mail address is shown with --mail, a handle by its profile or with --export",
    ),
    "refused": (
        "the site does not let this program look.",
        "try once more later, or show it in another way",
    ),
    "robots": (
        "the site asks this program not to look at profiles, or to wait very long.",
        "show it with a copy of your data, or show another handle",
    ),
    "use-profile": (
        "{site} shows the text of profiles to everybody, so a copy of your data is not taken.",
        "put the code into the text of your profile",
    ),
    "young": (
        "the account is younger than 30 days. This keeps people from making one that is called "
        "like somebody else's.",
        "wait until it is older, or show a mail address",
    ),
}
# Why another name has to wait.
WAITS: dict[str, str] = {
    "clock": "the clock of this computer says less than the last time. Set it, and try once more.",
    "name-first": "names are many people's. First show a handle or a mail address of yours: "
    "stillmine watch name add.",
    "newer-proof": "the days have passed by the clock of this computer. Show one of your handles "
    "or addresses once more, so that a site agrees: stillmine watch name add, for one you have.",
    "three": "you have three names already. Remove one that you do not need.",
    "week": "one more can be added in seven days, on {until}. What you had before comes back at "
    "any time.",
}
