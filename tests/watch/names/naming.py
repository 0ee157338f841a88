"""Somebody who notes names, shows that they are theirs, and tries to look for others."""

from __future__ import annotations

import base64
import contextlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from stillmine.errors import StillmineError
from stillmine.messages import say
from stillmine.watch.names import listing, mail, profile, removing
from stillmine.watch.names.adding import AddAnswer, AddRequest, add
from stillmine.watch.names.own_name import Names, all_names
from stillmine.watch.names.proving import ProveAnswer, ProveRequest, prove
from stillmine.watch.names.requiring import require_own
from stillmine.watch.names.search_pages import require_place
from stillmine.watch.names.sites import SITES
from tests.servers.sites import Site
from tests.watch.watching import Watcher

BLAME = ("stalk", "illegal", "invalid", "forbidden", "abuse", "suspicious", "not allowed", "must")
POSSIBLE = ("stillmine ", "add", "show", "type", "send", "put", "give", "get", "try", "set", "look",
            "wait", "remove", "ask", "open", "places")  # fmt: skip


@contextlib.contextmanager
def kindly_refused(kind: type[StillmineError], reason: str = "") -> Iterator[None]:
    """See something refused in kind words, which also say what is possible."""
    with pytest.raises(kind) as refused:
        yield
    error = refused.value
    if reason:
        assert error.facts["reason"] == reason
    happened, then = say(error.code, error.facts)
    for word in BLAME:
        assert word not in f"{happened} {then}".lower()
    assert any(word in then.lower() for word in POSSIBLE)
    assert "…" not in happened + then


@dataclass
class Namer(Watcher):
    """A person, the sites where they have profiles, and the provider of their mail."""

    sites: dict[str, Site] = field(default_factory=dict)
    desk: Path = field(default_factory=Path)
    provider: Provider | None = None

    def notes(self, text: str, kind: str = "handle", at: str = "") -> AddAnswer:
        return add(self.context, AddRequest(text, kind, at))

    def shows(self, name: str, **more: Any) -> ProveAnswer:
        return prove(self.context, ProveRequest(name, **more))

    def removes(self, name: str) -> None:
        removing.remove(self.context, removing.RemoveRequest(name))

    def lists(self, **more: Any) -> listing.ListAnswer:
        return listing.list_names(self.context, listing.ListRequest(**more))

    @property
    def names(self) -> Names:
        with self.vault() as vault:
            return all_names(vault)

    def searches(self, *words: str) -> None:
        with self.vault() as vault:
            require_own(vault, words)

    def looks_at(self, address: str) -> None:
        with self.vault() as vault:
            require_place(vault, address)

    def waits(self, days: float) -> None:
        self.clock += timedelta(days=days)

    @property
    def date(self) -> tuple[str, str]:
        """The time as a site tells it."""
        return "Date", format_datetime(self.clock, usegmt=True)

    def profile_says(self, handle: str, text: str, at: str = "github", **more: Any) -> None:
        """Have a site tell this text as the profile's own."""
        asked = SITES[at].asked
        assert asked is not None
        began = (self.clock - timedelta(days=400)).isoformat()
        told: dict[str, Any] = {asked.owner: handle, asked.text: text, asked.began: began, **more}
        target = f"/users/{handle}"
        self.sites[at].says(target, json.dumps(told).encode(), self.date)

    def owns(self, handle: str, at: str = "github") -> ProveAnswer:
        """Note a handle, put the code into its profile, and show it."""
        noted = self.notes(handle, at=at)
        self.profile_says(handle, f"Hello, I am here. {noted.code}", at)
        return self.shows(noted.name)

    def owns_mail(self, address: str) -> ProveAnswer:
        noted = self.notes(address, "mail")
        return self.shows(noted.name, mail=self.saves(self.signed(address, noted.subject or "")))

    def signed(self, address: str, subject: str, **more: Any) -> bytes:
        assert self.provider is not None
        return self.provider.signed(self.clock, address, subject, **more)

    def saves(self, message: bytes, name: str = "mail.eml") -> Path:
        file = self.desk / name
        file.write_bytes(message)
        return file


@dataclass
class Provider:
    """A mail provider that signs what its people send, and the name service that tells its key."""

    site: Site
    key: rsa.RSAPrivateKey

    def publishes(
        self, clock: datetime, domain: str = "mail.example", record: str = "", selector: str = "s1"
    ) -> None:
        """Have the name service tell the key of a domain; long texts come in pieces."""
        text = record or self.record
        pieces = " ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200))
        name = f"{selector}._domainkey.{domain}"
        answer = {"Status": 0, "Answer": [{"name": name, "type": 16, "TTL": 60, "data": pieces}]}
        date = ("Date", format_datetime(clock, usegmt=True))
        self.site.says(f"/dns-query?name={name}&type=TXT", json.dumps(answer).encode(), date)

    @property
    def record(self) -> str:
        public = self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"

    def signed(
        self,
        clock: datetime,
        address: str,
        subject: str,
        *,
        to: str = "",
        sender: str = "",
        by: str = "mail.example",
        headers: tuple[bytes, ...] = (b"from", b"to", b"subject", b"date"),
        more: bytes = b"",
        body: bytes = b"\r\n",
        length: bool = False,
    ) -> bytes:
        """Return a message as the provider sends it."""
        message = (
            f"From: {sender or f'Kim <{address}>'}\r\nTo: {to or address}\r\n"
            f"Subject: {subject}\r\nDate: {format_datetime(clock)}\r\n"
        ).encode()
        message += more + b"MIME-Version: 1.0\r\n\r\n" + body
        pem = self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        signature: bytes = dkim.sign(
            message, b"s1", by.encode(), pem, include_headers=list(headers), length=length
        )
        return signature + message


def copy_of_data(folder: Path, files: Mapping[str, Any], name: str = "copy.zip") -> Path:
    """Write a copy of somebody's data, as a site gives it: a ZIP with these files."""
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for file, content in files.items():
            archive.writestr(file, content if isinstance(content, str) else json.dumps(content))
    return path


def instagram(handle: str, **more: Any) -> dict[str, Any]:
    """Return the files of a copy from Instagram, followers and all."""
    people = [{"string_list_data": [{"value": "ex_handle", "timestamp": 1}]}]
    return {
        "personal_information/personal_information/personal_information.json": {
            "profile_user": [
                {"string_map_data": {"Email": {"value": "a@b.c"}, "Username": {"value": handle}}}
            ]
        },
        "security_and_login_information/login_and_profile_creation/login_activity.json": {
            "account_history_login_history": [{"title": "2026-04-01", "string_map_data": {}}]
        },
        "connections/followers_and_following/followers_1.json": people,
        **more,
    }


def in_place_of(monkeypatch: pytest.MonkeyPatch, namer: Namer, at: str, site: Site) -> None:
    """Have a known site be one on loopback, which answers in the same form."""
    asked = SITES[at].asked
    assert asked is not None
    known = replace(SITES[at], asked=replace(asked, address=site.url("/users/{handle}")))
    monkeypatch.setitem(SITES, at, known)
    namer.sites[at] = site


def servers(monkeypatch: pytest.MonkeyPatch, fediverse: Site, resolver: Site) -> None:
    """Have a server of the fediverse and the name service be on loopback."""
    local = replace(profile.FEDIVERSE, address=fediverse.url("/lookup?acct={handle}"))
    monkeypatch.setattr(profile, "FEDIVERSE", local)
    monkeypatch.setattr(mail, "RESOLVER", resolver.url("/dns-query"))
