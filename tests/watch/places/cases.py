"""Places of every kind, recorded answers of each, and what they show."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from stillmine.watch.places.kind import Ask, Place, Reply, Role

RECORDED = Path(__file__).parent / "recorded"
MD5_ONE = "b9951e65e075e05551f8c73649c1ef54"
MD5_TWO = "bca5abefea084dd501bbb6d46b2a6e0b"
MD5_CLIP = "d04a9705be20188cb3422680a4c74500"
SEARX = {"at": "http://127.0.0.1:8888/searxng"}

PLACES = {
    "page": Place("1", "page", "https://board.example/thread/7"),
    "site": Place("1", "site", "https://board.example/gallery/one.html"),
    "feed": Place("1", "feed", "https://blog.example/feed"),
    "searxng": Place("1", "searxng", "my handle", SEARX),
    "brave": Place("1", "brave", "my handle", key="secret-key"),
    "mojeek": Place("1", "mojeek", "my handle", key="secret-key"),
    "marginalia": Place("1", "marginalia", "my handle", key="secret-key"),
    "fourchan": Place("1", "fourchan", "po"),
    "vichan": Place("1", "vichan", "https://chan.example/b/"),
    "danbooru": Place("1", "danbooru", "https://danbooru.donmai.us/", {"tags": "a b"}),
    "gelbooru": Place("1", "gelbooru", "https://gelbooru.com/", {"tags": "a b"}),
    "moebooru": Place("1", "moebooru", "https://yande.re/", {"tags": "a b"}),
    "mastodon": Place("1", "mastodon", "https://mastodon.social/@somebody"),
    "telegram": Place("1", "telegram", "somechannel"),
    "reddit": Place("1", "reddit", "pictures"),
    "commoncrawl": Place("1", "commoncrawl", "https://www.example.com/"),
    "wayback": Place("1", "wayback", "https://www.archive.org/"),
    "folder": Place("1", "folder", "/home/somebody/archive.warc"),
}


@dataclass(frozen=True)
class Case:
    """One recorded answer. `shown` are (picture, page) pairs, `md5` and `preview` by picture."""

    kind: str
    file: str
    url: str
    note: str = ""
    content_type: str = "application/json"
    shown: list[tuple[str, str]] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    md5: dict[str, str] = field(default_factory=dict)
    preview: dict[str, str] = field(default_factory=dict)
    existed: list[str] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """Return the place that was looked at."""
        return PLACES[self.kind]

    def reply(self, body: bytes | None = None, *, status: int = 200) -> Reply:
        """Return what the site answered, or something else in its place."""
        read = (RECORDED / self.file).read_bytes() if body is None else body
        ask = Ask(self.url, role_of(self.kind), note=self.note)
        return Reply(ask, self.url, status, self.content_type, read)


def role_of(kind: str) -> Role:
    """Return how the first answer of a kind is read."""
    return Role.PAGE if kind == "page" else Role.LIST


_4 = "https://i.4cdn.org/po"
_T = "https://boards.4chan.org/po/thread/570368"
_V = "https://chan.example/b"
_FILES = "https://files.mastodon.social/media_attachments/files"
_API = "https://mastodon.social/api/v1/accounts"
_D = "https://cdn.donmai.us"
_G = "https://img4.gelbooru.com"
_Y = "https://files.yande.re"
_Y_MD5 = "3cc60c29f1c04396ef29cc7db1f311a2"
_D_MD5 = "9cfea6cbed0860e4f08a46b81edaebcf"
_G_MD5 = "da5619f7afe408e0589fa25d43603bb1"
_R = "https://www.reddit.com/r/pictures/comments"
_CDX = "https://index.commoncrawl.org/CC-MAIN"
_CDX_ASKS = (
    "-index?url=https%3A%2F%2Fwww.example.com%2F&matchType=exact&output=json"
    "&fl=url%2Ctimestamp%2Cstatus&limit=1000"
)

CASES = [
    Case(
        "page",
        "page.html",
        "https://board.example/gallery/one.html",
        content_type="text/html; charset=utf-8",
        shown=[("https://board.example/p/1.jpg", "https://board.example/gallery/one.html")],
        more=["https://board.example/style.css", "https://board.example/gallery/frame.html"],
    ),
    Case(
        "site",
        "page.html",
        "https://board.example/gallery/one.html",
        "0",
        content_type="text/html",
        shown=[("https://board.example/p/1.jpg", "https://board.example/gallery/one.html")],
        more=[
            "https://board.example/style.css",
            "https://board.example/gallery/frame.html",
            "https://board.example/gallery/three?page=2",
            "https://board.example/gallery/two.html",
        ],
    ),
    Case(
        "feed",
        "googlealerts.xml",
        "https://www.google.com/alerts/feeds/1/2",
        "1",
        content_type="application/atom+xml",
        more=[
            "https://news.example/report-with-words/",
            "https://other.example/2019/07/words?id=7&a=b",
        ],
    ),
    Case(
        "feed",
        "rss.xml",
        "https://blog.example/feed",
        "1",
        content_type="application/rss+xml",
        shown=[
            ("https://blog.example/p/in-description.jpg", "https://blog.example/one"),
            ("https://blog.example/p/linked.png", "https://blog.example/one"),
            ("https://blog.example/p/enclosed.jpg", "https://blog.example/one"),
            ("https://blog.example/p/escaped.gif", "https://blog.example/two"),
            ("https://blog.example/p/media.mp4", "https://blog.example/two"),
        ],
        more=["https://blog.example/one", "https://blog.example/two"],
        preview={"https://blog.example/p/media.mp4": "https://blog.example/p/media-small.jpg"},
    ),
    Case(
        "searxng",
        "searxng-images.json",
        "http://127.0.0.1:8888/searxng/search?q=my+handle&format=json",
        "images 1",
        shown=[
            ("https://cdn.example/photo.jpg", "https://news.example/story"),
            ("https://blog.example/thumb.png", "https://blog.example/post"),
        ],
        more=["https://blog.example/post"],
        preview={"https://cdn.example/photo.jpg": "https://thumbs.example/photo.jpg"},
    ),
    Case(
        "brave",
        "brave.json",
        "https://api.search.brave.com/res/v1/images/search?q=my+handle",
        shown=[("https://page.example/p/1.jpg", "https://page.example/words")],
        preview={
            "https://page.example/p/1.jpg": "https://imgs.search.brave.com/abc/rs:fit:500:0:1:0/g:ce/aHR0cHM6"
        },
    ),
    Case(
        "mojeek",
        "mojeek.json",
        "https://api.mojeek.com/search?q=my+handle",
        more=["http://one.example/", "https://two.example/contact"],
    ),
    Case(
        "marginalia",
        "marginalia.json",
        "https://api2.marginalia-search.com/search?query=my+handle",
        more=["https://small.example/page"],
    ),
    Case(
        "fourchan",
        "fourchan-threads.json",
        "https://a.4cdn.org/po/threads.json",
        "threads",
        more=[
            "https://a.4cdn.org/po/thread/570368.json",
            "https://a.4cdn.org/po/thread/567982.json",
            "https://a.4cdn.org/po/thread/575972.json",
        ],
    ),
    Case(
        "fourchan",
        "fourchan-thread.json",
        "https://a.4cdn.org/po/thread/570368.json",
        "thread 570368",
        shown=[(f"{_4}/1546293948883.png", _T), (f"{_4}/1546294889019.jpg", _T)],
        md5={f"{_4}/1546293948883.png": MD5_ONE, f"{_4}/1546294889019.jpg": MD5_TWO},
        preview={f"{_4}/1546293948883.png": f"{_4}/1546293948883s.jpg"},
    ),
    Case(
        "vichan",
        "fourchan-threads.json",
        f"{_V}/threads.json",
        "threads",
        more=[f"{_V}/res/570368.json", f"{_V}/res/567982.json", f"{_V}/res/575972.json"],
    ),
    Case(
        "vichan",
        "vichan-thread.json",
        f"{_V}/res/41.json",
        "thread 41",
        shown=[
            (f"{_V}/src/1700000000123.jpg", f"{_V}/res/41.html"),
            (f"{_V}/src/1700000000123-1.png", f"{_V}/res/41.html"),
            (f"{_V}/src/1700000900456.webm", f"{_V}/res/41.html"),
        ],
        md5={
            f"{_V}/src/1700000000123.jpg": MD5_ONE,
            f"{_V}/src/1700000000123-1.png": MD5_TWO,
            f"{_V}/src/1700000900456.webm": MD5_CLIP,
        },
        preview={f"{_V}/src/1700000000123.jpg": f"{_V}/thumb/1700000000123.png"},
    ),
    Case(
        "danbooru",
        "danbooru.json",
        "https://danbooru.donmai.us/posts.json?limit=200",
        "page 1",
        shown=[(f"{_D}/original/9c/fe/{_D_MD5}.jpg", "https://danbooru.donmai.us/posts/12290033")],
        more=["https://danbooru.donmai.us/posts.json?limit=200&tags=a+b&page=2"],
        md5={f"{_D}/original/9c/fe/{_D_MD5}.jpg": _D_MD5},
        preview={f"{_D}/original/9c/fe/{_D_MD5}.jpg": f"{_D}/sample/9c/fe/sample-{_D_MD5}.jpg"},
    ),
    Case(
        "danbooru",
        "e621.json",
        "https://e621.net/posts.json",
        "copies",
        shown=[
            (
                "https://static1.e621.net/data/b9/ed/b9ed9c8ee4ff37d4a51c5fb1c8e7a1d2.jpg",
                "https://danbooru.donmai.us/posts/546281",
            ),
            ("", "https://danbooru.donmai.us/posts/546282"),
        ],
        md5={"": "c0ffee8ee4ff37d4a51c5fb1c8e7a1d2"},
    ),
    Case(
        "gelbooru",
        "gelbooru.json",
        "https://gelbooru.com/index.php?page=dapi",
        "page 1",
        shown=[
            (
                f"{_G}/images/da/56/{_G_MD5}.png",
                "https://gelbooru.com/index.php?page=post&s=view&id=14970719",
            )
        ],
        more=[
            "https://gelbooru.com/index.php?page=dapi&s=post&q=index&json=1&limit=100"
            "&tags=a+b&pid=1"
        ],
        md5={f"{_G}/images/da/56/{_G_MD5}.png": _G_MD5},
    ),
    Case(
        "gelbooru",
        "safebooru.json",
        "https://safebooru.org/index.php?page=dapi",
        "copies",
        shown=[
            (
                "https://safebooru.org/images/3456/0123abcd.png",
                "https://gelbooru.com/index.php?page=post&s=view&id=5551212",
            )
        ],
        md5={"https://safebooru.org/images/3456/0123abcd.png": "0123abcd" * 4},
    ),
    Case(
        "moebooru",
        "moebooru.json",
        "https://yande.re/post.json?limit=100",
        "page 1",
        shown=[
            (
                f"{_Y}/image/{_Y_MD5}/yande.re%201194966%20words.jpg",
                "https://yande.re/post/show/1194966",
            )
        ],
        more=["https://yande.re/post.json?limit=100&tags=a+b&page=2"],
        md5={f"{_Y}/image/{_Y_MD5}/yande.re%201194966%20words.jpg": _Y_MD5},
    ),
    Case(
        "mastodon",
        "mastodon-account.json",
        f"{_API}/lookup?acct=somebody",
        "who",
        more=[f"{_API}/1/statuses?limit=40&only_media=true"],
    ),
    Case(
        "mastodon",
        "mastodon-statuses.json",
        f"{_API}/1/statuses?limit=40&only_media=true",
        "page 1",
        shown=[
            (
                f"{_FILES}/022/345/792/original/57859aede991da25.jpeg",
                "https://mastodon.social/@somebody/103254962155278888",
            ),
            (
                f"{_FILES}/022/546/306/original/dab9a597f68b9745.mp4",
                "https://other.example/@another/7",
            ),
        ],
        more=[f"{_API}/1/statuses?limit=40&only_media=true&max_id=103206185588894565"],
    ),
    Case(
        "telegram",
        "telegram.html",
        "https://t.me/s/somechannel",
        "1",
        content_type="text/html; charset=utf-8",
        shown=[
            ("https://cdn4.telesco.pe/file/one.jpg", "https://t.me/somechannel/42"),
            ("https://cdn4.telesco.pe/file/two.jpg", "https://t.me/somechannel/42"),
            ("https://cdn4.telesco.pe/file/thumb.jpg", "https://t.me/somechannel/44"),
            ("https://cdn4.telesco.pe/file/f9.mp4?token=abc", "https://t.me/somechannel/44"),
        ],
        more=["https://t.me/s/somechannel?before=41"],
    ),
    Case(
        "reddit",
        "reddit.xml",
        "https://www.reddit.com/r/pictures/new/.rss?limit=100",
        content_type="application/atom+xml",
        shown=[
            (
                "https://preview.redd.it/cb9n.jpeg?width=320&crop=smart&s=2586",
                f"{_R}/1abcd2/words/",
            ),
            ("https://i.redd.it/cb9n.jpeg", f"{_R}/1abcd2/words/"),
        ],
        more=["https://album.example/a/7"],
    ),
    Case(
        "commoncrawl",
        "commoncrawl-list.json",
        "https://index.commoncrawl.org/collinfo.json",
        more=[f"{_CDX}-{visit}{_CDX_ASKS}" for visit in ("2026-08", "2024-38", "2024-33")],
    ),
    Case(
        "commoncrawl",
        "commoncrawl-index.ndjson",
        f"{_CDX}-2026-08-index?url=x",
        "index",
        existed=["2026-02-06T18:17:59+00:00", "2026-02-06T22:24:21+00:00"],
    ),
    Case(
        "wayback",
        "wayback.json",
        "https://web.archive.org/cdx/search/cdx?url=x",
        "1",
        more=[
            "https://web.archive.org/cdx/search/cdx?url=https%3A%2F%2Fwww.archive.org%2F"
            "&matchType=exact&output=json&fl=timestamp%2Coriginal%2Cstatuscode&collapse=digest"
            "&limit=1000&showResumeKey=true&resumeKey=org%252Carchive%2529%252F%2B19980109140106%2521"
        ],
        existed=[
            "1997-01-26T04:58:28+00:00",
            "1997-10-11T05:00:34+00:00",
            "1997-12-11T12:29:53+00:00",
        ],
    ),
]
