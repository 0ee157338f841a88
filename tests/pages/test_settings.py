"""Settings in a browser: each takes effect, and what does not fit is said beside its field."""

from __future__ import annotations

from stillmine.messages.pages_entry import PEOPLE
from stillmine.messages.pages_settings import SETTINGS
from stillmine.web.paths import address
from tests.pages.browsing import judged


def test_settings_take_effect_and_are_there_after_locking(resident, full):
    resident.goes_to("settings")
    judged(resident, "settings", full=full)
    resident.page.select_option("#country", "ES")
    resident.page.fill("#minutes", "17")
    resident.page.fill("#name", "Recipes")
    resident.clicks(SETTINGS["go"])
    assert resident.sees(SETTINGS["saved"])
    assert resident.page.title() == "Recipes"
    settings = resident.door.do("keep.settings").settings
    assert (settings.country, settings.lock_after_minutes) == ("ES", 17)
    resident.goes_to("people")
    assert resident.sees(PEOPLE["at"].replace("{place}", "Spain"))


def test_what_does_not_fit_is_said_beside_its_field_and_the_rest_is_kept(resident, full):
    resident.goes_to("settings")
    resident.page.fill("#minutes", "0")
    resident.page.fill("#name", "x" * 41)
    resident.page.select_option("#country", "FR")
    resident.clicks(SETTINGS["go"])
    assert resident.page.locator("#minutes-wrong").inner_text() == SETTINGS["wrong_minutes"]
    assert resident.page.locator("#name-wrong").inner_text() == SETTINGS["wrong_name"]
    assert resident.page.locator(".wrong").count() == 2
    judged(resident, "settings-wrong", full=full)
    settings = resident.door.do("keep.settings").settings
    assert (settings.country, settings.lock_after_minutes, settings.title) == ("FR", 10, "")


def test_the_title_of_every_page_is_dull(resident):
    for name in ("entry", "rooms", "people", "vault", "add", "settings", "check", "backups"):
        resident.goes_to(name)
        assert resident.page.title() == "Notes"
        assert address(name).startswith("/n/")
