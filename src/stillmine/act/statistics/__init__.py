"""Figures: how long platforms took, from the side of those who asked, pointing to nobody."""

from stillmine.act.statistics import exporting, merging

__all__ = ["exporting", "merging"]
