"""List what is kept, look at one item, find some by words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.storage.item import Chosen, Listed
from stillmine.app.unlocking import unlocked
from stillmine.errors import WrongUsage
from stillmine.keep.setup import words_are_confirmed, words_wait_for_check
from stillmine.keep.showing import Shown, moment, shown_all

_NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Which part of the vault to list."""

    album: str = given("Only what is in this album.", default="")
    kind: str = given("Only this kind: picture, animation, video, pdf, document.", default="")
    newest: int = given("At most so many, the newest first; 0 for all.", default=0)
    skip: int = given("Leave out so many of the newest first.", default=0)
    since: str = given("Only what was kept on this day or later, like 2026-05-31.", default="")
    until: str = given("Only what was kept on this day or before.", default="")


@dataclass(frozen=True, slots=True)
class ListAnswer(Answer):
    """The items, the newest first, and how many the vault holds in all.

    `fitting` counts what is in the album and of the kind, also beyond the part that is listed.
    """

    items: tuple[Shown, ...]
    kept: int
    words_to_confirm: tuple[int, ...]
    words_confirmed: bool
    fitting: int


@action("keep.list")
def list_items(context: Context, request: ListRequest) -> ListAnswer:
    """List what is kept, the newest first."""
    newest = request.newest if request.newest > 0 else None
    days = _days(request.since, request.until)
    chosen = Chosen(request.album, request.kind, newest, max(0, request.skip), *days)
    with unlocked(context) as vault:
        found, kept = vault.listed(chosen), vault.catalogue.count()
        fitting = vault.catalogue.count(chosen)
        waiting, confirmed = words_wait_for_check(vault), words_are_confirmed(vault)
    return ListAnswer(shown_all(found), kept, waiting, confirmed, fitting)


@dataclass(frozen=True, slots=True)
class AlbumsRequest:
    """Nothing to choose."""


@dataclass(frozen=True, slots=True)
class Album:
    """An album, and how many items are in it."""

    album: str
    items: int


@dataclass(frozen=True, slots=True)
class AlbumsAnswer(Answer):
    """The albums, by their names."""

    albums: tuple[Album, ...]

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found, where there is no album."""
        return Outcome.DONE if self.albums else Outcome.NOTHING_FOUND


@action("keep.albums")
def albums(context: Context, request: AlbumsRequest) -> AlbumsAnswer:
    """List the albums, and how many items are in each."""
    del request
    with unlocked(context) as vault:
        found = vault.catalogue.albums()
    by_name = sorted(found.items(), key=lambda each: (_plain(each[0]), each[0]))
    return AlbumsAnswer(tuple(Album(name, count) for name, count in by_name))


@dataclass(frozen=True, slots=True)
class FindRequest:
    """What to look for."""

    words: tuple[str, ...] = given("Words in a name, a label or an album.", positional=True)
    newest: int = given("At most so many, the newest first; 0 for all.", default=0)
    skip: int = given("Leave out so many of the newest first.", default=0)
    album: str = given("Only what is in this album.", default="")
    kind: str = given("Only this kind: picture, animation, video, pdf, document.", default="")
    since: str = given("Only what was kept on this day or later, like 2026-05-31.", default="")
    until: str = given("Only what was kept on this day or before.", default="")


@dataclass(frozen=True, slots=True)
class FindAnswer(Answer):
    """The items in which all the words occur, the newest first.

    `fitting` counts all of them, also beyond the part that is listed.
    """

    items: tuple[Shown, ...]
    fitting: int

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found, where nothing was."""
        return Outcome.DONE if self.items else Outcome.NOTHING_FOUND


@action("keep.find")
def find(context: Context, request: FindRequest) -> FindAnswer:
    """Find items by words in their name, label or albums; capitals and accents do not matter."""
    words = [_plain(word) for word in request.words]
    days = _days(request.since, request.until)
    chosen = Chosen(request.album, request.kind, None, 0, *days)
    with unlocked(context) as vault:
        found = [item for item in vault.listed(chosen) if _has_all(item, words)]
    start = max(0, request.skip)
    part = found[start : start + request.newest] if request.newest > 0 else found[start:]
    return FindAnswer(shown_all(part), len(found))


def _days(since: str, until: str) -> tuple[int | None, int | None]:
    """Return when the first of two days begins and the last ends, here; None where none is named.

    Raises WrongUsage.
    """
    return (
        _midnight(since, "--since", timedelta()) if since else None,
        _midnight(until, "--until", timedelta(days=1)) if until else None,
    )


def _midnight(typed: str, option: str, after: timedelta) -> int:
    try:
        begins = datetime.combine(date.fromisoformat(typed.strip()) + after, time())
        return round(begins.astimezone().timestamp()) * _NANOSECONDS
    except (ValueError, OverflowError, OSError) as problem:
        raise WrongUsage(problem=f"{option} takes a day, like 2026-05-31.") from problem


def _has_all(item: Listed, words: list[str]) -> bool:
    # Once for each item of a large vault: nothing is called here that need not be.
    text = f"{item.name.decode('utf-8', 'surrogateescape')} {item.label}"
    if item.albums:
        text += " " + " ".join(item.albums)
    text = text.casefold() if text.isascii() else _plain(text)
    for word in words:  # noqa: SIM110 - `all` makes a generator for each item: a third slower
        if word not in text:
            return False
    return True


def _plain(text: str) -> str:
    if text.isascii():  # most are, and a large vault is searched in a third of the time
        return text.casefold()
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
