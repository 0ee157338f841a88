"""Sentences that depend on how many there are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence that depends on a field of the answer: `by`, or `by.part` for a part of it.

    A list counts by its length; true counts as one, false and None as none.
    """

    by: str
    one: str
    many: str
    none: str = ""
