"""Who runs a site is found out from a site and a registry on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from stillmine.act.case import forgetting
from stillmine.act.hosts.looking import HostAnswer, HostRequest, answer_of, host
from stillmine.act.hosts.seeing import Seen
from stillmine.app.actions import Outcome
from stillmine.app.network import chosen_way
from stillmine.errors import (
    AddressRefused,
    NotAWebAddress,
    NothingMayLeave,
    Stopped,
    UnknownCase,
    WrongUsage,
)
from stillmine.keep import settings
from tests.act.hosts.conftest import Scene
from tests.servers.sites import Request, Site
from tests.servers.socks import Socks


def look(scene: Scene, target: str = "/", **more: Any) -> HostAnswer:
    asked = {"rdap": scene.server, **more}
    return host(scene.person.context, HostRequest(scene.site.url(target), **asked))


def test_host_and_registrar_are_named_with_where_to_write(scene: Scene) -> None:
    found = look(scene)
    assert [(ask.part, ask.name, ask.mails) for ask in found.whom_to_ask] == [
        ("host", "Rack Seven B.V.", ("abuse@rack.example",)),
        ("registrar", "Good Names Ltd", ("abuse@names.example",)),
    ]
    assert all(ask.confirmed for ask in found.whom_to_ask)
    assert found.address == "127.0.0.1"
    assert found.domain == "leak.localhost"
    assert found.networks[0].source == scene.registry.url("/ip/127.0.0.1")
    assert (found.in_front, found.skipped, found.outcome) == ((), (), Outcome.DONE)


def test_only_the_front_door_is_knocked_at_and_never_the_page(scene: Scene) -> None:
    look(scene, "/gallery/anna?picture=7")
    assert [(asked.method, asked.target) for asked in scene.site.asked] == [("HEAD", "/")]


def test_the_site_is_left_alone_when_asked(scene: Scene) -> None:
    found = look(scene, without_site=True)
    assert scene.site.asked == []
    assert len(found.whom_to_ask) == 2


def test_who_stands_before_the_site_is_named_and_not_called_the_host(scene: Scene) -> None:
    scene.site.says("/", b"", ("CF-Ray", "8a7-AMS"))
    scene.registry.has_network("127.0.0.1", "CLOUDFLARENET", "Cloudflare, Inc.", "a@cf.example")
    found = look(scene)
    assert [front.name for front in found.in_front] == ["Cloudflare"]
    assert found.whom_to_ask[0].part == "front"
    assert [fact.fact for fact in found.how_to_report] == ["platforms/cloudflare"]


def test_a_registry_that_is_silent_stops_no_other_question(scene: Scene) -> None:
    scene.registry.says("/domain/leak.localhost", b"", ("Retry-After", "30"), status=429)
    found = look(scene)
    assert [(skip.what, skip.code) for skip in found.skipped] == [
        ("domain", "network.asked-too-often")
    ]
    assert "30" in " ".join(found.skipped[0].lines)
    assert found.whom_to_ask[0].name == "Rack Seven B.V."
    assert found.outcome is Outcome.GAPS


def test_a_platform_is_told_to_take_reports_itself() -> None:
    seen = Seen("www.instagram.com", "2026-11-22T12:00:00+00:00", addresses=("157.240.1.1",))
    found = answer_of(seen, date(2026, 11, 22))
    assert found.platform == "platforms/instagram"
    assert found.how_to_report[0].fact == "platforms/instagram"


def test_an_onion_site_has_no_registry_and_no_usual_mailbox(
    scene: Scene, new_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    tor = Socks(scene.site.port)
    monkeypatch.setenv("STILLMINE_PROXY", f"tor://127.0.0.1:{tor.port}")
    found = host(scene.person.context, HostRequest(f"http://{'a' * 56}.onion/", rdap=scene.server))
    assert scene.registry.asked == []
    assert found.whom_to_ask == ()
    assert [(skip.what, skip.code) for skip in found.skipped] == [("address", "act.address-hidden")]
    tor.close()


def test_a_site_that_is_away_is_still_looked_up(scene: Scene) -> None:
    scene.site.close()
    found = look(scene)
    assert [(skip.what, skip.code) for skip in found.skipped] == [("site", "network.cannot-reach")]
    assert len(found.whom_to_ask) == 2


def test_where_nobody_answers_nothing_was_found(scene: Scene) -> None:
    for target in ("/domain/leak.localhost", "/ip/127.0.0.1"):
        scene.registry.says(target, b"", status=404)
    found = look(scene)
    assert found.outcome is Outcome.NOTHING_FOUND
    assert [(ask.part, ask.confirmed) for ask in found.whom_to_ask] == [("site", False)]


def test_an_ending_without_such_a_registry_leads_to_the_registrys_own_page(scene: Scene) -> None:
    found = look(scene, rdap="", without_site=True)
    assert {skip.code for skip in found.skipped} == {"act.no-registry-server"}
    assert any("https://www.iana.org/domains/root/db/localhost.html" in line
               for skip in found.skipped for line in skip.lines)  # fmt: skip


def test_a_number_is_looked_up_as_a_number(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    places = os.environ["STILLMINE_ALLOW_LOOPBACK"]
    monkeypatch.setenv("STILLMINE_ALLOW_LOOPBACK", f"{places},127.0.0.1:{scene.site.port}")
    url = f"http://127.0.0.1:{scene.site.port}/x"
    found = host(scene.person.context, HostRequest(url, rdap=scene.server))
    assert found.domain is None
    assert [ask.part for ask in found.whom_to_ask] == ["host"]


@pytest.mark.parametrize("url", ["http://192.168.1.1/", "http://localhost/", "http://0x7f.1/"])
def test_a_private_place_is_refused_whole(url: str, scene: Scene) -> None:
    with pytest.raises(AddressRefused):
        host(scene.person.context, HostRequest(url, rdap=scene.server))
    assert scene.registry.asked == []


def test_what_is_no_site_is_no_site(scene: Scene) -> None:
    for typed in ("", "two words", "https://", "mailto:a@b.example"):
        with pytest.raises((NotAWebAddress, AddressRefused)):
            host(scene.person.context, HostRequest(typed))


def test_nothing_is_asked_without_a_yes(scene: Scene) -> None:
    scene.person.agrees = False
    with pytest.raises(NothingMayLeave):
        look(scene)
    assert scene.site.asked == scene.registry.asked == []


def test_a_look_stops_when_asked(scene: Scene) -> None:
    def ask_to_stop(line: Any, _asked: Request) -> None:
        scene.person.job.stop_asked = True
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")

    scene.site.does("/", ask_to_stop)
    with pytest.raises(Stopped):
        look(scene)
    assert scene.registry.asked == []


def test_what_was_found_is_kept_with_the_case_and_shown_again_without_asking(
    kept_scene: Scene,
) -> None:
    case = kept_scene.person.case()
    found = look(kept_scene, case=case)
    asked = len(kept_scene.registry.asked) + len(kept_scene.site.asked)
    kept_scene.person.agrees = False
    again = look(kept_scene, case=case, kept=True)
    assert asdict(again) == asdict(found)
    assert len(kept_scene.registry.asked) + len(kept_scene.site.asked) == asked
    (line,) = [
        event for event in kept_scene.person.show(case).timeline if "looked up" in str(event)
    ]
    assert "Rack Seven B.V." in str(line)
    assert "Good Names Ltd" in str(line)


def test_an_address_of_the_case_may_be_called_by_its_short_name(kept_scene: Scene) -> None:
    case = kept_scene.person.case()
    kept_scene.person.add(case, kept_scene.site.url("/gallery/1"))
    request = HostRequest("a1", case=case, rdap=kept_scene.server, without_site=True)
    assert host(kept_scene.person.context, request).site == "leak.localhost"
    kept = host(kept_scene.person.context, HostRequest("a1", case=case, kept=True))
    assert kept.site == "leak.localhost"
    assert kept.networks


def test_a_case_that_is_not_there_is_found_out_before_anybody_is_asked(kept_scene: Scene) -> None:
    with pytest.raises(UnknownCase):
        look(kept_scene, case="ffff")
    assert kept_scene.site.asked == kept_scene.registry.asked == []


def test_nothing_kept_is_nothing_found(kept_scene: Scene) -> None:
    case = kept_scene.person.case()
    assert look(kept_scene, case=case, kept=True).outcome is Outcome.NOTHING_FOUND
    with pytest.raises(WrongUsage):
        look(kept_scene, kept=True)


def test_a_forgotten_case_leaves_nothing_of_its_sites(kept_scene: Scene) -> None:
    case, other = kept_scene.person.case(), kept_scene.person.case()
    for each in (case, other):
        look(kept_scene, case=each)
    forgetting.forget(kept_scene.person.context, forgetting.ForgetCaseRequest(case))
    kept = kept_scene.person.looks(lambda vault: vault.records.all("host"))
    assert [name.split()[0] for name in kept] == [other]


def test_who_chose_tor_is_not_seen_without_it(
    kept_scene: Scene, new_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The setting is in the vault, and no case and no variable names it."""
    tor = Socks(kept_scene.site.port, resolves="93.184.215.14")
    wanted = settings.SettingsRequest("proxy", f"tor://127.0.0.1:{tor.port}")
    settings.settings(kept_scene.person.context, wanted)
    monkeypatch.setattr(chosen_way, "_chosen", {"way": ""})
    found = look(kept_scene)
    assert {asked[0] for asked in tor.asked} == {"leak.localhost", "localhost"}
    assert tor.resolved == ["leak.localhost"]
    assert found.addresses == ("93.184.215.14",)
    tor.close()


def test_the_command_says_beforehand_who_learns_what_and_gives_one_object(scene: Scene) -> None:
    command = [sys.executable, "-m", "stillmine", "--json", "act", "host", scene.site.url("/x")]
    done = subprocess.run(
        [*command, "--rdap", scene.server, "--yes"],
        capture_output=True,
        check=False,
        env={**os.environ, "STILLMINE_HOME": str(scene.person.folder / "none")},
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)["answer"]
    assert answer["whom_to_ask"][0]["mails"] == ["abuse@rack.example"]
    sends = json.loads(done.stderr.splitlines()[0])["sends"]
    assert "Your name server" in sends["to"]
    assert "which page" in sends["they_learn"]
