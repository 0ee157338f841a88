"""A collection that Gelbooru runs, old or new (its wiki, howto:api)."""

from __future__ import annotations

from stillmine.app.network.web.queries import asking
from stillmine.watch.places.answers import NoAnswer, items, number
from stillmine.watch.places.boorus import Family, Post, first_text, kind_of
from stillmine.watch.places.kind import Problem


def _lists(at: str, tags: str, page: int) -> str:
    return asking(
        f"{at}index.php",
        page="dapi",
        s="post",
        q="index",
        json=1,
        limit=100,
        tags=tags,
        pid=page - 1,
    )


def _page_of(at: str, post: int) -> str:
    return asking(f"{at}index.php", page="post", s="view", id=post)


def _posts(answer: object) -> list[Post]:
    if isinstance(answer, dict) and "@attributes" in answer:
        answer = answer.get("post", [])
        # A single post is not always in a list.
        answer = [answer] if isinstance(answer, dict) else answer
    if not isinstance(answer, list):
        raise NoAnswer(Problem.NOT_UNDERSTOOD)
    return [
        Post(
            number(each.get("id")),
            first_text(each.get("file_url")),
            first_text(each.get("md5"), each.get("hash")),
            0,
            first_text(each.get("sample_url"), each.get("preview_url")),
        )
        for each in items(answer)
    ]


GELBOORU = kind_of(Family("gelbooru", _lists, _page_of, _posts))
