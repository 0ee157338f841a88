"""Nothing leads to a search that nobody may type: no redirect, no link, no frame, no feed."""

import pytest

from stillmine.watch.looking.bounds import ask_web
from stillmine.watch.looking.refusing import is_search
from tests.watch.looking.looker import HTML, ITEMS, JPEG, JSON, PART, codes, page_of, place

RSS = ("Content-Type", "application/rss+xml")
SEARCHES = (
    "https://www.google.com/search?q=jane+doe",
    "https://pimeyes.com/en/results/abc",
    "https://www.spokeo.com/Jane-Doe",
    "https://translate.example/see?u=https%3A%2F%2Fwww.bing.com%2Fsearch%3Fq%3Djane",
    "https://web.archive.org/web/2024/https://facecheck.id/",
)


@pytest.fixture
def asked(looker):
    """Return what was asked for, by whatever way it came about."""
    seen = []

    def ask(url, headers, **more):
        seen.append(url)
        return ask_web(url, headers, **more)

    def looks_at(*places):
        looker.prepare(*places)
        return looker.look(ask=ask)

    looker.asks = looks_at
    return seen


def feed(*links):
    items = "".join(f"<item><title>x</title><link>{each}</link></item>" for each in links)
    return f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()


@pytest.mark.parametrize("goal", SEARCHES)
def test_a_redirect_to_a_search_is_not_followed(looker, asked, new_site, goal):
    site = new_site()
    site.leads("/mine", goal)
    looked = looker.asks(place("page", site.url("/mine")))
    assert codes(looked) == {"search"}
    assert looked.waiting == 0
    assert asked == [site.url("/robots.txt"), site.url("/mine")]


@pytest.mark.parametrize("goal", SEARCHES)
def test_what_a_feed_leads_to_is_no_search(looker, asked, new_site, goal):
    site = new_site()
    site.says("/p", page_of("/copy.jpg"), HTML)
    site.says("/copy.jpg", PART, JPEG)
    start = site.says("/feed", feed(goal.replace("&", "&amp;"), site.url("/p")), RSS)
    looked = looker.asks(place("feed", start))
    assert "search" in codes(looked)
    assert all(url.startswith(site.url("/")) for url in asked)
    # What else stands in it is looked at all the same.
    assert looker.found == {(ITEMS[0], site.url("/p"))}


def test_a_search_behind_a_host_that_answers_is_not_asked_either(looker, asked, new_site):
    site, other = new_site(), new_site()
    hidden = other.url("/show?page=https://pimeyes.com/x")
    other.says("/show?page=https://pimeyes.com/x", page_of("/copy.jpg"), HTML)
    site.leads("/away", hidden)
    start = site.says("/feed", feed(hidden, site.url("/away")), RSS)
    looked = looker.asks(place("feed", start))
    assert {each.times for each in looked.problems if each.code == "search"} == {1}
    assert len([each for each in looked.problems if each.code == "search"]) == 2
    assert not other.asked


def test_a_frame_of_a_page_is_no_search(looker, asked, new_site):
    site = new_site()
    frame = '<iframe src="https://www.bing.com/search?q=jane+doe"></iframe>'
    start = site.says("/", page_of(more=frame), HTML)
    looked = looker.asks(place("page", start))
    assert "search" in codes(looked)
    assert all(url.startswith(site.url("/")) for url in asked)


def test_what_an_own_search_finds_is_no_search_either(looker, asked, new_site):
    home = new_site(allowed=False)
    rows = f'{{"url":"{SEARCHES[0]}"}},{{"url":"{SEARCHES[1]}"}}'
    home.says("/search", f'{{"results":[{rows}]}}'.encode(), JSON)
    looked = looker.asks(place("searxng", "my own words", at=home.place))
    assert "search" in codes(looked)
    assert {url.partition("?")[0] for url in asked} == {home.url("/search")}


def test_a_service_that_was_chosen_may_lead_on_within_itself_only():
    api = "https://api.search.brave.com/res/v1/images/search?q=x"
    assert not is_search("https://api.search.brave.com/res/v2/images?q=x", api)
    assert is_search("https://www.google.com/search?q=x", api)
    assert is_search("https://search.brave.com/search?q=x", api)
    # A Google Alert is no search page, and leads to none.
    alert = "https://www.google.com/alerts/feeds/123/456"
    assert is_search("https://www.google.com/search?q=x", alert)
    assert not is_search("https://www.google.com/alerts/feeds/123/457", alert)
