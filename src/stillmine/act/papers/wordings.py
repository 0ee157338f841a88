"""Words of law that a draft quotes, each with where it was read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from stillmine.act.papers.document import Quote
from stillmine.act.papers.saying import read_at
from stillmine.facts import Source


@dataclass(frozen=True, slots=True)
class Wording:
    """Words as a law or a rule has them, and the page where they were read."""

    name: str
    text: str
    source: Source

    @property
    def quote(self) -> Quote:
        """Return them as a paper quotes them."""
        return Quote(self.text, read_at(self.name, self.source))


@cache
def wordings() -> dict[str, Wording]:
    """Return all of them by their names."""
    text = (files(__package__) / "wordings.toml").read_text("utf-8")
    return {
        name: Wording(
            each["name"], each["text"], Source(each["url"], each["kind"], each["checked_on"])
        )
        for name, each in tomllib.loads(text).items()
    }
