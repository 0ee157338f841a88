"""The reference's reader and matcher of vPDQ (`threatexchange`), without its hasher.

The hasher is a library of its own, `vpdq`, which is built against the FFmpeg of the computer and
has no wheels. `threatexchange` imports it for two names only, which reading and matching never use,
so that where it is missing an empty module stands in for it. What ours hashes is compared with the
hasher's own test vector in `tests/likeness/test_standard.py`.
"""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

if importlib.util.find_spec("vpdq") is None:
    hasher = ModuleType("vpdq")
    hasher.VpdqFeature = object  # type: ignore[attr-defined]  # named in an annotation over there
    sys.modules["vpdq"] = hasher

from threatexchange.extensions.vpdq.vpdq import VPDQSignal

__all__ = ["VPDQSignal"]
