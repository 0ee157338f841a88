"""Letters that ask for removal: which law, what has to stand in them, and whether it does."""

from stillmine.act.notices.composing import LANGUAGES, Wanted, compose
from stillmine.act.notices.judging import Judged, Missing, check, check_text
from stillmine.act.notices.letter import Block, Letter
from stillmine.act.notices.regime import Element, Regime, regime_of, regimes

__all__ = [
    "LANGUAGES",
    "Block",
    "Element",
    "Judged",
    "Letter",
    "Missing",
    "Regime",
    "Wanted",
    "check",
    "check_text",
    "compose",
    "regime_of",
    "regimes",
]
