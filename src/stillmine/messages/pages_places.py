"""The words of the pages about places: the list, adding one, and a look with its answer."""

from __future__ import annotations

PLACES: dict[str, str] = {
    "title": "Your places",
    "lede": "The program looks where you say, and nowhere else.",
    "add": "Add a place",
    "none": "There is no place yet",
    "none_text": "Name a page, a site or a board where pictures of you may be. Nothing is sent "
    "by that.",
    "list": "Places",
    "looked": "Looked at {at}.",
    "never": "Not looked at yet.",
    "due": "Next time: {at}.",
    "goes_on": "The look goes on with the next one.",
    "key": "With a key of yours.",
    "problems_one": "{count} thing to know",
    "problems": "{count} things to know",
    "look": "Look now",
    "more": "More for looking",
    "pages": "Parts of the list",
    "newer": "Back",
    "older": "More",
    "part": "{first} to {last} of {all}",
}

PLACE: dict[str, str] = {
    "target": "Where",
    "kind": "Kind",
    "when": "When",
    "every": "How often",
    "options": "What you chose",
    "learn": "Who learns what",
    "problems": "What went wrong, or is good to know",
    "look": "Look there now",
    "remove": "Take this place out",
    "remove_text": "It is not looked at any more, and a key that you gave for it is gone. What "
    "was found there stays.",
    "saved": "The place is kept. Nothing was sent yet.",
    "changed": "It was there before, and is as you said now.",
}

PLACE_ADD: dict[str, str] = {
    "first": "One question first",
    "first_lede": "It is asked before anything is kept or looked at.",
    "age": "Was anybody in your pictures under 18?",
    "title": "What kind of place is it?",
    "lede": "Choose one. You see who learns what before anything is kept.",
    "hours": "How often to look there",
    "name": "What to call it, if you like",
    "name_hint": "A few words of your own.",
    "name_long": "Use no more than 60 signs.",
    "key": "Your own key of the service",
    "key_hint": "It lies sealed with the place, and no page shows it.",
    "key_needed": "This service wants a key of your own. You get one on its site.",
    "more": "What you can choose",
    "own": "Words leave this computer with this kind. They may only be words that you showed to "
    "be yours.",
    "learn": "Who learns what",
    "go": "Keep this place",
}
HOURS: dict[int, str] = {
    6: "Every six hours",
    12: "Twice a day",
    24: "Once a day",
    48: "Every two days",
    168: "Once a week",
}
EVERY = "Every {hours} hours"

# A kind of place: what it is called, what it does, and what is typed.
KINDS: dict[str, tuple[str, str, str]] = {
    "page": ("One page", "Its pictures, its frames, its style sheets.", "The address of the page"),
    "site": (
        "A site, or a folder of it",
        "It follows the pages of one folder, never beyond.",
        "The address of the folder",
    ),
    "feed": (
        "A feed",
        "A list of news that a site gives out (RSS, Atom), and the pages it leads to.",
        "The address of the feed",
    ),
    "searxng": (
        "Your own SearXNG",
        "Asks the search that you run yourself: pictures, and pages to look at.",
        "Your words",
    ),
    "brave": ("Brave", "The image search of Brave, with your key.", "Your words"),
    "mojeek": ("Mojeek", "Finds pages to look at, with your key.", "Your words"),
    "marginalia": ("Marginalia", "Finds pages of small sites, with your key.", "Your words"),
    "fourchan": (
        "A board of 4chan",
        "Every thread of the board. Exact copies are known without loading them.",
        "The short name of the board",
    ),
    "vichan": (
        "Another board (vichan)",
        "The same for boards that vichan runs.",
        "The address of the board",
    ),
    "danbooru": (
        "A collection (Danbooru)",
        "The newest posts, or those with some tags. It works for e621 too.",
        "The address of the collection",
    ),
    "gelbooru": (
        "A collection (Gelbooru)",
        "The newest posts, or those with some tags.",
        "The address of the collection",
    ),
    "moebooru": (
        "A collection (Moebooru)",
        "The newest posts, or those with some tags.",
        "The address of the collection",
    ),
    "mastodon": (
        "Mastodon",
        "Public posts with pictures, of servers that show them without an account.",
        "The address of a hashtag or an account",
    ),
    "telegram": (
        "A channel of Telegram",
        "The part of a public channel that anybody can see. Never your account.",
        "The name of the channel",
    ),
    "reddit": (
        "A community of Reddit",
        "What is new there, and where posts lead to.",
        "The name of the community",
    ),
    "commoncrawl": (
        "Common Crawl",
        "When it saw a page: a date, and no pictures.",
        "The address of the page",
    ),
    "wayback": (
        "The Internet Archive",
        "When it saw a page, and where its copies are.",
        "The address of the page",
    ),
    "folder": (
        "A folder on this computer",
        "A folder, a ZIP or a saved page (WARC). Nobody is asked.",
        "The path of the folder or file",
    ),
}
OPTIONS: dict[str, str] = {
    "depth": "How many links deep",
    "pages": "How many pages at most",
    "entries": "How many entries at most",
    "at": "The address of your SearXNG",
    "look-for": "What to ask it for",
    "tags": "Tags, with spaces between them",
    "tell-md5": "Ask the site for exactly your file? Then it learns the sum of your picture",
    "previews": "What its previews end in",
    "below": "Also what lies below that address",
    "visits": "How many of its visits to ask",
}
CHOICES: dict[str, str] = {
    "no": "No",
    "yes": "Yes",
    "images": "Pictures",
    "general": "Pages",
    "images+general": "Pictures and pages",
    "as-file": "The same as the picture",
    "none": "There are none",
}

LOOK: dict[str, str] = {
    "title": "Look now",
    "lede": "It goes on beside these pages. You can stop it at any time, and go on later.",
    "where": "Where?",
    "due": "Where a look is due",
    "all": "At all of your places",
    "go": "Look now",
    "why": "What happens then",
    "why_text": "Each place is asked slowly, a question in two seconds at most. What it shows is "
    "compared in memory and dropped. No picture of yours is ever sent.",
    "to": "The sites of your places, and the sites that their pictures come from: {places}.",
    "to_more": "{places} and {count} more",
}

LOOKED: dict[str, str] = {
    "found_one": "{count} new copy was found",
    "found": "{count} new copies were found",
    "none": "Nothing new was found",
    "none_text": "That is no proof that there is nothing.",
    "stopped": "It was stopped before the end",
    "stopped_text": "The next look goes on there.",
    "calm": "Take your time. You can look at each one now, or later.",
    "places": "Places looked at",
    "pages": "Pages read",
    "pictures": "Pictures compared",
    "no_place": "No place was due",
    "no_place_text": "To look all the same, choose “At all of your places”.",
    "unrecognised": "Items that can be found only where nothing in them was changed",
    "problems": "What could not be looked at",
    "waiting_one": "{count} thing is left for later, because a site wants that.",
    "waiting": "{count} things are left for later, because sites want that.",
    "locked_one": "The vault was locked meanwhile. {count} finding waits, sealed.",
    "locked": "The vault was locked meanwhile. {count} findings wait, sealed.",
    "again": "Look again",
    "to_found": "To what was found",
}
