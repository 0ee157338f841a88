"""Say whether a password is among those that leaked, without telling anybody which one it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stillmine.app.actions import Answer, Outcome, Secret, Sends, action, asked, given
from stillmine.app.context import Context
from stillmine.app.network import Permit
from stillmine.app.network.web import fetch
from stillmine.errors import NothingMayLeave, StrangeAnswer
from stillmine.messages import translate
from stillmine.messages.breaches import PASSWORD_ADVICE
from stillmine.watch.breaches.downloaded import times_in_set
from stillmine.watch.breaches.ranges import BEGINNING, sum_of, times_in

ACTION = "watch.breach.password"
RANGES = "https://api.pwnedpasswords.com/range/"
# So many lines are added that the length of an answer does not tell which list it was.
_PADDED = ("Add-Padding", "true")
_MOST_ANSWER = 1 << 20
_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class PasswordRequest:
    """The password, which is asked for, and where to look."""

    password: Secret = asked(
        "The password. It is asked for, and kept nowhere.", secret="checked-password"
    )
    set: Path | None = given(
        "Look in the downloaded set of Have I Been Pwned, a file or a folder. Nothing is sent.",
        default=None,
    )


@dataclass(frozen=True, slots=True)
class PasswordAnswer(Answer):
    """How often the password was seen in leaks; 0 where it was not, which is no proof."""

    times: int
    looked: Literal["online", "set"]
    advice: tuple[str, ...]

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found where it was not seen."""
        return Outcome.DONE if self.times else Outcome.NOTHING_FOUND


@action(
    ACTION,
    sends=Sends(
        what="The first five signs of a sum (SHA-1) of the password. Hundreds of other passwords "
        "have the same five. Never the password, and never its whole sum.",
        to="Have I Been Pwned: api.pwnedpasswords.com",
        they_learn="That somebody at your Internet address asks for leaked passwords whose sums "
        "begin like that. Not which one, and not whether it was found.",
        undo="No. But the five signs alone lead to no password.",
    ),
    sends_when=lambda request: request.set is None,
)
def password(context: Context, request: PasswordRequest) -> PasswordAnswer:
    """Look whether a password is among those that leaked. Nobody learns which one it is."""
    wanted = sum_of(request.password)
    if request.set is not None:
        times = times_in_set(request.set.expanduser(), wanted)
    else:
        times = _asked_for(context, wanted)
    advice = PASSWORD_ADVICE["found" if times else "not-found"]
    where: Literal["online", "set"] = "online" if request.set is None else "set"
    return PasswordAnswer(times, where, tuple(translate(each) for each in advice))


def _asked_for(context: Context, wanted: str) -> int:
    permit = Permit.for_host(ACTION, RANGES)
    if not context.agreed_to_send:
        raise NothingMayLeave(agreed="-", asked=permit.destination)
    context.job.begin("watch.asking-about-leaks", None, "")
    found = fetch(
        permit,
        RANGES + wanted[:BEGINNING],
        headers=(_PADDED,),
        limit=_MOST_ANSWER,
        seconds=_SECONDS,
        redirects=0,
    )
    if found.status != 200 or found.cut:
        raise StrangeAnswer(reason=f"status-{found.status}", host=permit.destination)
    try:
        return times_in(found.body, wanted)
    except ValueError as cause:
        raise StrangeAnswer(reason="no-list", host=permit.destination) from cause
