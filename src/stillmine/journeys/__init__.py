"""Journeys: steps that join what several features do."""

from stillmine.journeys import trying

__all__ = ["trying"]
