"""The words of the page with the settings."""

from __future__ import annotations

SETTINGS: dict[str, str] = {
    "title": "Settings",
    "lede": "What you choose here is sealed in the vault.",
    "country": "Your country",
    "country_hint": "It says which people to talk to, laws and dates fit you.",
    "no_country": "Not chosen",
    "language": "Language",
    "language_hint": "For these pages. Without a choice, the language of this computer.",
    "own_language": "As on this computer",
    "minutes": "Lock after how many minutes without use?",
    "minutes_hint": "From 1 to 1440. Ten is a good number in a shared home.",
    "name": "What the tab of the browser shows",
    "name_hint": "Something dull is good. Without a choice it says Notes.",
    "go": "Save",
    "saved": "Saved",
    "wrong_minutes": "Write a number from 1 to 1440.",
    "wrong_name": "Write at most 40 signs, on one line.",
    "wrong_country": "Choose a country from the list.",
    "wrong_language": "Choose a language from the list.",
    "passphrase": "Change the passphrase",
    "rekey": "Make new keys",
    "words_check": "Check that you wrote down your twelve words",
    "words_try": "Try your twelve words",
    "words_try_text": "You have checked them before. To try them again, practise with a backup.",
    "backups": "Backups",
    "computer": "What this computer has",
    "more": "More",
}
