"""Cover parts of a picture so that nothing of them is left, and propose what could be covered."""

from stillmine.imaging.cover.boxes import Box, NotABox, Part, read_box
from stillmine.imaging.cover.covering import CannotCover, Covered, Style, cover, cover_parts
from stillmine.imaging.cover.proposing import NoFinder, Proposal, propose

__all__ = [
    "Box",
    "CannotCover",
    "Covered",
    "NoFinder",
    "NotABox",
    "Part",
    "Proposal",
    "Style",
    "cover",
    "cover_parts",
    "propose",
    "read_box",
]
