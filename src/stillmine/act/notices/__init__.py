"""Letters that ask for removal: which law, what has to stand in them, and whether it does."""

from stillmine.act.notices import again, checking, notice
from stillmine.act.notices.choosing import Chosen, asked_for, choose
from stillmine.act.notices.composing import LANGUAGES, Wanted, compose
from stillmine.act.notices.judging import Judged, Missing, check, check_text
from stillmine.act.notices.letter import Block, Letter
from stillmine.act.notices.recipients import Goes, goes_to, platform_of
from stillmine.act.notices.regime import Element, Regime, regime_of, regimes

__all__ = [
    "LANGUAGES",
    "Block",
    "Chosen",
    "Element",
    "Goes",
    "Judged",
    "Letter",
    "Missing",
    "Regime",
    "Wanted",
    "again",
    "asked_for",
    "check",
    "check_text",
    "checking",
    "choose",
    "compose",
    "goes_to",
    "notice",
    "platform_of",
    "regime_of",
    "regimes",
]
