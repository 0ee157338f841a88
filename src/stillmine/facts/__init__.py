"""Law, platforms and people to talk to: every value with its source and the day it was read."""

from stillmine.facts.fact import Fact, Source, Value
from stillmine.facts.places import Place, place_of, wider_places
from stillmine.facts.reading import all_laws, facts_of
from stillmine.facts.schemas import OFFICIAL, Kind

__all__ = [
    "OFFICIAL",
    "Fact",
    "Kind",
    "Place",
    "Source",
    "Value",
    "all_laws",
    "facts_of",
    "place_of",
    "wider_places",
]
