"""The way out that the person chose, for the whole process, so that no action can forget it.

It is set when the vault is opened, which holds the setting. The variable `STILLMINE_PROXY` comes
before it, for one run or where there is no vault.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

VARIABLE = "STILLMINE_PROXY"
_chosen = {"way": ""}


def choose(way: str) -> None:
    """Take this way from now on; nothing means straight out."""
    _chosen["way"] = way


def chosen(environment: Mapping[str, str] = os.environ) -> str:
    """Return the way in force, as text that `web.read_way` reads."""
    return environment.get(VARIABLE) or _chosen["way"]
