"""Give items words of one's own, and put them into albums."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.storage.item import Item
from stillmine.app.unlocking import unlocked
from stillmine.keep.showing import Shown, shown


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
    with unlocked(context, writing=True) as vault:
        item = vault.item(request.item)
        vault.change([replace(item, label=request.label)])
    return LabelAnswer(item.item, request.label)


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
    with unlocked(context, writing=True) as vault:
        found = {item.item: item for item in map(vault.item, request.items)}
        changed = [
            each for item in found.values() if (each := _moved(item, request)).albums != item.albums
        ]
        vault.change(changed)
    return AlbumAnswer(request.album, tuple(shown(item) for item in changed))


def _moved(item: Item, request: AlbumRequest) -> Item:
    others = set(item.albums) - {request.album}
    albums = others if request.remove else others | {request.album}
    return replace(item, albums=tuple(sorted(albums)))
