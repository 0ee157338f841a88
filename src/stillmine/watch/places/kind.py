"""What every kind of place can do: say what to ask for, and read what came back.

A kind never connects, waits or writes. It is a pair of plain functions, so that each one is tested
against answers that were recorded, and adding one takes half an hour (docs/watching.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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


class Ask(NamedTuple):
    """Something to ask a site for. `pause` is the least number of seconds between two of these.

    `note` is the kind's own, and comes back with the answer.
    """

    url: str
    role: Role = Role.LIST
    headers: tuple[tuple[str, str], ...] = ()
    pause: float = 0.0
    note: str = ""


class Reply(NamedTuple):
    """What a site answered, unpacked and bounded."""

    ask: Ask
    url: str
    status: int
    content_type: str
    body: bytes


class Shown(NamedTuple):
    """A picture or video that a place shows.

    `picture` is its address, `page` where people see it. Where the site tells, `md5` (hexadecimal)
    and `size` (bytes) are those of the file, so that an exact copy is known without asking for it;
    `preview` is a small picture of it.
    """

    picture: str
    page: str
    md5: str = ""
    size: int = 0
    preview: str = ""


class Found(NamedTuple):
    """What was read from one answer: what is shown, and what to ask for next.

    `problem` names what made an answer useless, as a code.
    """

    shown: tuple[Shown, ...] = ()
    more: tuple[Ask, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of place.

    `check` returns the place as it is kept, or raises WrongPlace; `first` says what to ask for at
    the beginning of a look; `read` reads an answer to that, or to what came of it. `they_learn` is
    the key of the sentence that says what the asked hosts get to know; `own` marks kinds for which
    a person's words or names leave this computer.
    """

    name: str
    check: Callable[[Place], Place]
    first: Callable[[Place], tuple[Ask, ...]]
    read: Callable[[Place, Reply], Found]
    they_learn: str
    own: bool = False
    needs_key: bool = False
