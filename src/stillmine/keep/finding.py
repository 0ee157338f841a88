"""List what is kept, look at one item, find some by words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.storage.item import Listed
from stillmine.app.unlocking import unlocked
from stillmine.keep.setup import words_are_confirmed, words_wait_for_check
from stillmine.keep.showing import Shown, moment, shown_all


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Which part of the vault to list."""

    album: str = given("Only what is in this album.", default="")
    kind: str = given("Only this kind: picture, animation, video, pdf, document.", default="")
    newest: int = given("At most so many, the newest first; 0 for all.", default=0)


@dataclass(frozen=True, slots=True)
class ListAnswer(Answer):
    """The items, the newest first, and how many the vault holds in all."""

    items: tuple[Shown, ...]
    kept: int
    words_to_confirm: tuple[int, ...]
    words_confirmed: bool


@action("keep.list")
def list_items(context: Context, request: ListRequest) -> ListAnswer:
    """List what is kept, the newest first."""
    any_will_do = not (request.album or request.kind)
    with unlocked(context) as vault:
        found = vault.listed(newest=request.newest if any_will_do else 0)
        kept = vault.catalogue.count()
        waiting, confirmed = words_wait_for_check(vault), words_are_confirmed(vault)
    if not any_will_do:
        found = [item for item in found if _fits(item, request.album, request.kind)]
        found = found[: request.newest] if request.newest > 0 else found
    return ListAnswer(shown_all(found), kept, waiting, confirmed)


def _fits(item: Listed, album: str, kind: str) -> bool:
    return (not album or album in item.albums) and (not kind or kind == item.kind)


@dataclass(frozen=True, slots=True)
class FindRequest:
    """What to look for."""

    words: tuple[str, ...] = given("Words in a name, a label or an album.", positional=True)


@dataclass(frozen=True, slots=True)
class FindAnswer(Answer):
    """The items in which all the words occur, the newest first."""

    items: tuple[Shown, ...]

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found, where nothing was."""
        return Outcome.DONE if self.items else Outcome.NOTHING_FOUND


@action("keep.find")
def find(context: Context, request: FindRequest) -> FindAnswer:
    """Find items by words in their name, label or albums; capitals and accents do not matter."""
    words = [_plain(word) for word in request.words]
    with unlocked(context) as vault:
        found = [item for item in vault.listed() if _has_all(item, words)]
    return FindAnswer(shown_all(found))


def _has_all(item: Listed, words: list[str]) -> bool:
    text = _plain(" ".join((item.shown_name, item.label, *item.albums)))
    return all(word in text for word in words)


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


@dataclass(frozen=True, slots=True)
class ShowRequest:
    """Which item."""

    item: str = given("The item's number, or how it begins.", positional=True)


@dataclass(frozen=True, slots=True)
class ShowAnswer(Answer):
    """All that the catalogue says of an item. Sizes in bytes; width and height in pixels."""

    item: str
    name: str
    kind: str
    format: str
    size: int
    width: int | None
    height: int | None
    seconds: float | None
    label: str
    albums: tuple[str, ...]
    modified: datetime
    added: datetime
    stored_size: int
    problem: str | None


@action("keep.show")
def show(context: Context, request: ShowRequest) -> ShowAnswer:
    """Show what is known of one item. The picture itself stays sealed."""
    with unlocked(context) as vault:
        item = vault.item(request.item)
    return ShowAnswer(
        item=item.item,
        name=item.shown_name,
        kind=item.kind,
        format=item.format,
        size=item.size,
        width=item.width,
        height=item.height,
        seconds=item.seconds,
        label=item.label,
        albums=item.albums,
        modified=moment(item.modified),
        added=moment(item.added),
        stored_size=item.stored,
        problem=item.problem,
    )
