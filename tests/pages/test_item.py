"""The page of an item: where it was found, in which cases, who has a copy, and to hand one over."""

from __future__ import annotations

from stillmine.imaging import drawn
from stillmine.journeys.known import BEFORE_SHARING
from stillmine.messages.pages_passing import WHOSE
from stillmine.messages.pages_sharing import COVER
from stillmine.messages.pages_vault import ITEM
from stillmine.web.journeying import progress_on
from tests.pages.browsing import Person, judged
from tests.pages.test_journeys import where
from tests.pages.test_watching import knows


def item_of(person: Person, number: int) -> str:
    listed = person.door.do("keep.list").items
    item: str = listed[number].item
    return item


def test_findings_and_cases_of_an_item_are_on_its_page_and_no_others(resident, full):
    resident.goes_to("item", item=item_of(resident, 1))
    assert resident.sees(ITEM["no_findings"])
    knows(resident, 1, 2)  # of two items, one each
    (mine,) = resident.door.do("watch.found", item=item_of(resident, 1)).findings
    (others,) = resident.door.do("watch.found", item=item_of(resident, 2)).findings
    taken = {"findings": (mine.finding,), "country": "ES", "under_18": "no"}
    resident.door.do("watch.take-up", **taken)
    resident.goes_to("item", item=item_of(resident, 1))
    shown = resident.page.locator("#main").inner_text()
    assert mine.page in shown
    assert others.page not in shown
    assert resident.sees("In a case")
    judged(resident, "item-found", full=full)
    resident.page.locator("#main a", has_text="Your case").click()
    case = resident.door.do("act.case.list").cases[0].case
    assert case in resident.page.url
    resident.goes_to("item", item=item_of(resident, 1))
    resident.page.locator("#main a.address").click()
    assert mine.finding in resident.page.url
    resident.goes_to("item", item=item_of(resident, 2))
    assert not resident.sees(ITEM["cases"])


def test_a_copy_of_this_very_item_is_handed_over_from_its_page(resident, tmp_path, full):
    (tmp_path / "hill.jpg").write_bytes(drawn.draw(9, size=(640, 480)))
    added = resident.door.do("keep.add", paths=(tmp_path / "hill.jpg",), label="On the hill")
    item = added.added[0].item
    resident.goes_to("item", item=item)
    resident.clicks(ITEM["share"])
    assert where(resident) == "cover"
    assert progress_on(resident.door, BEFORE_SHARING).answers == {"item": item}
    resident.clicks(COVER["skip"])
    assert where(resident) == "whom"
    # Another item begins anew, and takes nothing that was covered along.
    other = item_of(resident, 2)
    resident.goes_to("item", item=other)
    resident.clicks(ITEM["share"])
    assert progress_on(resident.door, BEFORE_SHARING).answers["item"] == other
    resident.door.do("share.make", items=(item,), for_="Sam", to=tmp_path / "out", unsealed=True)
    resident.goes_to("item", item=item)
    assert resident.sees("Sam")
    judged(resident, "item-given", full=full)
    resident.clicks(ITEM["whose"])
    assert resident.sees(WHOSE["of_hint"])
    assert resident.sees("On the hill")
