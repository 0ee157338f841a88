"""Choose where backups go; look at the places; take one off the list."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from stillmine.app.actions import Answer, Secret, action, asked, given
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.unlocking import unlocked
from stillmine.errors import PlaceExists, UnknownPlace, WrongPlaceName
from stillmine.keep.backup.places import (
    KIND,
    SENDS_FILES,
    Place,
    leaves_this_computer,
    opened,
    read_places,
    require_outside,
    require_yes,
    settled,
    vault_name,
)
from stillmine.keep.backup.running import require_own

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class AddRequest:
    """A place for backups."""

    name: str = given("A short name for the place.", positional=True)
    url: str = given(
        "Where it is: a folder, s3://, sftp://, davs:// or rclone:REMOTE:PATH.", positional=True
    )
    secret: Secret | None = asked(
        "The key or password of the place, where it needs one.",
        secret="target-secret",
        default=None,
    )


@dataclass(frozen=True, slots=True)
class AddAnswer(Answer):
    """The place that was added."""

    name: str
    url: str


@action("keep.backup.add", sends=SENDS_FILES, sends_when=leaves_this_computer)
def add(context: Context, request: AddRequest) -> AddAnswer:
    """Add a place for backups: a folder or stick, S3, SFTP, WebDAV, or a remote of rclone."""
    if not _NAME.fullmatch(request.name):
        raise WrongPlaceName(name=request.name)
    url = settled(request.url)
    require_outside(Home(context.home), url)
    require_yes(context, url)
    with unlocked(context, writing=True) as vault:
        if request.name in read_places(vault):
            raise PlaceExists(name=request.name)
        vault_name(vault)  # made here, so that no later run changes the vault by asking for it
        with opened("keep.backup.add", url, request.secret) as target:
            require_own(vault, target)
        place = Place(request.name, url, request.secret, context.now().isoformat())
        vault.set_record(KIND, place.name, asdict(place))
    return AddAnswer(request.name, url)


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Nothing is needed."""


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place and when something last happened there; empty for never."""

    name: str
    url: str
    last_run: str
    last_drill: str
    backups: int


@dataclass(frozen=True, slots=True)
class ListAnswer(Answer):
    """All places."""

    places: tuple[ShownPlace, ...]


@action("keep.backup.list")
def list_places(context: Context, request: ListRequest) -> ListAnswer:
    """List the places for backups, with the last backup and the last drill at each."""
    del request
    with unlocked(context) as vault:
        places = read_places(vault).values()
    return ListAnswer(
        tuple(ShownPlace(p.name, p.url, p.last_run, p.last_drill, p.counter) for p in places)
    )


@dataclass(frozen=True, slots=True)
class RemoveRequest:
    """Which place."""

    name: str = given("The name of the place.", positional=True)


@dataclass(frozen=True, slots=True)
class RemoveAnswer(Answer):
    """The place that is no longer used. What lies there stays there."""

    name: str
    url: str


@action("keep.backup.remove")
def remove(context: Context, request: RemoveRequest) -> RemoveAnswer:
    """Stop using a place. The backup that lies there is not touched."""
    with unlocked(context, writing=True) as vault:
        places = read_places(vault)
        if request.name not in places:
            raise UnknownPlace(name=request.name, known=", ".join(places))
        vault.remove_record(KIND, request.name)
    return RemoveAnswer(request.name, places[request.name].url)
