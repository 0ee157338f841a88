"""What stands in a letter that asks a representative for a better law."""

from __future__ import annotations

ANSWER = (
    "The letter is in {file}. Put in the name of your representative and your own, and "
    "change what you like. Say only what you want to say about yourself."
)

ADVOCACY: dict[str, str] = {
    "title": "Intimate pictures online: what the law in {place} gives, and what it could give",
    "to": "To",
    "to_blank": "(the name of your representative)",
    "from": "From",
    "from_blank": "(your name, and where you live)",
    "hello": "I write to you about people whose intimate pictures are put online without their "
    "yes. It is done to many, and each hour that such a picture stays online makes it worse. What "
    "helps most is that it goes away fast. So I compared the law in {place} with the law in "
    "other places.",
    "compared": "The law here, and the best one that was found",
    "point": "What the law gives",
    "here": "In {place}",
    "best": "Elsewhere",
    "valid-request": "A platform has a set time from the moment a person asks",
    "authority-notice": "A platform has a set time once an authority tells it to act",
    "statutory-answer-time": "Whoever holds data about a person has a set time to answer",
    "remedy": "A person can get an order, or money for what was done",
    "term": "{time}: {law}",
    "term_place": "{place}, {time}: {law}",
    "same": "No shorter time was found.",
    "no_rule": "No such time was found.",
    "no_hours": "No set time was found. {law}: {note}",
    "nothing": "Nothing was found.",
    "remedy_of": "{law}: {what}",
    "remedy_place": "{place}, {law}: {what}",
    "ask": "What I ask you for",
    "ask_time": "Work for a law that gives each platform {time} from the moment a person asks "
    "({place}).",
    "ask_keep": "See to it that the set time of {time} is kept, and that the authority has what it "
    "needs for that.",
    "ask_authority": "Give an authority here the right to have such a picture removed within "
    "{time} ({place}).",
    "ask_copies": "Have platforms stop the same picture from coming back.",
    "ask_figures": "Have platforms publish how long they took, and how often they did nothing.",
    "ask_help": "Give lasting money to those who help people with this.",
    "bye": "Please tell me what you will do, and what stands in the way.",
    "sources": "Where this was read",
    "careful": "Only what could be read on an official page is in this letter. A law that nobody "
    "has read there yet is not. If there is one in {place} that gives more, please tell me.",
    "sign": "Name",
    "sign_place": "Place and date",
    "hours": "{count} hours",
    "days": "{count} days",
    "business-days": "{count} working days",
    "months": "{count} months",
    "month": "1 month",
}
"""The letter."""
