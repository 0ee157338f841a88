"""Somebody with a vault, two sites, a server of the fediverse, and a mail provider, on loopback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from stillmine.watch.names import profile
from tests.keep.conftest import Person, _quick, newcomer
from tests.servers.sites import Site
from tests.watch.names.naming import Namer, Provider, in_place_of, servers

__all__ = ["_quick", "newcomer"]


@pytest.fixture(scope="session")
def provider_key() -> rsa.RSAPrivateKey:
    """Give the key of a mail provider."""
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture
def namer(newcomer: Person, tmp_path: Path) -> Namer:
    """Give a person with an empty vault, for whom no site is there."""
    desk = tmp_path / "desk"
    desk.mkdir()
    # Signatures are made with the time that it is.
    namer = Namer(newcomer.folder, clock=datetime.now(UTC).replace(microsecond=0), desk=desk)
    namer.sets_up()
    return namer


@pytest.fixture
def online(
    namer: Namer,
    new_site: Callable[..., Site],
    provider_key: rsa.RSAPrivateKey,
    monkeypatch: pytest.MonkeyPatch,
) -> Namer:
    """Give the same person with sites, a server, and a provider that signs."""
    monkeypatch.setattr(profile, "_PAUSE", 0.0)
    for at in ("github", "codeberg"):
        in_place_of(monkeypatch, namer, at, new_site())
    namer.sites["fediverse"], resolver = new_site(), new_site()
    servers(monkeypatch, namer.sites["fediverse"], resolver)
    namer.provider = Provider(resolver, provider_key)
    namer.provider.publishes(namer.clock)
    return namer
