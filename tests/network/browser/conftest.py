"""A real browser, and sites with certificates of their own, on this computer alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from stillmine.app.network.browser import Captured, Level, capture_page
from stillmine.app.network.permit import Permit
from tests.counterparts import need
from tests.network.browser.site import Site, make_certificate, open_site


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def site(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    need("chromium")
    with open_site(certificate) as site:
        monkeypatch.setenv("STILLMINE_ALLOW_LOOPBACK", site.place)
        yield site


Capture = Callable[..., Captured]


@pytest.fixture
def capture() -> Capture:
    def take(url: str, level: Level = "full", **more: Any) -> Captured:
        return capture_page(Permit.for_page("act.capture", url), url, level=level, **more)

    return take
