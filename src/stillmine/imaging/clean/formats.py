"""The formats that can be inspected and cleaned: one table, name as sniffed to functions."""

from __future__ import annotations

from stillmine.imaging.clean.findings import Format

FORMATS: dict[str, Format] = {}
"""By the names of `imaging.kinds.FORMATS`; a format that is not here has no cleaner."""
