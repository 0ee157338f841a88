"""Own names on the pages: nobody is searched for whose name was not shown to be one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from stillmine.app.actions import Secret
from stillmine.watch.names import profile
from tests.pages.browsing import Person, judged
from tests.pages.conftest import PHRASE
from tests.servers.sites import Site
from tests.watch.names.naming import (
    Namer,
    Provider,
    copy_of_data,
    in_place_of,
    instagram,
    servers,
)

OLD = "2020-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def provider_key() -> rsa.RSAPrivateKey:
    """Give the key of a mail provider."""
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture
def net(
    tmp_path: Path,
    new_site: Callable[..., Site],
    provider_key: rsa.RSAPrivateKey,
    monkeypatch: pytest.MonkeyPatch,
) -> Namer:
    """Put a site with profiles and a mail provider on this computer."""
    desk = tmp_path / "desk"
    desk.mkdir()
    found = Namer(tmp_path / "nobody", clock=datetime.now(UTC).replace(microsecond=0), desk=desk)
    monkeypatch.setattr(profile, "_PAUSE", 0.0)
    in_place_of(monkeypatch, found, "github", new_site())
    resolver = new_site()
    servers(monkeypatch, new_site(), resolver)
    found.provider = Provider(resolver, provider_key)
    found.provider.publishes(found.clock)
    return found


def presses(person: Person) -> None:
    """Press the main button of the page."""
    person.page.locator("main .main").click()


def adds(person: Person, kind: int, text: str, site: str = "") -> None:
    """Add a handle (1), an address (2) or a name (3)."""
    person.goes_to("name.add")
    person.page.locator(f"#kind-{kind}").check()
    person.page.fill("#text", text)
    if site:
        person.page.select_option("#at", site)
    presses(person)


def listed(person: Person) -> dict[str, str | None]:
    """Return what the vault has of own names: each with the way in which it was shown."""
    answer = person.door.do("watch.name.list")
    return {each.text: each.way for each in answer.names}


def test_a_handle_is_shown_by_a_code_in_its_profile_after_a_yes(resident, net, full):
    resident.goes_to("places").clicks("Your own names")
    judged(resident, "names-none", full=full)
    resident.clicks("Add one")
    judged(resident, "name-add", full=full)
    adds(resident, 1, "kimq7", "github")
    assert resident.heading() == "kimq7"
    code = resident.page.locator("#code").inner_text()
    assert code.startswith("stillmine-")
    judged(resident, "name-profile", full=full)
    net.profile_says("kimq7", f"Hello. {code}", created_at=OLD)
    presses(resident)
    assert resident.sees("This sends something out of this computer")
    assert not net.sites["github"].asked
    judged(resident, "name-agree", full=full)
    presses(resident)
    assert resident.sees("You showed that it is yours")
    assert listed(resident) == {"kimq7": "profile"}
    assert all(code.encode() not in each.wire for each in net.sites["github"].asked)
    judged(resident, "name-shown", full=full)
    resident.goes_to("names")
    assert resident.sees("It may be searched for.")
    resident.page.locator("summary", has_text="What changed").click()
    judged(resident, "names", full=full)


def test_a_code_that_is_not_there_is_said_kindly_and_can_be_tried_again(resident, net):
    adds(resident, 1, "kimq7", "github")
    net.profile_says("kimq7", "Hello.", created_at=OLD)
    presses(resident)
    presses(resident)
    assert resident.sees("the code is not in the text of the profile")
    assert resident.sees("A comment, a post or a link is not enough.")
    judged(resident, "name-not-shown")
    assert listed(resident) == {"kimq7": None}


def test_an_address_is_shown_by_a_mail_that_is_handed_in_and_stays_in_memory(
    resident, net, full, tmp_path
):
    adds(resident, 2, "kim@mail.example")
    judged(resident, "name-mail", full=full)
    subject = resident.page.locator("#subject").inner_text()
    presses(resident)
    assert resident.page.locator("#file-wrong").inner_text() == "Choose the file with the mail."
    message = net.signed("kim@mail.example", subject)
    other = net.signed("kim@mail.example", "Another subject")
    for content in (other, message):
        resident.page.locator("#file").set_input_files(
            {"name": "mail.eml", "mimeType": "message/rfc822", "buffer": content}
        )
        presses(resident)
        assert resident.sees("One question for the key of your mail provider.")
        presses(resident)
        if content is other:
            said = resident.page.locator("#file-wrong").inner_text()
            assert "the subject of the mail is not the sentence with the code" in said
            judged(resident, "name-mail-wrong")
    assert listed(resident) == {"kim@mail.example": "mail"}
    (asked,) = net.provider.site.asked
    assert "kim" not in asked.target
    kept = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert not [file for file in kept if b"DKIM-Signature" in file.read_bytes()]


@pytest.mark.parametrize("handed", [True, False])
def test_a_handle_is_shown_by_a_copy_of_ones_data_without_asking_anybody(
    resident, net, tmp_path, handed, full
):
    adds(resident, 1, "kimq7", "instagram")
    judged(resident, "name-export", full=full)
    presses(resident)
    assert resident.page.locator("#file-wrong").count() == 1
    copy = copy_of_data(tmp_path, instagram("kimq7"))
    if handed:
        resident.page.locator("#file").set_input_files(copy)
    else:
        resident.page.locator("summary", has_text="Or where it lies").click()
        resident.page.fill("#export", str(copy))
    presses(resident)
    assert resident.sees("You showed that it is yours")
    assert listed(resident) == {"kimq7": "export"}


def test_a_copy_of_somebody_elses_data_is_refused_beside_the_file(resident, tmp_path):
    adds(resident, 1, "kimq7", "instagram")
    resident.page.locator("#file").set_input_files(
        copy_of_data(tmp_path, instagram("somebody_else"))
    )
    presses(resident)
    assert "belongs to another account" in resident.page.locator("#file-wrong").inner_text()
    assert listed(resident) == {"kimq7": None}


def test_a_name_waits_for_a_handle_and_only_three_are_taken(resident, net, full):
    adds(resident, 3, "Kim Example")
    said = resident.page.locator("#trouble").inner_text()
    assert "First show a handle or a mail address of yours" in said
    assert "stillmine" not in said
    judged(resident, "name-waits", full=full)
    adds(resident, 1, "kimq7", "github")
    code = resident.page.locator("#code").inner_text()
    net.profile_says("kimq7", code, created_at=OLD)
    presses(resident)
    presses(resident)
    for name in ("Kim Example", "Kimberly Example", "K Example"):
        adds(resident, 3, name)
        assert resident.heading() == name
    judged(resident, "name-name", full=full)
    adds(resident, 3, "Another Person")
    assert resident.sees("you have three names already")
    assert "Another Person" not in listed(resident)


def test_after_a_name_is_taken_out_another_one_waits_for_seven_days(resident, net):
    adds(resident, 1, "kimq7", "github")
    net.profile_says("kimq7", resident.page.locator("#code").inner_text(), created_at=OLD)
    presses(resident)
    presses(resident)
    for name in ("Kim Example", "Kimberly Example", "K Example"):
        adds(resident, 3, name)
    resident.clicks("Take it out")
    assert resident.sees("It is taken out")
    assert "K Example" not in listed(resident)
    adds(resident, 3, "Another Person")
    assert resident.sees("in seven days")
    adds(resident, 3, "K Example")
    assert resident.heading() == "K Example"


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(resident, full):
    resident.goes_to("name.add")
    resident.page.fill("#text", "kimq7")
    presses(resident)
    assert resident.page.locator("#kind-wrong").inner_text() == "Choose one of these."
    resident.page.locator("#kind-1").check()
    presses(resident)
    assert "Choose the site" in resident.page.locator("#at-wrong").inner_text()
    assert resident.page.input_value("#text") == "kimq7"
    resident.page.locator("#kind-2").check()
    presses(resident)
    assert "looks like name@example.org" in resident.page.locator("#text-wrong").inner_text()
    judged(resident, "name-add-wrong", full=full)
    adds(resident, 1, "@kim@social.example")
    assert resident.heading() == "kim@social.example"


@pytest.mark.parametrize("text", ["k\u0456m@mail.example", "kim\u202egpj@mail.example"])
def test_letters_that_stand_in_for_others_are_refused_beside_the_field(resident, text):
    adds(resident, 2, text)
    assert resident.page.locator("#text-wrong").count() == 1
    assert not listed(resident)


def test_it_all_works_without_scripts(opens, vault, tmp_path):
    person = opens(vault, java_script_enabled=False)
    person.door.unlock(Secret(PHRASE))
    adds(person, 1, "kimq7", "instagram")
    person.page.locator("#file").set_input_files(copy_of_data(tmp_path, instagram("kimq7")))
    presses(person)
    assert listed(person) == {"kimq7": "export"}
