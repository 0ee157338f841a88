"""Two people look at something together: a yes for one look, and what came of it, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stillmine.app.actions import Answer
from stillmine.errors import NotAgreed

COMPARE, INSPECT, SITE = "compare", "inspect", "site"
LOOKS = (COMPARE, INSPECT, SITE)
"""What can be looked at together: pictures beside files, what one file tells, who runs a site."""
LASTS = timedelta(minutes=10)
"""For so long a yes waits for its look. Whoever said it longer ago may think otherwise now."""


@dataclass(frozen=True, slots=True)
class Yes:
    """The yes of the person who is helped: for which look, and when it was said."""

    look: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Looked:
    """One look that was agreed to, and what it showed."""

    yes: Yes
    answer: Answer


@dataclass(slots=True)
class Together:
    """What two people did in this visit. It is in memory only, and gone when it is dropped."""

    looked: list[Looked] = field(default_factory=list)
    """What was looked at, the first look first."""
    last: Looked | None = None
    """The look that is on the page now."""
    refused: bool = False
    """Whether the last answer was a no."""
    _yes: Yes | None = None

    def agree(self, look: str, now: datetime) -> None:
        """Take a yes for one look; an earlier one that was not used is void."""
        self._yes, self.last, self.refused = Yes(look, now), None, False

    def refuse(self) -> None:
        """Take a no. It holds until a yes is said; nobody is asked why."""
        self._yes, self.last, self.refused = None, None, True

    def choose(self) -> None:
        """Begin another look: whatever was agreed to before does not hold for it."""
        self._yes, self.last, self.refused = None, None, False

    def may_look(self, look: str, now: datetime) -> bool:
        """Say whether there is a yes for this look that was not used and is not too old."""
        yes = self._yes
        return yes is not None and yes.look == look and timedelta() <= now - yes.said_at <= LASTS

    def take(self, look: str, now: datetime) -> Yes:
        """Use up the yes for a look, and return it. Raises NotAgreed where there is none."""
        yes, allowed = self._yes, self.may_look(look, now)
        self._yes = None
        if yes is None or not allowed:
            raise NotAgreed
        return yes

    def note(self, yes: Yes, answer: Answer) -> None:
        """Remember what a look showed, in place of what the same yes showed before."""
        self.looked = [each for each in self.looked if each.yes is not yes]
        self.last = Looked(yes, answer)
        self.looked.append(self.last)
