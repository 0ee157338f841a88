"""The words of the pages about what was found by looking, and about taking it up."""

from __future__ import annotations

ROOM = "Look for copies"
ROOM_ABOUT = "Name places on the web. See whether a picture of yours is there."

FOUND: dict[str, str] = {
    "title": "Copies that were found",
    "lede": "Take your time. Nothing is asked of anybody until you say so.",
    "look": "Look now",
    "places": "Your places",
    "none": "Nothing was found so far",
    "none_text": "That is no proof that there is nothing. Name the places where you want to "
    "look, then look there.",
    "list": "What was found",
    "seen": "Seen on {at}",
    "at_place": "Place: {place}",
    "new": "New",
    "sure": "Two or more things speak for it",
    "maybe": "Maybe: look at it yourself",
    "aside": "Put aside",
    "in_case": "In a case",
    "forgotten": "A picture that is no more in your vault",
    "dismissed_one": "{count} that you put aside is not shown.",
    "dismissed": "{count} that you put aside are not shown.",
    "show_all": "Show those too",
    "show_less": "Hide those put aside",
    "waiting_one": "{count} of them waits, sealed, until there is room to keep it.",
    "waiting": "{count} of them wait, sealed, until there is room to keep them.",
    "unreadable_one": "{count} letter in the inbox is damaged and can not be read.",
    "unreadable": "{count} letters in the inbox are damaged and can not be read.",
    "existed": "What archives saw",
    "existed_text": "An archive was at these pages at that time. It says nothing of pictures.",
    "existed_more": "The newest {shown} of {all} are shown.",
    "newer": "Back",
    "older": "More",
    "part": "{first} to {last} of {all}",
    "pages": "Parts of the list",
    "more": "More you can do",
}

FINDING: dict[str, str] = {
    "title": "A copy of: {what}",
    "title_forgotten": "A copy that was found",
    "where": "Where it is",
    "page": "Page",
    "picture": "The picture itself",
    "open": "Open the page",
    "open_hint": "It opens in this browser. The site sees that you come, and the browser keeps "
    "the page in its list.",
    "seen": "Seen on",
    "place": "Place",
    "sure": "How sure it is",
    "for_it": "What speaks for it",
    "sure_text": "Two things or more, which do not hang together, speak for it.",
    "maybe_text": "Only one thing speaks for it. Look at it yourself before you do anything.",
    "yours": "your picture",
    "drawn": "The frame in the picture shows which part of it is there.",
    "drawn_all": "All of it is there.",
    "video": "It is a video. Its first frame would not show the place, so nothing is drawn.",
    "forgotten": "It was a copy of a picture that is in your vault no more. Which one is told no "
    "more.",
    "item": "To your own picture",
    "next": "What you can do",
    "take_up": "Take it up in a case",
    "take_up_text": "A case keeps proof and letters together. Nothing is sent by that.",
    "in_case": "It is in the case {case}.",
    "to_case": "Go to the case",
    "dismiss": "It is nothing: put it aside",
    "undo": "Show it again",
    "aside": "You put it aside. It is never reported again.",
    "saved": "Saved",
    "local": "It lies on this computer, and not on the web. So there is no site to ask, and no "
    "address for a case.",
    "hold_hint": "This is your own picture, not the one on the page. Press and hold the button or "
    "the space bar. It veils again when you let go, and after ten seconds.",
}

TAKE_UP: dict[str, str] = {
    "title": "Take it up in a case",
    "lede": "The addresses are written down in the case. No site is asked, and nobody is told.",
    "case": "Which case?",
    "new": "A new case",
    "case_hint": "For a new case, fill in the two fields below too.",
    "named": "Case {case}, of {day}",
    "country": "For a new case: where do you live?",
    "country_hint": "The law and the people who help are not the same everywhere.",
    "choose": "Choose a country",
    "country_needed": "Choose your country, or one of your cases.",
    "age": "For a new case: was anybody in the pictures under 18?",
    "age_needed": "Choose one of these, or one of your cases.",
    "go": "Take it up",
    "done": "It is in the case {case}",
    "done_text": "Keep proof before you ask anybody to remove it. Pages can change fast.",
    "added": "Written down",
}

YOUNG: dict[str, str] = {
    "title": "Then we stop here",
    "text": "Nothing was looked at, kept or sent. You did nothing wrong. These people can help.",
}
