"""A real SearXNG on loopback, asked as somebody's own is.

It is published as source only, under the AGPL, so it is no part of what the scripts install. Where
there is a checkout with its requirements in a `.venv` of its own, `STILLMINE_SEARXNG` names it:

    git clone https://github.com/searxng/searxng && cd searxng
    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt
    STILLMINE_SEARXNG=$PWD pytest -m slow tests/watch/test_real_searxng.py

Its engines ask a site of the test, so that no word leaves this computer. Last run with 9fea412.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stillmine.app.network import Permit
from stillmine.app.network.web import fetch
from stillmine.watch.places import kinds
from stillmine.watch.places.kind import Ask, Found, Place, Problem, Reply
from tests.servers.process import ServerProcess, free_port
from tests.servers.sites import Site

pytestmark = pytest.mark.slow
_SETTINGS = """
use_default_settings: {{engines: {{keep_only: []}}}}
general: {{debug: false, enable_metrics: false}}
search: {{formats: [{formats}]}}
server: {{port: {port}, bind_address: 127.0.0.1, secret_key: of-a-test, limiter: false}}
engines:
  - {{name: pages, engine: json_engine, shortcut: pp, categories: [general], enable_http: true,
     search_url: "{site}/pages?q={{query}}", results_query: results, url_query: url,
     title_query: title, content_query: title}}
  - {{name: cara, engine: cara, shortcut: cc, base_url: "{site}", images_url: "{site}",
     enable_http: true}}
"""


@pytest.fixture
def site(new_site: Callable[..., Site]) -> Site:
    site = new_site("127.0.0.1")
    json_type = ("Content-Type", "application/json")
    pages = [{"url": site.url(f"/thread/{number}"), "title": "words"} for number in (1, 2)]
    site.says("/pages", json.dumps({"results": pages}).encode(), json_type)
    images = [{"src": "p/small.jpg", "isCoverImg": True}, {"src": "p/1.jpg", "isCoverImg": False}]
    post = {"id": "7", "title": "words", "content": "", "name": "x", "images": images}
    site.says("/api/search/portfolio-posts", json.dumps([post]).encode(), json_type)
    return site


@pytest.fixture
def searxng(
    request: pytest.FixtureRequest, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    checkout = os.environ.get("STILLMINE_SEARXNG")
    if not checkout:
        pytest.skip("STILLMINE_SEARXNG names no checkout of SearXNG")
    port = free_port()
    settings = tmp_path / "settings.yml"
    place = site.url("").rstrip("/")
    settings.write_text(_SETTINGS.format(formats=request.param, port=port, site=place))
    python = Path(checkout) / ".venv/bin/python"
    environment = {"SEARXNG_SETTINGS_PATH": str(settings), "PYTHONPATH": checkout}
    command = [str(python), "-m", "searx.webapp"]
    server = ServerProcess(command, port, tmp_path / "log", environment)
    allowed = f"{os.environ['STILLMINE_ALLOW_LOOPBACK']},127.0.0.1:{port}"
    monkeypatch.setenv("STILLMINE_ALLOW_LOOPBACK", allowed)
    yield f"http://127.0.0.1:{port}/"
    server.stop()


def _answers(at: str) -> dict[str, Found]:
    """Return what each question of the place is answered with."""
    place = kinds.checked(Place("1", "searxng", "my handle", {"at": at}))
    return {ask.note: kinds.read(place, _reply(ask)) for ask in kinds.first(place)}


def _reply(ask: Ask) -> Reply:
    permit = Permit.for_page("watch.look", ask.url)
    said = fetch(permit, ask.url, headers=ask.headers, at_home=True)
    return Reply(ask, said.url, said.status, said.header("content-type"), said.body)


@pytest.mark.parametrize("searxng", ["html, json"], indirect=True)
def test_what_a_real_searxng_answers_is_understood(searxng: str, site: Site) -> None:
    answers = _answers(searxng)
    shown = answers["images 1"].shown
    assert [(each.picture, each.page) for each in shown] == [
        (site.url("/p/1.jpg"), site.url("/post/7"))
    ]
    assert shown[0].preview.startswith(site.url("/p/small.jpg"))
    pages = {ask.url for ask in answers["general 1"].more}
    assert pages == {site.url("/thread/1"), site.url("/thread/2")}
    asked = [each.target for each in site.asked]
    assert all("my+handle" in target or "my%20handle" in target for target in asked)


@pytest.mark.parametrize("searxng", ["html"], indirect=True)
def test_a_real_searxng_as_it_comes_says_that_it_gives_no_json(searxng: str) -> None:
    assert {found.problem for found in _answers(searxng).values()} == {Problem.NO_JSON}
