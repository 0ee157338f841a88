"""Read the files of facts. Only what was confirmed comes out; the rest is named as missing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from stillmine.errors import FactsUnreadable
from stillmine.facts.fact import Fact, Said, Source, Value
from stillmine.facts.schemas import COPY, OFFICIAL, SCHEMAS, SOURCE_KINDS, Field, Kind

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


@cache
def facts_of(kind: Kind) -> tuple[Fact, ...]:
    """Return all facts of a kind, in the order of their names. Raises FactsUnreadable."""
    folder = files("stillmine.facts") / kind.value
    return tuple(
        read_fact(kind, f"{kind.value}/{name}", file.read_text("utf-8"))
        for name, file in sorted(_files(folder))
    )


@cache
def all_laws() -> dict[str, Fact]:
    """Return every law by the name of its fact, such as `law/us/take-it-down-act`."""
    return {fact.fact: fact for fact in facts_of(Kind.LAW)}


def _files(folder: Traversable, before: str = "") -> list[tuple[str, Traversable]]:
    found = []
    for each in folder.iterdir():
        if each.is_dir():
            found += _files(each, f"{before}{each.name}/")
        elif each.name.endswith(".toml"):
            found.append((before + each.name.removesuffix(".toml"), each))
    return found


def read_fact(kind: Kind, fact: str, text: str) -> Fact:
    """Return the fact that `text` holds as TOML. Raises FactsUnreadable, naming file and field."""
    try:
        return _read(kind, fact, tomllib.loads(text))
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise FactsUnreadable(fact=fact, why=str(problem)) from problem


def _read(kind: Kind, fact: str, table: Mapping[str, Any]) -> Fact:
    _only(table, {"place", "sources", "values", "unverified"})
    sources = {name: _source(kind, each) for name, each in table.get("sources", {}).items()}
    fields = SCHEMAS[kind]
    values = {
        name: _value(name, fields[name], each, sources)
        for name, each in table.get("values", {}).items()
    }
    missing: dict[str, str] = {}
    for each in table.get("unverified", []):
        # `held` is what was heard of it. It stays in the file, for whoever confirms it.
        _only(each, {"field", "missing", "held"})
        if each["field"] not in fields:
            raise ValueError(f"no such field: {each['field']}")
        missing[each["field"]] = each["missing"]
    if both := values.keys() & missing.keys():
        raise ValueError(f"confirmed and not confirmed: {sorted(both)}")
    return Fact(fact, table["place"], values, missing)


def _only(table: Mapping[str, Any], keys: set[str]) -> None:
    if unknown := table.keys() - keys:
        raise ValueError(f"unknown keys: {sorted(unknown)}")


def _source(kind: Kind, table: Mapping[str, Any]) -> Source:
    _only(table, {"url", "kind", "checked_on", "note", "stored", "language"})
    note, stored, language = table.get("note", ""), table.get("stored"), table.get("language", "en")
    source = Source(table["url"], table["kind"], table["checked_on"], note, stored, language)
    if not _LANGUAGE.fullmatch(language):
        raise ValueError(f"not the code of a language: {language}")
    if source.kind not in SOURCE_KINDS or type(source.checked_on) is not date:
        raise ValueError(f"source: {source}")
    if stored is not None and (type(stored) is not date or stored > source.checked_on or not note):
        raise ValueError(f"a copy of no day, or nobody says where it is: {source.url}")
    if source.kind == COPY and (kind is not Kind.LAW or not source.note):
        # A number moves, and an old copy of its page does not know. The words of a law stay.
        raise ValueError(f"a copy of no law, or nobody says where it is: {source.url}")
    return source


def _value(
    name: str, field: Field, table: Mapping[str, Any], sources: Mapping[str, Source]
) -> Value:
    _only(table, {"said", "sources", "quote"})
    raw = table["said"]
    said: Said = tuple(raw) if isinstance(raw, list) else raw
    if type(said) is not field.type:
        raise ValueError(f"{name} is no {field.type.__name__}")
    field.check(said)
    read_in = [sources[each] for each in table["sources"]]
    read_in.sort(key=lambda source: SOURCE_KINDS.index(source.kind))
    if not read_in:
        raise ValueError(f"{name} has no source")
    if field.acted_on and read_in[0].kind not in OFFICIAL:
        raise ValueError(f"{name} would be acted on, and no official source says it")
    if name == "report_url" and read_in[0].kind == COPY:
        raise ValueError("an address to report to, and only a copy says it")
    return Value(said, tuple(read_in), table.get("quote", ""))
