"""Read the address of a backup place, and refuse one that carries a password."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from urllib.parse import parse_qsl, unquote, urlsplit

from stillmine.errors import NotABackupPlace, NotEncrypted, SecretInUrl

_OPTIONS = MappingProxyType(
    {
        "s3": frozenset({"endpoint", "region"}),
        "sftp": frozenset({"host-key", "known-hosts", "identity"}),
        "dav": frozenset[str](),
        "davs": frozenset[str](),
    }
)
_OTHER_NAMES = MappingProxyType({"webdav": "dav", "webdavs": "davs", "webdav+https": "davs"})


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of a backup address. `kind` is folder, s3, sftp, dav, davs or rclone."""

    kind: str
    host: str
    port: int | None
    user: str | None
    path: str
    options: MappingProxyType[str, str]

    def option(self, name: str) -> str | None:
        """Return one `?name=value` of the address, if it was given."""
        return self.options.get(name)


def read_address(url: str) -> Address:
    """Take an address apart.

    Raises SecretInUrl if it holds a password, NotABackupPlace if it cannot be understood.
    """
    if url.startswith("rclone:"):
        return _plain("rclone", url.removeprefix("rclone:"))
    if "://" not in url:
        return _plain("folder", url)
    if url.startswith("file:"):
        return _plain("folder", _local_path(unquote(urlsplit(url).path)))
    try:
        return _remote(url)
    except ValueError as cause:
        raise NotABackupPlace(reason="address") from cause


def endpoint_of(url: str) -> str:
    """Return the address of the machine that is really asked: S3 names it in an option."""
    if not url.startswith("s3:"):
        return url
    address = read_address(url)
    region = address.option("region") or "us-east-1"
    return address.option("endpoint") or f"https://s3.{region}.amazonaws.com"


def require_encrypted(url: str) -> None:
    """Raise NotEncrypted for plain http, unless it stays inside this computer."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise NotEncrypted(host=parts.hostname or "")


def is_loopback(host: str) -> bool:
    """Tell whether a host name means this computer itself, without asking a name server."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def folder_of(address: Address) -> Path:
    """Return the folder that an address of kind folder names."""
    return Path(address.path).expanduser()


def _local_path(path: str) -> str:
    return path.removeprefix("/") if sys.platform == "win32" else path


def _plain(kind: str, path: str) -> Address:
    return Address(kind, "", None, None, path, MappingProxyType({}))


def _remote(url: str) -> Address:
    parts = urlsplit(url)
    kind = _OTHER_NAMES.get(parts.scheme, parts.scheme)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if parts.password is not None or (kind != "sftp" and parts.username is not None):
        raise SecretInUrl(kind=kind)
    if kind not in _OPTIONS or parts.fragment or not parts.hostname:
        raise NotABackupPlace(reason="address")
    if options.keys() - _OPTIONS[kind]:
        raise NotABackupPlace(reason="option")
    if urlsplit(options.get("endpoint", "")).username is not None:
        raise SecretInUrl(kind=kind)
    host = parts.netloc if kind == "s3" else parts.hostname
    path = unquote(parts.path)
    return Address(kind, host, parts.port, parts.username, path, MappingProxyType(options))
