"""Read what a registry knows of a domain or a network (RFC 9083), from whoever answered.

The answer may hold anything: each value is taken only where it is what it should be, so much of it
as a person can use, and only as deep as registries nest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stillmine.messages import fill, translate
from stillmine.messages import web as words

_DEEPEST, _MOST_ENTITIES, _MOST_SIGNS, _MOST_CONTACTS = 4, 200, 300, 8
_MAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z0-9-]{2,63}"
)
_PHONE = re.compile(r"\+?[0-9][0-9 ().-]{4,30}")
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a registry's book, and how to reach those there who deal with abuse."""

    name: str
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    @property
    def reachable(self) -> bool:
        """Say whether there is any way to write to them."""
        return bool(self.mails or self.pages)


@dataclass(frozen=True, slots=True)
class DomainRecord:
    """A domain: who registered it for its owner, and when. Days as the registry wrote them.

    `source` is the address that said so.
    """

    domain: str
    registrar: Party
    registrar_id: str
    registered: str
    expires: str
    nameservers: tuple[str, ...]
    status: tuple[str, ...]
    source: str

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads."""
        yield _said(words.DOMAIN, domain=self.domain, registrar=self.registrar.name)
        if self.registered:
            yield "  " + _said(words.REGISTERED, day=self.registered)
        yield "  " + _said(words.SAID_BY, source=self.source)


@dataclass(frozen=True, slots=True)
class NetworkRecord:
    """The network of `address`: from where to where, what it is called, and whose it is.

    `notes` are remarks that its holder had the registry write down, often about abuse.
    """

    address: str
    first: str
    last: str
    name: str
    country: str
    holder: Party
    notes: tuple[str, ...]
    source: str

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads."""
        yield _said(words.NETWORK, address=self.address, holder=self.holder.name)
        for note in self.notes:
            yield "  " + _said(words.NOTED, note=note)
        if self.country:
            yield "  " + _said(words.COUNTRY, country=self.country)
        yield "  " + _said(words.SAID_BY, source=self.source)


def domain_record(domain: str | None, found: Mapping[str, Any], source: str) -> DomainRecord:
    """Return what an answer about a domain says."""
    entities = list(_entities(found.get("entities")))
    registrar = next((each for each in entities if "registrar" in _roles(each)), {})
    events = {_text(each.get("eventAction")): each for each in _records(found.get("events"))}
    return DomainRecord(
        domain=domain or "",
        registrar=_party(registrar, entities),
        registrar_id=_registrar_id(registrar),
        registered=_day(events.get("registration")),
        expires=_day(events.get("expiration")),
        nameservers=tuple(
            name.lower()
            for each in _records(found.get("nameservers"))[:_MOST_CONTACTS]
            if (name := _text(each.get("ldhName")))
        ),
        status=tuple(filter(None, map(_text, _list(found.get("status"))[:_MOST_CONTACTS]))),
        source=source,
    )


def network_record(address: str, found: Mapping[str, Any], source: str) -> NetworkRecord:
    """Return what an answer about an IP address says."""
    entities = list(_entities(found.get("entities")))
    named = (each for each in entities if "registrant" in _roles(each) and _card(each, "fn"))
    party = _party(next(named, {}), entities)
    name = _text(found.get("name"))
    return NetworkRecord(
        address=address,
        first=_text(found.get("startAddress")),
        last=_text(found.get("endAddress")),
        name=name,
        country=_text(found.get("country"))[:2].upper(),
        holder=Party(party.name or name, party.mails, party.phones, party.pages),
        notes=_notes(found),
        source=source,
    )


def _notes(found: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what the remarks say, line by line, without lines of dashes."""
    said = [
        _text(line)
        for remark in _records(found.get("remarks"))
        for line in _list(remark.get("description"))[:_MOST_CONTACTS]
    ]
    return tuple(line for line in said if any(map(str.isalnum, line)))[:_MOST_CONTACTS]


def _party(entity: Mapping[str, Any], entities: Sequence[Mapping[str, Any]]) -> Party:
    """Return somebody with the abuse contact that is theirs, or else any that the answer has."""
    own = [each for each in _entities([entity]) if "abuse" in _roles(each)]
    contacts = own or [each for each in entities if "abuse" in _roles(each)]
    names = [*_card(entity, "fn"), *_card(entity, "org")]
    return Party(
        name=next(iter(names), ""),
        mails=_fitting(_MAIL, contacts, "email"),
        phones=_fitting(_PHONE, contacts, "tel"),
        pages=tuple(
            page
            for page in (*_values(contacts, "contact-uri"), *_values(contacts, "url"))
            if page.startswith("https://")
        )[:_MOST_CONTACTS],
    )


def _fitting(
    form: re.Pattern[str], entities: Sequence[Mapping[str, Any]], name: str
) -> tuple[str, ...]:
    plain = (
        value.removeprefix("mailto:").removeprefix("tel:") for value in _values(entities, name)
    )
    return tuple(dict.fromkeys(value for value in plain if form.fullmatch(value)))[:_MOST_CONTACTS]


def _values(entities: Sequence[Mapping[str, Any]], name: str) -> list[str]:
    return [value for entity in entities for value in _card(entity, name)]


def _card(entity: Mapping[str, Any], name: str) -> list[str]:
    """Return the values of one property of an entity's visiting card (jCard, RFC 7095)."""
    card = _list(entity.get("vcardArray"))
    lines = _list(card[1]) if len(card) > 1 else []
    return [
        text
        for line in lines[:_MOST_ENTITIES]
        if len(parts := _list(line)) > 3 and _text(parts[0]).lower() == name
        for value in _flat(parts[3:])
        if (text := _text(value))
    ]


def _flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        yield from _list(value)[:_MOST_CONTACTS] if isinstance(value, list) else [value]


def _registrar_id(entity: Mapping[str, Any]) -> str:
    for each in _records(entity.get("publicIds")):
        if _text(each.get("type")) == "IANA Registrar ID":
            return _text(each.get("identifier"))[:20]
    return ""


def _entities(found: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Yield each entity, those of one depth before the ones inside them, so far as is sensible."""
    level, count = _records(found), 0
    while level and depth < _DEEPEST:
        inner: list[Mapping[str, Any]] = []
        for each in level:
            count += 1
            if count > _MOST_ENTITIES:
                return
            yield each
            inner += _records(each.get("entities"))
        level, depth = inner[:_MOST_ENTITIES], depth + 1


def _roles(entity: Mapping[str, Any]) -> set[str]:
    return {_text(role).lower() for role in _list(entity.get("roles"))[:_MOST_CONTACTS]}


def _day(event: Mapping[str, Any] | None) -> str:
    found = _text((event or {}).get("eventDate"))[:10]
    return found if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", found) else ""


def _records(found: Any) -> list[Mapping[str, Any]]:
    return [each for each in _list(found)[:_MOST_ENTITIES] if isinstance(each, dict)]


def _list(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []


def _text(found: Any) -> str:
    if not isinstance(found, str):
        return ""
    return _NOT_SHOWN.sub(" ", found).strip()[:_MOST_SIGNS]


def _said(text: str, **facts: str) -> str:
    return fill(translate(text), {name: fact or "?" for name, fact in facts.items()})
