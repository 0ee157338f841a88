"""What every kind of place can do: say what to ask for, and read what came back.

A kind never connects, waits or writes. It is a few plain functions, so that each one is tested
against answers that were recorded, and adding one takes half an hour (docs/watching.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to look. `target` is what the kind wants: an address, words, a name.

    `options` are what else the kind wants, `key` the person's own key for a service.
    """

    place: str
    kind: str
    target: str
    options: Mapping[str, str] = field(default_factory=dict)
    key: str = field(default="", repr=False)


class Role(Enum):
    """What an answer is to be read as."""

    LIST = "list"  # by the kind itself
    PAGE = "page"  # as a page of the web, whatever the kind
    STYLE = "style"


class KeyGoes(Enum):
    """Where the person's key is put when something is asked for; it is never kept in an Ask."""

    NOWHERE = ""
    HEADER = "header"
    QUERY = "query"
    PAIRS = "pairs"  # the key is itself a piece of a query, such as `api_key=…&user_id=…`


class Ask(NamedTuple):
    """Something to ask a site for.

    `pause` is the least number of seconds until the host is asked for the next thing. `note` is
    the kind's own, and comes back with the answer. `version` changes when what is asked for
    changes, where a list tells: what has the same one as at the last look need not be asked for.
    `at_home` marks what the person runs, which may be on this computer; only an address that the
    person typed is marked. `key_goes` and `key_name` say where the key is put (`typed.with_key`).
    """

    url: str
    role: Role = Role.LIST
    headers: tuple[tuple[str, str], ...] = ()
    pause: float = 0.0
    note: str = ""
    version: str = ""
    at_home: bool = False
    key_goes: KeyGoes = KeyGoes.NOWHERE
    key_name: str = ""


class Reply(NamedTuple):
    """What a site answered, unpacked and bounded. `url` is where it came from in the end."""

    ask: Ask
    url: str
    status: int
    content_type: str
    body: bytes


class Shown(NamedTuple):
    """A picture or video that a place shows.

    `picture` is its address, `page` where people see it. Where the site tells, `md5` (hexadecimal)
    and `size` (bytes) are those of the file, so that an exact copy is known without asking for it;
    `preview` is a small picture of it. Where only an `md5` is told, `picture` is empty.
    """

    picture: str
    page: str
    md5: str = ""
    size: int = 0
    preview: str = ""


class Written(NamedTuple):
    """A picture that is written into a page, as a `data:` address, and the page."""

    data: str
    page: str


class Existed(NamedTuple):
    """An archive saw a page at a time (UTC). `copy` is where its copy is shown, where it is."""

    page: str
    at: datetime
    status: int = 0
    copy: str = ""


class Problem(Enum):
    """What made an answer useless; `messages.looking` says each in words."""

    NONE = ""
    NOT_UNDERSTOOD = "not-understood"
    GONE = "gone"
    KEY_REFUSED = "key-refused"
    NEEDS_LOGIN = "needs-login"
    NO_JSON = "no-json"
    NO_PREVIEW = "no-preview"
    SPENT = "spent"
    REFUSED = "refused"


class Found(NamedTuple):
    """What was read from one answer: what is shown, and what to ask for next.

    `cut` says that there was more than is taken of one answer.
    """

    shown: tuple[Shown, ...] = ()
    more: tuple[Ask, ...] = ()
    written: tuple[Written, ...] = ()
    existed: tuple[Existed, ...] = ()
    cut: bool = False
    problem: Problem = Problem.NONE


class Option(NamedTuple):
    """Something that may be chosen about a place: one of `allowed`, or a number up to `most`.

    Where neither is given, it is text that the kind looks at itself.
    """

    default: str
    allowed: tuple[str, ...] = ()
    most: int = 0


def usual_most(_: Place) -> int:
    """Return how many things are asked for in one look, where a kind says nothing else."""
    return 500


def _no_words(_: Place) -> tuple[str, ...]:
    return ()


def _no_copies(_: Place, __: str) -> tuple[Ask, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of place.

    `check` returns what was typed as a target as it is kept, or raises WrongPlace; `first` says
    what to ask for at the beginning of a look; `read` reads an answer to that, or to what came of
    it. Of one place no more than `most_asks` things are asked for in one look, pictures apart.

    `they_learn` is the key of the sentence that says what the asked hosts get to know. `own` marks
    kinds with which a person's words may leave this computer, `words` says which: whether somebody
    may look for those is not decided here. `asks_for_copies` says how to ask a site for the copies
    of one file by its MD5; it is nothing unless the person chose that for the place. `local` marks
    kinds that ask nobody: `target` is a path, read by `app.sources`.
    """

    name: str
    check: Callable[[str], str]
    first: Callable[[Place], tuple[Ask, ...]]
    read: Callable[[Place, Reply], Found]
    they_learn: str
    options: Mapping[str, Option] = field(default_factory=dict)
    own: bool = False
    words: Callable[[Place], tuple[str, ...]] = _no_words
    needs_key: bool = False
    most_asks: Callable[[Place], int] = usual_most
    asks_for_copies: Callable[[Place, str], tuple[Ask, ...]] = _no_copies
    local: bool = False
