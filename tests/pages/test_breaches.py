"""What leaked, on the pages: a password goes nowhere and stays nowhere, an address is one's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from stillmine.app.actions import Secret
from stillmine.app.home import Home
from stillmine.app.storage.opening import open_vault
from stillmine.app.unlocking import root_key
from stillmine.watch.breaches import accounts, password
from stillmine.watch.names.own_name import Names, OwnName, Proof, keep_names
from tests.pages.browsing import Person, judged
from tests.pages.conftest import PHRASE
from tests.servers.sites import Site
from tests.watch.breaches.answers import ADOBE, STEALER, downloaded, listed, neighbours

TYPED = "P@ssw0rd"
SUM = "21BD12DC183F740EE76F27B78EB39C8AD972A757"  # of the example in the service's own pages
SOME = {**neighbours(SUM), SUM: 52579}
KEY = "00000000000000000000000000000000"
OWN = "kim@mail.example"
ACCOUNT = "/api/v3/breachedaccount/kim%40mail.example"


@pytest.fixture
def site(new_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> Site:
    """Put the service up on this computer."""
    found = new_site()
    monkeypatch.setattr(password, "RANGES", found.url("/range/"))
    monkeypatch.setattr(accounts, "ACCOUNTS", found.url("/api/v3/breachedaccount/"))
    return found


def presses(person: Person) -> None:
    """Press the main button of the page."""
    person.page.locator("main .main").click()


def types(person: Person, typed: str = TYPED) -> None:
    person.goes_to("breach.password").page.fill("#password", typed)
    presses(person)


def owns(person: Person, *addresses: str, way: str = "mail") -> None:
    """Keep addresses in the vault as shown to be the person's own."""
    now = "2026-05-01T09:00:00+00:00"
    names = [
        OwnName(f"{number:08x}", "mail", each, "", now, Proof(way, now) if way else None)
        for number, each in enumerate(addresses)
    ]
    context = person.door.context()
    with open_vault(Home(person.door.home), root_key(context), writing=True) as vault:
        keep_names(vault, Names(tuple(names)))


def test_a_password_is_looked_for_after_a_yes_and_five_signs_of_its_sum_leave(resident, site, full):
    site.says("/range/21BD1", listed(SOME, padding=60))
    resident.goes_to("rooms").page.get_by_text("Did a password or an address leak?").click()
    judged(resident, "leaks", full=full)
    resident.page.get_by_text("A password", exact=True).click()
    judged(resident, "leak-password", full=full)
    resident.page.fill("#password", TYPED)
    presses(resident)
    assert resident.sees("The first five signs of a sum (SHA-1)")
    assert site.asked == []
    assert TYPED not in resident.page.content()
    judged(resident, "leak-agree", full=full)
    presses(resident)
    assert resident.heading() == "This password was seen 52579 times"
    (asked,) = site.asked
    assert asked.target == "/range/21BD1"
    assert TYPED not in resident.page.content()
    judged(resident, "leak-password-is", full=full)


def test_the_password_lies_nowhere_afterwards(resident, site, tmp_path, capfd):
    site.says("/range/21BD1", listed(SOME))
    types(resident)
    presses(resident)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    for secret in (TYPED.encode(), SUM.encode(), SUM[5:15].encode()):
        assert not [file for file in files if secret in file.read_bytes()]
    assert not resident.door.pending
    assert not resident.door.works.all()
    assert TYPED not in repr(resident.door.notes)
    said = capfd.readouterr()
    assert TYPED not in said.out + said.err
    assert not [url for url in resident.requests if "P%40" in url or TYPED in url]


def test_a_yes_that_does_not_come_forgets_the_password(resident, site):
    types(resident)
    assert len(resident.door.pending) == 1
    resident.clicks("No, go back")
    assert resident.page.input_value("#password") == ""
    assert not resident.door.pending
    assert site.asked == []


