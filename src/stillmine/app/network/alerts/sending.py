"""Hand a message over: through the door that knows the person's way out, and the one yes."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from stillmine.app.network.alerts.address import is_at_home, read_address, wrong
from stillmine.app.network.permit import Permit
from stillmine.app.network.web.door import Door, Refusal, open_door
from stillmine.app.network.web.way import Way, way_out
from stillmine.errors import (
    AddressRefused,
    AlertNeedsStraightWay,
    AlertNotSent,
    CannotReach,
    NotEncrypted,
    ProxyTrouble,
    StillmineError,
    ToolMissing,
)
from stillmine.messages import translate
from stillmine.messages.alerting import WHY_NOT_SENT

DESKTOP = "desktop"
_MODULE = "stillmine.app.network.alerts.child"
_SECONDS = 90.0
_MOST_ANSWER = 1 << 16
_MOST_BYTES = 4 << 20  # through the door, both ways together
# What a desktop is found by, and where programs are; nothing else of the environment is passed on.
_PASSED_ON = (
    "PATH", "LANG", "LC_ALL", "SYSTEMROOT", "SSL_CERT_FILE", "DISPLAY", "WAYLAND_DISPLAY",
    "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "HOME",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Channel:
    """Where an alert goes. `secure` says that the way there is encrypted.

    `at_home` marks the person's own service in a private network or on this computer.
    """

    kind: str
    host: str = ""
    port: int = 0
    secure: bool = True
    url: str = field(default="", repr=False)

    @property
    def at_home(self) -> bool:
        """Say whether it is the person's own service, close by."""
        return is_at_home(self.host)

    @property
    def place(self) -> str:
        """Return where it leads, without any secret: an address for a permit."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        scheme, usual = ("https", 443) if self.secure else ("http", 80)
        return f"{scheme}://{host}{'' if self.port == usual else f':{self.port}'}/"


@dataclass(frozen=True, slots=True)
class Message:
    """All that is said: one fixed sentence, and a word for who says it."""

    body: str
    sender: str


def find_out(url: str) -> Channel:
    """Return where an address leads. Nobody is asked.

    Raise WrongAlert, ToolMissing, and NotEncrypted where a way through the internet is not.
    """
    kind = read_address(url)
    orders = {"do": "look-at", "kind": kind, "url": url, "sender": "-", "allow": []}
    answer = _told(orders, _environment({}))
    if not answer["ok"]:
        why = answer["why"] if answer["why"] in ("address", "extras") else "address"
        raise wrong(why)
    found = Channel(kind, str(answer["host"]), int(answer["port"]), bool(answer["secure"]), url)
    if not found.secure and not found.at_home:
        raise NotEncrypted
    return found


def send(
    channel: Channel, permit: Permit | None, message: Message, *, way: Way | None = None
) -> None:
    """Send a message. Without a permit for the place, only the desktop can be told.

    Raise NothingMayLeave, AlertNotSent, AlertNeedsStraightWay, CannotReach, ProxyTrouble,
    AddressRefused, ToolMissing.
    """
    said = {"kind": channel.kind, "body": message.body, "sender": message.sender}
    if channel.kind == DESKTOP:
        _require_done(_told({"do": "show", "allow": [], **said}, _environment({})))
        return
    if permit is None:
        raise _not_sent("refused")
    permit.check(channel.place)
    way = way_out() if way is None else way
    orders = {"do": "send", "url": channel.url, **said}
    if channel.at_home or channel.kind == "mail":
        if channel.kind == "mail" and way.kind != "direct" and not channel.at_home:
            raise AlertNeedsStraightWay(kind="mail")
        # Its own network, or a server for mail: called straight, and nothing else can be.
        allow = [[channel.host.strip("[]"), channel.port]]
        straight = _environment({"NO_PROXY": "*", "no_proxy": "*"})
        _require_done(_told({"allow": allow, **orders}, straight))
        return
    with open_door(permit, way=way, limit_bytes=_MOST_BYTES) as door:
        allow = [["127.0.0.1", door.port]]
        answer = _told({"allow": allow, **orders}, _environment(_through(door)))
        _require_done(answer, door.refused, way)


def _through(door: Door) -> dict[str, str]:
    login = f"{door.user}:{quote(door.password, safe='')}"
    proxy = f"http://{login}@127.0.0.1:{door.port}"
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    both = {spelled: proxy for name in names for spelled in (name, name.lower())}
    return {**both, "NO_PROXY": "", "no_proxy": ""}


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    if "SSL_CERT_FILE" in kept:
        kept["REQUESTS_CA_BUNDLE"] = kept["SSL_CERT_FILE"]
    # Other programs' passwords for the same host are none of this one's business.
    return {**kept, "NETRC": os.devnull, **more}


def _told(orders: dict[str, Any], environment: dict[str, str]) -> dict[str, Any]:
    if importlib.util.find_spec("apprise") is None:
        raise ToolMissing(tool="apprise")
    with _child(environment) as process:
        try:
            answer, _ = process.communicate(json.dumps(orders).encode() + b"\n", _SECONDS)
        except subprocess.TimeoutExpired:
            return {"ok": False, "why": "slow"}
    try:
        found = json.loads(answer[:_MOST_ANSWER])
    except ValueError:
        return {"ok": False, "why": "refused"}
    return found if isinstance(found, dict) and "ok" in found else {"ok": False, "why": "refused"}


@contextlib.contextmanager
def _child(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(  # noqa: S603 - our own module, no shell, no outside input
        [sys.executable, "-P", "-m", _MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _require_done(
    answer: dict[str, Any], refused: tuple[Refusal, ...] = (), way: Way | None = None
) -> None:
    if answer["ok"]:
        return
    for each in refused:
        raise _problem(each, way)
    raise _not_sent(str(answer.get("why")))


def _problem(refusal: Refusal, way: Way | None) -> StillmineError:
    """Return what kept the door from opening, which says more than that nothing got through."""
    host = refusal.url.rpartition("://")[2].strip("/")
    if refusal.code == ProxyTrouble.code:
        return ProxyTrouble(proxy=way.named if way else "", reason=refusal.reason)
    if refusal.code == AddressRefused.code:
        return AddressRefused(host=host, reason=refusal.reason)
    if refusal.code == CannotReach.code:
        return CannotReach(host=host, reason=refusal.reason)
    return _not_sent("refused")


def _not_sent(reason: str) -> AlertNotSent:
    reason = reason if reason in WHY_NOT_SENT else "refused"
    return AlertNotSent(reason=reason, why=translate(WHY_NOT_SENT[reason]))
