"""Figures: what leaves, what is joined, and that nobody can be told from it."""
