"""Give items words of one's own, and put them into albums."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.storage.item import Item
from stillmine.app.unlocking import unlocked
from stillmine.errors import WrongUsage
from stillmine.keep.showing import Shown, shown

_LONGEST = 10_000  # signs; more than a page, and it fits into the sealed header of an item


def wording(text: str) -> str:
    """Return a person's own words as they can be kept; bytes that are no text become a mark.

    Raises WrongUsage where they are too long to be kept beside an item.
    """
    if len(text) > _LONGEST:
        raise WrongUsage(problem=f"a label or an album has at most {_LONGEST} signs.")
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class LabelRequest:
    """An item and its new label."""

    item: str = given("The item's number, or how it begins.", positional=True)
    label: str = given("The new label; an empty one takes it away.", positional=True)


@dataclass(frozen=True, slots=True)
class LabelAnswer(Answer):
    """The item as it is now."""

    item: str
    label: str


@action("keep.label")
def label(context: Context, request: LabelRequest) -> LabelAnswer:
    """Give an item a label, in words of your own."""
    text = wording(request.label)
    with unlocked(context, writing=True) as vault:
        item = vault.item(request.item)
        vault.change([item._replace(label=text)])
    return LabelAnswer(item.item, text)


@dataclass(frozen=True, slots=True)
class AlbumRequest:
    """An album, and what goes into it or out of it."""

    album: str = given("The name of the album.", positional=True)
    items: tuple[str, ...] = given("The items' numbers, or how they begin.", positional=True)
    remove: bool = given("Take them out of the album; they stay in the vault.", default=False)


@dataclass(frozen=True, slots=True)
class AlbumAnswer(Answer):
    """The items that were put in or taken out, as they are now."""

    album: str
    changed: tuple[Shown, ...]


@action("keep.album")
def album(context: Context, request: AlbumRequest) -> AlbumAnswer:
    """Put items into an album, or take them out. An album is there while something is in it."""
    name = wording(request.album)
    with unlocked(context, writing=True) as vault:
        found = {item.item: item for item in map(vault.item, request.items)}
        changed = [
            each
            for item in found.values()
            if (each := _moved(item, name, remove=request.remove)).albums != item.albums
        ]
        vault.change(changed)
    return AlbumAnswer(name, tuple(shown(item) for item in changed))


def _moved(item: Item, album: str, *, remove: bool) -> Item:
    others = set(item.albums) - {album}
    albums = others if remove else others | {album}
    return item._replace(albums=tuple(sorted(albums)))
