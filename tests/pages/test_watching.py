"""Looking for copies on the pages: places, a look at a site, what was found, and a case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.network.practice import practice_site
from stillmine.app.storage.opening import open_vault
from stillmine.app.unlocking import root_key
from stillmine.imaging import drawn
from stillmine.watch.keeping import KeptFinding, note
from stillmine.web.outlining import SIDE, is_all, outline
from tests.pages.browsing import Person, judged
from tests.watch.watching import finding

HTML = "text/html"
SITE = {
    "/robots.txt": ("text/plain", b"User-agent: *\nDisallow:\n"),
    "/thread": (HTML, b"<title>A thread</title><img src=/one.jpg><img src=/two.jpg>"),
    "/one.jpg": ("image/jpeg", drawn.draw(1, size=(320, 240))),
    "/two.jpg": ("image/jpeg", drawn.draw(77, size=(320, 240))),
}
HOSTILE = "https://board.example/\u202egpj.<script>alert(1)</script>"


@pytest.fixture
def site() -> Iterator[str]:
    """Put up a small site on this computer with a copy on it."""
    with practice_site(SITE) as address:
        yield address


def presses(person: Person) -> None:
    """Press the main button of the page, and wait for the next one."""
    person.page.locator("main .main").click()


def is_a_grown_up(person: Person) -> None:
    person.goes_to("place.add")
    person.page.locator("#age-1").check()
    presses(person)


def adds(person: Person, target: str, *, kind: int = 1) -> None:
    person.goes_to("place.kind", kind=kind)
    person.page.fill("#target", target)
    presses(person)


def knows(person: Person, *numbers: int, **more: object) -> None:
    """Keep findings in the vault, as a look does."""
    context: Context = person.door.context()
    items = person.door.do("keep.list").items
    with open_vault(Home(person.door.home), root_key(context), writing=True) as vault:
        made = [
            KeptFinding(finding(number, **{"item": items[number % 3].item, **more}))
            for number in numbers
        ]
        note(vault, made)


def test_a_copy_is_found_by_looking_and_taken_up_in_a_case(resident, site, full):
    resident.complaints.clear()
    resident.goes_to("rooms").page.get_by_text("Look for copies").click()
    assert resident.heading() == "Copies that were found"
    judged(resident, "watch-none", full=full)
    resident.clicks("Your places")
    judged(resident, "watch-no-places", full=full)
    resident.clicks("Add a place")
    judged(resident, "watch-first", full=full)
    presses(resident)
    assert resident.page.locator("#age-wrong").inner_text() == "Choose one of the answers."
    resident.page.locator("#age-1").check()
    presses(resident)
    judged(resident, "watch-kinds", full=full)
    resident.page.get_by_text("One page").click()
    judged(resident, "watch-kind", full=full)
    resident.page.fill("#target", f"{site}/thread")
    resident.page.fill("#name", "A thread")
    presses(resident)
    assert resident.sees("which page is read")
    judged(resident, "watch-place-agree", full=full)
    presses(resident)
    assert resident.heading() == "A thread"
    judged(resident, "watch-place", full=full)
    resident.clicks("Look there now")
    judged(resident, "watch-look", full=full)
    presses(resident)
    assert resident.sees("A thread")
    presses(resident)
    resident.page.get_by_role("heading", name="1 new copy was found").wait_for()
    judged(resident, "watch-looked", full=full)
    resident.page.locator("main .list a").click()
    assert resident.sees(f"{site}/thread")
    assert resident.sees("Every byte of it is the same.")
    judged(resident, "watch-finding", full=full)
    resident.clicks("Take it up in a case")
    presses(resident)
    assert resident.page.locator("#country-wrong").count() == 1
    assert resident.page.locator("#under_18-wrong").count() == 1
    judged(resident, "watch-take-up", full=full)
    resident.page.select_option("#country", "ES")
    resident.page.locator("#under_18-1").check()
    presses(resident)
    case = resident.door.do("act.case.list").cases[0].case
    assert case in resident.page.locator("main").inner_text()
    judged(resident, "watch-taken", full=full)
    resident.goes_to("found")
    assert resident.sees("In a case")
    # A form that lacks something is answered with 409, which the browser notes.
    assert [said for said in resident.complaints if "409" not in said] == []


@pytest.mark.parametrize("number", [2, 3])
def test_where_somebody_may_have_been_under_18_no_place_is_kept(resident, number, full):
    resident.goes_to("place.add")
    resident.page.locator(f"#age-{number}").check()
    presses(resident)
    assert resident.heading() == "Then we stop here"
    judged(resident, f"watch-young-{number}", full=full)
    resident.goes_to("place.kind", kind=1)
    assert resident.heading() == "One question first"
    assert not resident.door.do("watch.place.list").places


def test_a_case_is_not_opened_where_somebody_may_have_been_under_18(resident):
    knows(resident, 1)
    resident.goes_to("finding.case", finding=f"{1:016x}")
    resident.page.select_option("#country", "ES")
    resident.page.locator("#under_18-3").check()
    presses(resident)
    assert resident.heading() == "Then we stop here"
    assert not resident.door.do("act.case.list").cases


def test_what_is_wrong_with_a_place_stands_beside_its_field_and_nothing_typed_is_lost(resident):
    is_a_grown_up(resident)
    resident.goes_to("place.kind", kind=2)
    resident.page.fill("#target", "nothing like an address")
    resident.page.fill("#name", "Mine")
    resident.page.locator("summary").first.click()
    resident.page.fill("#option-depth", "7")
    presses(resident)
    assert "it is no address of the web" in resident.page.locator("#target-wrong").inner_text()
    assert resident.page.input_value("#target") == "nothing like an address"
    assert resident.page.input_value("#name") == "Mine"
    assert resident.page.input_value("#option-depth") == "7"
    judged(resident, "watch-kind-wrong")


def test_words_that_are_not_ones_own_are_refused_after_the_yes_and_still_stand_there(resident):
    is_a_grown_up(resident)
    resident.goes_to("place.kind", kind=4)
    resident.page.fill("#target", "somebody else")
    resident.page.locator("summary").first.click()
    resident.page.fill("#option-at", "http://127.0.0.1:8888")
    presses(resident)
    if resident.page.locator("#target-wrong").count() == 0:
        presses(resident)
    assert resident.page.locator("#target-wrong").count() == 1
    assert resident.page.input_value("#target") == "somebody else"
    assert resident.page.input_value("#option-at") == "http://127.0.0.1:8888"
    assert not resident.door.do("watch.place.list").places


def test_a_service_that_wants_a_key_says_so_beside_its_field(resident):
    is_a_grown_up(resident)
    adds(resident, "kim", kind=5)
    assert resident.page.locator("#place-key-wrong").count() == 1
    judged(resident, "watch-key")


def test_every_kind_of_place_has_a_form(resident):
    is_a_grown_up(resident)
    doors = resident.page.locator("main .choice")
    places = [door.get_attribute("href") for door in doors.all()]
    assert len(places) == 18
    for place in places:
        resident.page.goto(resident.url(place))
        assert resident.page.locator("#target").count() == 1
        assert resident.page.locator("main .main").count() == 1


def test_a_folder_is_looked_at_without_a_question_and_its_finding_becomes_no_link(
    resident, tmp_path, full
):
    folder = tmp_path / "from a stick"
    folder.mkdir()
    (folder / "x.jpg").write_bytes(drawn.draw(2, size=(320, 240)))
    is_a_grown_up(resident)
    adds(resident, str(folder), kind=18)
    assert resident.sees("Nobody. All of it is on this computer.")
    resident.clicks("Look there now")
    presses(resident)
    if resident.page.locator("input[name=agree]").count():
        presses(resident)
    resident.page.get_by_role("heading", name="1 new copy was found").wait_for()
    resident.page.locator("main .list a").click()
    assert resident.sees("It lies on this computer, and not on the web.")
    assert resident.page.locator("a[href^='/n/f/'][href$='/c']").count() == 0
    judged(resident, "watch-finding-here", full=full)


def test_a_place_is_taken_out_and_what_was_found_there_stays(resident, site):
    is_a_grown_up(resident)
    adds(resident, f"{site}/thread")
    presses(resident)
    resident.clicks("Take this place out")
    assert resident.heading() == "Your places"
    assert not resident.door.do("watch.place.list").places


def test_a_finding_is_put_aside_and_brought_back(resident, full):
    knows(resident, 1, 2)
    resident.goes_to("finding", finding=f"{1:016x}")
    resident.clicks("It is nothing: put it aside")
    assert resident.sees("It is never reported again.")
    judged(resident, "watch-aside", full=full)
    resident.goes_to("found")
    assert resident.page.locator("main .list a[href^='/n/f/']").count() == 1
    assert resident.sees("1 that you put aside is not shown.")
    resident.clicks("Show those too")
    assert resident.page.locator("main .list a[href^='/n/f/']").count() == 2
    resident.goes_to("finding", finding=f"{1:016x}").clicks("Show it again")
    resident.goes_to("found")
    assert resident.page.locator("main .list a[href^='/n/f/']").count() == 2


def test_the_match_is_drawn_over_the_own_picture_only_while_it_is_held(resident, full):
    knows(resident, 1, quad=((-320.0, 0.0), (320.0, 0.0), (320.0, 480.0), (-320.0, 480.0)))
    resident.goes_to("finding", finding=f"{1:016x}")
    assert resident.page.locator(".look img").count() == 0
    assert not resident.page.locator(".over svg").is_visible()
    button = resident.page.locator("button.look")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    resident.page.mouse.move(box["x"] + 40, box["y"] + 40)
    resident.page.mouse.down()
    image = resident.page.locator(".over img")
    image.wait_for()
    resident.page.wait_for_function("document.querySelector('.over img').naturalWidth > 0")
    shown, over = image.bounding_box(), resident.page.locator(".over svg").bounding_box()
    assert shown == over
    corners = resident.page.locator("polygon").first.get_attribute("points") or ""
    assert set(corners.split()) == {"500,0", "1000,0", "1000,1000", "500,1000"}
    resident.page.mouse.up()
    assert resident.page.locator(".look img").count() == 0
    assert not resident.page.locator(".over svg").is_visible()
    judged(resident, "watch-drawn", full=full)


def test_what_a_stranger_wrote_is_shown_as_text_and_leads_nowhere_by_itself(resident, full):
    knows(resident, 1, page=HOSTILE, picture="javascript:alert(1)")
    resident.goes_to("found")
    assert "<script>alert" in resident.page.locator("main bdi").nth(1).inner_text()
    judged(resident, "watch-hostile", full=full)
    resident.goes_to("finding", finding=f"{1:016x}")
    assert resident.page.locator("a[href^='javascript']").count() == 0
    link = resident.page.get_by_role("link", name="Open the page")
    assert link.get_attribute("rel") == "noreferrer noopener"
    assert resident.sees("The site sees that you come")
    judged(resident, "watch-hostile-finding", full=full)


def test_a_finding_that_is_not_there_is_said_in_words_without_a_command(resident):
    resident.goes_to("finding", finding="ffff")
    assert resident.sees("There is no finding")
    assert not resident.sees("stillmine watch")


def test_a_long_list_comes_in_parts(resident, full):
    knows(resident, *range(45), page="https://board.example/" + "long/" * 60)
    resident.goes_to("found")
    judged(resident, "watch-many", full=full)
    resident.clicks("More")
    assert resident.sees("21 to 40 of 45")


def test_it_all_works_without_scripts(opens, vault, site):
    from stillmine.app.actions import Secret
    from tests.pages.conftest import PHRASE

    person = opens(vault, java_script_enabled=False)
    person.door.unlock(Secret(PHRASE))
    is_a_grown_up(person)
    adds(person, f"{site}/thread")
    presses(person)
    person.clicks("Look there now")
    presses(person)
    presses(person)
    for _ in range(60):
        if "new copy" in person.heading():
            break
        person.page.wait_for_timeout(500)
        person.page.reload()
    assert person.heading() == "1 new copy was found", person.page.locator("main").inner_text()
    person.page.locator("main .list a").click()
    assert person.sees("the browser has to allow scripts")


def test_an_outline_is_what_a_part_shows_of_the_whole():
    whole = ((0.0, 0.0), (640.0, 0.0), (640.0, 480.0), (0.0, 480.0))
    assert is_all(outline(whole, 640, 480))
    inside = ((100.0, 100.0), (200.0, 100.0), (200.0, 200.0), (100.0, 200.0))
    assert is_all(outline(inside, 640, 480))
    quarter = ((0.0, 0.0), (1280.0, 0.0), (1280.0, 960.0), (0.0, 960.0))
    assert set(outline(quarter, 640, 480)) == {(0, 0), (500, 0), (500, 500), (0, 500)}
    mirrored = ((1280.0, 0.0), (0.0, 0.0), (0.0, 960.0), (1280.0, 960.0))
    assert set(outline(mirrored, 640, 480)) == {(500, 0), (SIDE, 0), (SIDE, 500), (500, 500)}
    assert not is_all(outline(quarter, 640, 480))


@pytest.mark.parametrize(
    "quad",
    [
        ((0.0, 0.0),) * 4,
        ((0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (3.0, 3.0)),
        ((0.0, 0.0), (640.0, 0.0), (320.0, 1.0), (0.0, 480.0)),
    ],
)
def test_corners_that_make_no_picture_are_not_drawn_out_of_bounds(quad):
    assert all(0 <= x <= SIDE and 0 <= y <= SIDE for x, y in outline(quad, 640, 480))