def test_with_the_downloaded_set_nobody_is_asked_and_no_yes_is_needed(
    resident, site, tmp_path, full
):
    place = downloaded(SOME, tmp_path / "set.txt")
    resident.goes_to("breach.password").page.fill("#password", TYPED)
    resident.page.locator("summary", has_text="Look without asking anybody").click()
    resident.page.fill("#set", str(place))
    presses(resident)
    assert resident.heading() == "This password was seen 52579 times"
    assert resident.sees("Nothing was sent.")
    assert site.asked == []


def test_what_is_wrong_stands_beside_its_field_and_the_password_is_not_given_back(
    resident, site, tmp_path, full
):
    resident.goes_to("breach.password")
    presses(resident)
    assert resident.page.locator("#password-wrong").count() == 1
    resident.page.fill("#password", TYPED)
    resident.page.locator("summary", has_text="Look without asking anybody").click()
    resident.page.fill("#set", str(tmp_path / "none.txt"))
    presses(resident)
    assert resident.page.locator("#set-wrong").count() == 1
    assert resident.page.input_value("#password") == ""
    assert resident.page.input_value("#set") == str(tmp_path / "none.txt")
    assert TYPED not in resident.page.content()
    judged(resident, "leak-password-wrong", full=full)


def test_not_found_is_no_proof_and_a_strange_answer_is_not_taken_for_it(resident, site, full):
    site.says("/range/21BD1", listed(neighbours(SUM)))
    types(resident)
    presses(resident)
    assert resident.heading() == "It is not among what is known"
    judged(resident, "leak-password-not", full=full)
    site.says("/range/21BD1", b"<html>log in</html>")
    types(resident)
    presses(resident)
    assert resident.page.locator("#trouble").count() == 1


def test_an_address_has_to_be_ones_own_before_anybody_is_asked(resident, site, full):
    owns(resident, "sam@mail.example", way="")
    resident.goes_to("breaches").page.get_by_text("A mail address of yours").click()
    assert resident.sees("There is no such address yet")
    judged(resident, "leak-mail-none", full=full)
    resident.clicks("Add an address")
    assert resident.heading() == "Add a name of yours"
    assert site.asked == []


def test_leaks_of_an_own_address_are_told_with_what_to_do(resident, site, full):
    owns(resident, OWN)
    site.says(ACCOUNT, json.dumps([ADOBE, STEALER, {**ADOBE, "Title": "<b>\u202e"}]).encode())
    resident.goes_to("breach.mail")
    judged(resident, "leak-mail", full=full)
    resident.page.fill("#key", KEY)
    resident.page.locator("#keep_key").check()
    presses(resident)
    assert resident.sees(f"The mail address {OWN}, and your own key.")
    assert KEY not in resident.page.content()
    assert site.asked == []
    judged(resident, "leak-mail-agree", full=full)
    presses(resident)
    assert resident.heading() == f"{OWN} is in 3 leaks"
    assert resident.sees("Programs on infected devices took this.")
    assert resident.sees("<b>")
    assert not resident.sees("stillmine")
    assert KEY not in resident.page.content()
    judged(resident, "leak-mail-is", full=full)
    resident.goes_to("breach.mail")
    presses(resident)
    presses(resident)
    assert resident.heading() == f"{OWN} is in 3 leaks"
    assert [each.headers["hibp-api-key"] for each in site.asked] == [KEY, KEY]


def test_without_a_key_nothing_is_asked_and_that_is_said_beside_its_field(resident, site, full):
    owns(resident, OWN)
    resident.goes_to("breach.mail")
    presses(resident)
    presses(resident)
    assert "Type yours" in resident.page.locator("#key-wrong").inner_text()
    assert site.asked == []
    judged(resident, "leak-mail-key", full=full)
    resident.page.fill("#key", "short")
    presses(resident)
    presses(resident)
    assert "32 signs" in resident.page.locator("#key-wrong").inner_text()
    assert site.asked == []


def test_it_all_works_without_scripts(opens, vault, site, tmp_path: Path):
    person = opens(vault, java_script_enabled=False)
    person.door.unlock(Secret(PHRASE))
    site.says("/range/21BD1", listed(SOME))
    types(person)
    presses(person)
    assert person.heading() == "This password was seen 52579 times"
