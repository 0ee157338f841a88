"""Somebody with a vault and a mail address that is theirs, and the service on loopback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from stillmine.watch.breaches import accounts, password
from stillmine.watch.names.own_name import Names, OwnName, Proof, keep_names
from tests.keep.conftest import Person, _quick, newcomer
from tests.servers.sites import Site
from tests.watch.watching import Watcher

__all__ = ["_quick", "newcomer"]
KEY = "00000000000000000000000000000000"  # the one that the service itself has for tests
OWN = "kim@mail.example"


@dataclass
class Asker(Watcher):
    """A person who has a key, and the site that answers them."""

    key: str = KEY
    site: Site = field(default_factory=Site)


@pytest.fixture
def asker(
    newcomer: Person, new_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> Asker:
    asker = Asker(newcomer.folder, site=new_site())
    asker.sets_up()
    with asker.vault(writing=True) as vault:
        now = asker.clock.isoformat()
        proven = OwnName("0a0a0a0a", "mail", OWN, "", now, Proof("mail", now))
        other = OwnName("0b0b0b0b", "mail", "sam@mail.example", "", now)
        keep_names(vault, Names((proven, other)))
    monkeypatch.setattr(password, "RANGES", asker.site.url("/range/"))
    monkeypatch.setattr(accounts, "ACCOUNTS", asker.site.url("/api/v3/breachedaccount/"))
    return asker
