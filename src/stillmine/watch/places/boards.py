"""Read what image boards say of their threads (the API of 4chan, which vichan speaks as well)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import NamedTuple

from stillmine.watch.places.answers import NoAnswer, items, number, record, text
from stillmine.watch.places.gathering import Gathering, gather
from stillmine.watch.places.kind import Ask, Found, Problem, Reply

THREADS = "threads"
THREAD = "thread "
PAUSE = 1.0
PAUSE_OF_THREADS = 10.0
"""Seconds: the API asks for no more than one question a second, and ten seconds for a thread."""
# What names a file may not lead out of the folder of its board: no slash, no dots but the one.
_TIM = re.compile(r"[0-9A-Za-z_-]{1,80}")
_EXT = re.compile(r"\.[0-9A-Za-z]{1,8}")
_SHOWN = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".webm", ".mp4", ".avif", ".bmp", ".jxl"}


class Board(NamedTuple):
    """Where a board keeps its things; each function gets the number of a thread, or a name."""

    thread: Callable[[int], str]
    page: Callable[[int], str]
    picture: Callable[[str], str]
    preview: Callable[[str, str], str]


def read_board(reply: Reply, board: Board) -> Found:
    """Return what an answer has: the threads of a board, or what the posts of one show."""

    def note(gathering: Gathering, answer: object) -> None:
        if reply.ask.note.startswith(THREAD):
            _note_posts(gathering, answer, board, reply.ask.note)
        else:
            _note_threads(gathering, answer, board)

    return gather(reply, note)


def _note_threads(gathering: Gathering, answer: object, board: Board) -> None:
    if not isinstance(answer, list):
        raise NoAnswer(Problem.NOT_UNDERSTOOD)
    for page in items(answer):
        for thread in items(page.get("threads")):
            post = number(thread.get("no"))
            if post:
                gathering.ask(
                    Ask(
                        board.thread(post),
                        pause=PAUSE_OF_THREADS,
                        note=f"{THREAD}{post}",
                        version=str(number(thread.get("last_modified")) or ""),
                    )
                )


def _note_posts(gathering: Gathering, answer: object, board: Board, note: str) -> None:
    posts = record(answer).get("posts")
    if not isinstance(posts, list):
        raise NoAnswer(Problem.NOT_UNDERSTOOD)
    # The page is that of the thread we asked for, whatever the posts say of themselves.
    page = board.page(number(note.removeprefix(THREAD)))
    for post in items(posts):
        for file in (post, *items(post.get("extra_files"))):
            _note_file(gathering, file, board, page)


def _note_file(gathering: Gathering, file: dict[str, object], board: Board, page: str) -> None:
    name, ending = _name(file.get("tim")), text(file.get("ext")).lower()
    # vichan calls a deleted file `deleted`, 4chan marks the post.
    if number(file.get("filedeleted")) or not name or not _EXT.fullmatch(ending):
        return
    if ending in _SHOWN:
        gathering.show(
            board.picture(f"{name}{text(file.get('ext'))}"),
            page,
            md5=md5_of(file.get("md5")),
            size=number(file.get("fsize")),
            preview=board.preview(name, ending),
        )


def _name(tim: object) -> str:
    """Return the name of a file in the folder of its board; nothing for what leads elsewhere."""
    written = str(tim) if isinstance(tim, int) and not isinstance(tim, bool) else text(tim)
    return written if _TIM.fullmatch(written) else ""


def md5_of(packed: object) -> str:
    """Return an MD5 that is written in Base64, in hexadecimal; nothing for whatever is none."""
    written = text(packed)
    if len(written) != 24:
        return ""
    try:
        plain = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return plain.hex() if len(plain) == 16 else ""
