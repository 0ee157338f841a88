"""Make the codes that the person puts where only they can."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from stillmine.watch.names.own_name import Code

# Without signs that look alike. Four groups of five are 98 bits: nobody can have put one before.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _EACH = 4, 5
MOST_TRIES = 10


def new_code(now: datetime) -> Code:
    """Return a code that was never given before."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_EACH)) for _ in range(_GROUPS))
    return Code(f"stillmine-{'-'.join(groups)}", now.astimezone(UTC).isoformat(timespec="seconds"))
