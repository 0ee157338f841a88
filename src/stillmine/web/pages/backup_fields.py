"""What the form of each kind of backup place asks for, and the address that is made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stillmine.app.actions import Secret
from stillmine.app.network.place_address import s3_address, sftp_address, webdav_address
from stillmine.errors import StillmineError, UnknownHostKey
from stillmine.messages.pages_backups import FIELDS, KINDS, WRONG
from stillmine.web.showing import say_text, trouble
from stillmine.web.visit import Visit

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "folder": ("folder",),
    "webdav": ("address", "user", "password"),
    "s3": ("bucket", "key_id", "key", "endpoint", "region", "inside"),
    "sftp": ("host", "login", "path", "login_password", "host_key", "port", "identity"),
    "rclone": ("remote", "folder_there"),
}
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "folder": ("folder",),
    "webdav": ("address",),
    "s3": ("bucket", "key_id", "key"),
    "sftp": ("host", "path"),
    "rclone": ("remote",),
}
_PASSWORDS = frozenset({"password", "key", "login_password"})
_SHORT = frozenset({"port", "region"})
_SELDOM = frozenset({"port", "identity"})
_BESIDE_PASSWORD = ("backup.wrong-secret",)
_BESIDE_KEY = ("network.unknown-host-key", "network.host-key-changed")
_BESIDE_NAME = ("backup.wrong-place-name", "backup.place-exists")
_BESIDE_PLACE = (
    "backup.target-away",
    "backup.not-a-place",
    "backup.permission-denied",
    "backup.secret-in-url",
    "backup.none-there",
    "backup.other-vault",
    "keep.inside-home",
    "network.not-encrypted",
    "network.tool-missing",
)
_NOTE = "backup-typed-"
_MOST_PORT = 65_535
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,254}")
_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*|\[?[0-9A-Fa-f:.]+\]?")
_LOGIN = re.compile(r"[^\s@:/?#-][^\s@:/?#]*")


@dataclass(frozen=True, slots=True)
class PlaceField:
    """One field, as its form shows it. What is secret has no value; `seldom` lies in a fold."""

    name: str
    label: str
    hint: str
    kind: str
    value: str
    short: bool
    seldom: bool


@dataclass(frozen=True, slots=True)
class TypedPlace:
    """A place as it was typed: its address and its secret; or what is wrong, by field."""

    url: str = ""
    secret: Secret | None = None
    wrong: dict[str, str] = field(default_factory=dict)


def numbered_kinds() -> list[tuple[str, str, str]]:
    """Return each kind: what it is called in an address, which is a number; its name; about it."""
    return [(str(at), *KINDS[kind]) for at, kind in enumerate(KINDS, 1)]


def kind_at(visit: Visit) -> str:
    """Return the kind that the address names by its number, or nothing."""
    known = {str(at): kind for at, kind in enumerate(KINDS, 1)}
    return known.get(visit.parts["kind"], "")


def typed_before(visit: Visit, kind: str) -> dict[str, str]:
    """Return what was typed into the form of a kind, now or before it was asked for a yes.

    It is remembered in memory until it is done, and no secret is among it.
    """
    note = f"{_NOTE}{kind}"
    if visit.posted and not visit.sent.first("agree"):
        names = ("name", "do", *(each for each in _FIELDS[kind] if each not in _PASSWORDS))
        visit.door.notes[note] = {name: visit.typed(name) for name in names}
    return dict(visit.door.notes.get(note, {}))


def forget_typed(visit: Visit) -> None:
    """Forget what was typed, once it is done."""
    for kind in _FIELDS:
        visit.door.notes.pop(f"{_NOTE}{kind}", None)


def fields_for(kind: str, typed: Mapping[str, str]) -> list[PlaceField]:
    """Return the fields of a kind, with what was typed into them."""
    return [
        PlaceField(
            name,
            say_text(FIELDS[name][0]),
            say_text(FIELDS[name][1]) if FIELDS[name][1] else "",
            "password" if name in _PASSWORDS else "text",
            typed.get(name, ""),
            name in _SHORT,
            name in _SELDOM,
        )
        for name in _FIELDS[kind]
    ]


def beside(kind: str) -> dict[str, str]:
    """Return beside which field of a kind an error stands, by its code."""
    first = _FIELDS[kind][0]
    password = next((each for each in _FIELDS[kind] if each in _PASSWORDS), first)
    key = "host_key" if kind == "sftp" else first
    return {
        **dict.fromkeys(_BESIDE_PLACE, first),
        **dict.fromkeys(_BESIDE_PASSWORD, password),
        **dict.fromkeys(_BESIDE_KEY, key),
        **dict.fromkeys(_BESIDE_NAME, "name"),
    }


def what_is_wrong(kind: str, error: StillmineError | None) -> dict[str, str]:
    """Return an error as it stands beside its field; nothing where it stands beside none."""
    field_of = beside(kind)
    if error is None or error.code not in field_of:
        return {}
    return {field_of[error.code]: " ".join(trouble(error))}


def with_shown_key(typed: dict[str, str], error: StillmineError | None) -> dict[str, str]:
    """Return what was typed, with the key that an unknown computer showed in its field."""
    if not isinstance(error, UnknownHostKey):
        return typed
    return typed | {"host_key": str(error.facts.get("host_key", ""))}


def place_of(visit: Visit, kind: str) -> TypedPlace:
    """Return the place that was typed, as an address and a secret; or what is wrong with it."""
    typed: dict[str, str] = {
        # A space may belong to a password.
        name: visit.sent.first(name) if name in _PASSWORDS else visit.typed(name)
        for name in _FIELDS[kind]
    }
    empty = {each: say_text(WRONG["empty"]) for each in _NEEDED[kind] if not typed[each]}
    if empty:
        return TypedPlace(wrong=empty)
    try:
        url, secret = _MAKERS[kind](typed)
    except _Wrong as wrong:
        return TypedPlace(wrong={wrong.field: say_text(WRONG[wrong.key])})
    return TypedPlace(url, Secret(secret) if secret else None)


class _Wrong(Exception):
    """A field cannot be read as what it is; `key` is the sentence beside it."""

    def __init__(self, field: str, key: str) -> None:
        super().__init__(field)
        self.field, self.key = field, key


def _folder(typed: Mapping[str, str]) -> tuple[str, str]:
    try:
        folder = Path(typed["folder"]).expanduser()
    except RuntimeError as problem:  # `~name` of somebody who is not there
        raise _Wrong("folder", "folder") from problem
    if not folder.is_absolute():  # a page has no current folder
        raise _Wrong("folder", "folder")
    return str(folder), ""


def _webdav(typed: Mapping[str, str]) -> tuple[str, str]:
    url = webdav_address(typed["address"])
    if not url:
        raise _Wrong("address", "address")
    if bool(typed["user"]) != bool(typed["password"]):
        raise _Wrong("password" if typed["user"] else "user", "both")
    return url, f"{typed['user']}:{typed['password']}" if typed["user"] else ""


def _s3(typed: Mapping[str, str]) -> tuple[str, str]:
    if not _BUCKET.fullmatch(typed["bucket"]):
        raise _Wrong("bucket", "bucket")
    names = ("bucket", "inside", "endpoint", "region")
    return s3_address(*(typed[name] for name in names)), f"{typed['key_id']}:{typed['key']}"


def _sftp(typed: Mapping[str, str]) -> tuple[str, str]:
    host, login, port = typed["host"], typed["login"], typed["port"]
    if not _HOST.fullmatch(host):
        raise _Wrong("host", "host")
    if login and not _LOGIN.fullmatch(login):
        raise _Wrong("login", "login")
    if port and not (port.isascii() and port.isdigit() and 0 < int(port[:6]) <= _MOST_PORT):
        raise _Wrong("port", "port")
    more = {"host_key": typed["host_key"], "identity": typed["identity"]}
    return sftp_address(host, login, typed["path"], port, **more), typed["login_password"]


def _rclone(typed: Mapping[str, str]) -> tuple[str, str]:
    remote = typed["remote"].removesuffix(":")
    if not remote or ":" in remote or "/" in remote or remote.startswith("-"):
        raise _Wrong("remote", "remote")
    return f"rclone:{remote}:{typed['folder_there']}", ""


_MAKERS: Mapping[str, Callable[[Mapping[str, Any]], tuple[str, str]]] = {
    "folder": _folder,
    "webdav": _webdav,
    "s3": _s3,
    "sftp": _sftp,
    "rclone": _rclone,
}
