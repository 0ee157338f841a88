"""A site with a registry on loopback, and somebody who asks about it, with or without a vault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.act.case.conftest import Person
from tests.act.case.conftest import person as person  # the same person as in the tests of cases
from tests.servers.registries import Registry
from tests.servers.sites import Site


@dataclass
class Scene:
    """A site that somebody runs, the registry that knows them, and a person who has no vault."""

    site: Site
    registry: Registry
    person: Person

    @property
    def server(self) -> str:
        """The RDAP server to ask."""
        return self.registry.url("")


@pytest.fixture
def scene(tmp_path: Path, registry: Registry, new_site: Callable[..., Site]) -> Scene:
    """Give a site at leak.localhost, in a network and with a name that the registry knows."""
    site = new_site("leak.localhost")
    site.says("/", b"", ("Server", "nginx"))
    registry.has_domain("leak.localhost", "Good Names Ltd", "abuse@names.example")
    registry.has_network("127.0.0.1", "RACK-7", "Rack Seven B.V.", "abuse@rack.example")
    return Scene(site, registry, Person(tmp_path / "none", agrees=True))


@pytest.fixture
def kept_scene(scene: Scene, person: Person) -> Scene:
    """Give the same to a person who has a vault."""
    person.agrees = True
    scene.person = person
    return scene
