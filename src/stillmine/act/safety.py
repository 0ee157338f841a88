"""Before proof and letters: are you safe, is this device, and could somebody be tipped off."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.telling.places import facts_at
from stillmine.app.telling.saying import ToldFact
from stillmine.facts import Kind
from stillmine.messages import translate
from stillmine.messages.safety import DEVICE, NOTICED, NOW, THREATS

_EVERYWHERE = "INT"


@dataclass(frozen=True, slots=True)
class SafetyRequest:
    """Where you are, and whether somebody demands something."""

    country: str = given(
        "Where you are, such as FR, Germany or US-CA.", default=_EVERYWHERE, positional=True
    )
    threats: bool = given("Somebody demands money, pictures or something else.", default=False)


@dataclass(frozen=True, slots=True)
class SafetyAnswer(Answer):
    """What to think of first, in plain words, and who can be talked to there.

    `crisis` are those for somebody who is in despair; `people` all the others. Only what an
    official source confirms is named.
    """

    place: str
    now: tuple[str, ...]
    crisis: tuple[ToldFact, ...]
    threats: tuple[str, ...]
    this_device: tuple[str, ...]
    tipped_off: tuple[str, ...]
    people: tuple[ToldFact, ...]


@action("act.safety")
def safety(context: Context, request: SafetyRequest) -> SafetyAnswer:
    """Say what to think of first: you, this device, threats. It works without a network."""
    place, lines, _missing = facts_at(Kind.LINE, request.country, context.now().date())
    return SafetyAnswer(
        place.name,
        _said(NOW),
        tuple(each for each in lines if "crisis" in each.values),
        _said(THREATS) if request.threats else (),
        _said(DEVICE),
        _said(NOTICED),
        tuple(each for each in lines if "crisis" not in each.values),
    )


def _said(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(translate(each) for each in texts)
