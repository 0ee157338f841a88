"""Put a letter together from its texts: the blocks that its regimes ask for, and nothing else.

No language model and no chance: the same case gives the same letter. Texts are in `letters/`, one
file a language. What a law is called stands in a letter only where somebody confirmed it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from stillmine.act.case.model import AGENT, Sender
from stillmine.act.notices.letter import Block, Letter, as_written, one_line
from stillmine.act.notices.locating import trouble_with
from stillmine.act.notices.regime import Recipient, Regime, regime_of
from stillmine.facts import Kind, facts_of, place_of, wider_places
from stillmine.messages import fill

LANGUAGES = ("en", "es", "pt", "fr", "de")
_MOST_LAWS = 3
# Which blocks a letter has, in this order, and for which checks; "*" for every letter of its kind.
_BLOCKS: Mapping[str, tuple[str, ...]] = {
    "ask": ("*",),
    "addresses": ("*",),
    "pictures": ("*",),
    "person": ("*",),
    "why": ("explanation",),
    "good-faith": ("good-faith-consent", "good-faith-report"),
    "laws": ("*",),
    "link": ("ground-australia",),
    "accuracy": ("accurate-complete", "true-to-best"),
    "contact": ("*",),
}
_COPYRIGHT = ("copyright-ask", "work", "addresses", "copyright-good-faith", "perjury", "contact")
# Which elements of the laws a block is for.
_FOR: Mapping[str, tuple[str, ...]] = {
    "ask": ("writing",),
    "copyright-ask": ("writing",),
    "addresses": ("locate",),
    "pictures": ("explanation", "not-consensual"),
    "person": ("standing", "identity"),
    "why": ("explanation",),
    "good-faith": ("good-faith",),
    "copyright-good-faith": ("good-faith",),
    "laws": ("ground",),
    "link": ("ground",),
    "accuracy": ("accuracy",),
    "perjury": ("accuracy", "perjury"),
    "work": ("work",),
    "contact": ("contact", "identity"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a letter is made of.

    `to` is the name of the recipient and `kind` what they are; `addresses` are exact; `written` an
    ISO day; `country` where the person in the pictures lives. `filled` are the words that the
    person chose: `shows`, `made`, `link` (keys of the texts) and `work` (free text). `front_page`
    tells that the front page of a site shows the picture itself.
    """

    to: str
    kind: Recipient
    sender: Sender
    addresses: tuple[str, ...]
    regimes: tuple[str, ...]
    written: str
    country: str
    language: str = "en"
    mail: str = ""
    filled: Mapping[str, str] = field(default_factory=dict)
    front_page: bool = False


def compose(wanted: Wanted) -> Letter:
    """Return the letter. Raises UnknownRegime. What is not known leaves its sentence out."""
    wanted = replace(wanted, sender=_on_lines(wanted.sender), to=one_line(wanted.to))
    regimes = tuple(regime_of(each) for each in wanted.regimes)
    texts, copyright = _texts(wanted.language), any(each.alone for each in regimes)
    subject = "copyright" if copyright else wanted.kind
    slots = _slots(wanted, texts)
    blocks = (_block(name, wanted, regimes, slots) for name in _names(regimes, copyright=copyright))
    return Letter(
        to=wanted.to,
        subject=texts["subjects"].get(subject, texts["subjects"]["removal"]),
        written=wanted.written,
        dated=fill(texts["dated"], {"day": wanted.written}),
        greeting=fill(texts["greeting"], slots),
        blocks=tuple(each for each in blocks if each.paragraphs or each.items),
        signed=texts["signed"],
        sender=wanted.sender,
        addresses=tuple(map(as_written, wanted.addresses)),
        regimes=wanted.regimes,
        language=wanted.language,
        mail=wanted.mail,
    )


def called(regime: Regime, language: str = "en") -> str:
    """Return what a letter calls the law of a regime: its citation only where that is confirmed."""
    texts = _texts(language)["laws"].get(regime.regime, {})
    if any(fact.said("citation") for fact in regime.facts):
        return str(texts.get("called", regime.title))
    return str(texts.get("plain", regime.plain))


@cache
def _texts(language: str) -> Mapping[str, Any]:
    text = (files(__package__) / "letters" / f"{language}.toml").read_text("utf-8")
    return tomllib.loads(text)


def _on_lines(sender: Sender) -> Sender:
    return Sender(
        one_line(sender.name),
        one_line(sender.mail),
        one_line(sender.phone),
        one_line(sender.postal),
        sender.role,
        one_line(sender.subject),
    )


def _slots(wanted: Wanted, texts: Mapping[str, Any]) -> dict[str, str]:
    sender, filled = wanted.sender, wanted.filled
    return {
        "to": wanted.to,
        "name": sender.name,
        "mail": sender.mail,
        "phone": sender.phone,
        "postal": sender.postal,
        "subject": sender.subject or texts["someone"],
        "shows": texts["shows"].get(filled.get("shows", ""), texts["shows"]["intimate"]),
        "made": texts["made"].get(filled.get("made", ""), ""),
        "work": one_line(filled.get("work", "")),
    }


