"""A vault with something of everything in it, so that each page has something to show.

It is made once for a run and copied for each test. Some of it is as hard to show as it gets: words
of 200 letters, names that are written from right to left, and names that try to be more than text.

To add something of yours: write a function that takes a `Home`, does it with `do` as the actions
are asked everywhere, and put it into `FURNISHING`. Later ones find what earlier ones made.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from stillmine.app import keyholder, unlocking
from stillmine.app.actions import Secret
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.sources.handed import HandedFile
from stillmine.app.storage.opening import open_vault
from stillmine.app.unlocking import root_key
from stillmine.imaging import drawn
from stillmine.keep import setup
from stillmine.share.key import KeyRequest, key
from stillmine.watch.keeping import KeptFinding, note
from stillmine.web.door import Door, FormKeys, find_action
from tests.watch.watching import finding

PHRASE = "nine quiet lamps under water"
LONG = "Donaudampfschifffahrt" * 9 + "gesellschaft"
"""A word of two hundred letters, without a place to break it."""
RIGHT_TO_LEFT = "שלום מהאגם 2024 (עותק).jpg"
HOSTILE = '<img src=x onerror=alert(1)>"\u202egpj.exe'
HARD = (LONG, "ליד האגם, עם חברים", HOSTILE)
"""Labels of items: without a space, from right to left, and one that tries to be a tag."""
REDDIT = "https://www.reddit.com/r/place/comments/1"
LONG_ADDRESS = "https://board.example/" + "very-long-part-of-an-address" * 12


def do(door: Door, name: str, /, *files: HandedFile, **fields: Any) -> Any:
    """Ask an action, with files that come along and a yes to what it sends, which stays here."""
    action = find_action(name)
    return action.run(door.context(may_send=True, handed=files), action.request(**fields))


@contextmanager
def quick_keys(folder: Path) -> Iterator[None]:
    """Let passphrases take a moment, and keep keyholders to a folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unlocking, "WORK_FACTOR", 10)
        patch.setattr(setup, "WORK_FACTOR", 10)
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        yield


def handed(name: str, content: bytes) -> HandedFile:
    """Return a file as one that comes with a form."""
    return HandedFile(name, io.BytesIO(content), len(content))


def items(door: Door, folder: Path) -> None:
    """Keep pictures: with long words, with words from right to left, and with no words at all."""
    names = {
        "picture 0.jpg": ("By the lake", ""),
        f"{LONG}.jpg": (HARD[0], LONG),
        RIGHT_TO_LEFT: (HARD[1], "قصص"),
        "hostile.jpg": (HARD[2], ""),
        "plain.jpg": ("", ""),
    }
    for number, (name, (label, album)) in enumerate(names.items()):
        picture = folder / (name if len(name.encode()) < 250 else f"{name[:200]}.jpg")
        picture.write_bytes(drawn.draw(number + 1, size=(320, 240)))
        do(door, "keep.add", paths=(picture,), label=label, album=album)


def people(door: Door, folder: Path) -> None:
    """Know two people, and have handed a picture to each."""
    names = ("Sam", f"نور {LONG}"[:100])
    for name in names:
        context = Context(folder / f"friend-{len(name)}", FormKeys({"passphrase": Secret(PHRASE)}))
        setup.init(context, setup.InitRequest(Secret(PHRASE)))
        do(door, "share.people.add", name=name, key=key(context, KeyRequest()).contact)
    first = do(door, "keep.list").items[0].item
    for name in names:
        do(door, "share.make", items=(first,), for_=name, to=folder / "given", unmarked=True)


def names(door: Door, folder: Path) -> None:
    """Have a name of one's own, which was not shown to be one yet."""
    del folder
    do(door, "watch.name.add", text=f"{LONG[:50]}@example.net", kind="mail")


def places(door: Door, folder: Path) -> None:
    """Look at a page and at a folder."""
    there = folder / LONG[:120]
    there.mkdir()
    add = {"under_18": "no"}
    do(door, "watch.place.add", kind="page", target=LONG_ADDRESS, name=LONG[:60], **add)
    do(door, "watch.place.add", kind="folder", target=str(there), **add)


def findings(door: Door, folder: Path) -> None:
    """Keep what looks found: sure and unsure, of one's own and of what is forgotten."""
    del folder
    own = [each.item for each in do(door, "keep.list").items]
    quad = ((-320.0, 0.0), (320.0, 0.0), (320.0, 480.0), (-320.0, 480.0))
    made = [
        finding(1, item=own[0], quad=quad),
        finding(2, item=own[1], page=LONG_ADDRESS, picture=LONG_ADDRESS),
        finding(3, page=f"https://board.example/{HOSTILE}", expected_false=0.4),
        finding(4, item=own[2], page="file:///home/somebody/picture.jpg"),
    ]
    with open_vault(Home(door.home), root_key(door.context()), writing=True) as vault:
        note(vault, [KeptFinding(each) for each in made])


def cases(door: Door, folder: Path) -> None:
    """Open a case that has everything, and one that has nothing."""
    del folder
    new = {"under_18": "no"}
    case = do(door, "act.case.new", country="GB", person=LONG[:100], **new).case
    do(door, "act.case.new", country="US", **new)
    do(door, "act.case.add", case=case, addresses=(REDDIT, LONG_ADDRESS), note=f"They {LONG}")
    do(door, "act.case.sender", case=case, name="Ada Example", mail="ada@example.net")
    proof = handed(f"{LONG[:80]} {RIGHT_TO_LEFT}", b"[12.11.26, 18:03] X: pay or else")
    do(door, "act.case.import", proof, case=case, files=(), no_stamp=True)
    do(door, "act.notice", case=case, to="Reddit", shows="intimate", made="real")
    do(door, "act.track", case=case, notice="n1", state="sent")
    do(door, "act.notice", case=case, to="Discord", shows="intimate", made="real")


def backups(door: Door, folder: Path) -> None:
    """Keep sealed copies in another place."""
    stick = folder / LONG[:100]
    stick.mkdir()
    do(door, "keep.backup.add", name="stick", url=str(stick))


FURNISHING: tuple[Callable[[Door, Path], None], ...] = (
    items,
    people,
    names,
    places,
    findings,
    cases,
    backups,
)
"""What fills the vault, in this order. Each gets the door of the vault and a folder for scratch."""


def furnish(folder: Path) -> Path:
    """Make the vault in a folder, and return its home, locked."""
    home = folder / "home"
    with quick_keys(folder):
        context = Context(home, FormKeys({"passphrase": Secret(PHRASE)}))
        setup.init(context, setup.InitRequest(Secret(PHRASE)))
        door = Door(home)
        door.unlock(Secret(PHRASE))
        try:
            for each in FURNISHING:
                scratch = folder / each.__name__
                scratch.mkdir()
                each(door, scratch)
        finally:
            keyholder.end(Home(home))
    return home


def recorded(name: str) -> Any:
    """Return what a registry answered once."""
    path = Path(__file__).parents[1] / "act/hosts/recorded" / name
    return json.loads(path.read_text(encoding="utf-8"))
