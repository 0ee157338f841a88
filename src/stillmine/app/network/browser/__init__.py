"""Visit a page in a browser that is thrown away afterwards, and bring back what it was."""

from __future__ import annotations

from stillmine.app.network.browser.captured import (
    Captured,
    Certificate,
    Exchange,
    Level,
    Refused,
)
from stillmine.app.network.browser.capturing import address_to_visit, capture_page

__all__ = [
    "Captured",
    "Certificate",
    "Exchange",
    "Level",
    "Refused",
    "address_to_visit",
    "capture_page",
]
