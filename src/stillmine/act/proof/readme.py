"""The page in each bundle that says how to check it without this program."""

from __future__ import annotations

README_TEXT = """\
HOW TO CHECK THIS FILE
"""
