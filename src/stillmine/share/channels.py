"""What each way to send something protects from and what not, as official pages say it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from stillmine.app.actions import Answer, action
from stillmine.app.context import Context
from stillmine.errors import FactsUnreadable
from stillmine.messages import fill, translate
from stillmine.messages.handing import CHANNELS

_FOLDER = "channel_facts"


@dataclass(frozen=True, slots=True)
class ChannelsRequest:
    """Nothing is needed."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One sentence about one way to send, the official page that says so, and when it was read."""

    channel: str
    protects: bool
    text: str
    source: str
    checked: date

    @property
    def line(self) -> str:
        """Return it on one line, for a person."""
        facts = {"channel": self.channel, "text": translate(self.text), "checked": self.checked}
        return fill(translate(CHANNELS["protects" if self.protects else "does-not"]), facts)


@dataclass(frozen=True, slots=True)
class ChannelsAnswer(Answer):
    """What could be confirmed. Of the ways in `not_confirmed` nothing is said."""

    advice: tuple[Advice, ...]
    not_confirmed: tuple[str, ...]


@action("share.channels")
def channels(context: Context, request: ChannelsRequest) -> ChannelsAnswer:
    """Say what each way to send a copy protects from, and what it does not protect from."""
    del context, request
    found = read_channels()
    advice = tuple(each for channel in found for each in channel.advice)
    return ChannelsAnswer(advice, tuple(each.name for each in found if each.unverified))


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to send something; `unverified` says what nobody could confirm."""

    name: str
    advice: tuple[Advice, ...]
    unverified: str | None


@cache
def read_channels() -> tuple[Channel, ...]:
    """Return all that is known, by name. Raise FactsUnreadable, naming the file."""
    folder = files("stillmine.share") / _FOLDER
    found = [
        read_channel(each.name, each.read_text("utf-8"))
        for each in folder.iterdir()
        if each.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def read_channel(file: str, text: str) -> Channel:
    """Return what a file says. Raise FactsUnreadable for what has no source or no day."""
    try:
        facts = tomllib.loads(text)
        advice = tuple(_advice(facts["name"], each) for each in facts.pop("says", []))
        found = Channel(advice=advice, unverified=facts.pop("unverified", None), **facts)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise FactsUnreadable(fact=f"{_FOLDER}/{file}", why=str(problem)) from problem
    if bool(found.advice) == bool(found.unverified):
        raise FactsUnreadable(fact=f"{_FOLDER}/{file}", why="says")
    return found


def _advice(channel: str, facts: dict[str, Any]) -> Advice:
    if type(facts["checked"]) is not date or type(facts["protects"]) is not bool:
        raise ValueError("checked, protects")
    found = Advice(channel=channel, **facts)
    if not found.source.startswith("https://") or not found.text.strip():
        raise ValueError("source, text")
    return found
