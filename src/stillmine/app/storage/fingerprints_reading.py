"""Read by what the items are recognised while the vault is locked: with the watch key, and no more.

Nothing is written and nothing healed: who has only this key could not make anything anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from stillmine.app.home import Home
from stillmine.app.storage import fingerprint_rows as rows
from stillmine.app.storage.database import Database
from stillmine.app.storage.epoch import epoch_numbers
from stillmine.app.storage.fingerprint_rows import NAME, VERSION, WHAT
from stillmine.app.storage.fingerprints import Known
from stillmine.errors import VaultBusy


def read_fingerprints(home: Home, watch_key: bytes, epoch: int) -> Iterator[Known]:
    """Yield every item's number, the seconds (None for a still) and the fingerprint.

    All of one item come together. Nothing comes where nothing was kept yet, or by another version
    of the program: then the next unlocked run makes it. Raises VaultBusy where another run writes,
    or where the vault has got other keys since, and VaultDamaged, also on the way.
    """
    if epoch_numbers(home.keys)[-1] != epoch:
        raise VaultBusy
    path = home.watch / NAME
    if not path.exists() or path.stat().st_size == 0:
        return
    database = Database(path, watch_key, what=WHAT)
    try:
        if database.version != VERSION:
            return
        query = "SELECT item FROM source WHERE problem IS NULL ORDER BY item"
        for (item,) in database.rows(query):
            for seconds, fingerprint in rows.samples(database, item):
                yield item, seconds, fingerprint
    finally:
        database.close()
