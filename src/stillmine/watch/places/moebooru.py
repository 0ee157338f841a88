"""A collection that Moebooru runs (its help/api)."""

from __future__ import annotations

from stillmine.app.network.web.queries import asking
from stillmine.watch.places.answers import NoAnswer, items, number
from stillmine.watch.places.boorus import Family, Post, first_text, kind_of
from stillmine.watch.places.kind import Problem


def _lists(at: str, tags: str, page: int) -> str:
    return asking(f"{at}post.json", limit=100, tags=tags, page=page)


def _posts(answer: object) -> list[Post]:
    if not isinstance(answer, list):
        raise NoAnswer(Problem.NOT_UNDERSTOOD)
    return [
        Post(
            number(each.get("id")),
            first_text(each.get("file_url"), each.get("jpeg_url")),
            each.get("md5"),
            each.get("file_size"),
            first_text(each.get("sample_url"), each.get("preview_url")),
        )
        for each in items(answer)
    ]


MOEBOORU = kind_of(Family("moebooru", _lists, lambda at, post: f"{at}post/show/{post}", _posts))
