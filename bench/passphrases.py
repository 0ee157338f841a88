"""Tell a wrong passphrase from a damaged slot, many times; `flips.py` runs it.

The slots have a low scrypt work factor: what is looked at is not how long a try takes.
"""

from __future__ import annotations

import collections
import random
from pathlib import Path

from measuring import print_table

from stillmine.app.home import Home
from stillmine.app.storage import slots
from stillmine.app.storage.creating import create_vault
from stillmine.app.storage.opening import unlock
from stillmine.app.storage.slots import Way, WayIn
from stillmine.errors import StillmineError, VaultDamaged, WrongPassphrase


def told_apart(folder: Path, times: int, chance: random.Random) -> int:
    """Open slots with wrong passphrases and damaged slots with right ones; count confusions."""
    home, right = Home(folder / "phrases"), "correct horse battery"
    create_vault(home, [WayIn.by_passphrase(right, 2)])
    slot = slots.slot_path(home.slots, Way.PASSPHRASE)
    twin = slot.with_name(slot.name + ".twin")
    whole = slot.read_bytes()
    confused: collections.Counter[str] = collections.Counter()
    for number in range(times):
        damaged = bytearray(whole)
        bit = chance.randrange(len(whole) * 8)
        damaged[bit // 8] ^= 1 << bit % 8
        confused["wrong"] += _ends(home, f"{right} {number}") != WrongPassphrase.code
        slot.write_bytes(damaged)
        confused["one copy"] += _ends(home, right) != "open"
        confused["one copy, wrong"] += _ends(home, f"{right} {number}") != WrongPassphrase.code
        twin.write_bytes(damaged[: chance.randrange(len(damaged))])
        confused["both copies"] += _ends(home, right) != VaultDamaged.code
        for path in (slot, twin):
            path.write_bytes(whole)
    rows = [
        ("wrong passphrase", times, confused["wrong"]),
        ("right one, one copy damaged: opens", times, confused["one copy"]),
        ("wrong one, one copy damaged: wrong", times, confused["one copy, wrong"]),
        ("right one, both copies damaged: damage", times, confused["both copies"]),
    ]
    print_table(("passphrase", "tries", "confused"), rows)
    return sum(confused.values())


def _ends(home: Home, passphrase: str) -> str:
    try:
        unlock(home, WayIn.by_passphrase(passphrase, 2))
    except StillmineError as problem:
        return problem.code
    return "open"
