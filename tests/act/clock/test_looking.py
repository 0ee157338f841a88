"""Whether a page is still there, asked of real servers: honest ones, odd ones, and hostile ones."""

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.act.clock.looking import look
from stillmine.act.clock.page_words import PageWords, plain, read_words
from stillmine.act.clock.seeing import Answered, judged
from stillmine.app.network import Permit
from stillmine.errors import NothingMayLeave
from stillmine.messages.looking import SEEN, WHY_SEEN

HTML = ("Content-Type", "text/html; charset=utf-8")
ANY = Permit("test.look", "example.org", page=True)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 400
WORDS = "All about this and that, and what somebody wrote about it yesterday. " * 3


def page(title, body=WORDS, more=""):
    text = f"<!doctype html><html><head><title>{title}</title>{more}</head><body>{body}</body>"
    return text.encode()


def seen(url, *titles):
    found = look(ANY, url, titles)
    assert found.state in SEEN
    assert found.why in WHY_SEEN
    return found.state, found.why


def test_a_page_that_answers_is_there(new_site):
    site = new_site()
    assert seen(site.says("/watch/42", page("Video 42"), HTML)) == ("there", "answers")
    assert [each.method for each in site.asked] == ["HEAD", "GET"]


def test_a_page_that_is_called_as_in_the_proof_is_there(new_site):
    url = new_site().says("/watch/42", page("VIDEO  42 &ndash; Site"), HTML)
    assert seen(url, "Video 42 - site") == ("there", "same-title")


@pytest.mark.parametrize(
    ("status", "why"), [(404, "not-found"), (410, "not-found"), (451, "by-law")]
)
def test_a_page_that_the_site_says_is_not_there_is_gone(new_site, status, why):
    url = new_site().says("/watch/42", page("Sorry"), HTML, status=status)
    assert seen(url) == ("gone", why)


@pytest.mark.parametrize(
    ("status", "why"),
    [(401, "refused"), (403, "refused"), (429, "refused"), (407, "refused"), (418, "refused"),
     (500, "trouble"), (502, "trouble"), (503, "trouble"), (520, "trouble")],
)  # fmt: skip
def test_a_refusal_or_trouble_is_never_called_gone(new_site, status, why):
    url = new_site().says("/watch/42", page("Not found"), HTML, status=status)
    assert seen(url) == ("cannot-tell", why)


def only_for_get(status_of_head, answer):
    """Answer GET as it should be, and HEAD with a status that is no true one."""

    def send(line, asked):
        if asked.method == "HEAD":
            line.sendall(f"HTTP/1.1 {status_of_head} No\r\nContent-Length: 0\r\n\r\n".encode())
        else:
            line.sendall(answer)

    return send


def whole(body, *headers, status=200):
    head = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*head, f"Content-Length: {len(body)}", "", ""]).encode() + body


@pytest.mark.parametrize("status", [400, 403, 404, 405, 501, 503])
def test_a_head_that_is_not_answered_honestly_is_asked_as_get(new_site, status):
    site = new_site()
    url = site.does("/watch/42", only_for_get(status, whole(page("Video 42"), HTML)))
    assert seen(url) == ("there", "answers")
    assert [each.method for each in site.asked] == ["HEAD", "GET", "GET"]
    assert site.asked[1].headers["range"] == "bytes=0-0"


def test_a_server_that_hangs_up_on_head_is_asked_as_get(new_site):
    def send(line, asked):
        if asked.method == "HEAD":
            line.shutdown(socket.SHUT_RDWR)
        else:
            line.sendall(whole(page("Video 42"), HTML))

    assert seen(new_site().does("/watch/42", send)) == ("there", "answers")


def test_a_picture_itself_is_there_and_its_bytes_are_not_asked_for(new_site):
    site = new_site()
    url = site.says("/42.png", PICTURE, ("Content-Type", "image/png"))
    assert seen(url) == ("there", "file")
    assert [each.method for each in site.asked] == ["HEAD"]


def test_of_a_picture_whose_server_knows_no_head_one_byte_is_asked_for(new_site):
    site = new_site()
    url = site.does("/42.png", only_for_get(405, whole(PICTURE, ("Content-Type", "image/png"))))
    assert seen(url) == ("there", "file")
    assert [each.headers.get("range") for each in site.asked] == [None, "bytes=0-0"]


def test_what_a_page_would_load_is_never_asked_for(new_site):
    site = new_site()
    body = '<img src="/42.png"><video src="/42.mp4" poster="/p.jpg"></video>' + WORDS
    more = '<link rel=stylesheet href="/s.css"><script src="/s.js"></script>'
    seen(site.says("/watch/42", page("Video 42", body, more), HTML))
    assert {each.target for each in site.asked} == {"/watch/42"}


def test_nobody_is_logged_in_and_no_cookie_is_sent(new_site):
    site = new_site()
    cookie = ("Set-Cookie", "seen=1")
    seen(site.says("/watch/42", page("Video 42"), HTML, cookie))
    for each in site.asked:
        assert not {"cookie", "authorization", "referer"} & set(each.headers)


