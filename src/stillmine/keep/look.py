"""Look at an item: a picture of it that a screen can show, made in memory and kept nowhere."""

from __future__ import annotations

from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.imaging import Decoder

SIDE = 1600
"""The longest side in pixels: enough for a screen."""


def look_at(context: Context, name: str, decoder: Decoder) -> bytes | None:
    """Return an upright JPEG of an item: of its first frame or page, where it has several.

    No action, because the answer of an action is printed, and pixels are nothing to print. The
    file is decoded in the limited child and drawn anew, so that no bytes that a stranger could
    have shaped reach a browser. None where there is nothing to see. Raises UnknownItem, and what
    opening the vault raises.
    """
    with unlocked(context) as vault:
        item = vault.item(name)
        with vault.open_item(item) as (_header, content):
            return decoder.thumbnail(content, side=SIDE)
