"""The process that hands one message to Apprise, and reaches the one place that it may.

Apprise is a large library that reads addresses its own way, so it gets a process of its own, with a
guard that no library can take away: an audit hook (PEP 578) ends every attempt to look up or to
call another place. It is told what to do in one line of JSON on standard input, and answers in one.
"""

from __future__ import annotations

import importlib
import json
import logging
import shutil
import socket
import subprocess
import sys
from typing import Any

from stillmine.app.process import take_plain_name

_MOST = 1 << 16
_SECONDS = 20
# Apprise's own classes, one by one: no other of its services is even loaded.
_PLUGINS = {
    "mail": ("email", "NotifyEmail"),
    "ntfy": ("ntfy", "NotifyNtfy"),
    "gotify": ("gotify", "NotifyGotify"),
    "matrix": ("matrix", "NotifyMatrix"),
    "signal": ("signal_api", "NotifySignalAPI"),
}
_DESKTOP = {
    "linux": ("dbus", "NotifyDBus", "dbus://"),
    "darwin": ("macosx", "NotifyMacOSX", "macosx://"),
    "win32": ("windows", "NotifyWindows", "windows://"),
}
_SCRIPT = ("on run argv", "display notification (item 1 of argv)", "end run")


class _Refused(Exception):
    """Something is not as it has to be; the word says what."""


def main() -> None:
    """Do as the line says, and answer."""
    orders = json.loads(sys.stdin.buffer.readline(_MOST))
    logging.disable(logging.CRITICAL)  # what a library logs may hold the person's address
    _be_nobody()
    _guard(tuple((str(host), int(port)) for host, port in orders["allow"]))
    try:
        answer = {"ok": True, **_DO[orders["do"]](orders)}
    except _Refused as problem:
        answer = {"ok": False, "why": str(problem)}
    except Exception as problem:  # noqa: BLE001  a library's own troubles are an answer like others
        answer = {"ok": False, "why": "refused", "kind": type(problem).__name__}
    sys.stdout.write(json.dumps(answer) + "\n")


def _be_nobody() -> None:
    """Keep the computer's own name out of what mail servers are told (RFC 5321, 4.1.3)."""
    socket.getfqdn = lambda *_: "[127.0.0.1]"
    socket.gethostname = lambda: "localhost"


def _guard(allowed: tuple[tuple[str, int], ...]) -> None:
    hosts = {host for host, _ in allowed}
    ports = {port for _, port in allowed}

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect":
            goal = arguments[1]
            # A name here stands for a socket file of this computer, as the desktop has one.
            if isinstance(goal, tuple) and goal[1] not in ports:
                raise PermissionError("another place")
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            if _text(arguments[0]) not in hosts:
                raise PermissionError("another name")
        elif event in ("socket.sendto", "socket.sendmsg", "socket.gethostbyaddr"):
            raise PermissionError("another way")

    sys.addaudithook(hook)


def _text(host: object) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)


def _plugin(orders: dict[str, Any], module: str, name: str, url: str) -> Any:
    """Return what sends, made from an address; None where Apprise makes nothing of it."""
    from apprise import AppriseAsset
    from apprise.exception import AppriseException

    asset = AppriseAsset(
        app_id=orders["sender"],
        app_desc=orders["sender"],
        app_url="",
        image_url_mask="",
        image_url_logo="",
        image_path_mask="",
        secure_logging=True,
        storage_mode="memory",
    )
    kind = getattr(importlib.import_module(f"apprise.plugins.{module}"), name)
    # As Apprise does before it takes an address apart: rooms of Matrix begin with this sign.
    read = kind.parse_url(url.replace("/#", "/%23")) if kind.enabled else None
    try:
        return kind(**{**read, "asset": asset}) if read else None
    except (AppriseException, TypeError):
        return None


def _look_at(orders: dict[str, Any]) -> dict[str, Any]:
    """Say where an address leads, as Apprise itself reads it."""
    kind = orders["kind"]
    found = _plugin(orders, *_PLUGINS[kind], orders["url"])
    if found is None:
        raise _Refused("address")
    if kind == "ntfy" and not found.topics:
        raise _Refused("address")
    if getattr(found, "attach", None) or not getattr(found, "verify_certificate", True):
        raise _Refused("extras")
    if kind == "mail":
        secure = str(getattr(found.secure_mode, "value", found.secure_mode)) != "insecure"
        return _place(found.smtp_host, found.port or (587 if secure else 25), secure)
    if kind == "ntfy" and found.mode == "cloud":
        return _place("ntfy.sh", 443, True)
    return _place(found.host, found.port or (443 if found.secure else 80), found.secure)


def _place(host: object, port: object, secure: object) -> dict[str, Any]:
    if not isinstance(host, str) or not host or not isinstance(port, int):
        raise _Refused("address")
    return {"host": host, "port": port, "secure": bool(secure)}


def _send(orders: dict[str, Any]) -> dict[str, Any]:
    from apprise import NotifyFormat, NotifyType

    found = _plugin(orders, *_PLUGINS[orders["kind"]], orders["url"])
    if found is None:
        raise _Refused("address")
    # The subject of a mail is what a mail shows first; elsewhere there is nothing but the message.
    title = orders["sender"] if orders["kind"] == "mail" else ""
    sent = found.notify(
        body=orders["body"],
        title=title,
        notify_type=NotifyType.INFO,
        body_format=NotifyFormat.TEXT,
    )
    if not sent:
        raise _Refused("refused")
    return {}


def _show(orders: dict[str, Any]) -> dict[str, Any]:
    """Show a notice on the desktop: by Apprise, else by the system's own program for it."""
    from apprise import NotifyType

    desktop = _DESKTOP.get(sys.platform)
    found = _plugin(orders, *desktop) if desktop else None
    if found is not None and found.notify(
        body=orders["body"], title=orders["sender"], notify_type=NotifyType.INFO
    ):
        return {}
    for command in _programs(orders["sender"], orders["body"]):
        if shutil.which(command[0]) and _worked(command):
            return {}
    raise _Refused("desktop")


def _programs(sender: str, body: str) -> tuple[tuple[str, ...], ...]:
    if sys.platform == "darwin":
        lines = [part for line in _SCRIPT for part in ("-e", line)]
        return (("osascript", *lines, body),)
    return (("notify-send", f"--app-name={sender}", "--", body),)


def _worked(command: tuple[str, ...]) -> bool:
    try:
        done = subprocess.run(  # noqa: S603  fixed programs and our own fixed words
            command, capture_output=True, stdin=subprocess.DEVNULL, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


_DO = {"look-at": _look_at, "send": _send, "show": _show}

if __name__ == "__main__":
    take_plain_name()
    main()
