"""Journeys: steps that join what several features do."""
