"""Visit a page in a browser that is thrown away afterwards, and bring back what it was."""

from __future__ import annotations

from stillmine.app.network.browser.captured import (
    Captured,
    Certificate,
    DnsAnswer,
    Exchange,
    Level,
    Refused,
)

__all__ = ["Captured", "Certificate", "DnsAnswer", "Exchange", "Level", "Refused"]