@pytest.mark.parametrize(
    "title",
    ["404", "Error 404", "Page not found", "This video is no longer available",
     "Sorry, this page isn't available.", "Video has been removed", "Page introuvable",
     "Seite nicht gefunden", "El contenido ha sido eliminado", "Pagina non trovata",
     "Conteúdo não encontrado", "Pagina niet gevonden", "Страница не найдена",
     "ページが見つかりません",
     "페이지를 찾을 수 없습니다", "视频不存在"],
)  # fmt: skip
def test_a_page_that_says_it_is_gone_under_a_status_of_success(new_site, title):
    site = new_site()
    assert seen(site.says("/watch/42", page(title), HTML)) == ("gone", "says-so")


def test_a_short_page_that_says_so_in_its_words_is_gone(new_site):
    body = "<p>This post has been deleted by its author.</p>"
    assert seen(new_site().says("/x", page("Forum", body), HTML)) == ("gone", "says-so")


def test_the_same_words_in_a_long_page_say_nothing(new_site):
    body = "<p>My account has been deleted, said somebody.</p>" + WORDS * 20
    assert seen(new_site().says("/x", page("Video 42", body), HTML)) == ("there", "answers")


def test_the_title_of_the_proof_counts_more_than_words_that_sound_like_gone(new_site):
    url = new_site().says("/x", page("Not found: the film"), HTML)
    assert seen(url, "Not found: the film") == ("there", "same-title")


@pytest.mark.parametrize(
    "goal", ["/login?next=/watch/42", "/accounts/signin/", "/age-gate", "/sso/x"]
)
def test_a_wall_to_log_in_at_is_no_answer(new_site, goal):
    site = new_site()
    site.says(goal.partition("?")[0], page("Welcome"), HTML)
    assert seen(site.leads("/watch/42", goal)) == ("cannot-tell", "login")


def test_a_page_that_asks_for_a_password_is_no_answer(new_site):
    body = '<form><input name=u><input type="PASSWORD"></form>'
    assert seen(new_site().says("/x", page("Site", body), HTML)) == ("cannot-tell", "login")


@pytest.mark.parametrize("title", ["Just a moment...", "Attention Required! | Cloudflare"])
def test_a_check_for_robots_is_no_answer(new_site, title):
    assert seen(new_site().says("/x", page(title), HTML)) == ("cannot-tell", "robot-check")


def test_a_page_that_scripts_fill_later_is_no_answer(new_site):
    url = new_site().says("/x", page("App", "<div id=root></div>", "<script>go()</script>"), HTML)
    assert seen(url, "Kim on App") == ("cannot-tell", "needs-browser")


def test_a_site_that_leads_to_its_front_page_changed(new_site):
    site = new_site()
    site.says("/", page("Home"), HTML)
    assert seen(site.leads("/watch/42", "/")) == ("changed", "front-page")


def test_another_page_than_in_the_proof_changed(new_site):
    url = new_site().says("/watch/42", page("Something else"), HTML)
    assert seen(url, "Video 42") == ("changed", "other-title")


def test_a_site_that_leads_on_for_ever_is_no_answer(new_site):
    assert seen(new_site().leads("/x", "/x")) == ("cannot-tell", "strange")


def test_a_site_that_is_not_there_is_no_answer(new_site):
    site = new_site()
    url = site.url("/x")
    site.close()
    assert seen(url) == ("cannot-tell", "no-answer")


def test_a_site_that_cannot_prove_who_it_is_is_no_answer(new_site):
    url = new_site(https=True).says("/x", page("Video"), HTML)
    assert seen(url) == ("cannot-tell", "not-encrypted")


def test_an_address_inside_this_network_is_not_asked(new_site):
    site = new_site(allowed=False)
    assert seen(site.says("/x", page("Video"), HTML)) == ("cannot-tell", "no-public-address")
    assert site.asked == []


def test_a_page_that_leads_into_this_network_is_not_followed(new_site):
    inside = new_site(allowed=False)
    inside.says("/admin", page("Router"), HTML)
    outside = new_site()
    assert seen(outside.leads("/x", inside.url("/admin"))) == ("cannot-tell", "no-public-address")
    assert inside.asked == []


def test_without_a_yes_for_that_place_nothing_is_asked(new_site):
    site = new_site()
    with pytest.raises(NothingMayLeave):
        look(Permit("test.look", "example.org"), site.says("/x", page("Video"), HTML))
    assert site.asked == []


def test_a_page_without_end_is_read_only_at_its_beginning(new_site):
    body = page("Video 42", WORDS) + b"<p>more</p>" * 200_000
    assert seen(new_site().says("/x", body, HTML)) == ("there", "answers")


@settings(deadline=None)
@given(st.binary(max_size=2000), st.text(max_size=60))
def test_no_bytes_and_no_name_of_an_encoding_break_reading(body, content_type):
    found = read_words(body, content_type)
    assert found.title == plain(found.title)


@settings(deadline=None)
@given(
    st.integers(100, 599),
    st.sampled_from(["", "text/html", "image/png", "video/mp4", "application/pdf"]),
    st.builds(
        PageWords,
        st.text(max_size=40).map(plain),
        st.just(()),
        st.text(max_size=200).map(plain),
        st.booleans(),
        st.integers(0, 3),
    ),
    st.lists(st.text(max_size=20), max_size=2).map(tuple),
)
def test_whatever_is_answered_has_a_meaning_with_words(status, kind, words, titles):
    url = "https://leak.example/watch/42"
    found = judged(Answered(url, url, status, kind, words), titles)
    assert found.state in SEEN
    assert found.why in WHY_SEEN
    if not 200 <= status < 300 and status not in (404, 410, 451):
        assert found.state == "cannot-tell"
