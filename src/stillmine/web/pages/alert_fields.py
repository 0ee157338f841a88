"""What the form of each way to be told asks for."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.app.network.alerts.writing import is_server

_SERVERS = ("server", "gateway")


@dataclass(frozen=True, slots=True)
class AlertField:
    """One field: its name, the key of its words, whether it is unseen, and may be left empty."""

    name: str
    words: str
    secret: bool = False
    optional: bool = False

    def fits(self, typed: str) -> bool:
        """Say whether what was typed can be this: a server is its name or number, no more."""
        return self.name not in _SERVERS or not typed or is_server(typed)


def fields_of(kind: str) -> tuple[AlertField, ...]:
    """Return the fields of a way to be told, in their order; none for the desktop."""
    return _FIELDS.get(kind, ())


_USER = AlertField("user", "user")
_PASSWORD = AlertField("password", "password", secret=True)
_SERVER = AlertField("server", "server")
_FIELDS = {
    "mail": (
        _SERVER,
        AlertField("user", "user", optional=True),
        AlertField("password", "password", secret=True, optional=True),
        AlertField("to", "to"),
    ),
    "ntfy": (
        AlertField("topic", "topic", secret=True),
        AlertField("server", "ntfy_server", optional=True),
    ),
    "gotify": (_SERVER, AlertField("token", "token", secret=True)),
    "matrix": (_SERVER, _USER, _PASSWORD, AlertField("room", "room")),
    "signal": (
        AlertField("gateway", "gateway"),
        AlertField("from", "from"),
        AlertField("number", "number"),
    ),
}
