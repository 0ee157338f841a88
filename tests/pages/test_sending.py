"""A sealed file goes from one person's browser to another's, through real servers on loopback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stillmine.messages.pages_frame import FRAME
from stillmine.messages.pages_ground import GROUND
from stillmine.messages.pages_inspecting import OPENED, SEALED
from stillmine.messages.pages_passing import RECEIVE, SEND
from stillmine.share import seal
from stillmine.share.seal import seal_with_passphrase
from tests.pages.browsing import Person, judged
from tests.pages.test_inspecting import saves, waits
from tests.pages.test_opening_sealed import PICTURE, WORDS
from tests.share.conftest import sealed
from tests.share.test_wormhole import Servers, servers

__all__ = ["servers"]
_CODE = re.compile(r"\b\d+(?:-[a-z]+){3}\b")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "WORK_FACTOR", 8)


@pytest.fixture
def content() -> bytes:
    return sealed(seal_with_passphrase(WORDS, page=False), PICTURE)


def names_servers(person: Person, servers: Servers) -> None:
    person.page.locator("summary", has_text=SEND["servers"]).click()
    person.page.fill("#mailbox", servers.mailbox)
    person.page.fill("#relay", servers.relay)


def begins_to_send(person: Person, content: bytes, servers: Servers) -> None:
    """Choose a file, say yes, and come to the page that tells the code."""
    person.goes_to("send")
    names_servers(person, servers)
    payload = {"name": "k7.age", "mimeType": "application/octet-stream", "buffer": content}
    person.page.set_input_files("#file", payload)  # type: ignore[arg-type]  # as it is typed
    person.clicks(SEND["go"])
    person.clicks(GROUND["send_yes"])


def code_of(person: Person) -> str:
    said = person.page.locator("#said p").first
    said.wait_for(timeout=60_000)
    found = _CODE.search(said.inner_text())
    assert found, said.inner_text()
    return found[0]


def test_a_file_goes_over_and_is_opened_on_the_other_side(
    opens, servers, content, tmp_path: Path, full
):
    ada, bo = opens(tmp_path / "ada"), opens(tmp_path / "bo")
    ada.goes_to("send")
    judged(ada, "send", full=full)
    ada.clicks(SEND["go"])
    assert ada.page.locator("#file-wrong").inner_text() == SEND["none"]
    names_servers(ada, servers)
    payload = {"name": "k7.age", "mimeType": "application/octet-stream", "buffer": content}
    ada.page.set_input_files("#file", payload)  # type: ignore[arg-type]  # as it is typed
    ada.clicks(SEND["go"])
    assert ada.heading() == GROUND["send_ask"]
    assert ada.sees(servers.mailbox)
    assert not ada.door.works.all()
    judged(ada, "send-yes", full=full)
    ada.clicks(GROUND["send_yes"])
    code = code_of(ada)
    judged(ada, "send-code", full=full)
    bo.goes_to("rooms")
    bo.page.locator("a.choice", has_text="Hand over from computer to computer").click()
    judged(bo, "receive", full=full)
    names_servers(bo, servers)
    bo.page.fill("#code", code.upper().replace("-", " "))
    bo.clicks(RECEIVE["go"])
    assert bo.heading() == GROUND["send_ask"]
    bo.clicks(GROUND["send_yes"])
    waits(bo)
    assert bo.heading() == RECEIVE["title_came"]
    judged(bo, "received", full=full)
    waits(ada)
    assert ada.heading() == SEND["sent"]
    judged(ada, "sent", full=full)
    name, came = saves(bo, RECEIVE["save"])
    assert came == content
    assert re.fullmatch(r"[a-z0-9]{10}\.age", name)
    bo.clicks(RECEIVE["open"])
    assert bo.sees(SEALED["here"])
    bo.page.fill("[name=handover-passphrase]", WORDS)
    bo.clicks(SEALED["go"])
    assert bo.heading() == OPENED["title"]
    for person in (ada, bo):
        assert not person.door.home.exists()


def test_the_waiting_is_stopped_and_nothing_goes_over(
    opens, servers, content, tmp_path: Path, full
):
    ada = opens(tmp_path / "ada")
    begins_to_send(ada, content, servers)
    code_of(ada)
    ada.clicks(FRAME["work_stop"])
    ada.page.locator("#heading", has_text=FRAME["work_stopped"]).wait_for()
    judged(ada, "send-stopped", full=full)


def test_what_is_not_sealed_does_not_leave(opens, servers, tmp_path: Path):
    ada = opens(tmp_path / "ada")
    begins_to_send(ada, b"\xff\xd8\xff a picture", servers)
    ada.page.locator("#heading", has_text=FRAME["work_failed"]).wait_for()
    assert ada.page.locator("#said p").count() == 0


def test_what_is_no_code_is_said_beside_the_field_before_anything_leaves(newcomer, full):
    newcomer.goes_to("receive")
    newcomer.clicks(RECEIVE["go"])
    assert newcomer.page.locator("#code-wrong").count() == 1
    newcomer.page.fill("#code", "no code at all")
    newcomer.clicks(RECEIVE["go"])
    assert newcomer.page.locator("#code-wrong").count() == 1
    assert newcomer.page.locator("#code").input_value() == "no code at all"
    judged(newcomer, "receive-wrong", full=full)
    assert not newcomer.door.works.all()


def test_without_scripts_the_code_is_on_the_page_that_says_how_far_it_is(
    opens, servers, content, tmp_path: Path
):
    ada = opens(tmp_path / "ada", java_script_enabled=False)
    begins_to_send(ada, content, servers)
    for _ in range(100):
        if ada.page.locator("#said p").count():
            break
        ada.page.wait_for_timeout(100)
        ada.clicks(FRAME["work_see"])
    assert code_of(ada)
    ada.clicks(FRAME["work_stop"])