def _names(regimes: Sequence[Regime], *, copyright: bool) -> Iterator[str]:
    if copyright:
        yield from _COPYRIGHT
        return
    checks = {"*", *(each.check for regime in regimes for each in regime.elements)}
    yield from (name for name, wants in _BLOCKS.items() if checks.intersection(wants))


def _block(name: str, wanted: Wanted, regimes: Sequence[Regime], slots: Mapping[str, str]) -> Block:
    texts = _texts(wanted.language)["blocks"][name]
    paragraphs = tuple(_paragraphs(name, wanted, regimes, slots))
    items = tuple(_items(wanted, _texts(wanted.language))) if name == "addresses" else ()
    return Block(name, texts["title"], paragraphs, _FOR[name], items)


def _paragraphs(
    name: str, wanted: Wanted, regimes: Sequence[Regime], slots: Mapping[str, str]
) -> Iterator[str]:
    texts = _texts(wanted.language)
    if name == "ask":
        yield from _ask(wanted, regimes, texts)
    elif name == "laws":
        for regime in regimes:
            law = {**slots, "law": called(regime, wanted.language)}
            yield from _said(texts["laws"].get(regime.regime, {}), wanted, law)
    elif name == "link":
        chosen = wanted.filled.get("link", "")
        side = "theirs" if wanted.sender.role == AGENT else "mine"
        yield from filter(None, [texts["blocks"]["link"][side].get(chosen)])
    elif name == "contact":
        yield "\n".join(_contact(texts["blocks"]["contact"]["mine"], regimes, slots))
    else:
        home = {"home": _home(wanted, texts) if name == "why" else ""}
        yield from _said(texts["blocks"][name], wanted, {**slots, **home})


def _items(wanted: Wanted, texts: Mapping[str, Any]) -> Iterator[str]:
    """Yield the addresses; a front page that shows the picture itself is said to."""
    for each in wanted.addresses:
        front = wanted.front_page and trouble_with(each) == "whole-site"
        yield f"{as_written(each)} ({texts['front']})" if front else as_written(each)


def _said(texts: Mapping[str, Any], wanted: Wanted, slots: Mapping[str, str]) -> Iterator[str]:
    """Yield the sentences of whoever signs; one that has nothing to say is left out."""
    agent = wanted.sender.role == AGENT
    for text in texts.get("theirs" if agent and "theirs" in texts else "mine", ()):
        if "{work}" in text and not slots["work"]:
            continue
        said = fill(text, slots).strip()
        if said:
            yield _sentence(said)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _ask(wanted: Wanted, regimes: Sequence[Regime], texts: Mapping[str, Any]) -> Iterator[str]:
    ask = texts["blocks"]["ask"]
    for text in ask[wanted.kind]:
        yield fill(text, {"time": _time(wanted, regimes, ask)})
    if wanted.kind != "authority":
        yield ask["quiet"]


def _time(wanted: Wanted, regimes: Sequence[Regime], ask: Mapping[str, Any]) -> str:
    """Return what is said about the time: hours only where the law's own words were read."""
    for regime in regimes:
        hours = hours_of(regime)
        if hours and wanted.kind == "platform":
            law = called(regime, wanted.language)
            return _sentence(fill(ask["hours"], {"law": law, "hours": hours}))
    return str(ask["soon"])


def hours_of(regime: Regime) -> int:
    """Return the confirmed hours that a valid request starts, or 0."""
    for fact in regime.facts:
        starts = fact.said("deadline_trigger") == "valid-request"
        hours = fact.said("deadline_hours")
        if starts and isinstance(hours, int) and fact.said("status") == "in-force":
            return hours
    return 0


def _home(wanted: Wanted, texts: Mapping[str, Any]) -> str:
    """Return the sentence about the law at home, where its name is confirmed and it is in force."""
    place = place_of(wanted.country)
    codes = [each for each in wider_places(place) if each not in ("EU", "INT")] if place else []
    used = {law for each in wanted.regimes for law in regime_of(each).laws}
    names = [
        str(fact.said("name"))
        for code in codes
        for fact in facts_of(Kind.LAW)
        if fact.place == code and fact.fact not in used and _speaks(fact.values)
    ]
    text = str(texts["blocks"]["why"]["home"])
    return fill(text, {"laws": "; ".join(names[:_MOST_LAWS])}) if names else ""


def _speaks(values: Mapping[str, Any]) -> bool:
    in_force = "status" in values and values["status"].said == "in-force"
    return in_force and "name" in values and "offence" in values


def _contact(
    lines: Sequence[str], regimes: Sequence[Regime], slots: Mapping[str, str]
) -> Iterator[str]:
    """Yield how to reach the sender: no more than these laws and an answer take."""
    everything = any(each.check == "contact-all" for regime in regimes for each in regime.elements)
    wanted = {"{name}", "{mail}"}
    if everything or not slots["mail"]:
        wanted.add("{phone}")
    if everything or not (slots["mail"] or slots["phone"]):
        wanted.add("{postal}")
    for line in lines:
        slot = next(each for each in ("{name}", "{mail}", "{phone}", "{postal}") if each in line)
        if slot in wanted and slots[slot.strip("{}")]:
            yield fill(line, slots)
