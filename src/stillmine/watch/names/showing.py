"""Say kindly why something does not show control, and what else would."""

from __future__ import annotations

from stillmine.errors import NotShown
from stillmine.messages import fill, translate
from stillmine.messages.names import NOT_SHOWN


def not_shown(reason: str, **facts: str) -> NotShown:
    """Return the error that says why control was not shown, and what to do."""
    why, hint = NOT_SHOWN[reason]
    return NotShown(
        reason=reason, why=fill(translate(why), facts), hint=fill(translate(hint), facts)
    )
