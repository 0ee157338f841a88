"""The words of the first page, and of the page with people to talk to."""

from __future__ import annotations

ENTRY: dict[str, str] = {
    "title": "What do you need now?",
    "lede": "You decide each step. Nothing is sent from here unless you say yes to it.",
    "now": "It is happening now",
    "now_about": "Somebody shows or sends pictures of you, or says they will. See who can help.",
    "look": "I want to look around",
    "look_about": "Nothing is urgent. Keep your pictures safe, and see what else there is.",
    "leaving": "How to leave fast",
    "leaving_how": "Press Leave, or the Shift key three times. The page goes blank, the vault "
    "locks, and Back shows nothing.",
    "leaving_not": "It can not clear the list of pages that your browser keeps. It can not stop "
    "a spy program, or somebody who looks over your shoulder.",
    "device": "If somebody may be watching this computer, use another one that they never had "
    "in their hands.",
}

ROOMS: dict[str, str] = {
    "title": "Look around",
    "lede": "Take your time. Nothing here is opened, kept or sent until you ask for it.",
    "vault": "Your vault",
    "vault_about": "Keep pictures sealed, so that only you can open them.",
    "looking": "More about looking",
    "people": "People to talk to",
    "people_about": "Who listens where you are, and when. You need not give your name.",
    "settings": "Settings",
    "settings_about": "Country, language, and when the vault locks itself.",
}

PEOPLE: dict[str, str] = {
    "title": "People to talk to",
    "lede": "They listen to people every day who go through this. You decide what you tell.",
    "country": "Which country are you in?",
    "country_hint": "Nothing is sent. The list is on this computer.",
    "country_why": "Numbers and hours are not the same everywhere. The country is used for "
    "this list only, and it is kept only if you put it into the settings.",
    "choose": "Choose a country",
    "show": "Show",
    "none": "No number could be confirmed yet for: {place}.",
    "none_next": "A doctor, the police or somebody you trust can help to find one. The services "
    "for all countries stand below, where there are any.",
    "at": "For {place}",
    "open": "Open now.",
    "closed": "Not open now.",
    "hours": "Hours: {hours}",
    "languages": "Languages: {languages}",
    "under_18": "Also for people under 18.",
    "removes": "Helps to get pictures removed.",
    "despair": "Also when you do not want to live any more.",
    "inside": "Call from inside the country",
    "web_leaves": "A link to a web page opens it in this browser. That page sees that you came, "
    "and the browser keeps it in its list.",
    "read": "Read at {source} on {day}.",
    "more_one": "{count} more is known of, but nobody has confirmed it yet. We do not show a "
    "number that may be wrong.",
    "more": "{count} more are known of, but nobody has confirmed them yet. We do not show a "
    "number that may be wrong.",
    "danger": "Are you in danger at this moment? Call the emergency number of where you are. "
    "In the whole European Union it is 112.",
    "whole_list": "Where each line was read",
}

LANGUAGES: dict[str, str] = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "interpreters": "more with interpreters",
    "it": "Italian",
    "ja": "Japanese",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sq": "Albanian",
    "uk": "Ukrainian",
}
