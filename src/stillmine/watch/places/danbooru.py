"""A collection that Danbooru runs, or its relative e621 (help:api of Danbooru)."""

from __future__ import annotations

from stillmine.app.network.web.queries import asking
from stillmine.watch.places.answers import NoAnswer, items, number, record
from stillmine.watch.places.boorus import Family, Post, first_text, kind_of
from stillmine.watch.places.kind import Problem


def _lists(at: str, tags: str, page: int) -> str:
    return asking(f"{at}posts.json", limit=200, tags=tags, page=page)


def _posts(answer: object) -> list[Post]:
    posts = answer if isinstance(answer, list) else record(answer).get("posts")
    if not isinstance(posts, list):
        raise NoAnswer(Problem.NOT_UNDERSTOOD)
    return [_post(each) for each in items(posts)]


def _post(post: dict[str, object]) -> Post:
    # e621 keeps what belongs to the file in a record of its own.
    file = record(post.get("file"))
    return Post(
        number(post.get("id")),
        first_text(post.get("file_url"), post.get("large_file_url"), file.get("url")),
        first_text(post.get("md5"), file.get("md5")),
        post.get("file_size") or file.get("size"),
        first_text(
            post.get("large_file_url"),
            post.get("preview_file_url"),
            record(post.get("sample")).get("url"),
            record(post.get("preview")).get("url"),
        ),
    )


DANBOORU = kind_of(Family("danbooru", _lists, lambda at, post: f"{at}posts/{post}", _posts))
