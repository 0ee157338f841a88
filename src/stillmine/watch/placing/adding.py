"""Choose a place to look at: checked, its words only the person's own, its key sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from stillmine.app.actions import Answer, Outcome, Sends, action, given
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.telling.gate import (
    Under18,
    asked_now,
    children_services,
    may_go_on,
    what_to_do,
)
from stillmine.app.telling.saying import ToldFact
from stillmine.app.unlocking import unlocked
from stillmine.errors import InsideHome, NoSuchFile, NothingMayLeave, WrongUsage
from stillmine.facts.places import EVERYWHERE
from stillmine.messages import translate
from stillmine.messages.places import THEY_LEARN
from stillmine.messages.watching import NO_KEY_HERE
from stillmine.watch.names.own_name import all_names
from stillmine.watch.places.kind import KeyGoes, Place
from stillmine.watch.places.kinds import checked, first, kind_of
from stillmine.watch.places.typed import wrong
from stillmine.watch.placing.own_words import require_may_be_looked_at
from stillmine.watch.placing.store import (
    WatchedPlace,
    adults_said,
    keep_place,
    new_place_name,
    note_adults,
    read_places,
    same_as,
)
from stillmine.watch.preparing import prepare_places

ACTION = "watch.place.add"
_LONGEST_NAME = 60
_MOST_HOURS = 24 * 365
# Stands for a key where a place is looked at before the key is asked for. It fits every service.
_SOME_KEY = "api_key=0&user_id=0"


@dataclass(frozen=True, slots=True)
class AddRequest:
    """Where to look, and how often."""

    kind: str = given(
        "The kind of place: page, site, feed, searxng, brave, mojeek, marginalia, fourchan, "
        "vichan, danbooru, gelbooru, moebooru, mastodon, telegram, reddit, commoncrawl, wayback, "
        "folder.",
        positional=True,
    )
    target: str = given("Its address; or words, a name or a path, by its kind.", positional=True)
    options: tuple[str, ...] = given("Something to choose about it, as NAME=VALUE.", default=())
    every: int = given("Look there every so many hours.", default=24)
    name: str = given("What to call it.", default="")
    key: bool = given("Ask for a key of your own, where the service can take one.", default=False)
    under_18: Under18 | None = given(
        "Before the first place: whether somebody in your pictures was under 18, or may have been.",
        default=None,
    )
    country: str = given("Where you live: for whom to turn to, if somebody was.", default="")

    @property
    def they_learn(self) -> str:
        """Who learns what from looks at this place. Raises UnknownPlaceKind."""
        return translate(THEY_LEARN[kind_of(self.kind).they_learn])


@dataclass(frozen=True, slots=True)
class AddAnswer(Answer):
    """The place as it is kept, and who learns what from looks at it.

    `changed` tells that it was there, and got the name, the hours and the key given now. Where
    somebody may have been under 18, `place` is None, nothing was kept, and `services` can help.
    """

    place: str | None
    kind: str
    target: str
    options: Mapping[str, str]
    every: int | None
    name: str
    has_key: bool
    changed: bool
    they_learn: str
    advice: tuple[str, ...]
    services: tuple[ToldFact, ...]

    @property
    def outcome(self) -> Outcome:
        """Return gaps where nothing was kept."""
        return Outcome.DONE if self.place else Outcome.GAPS


def _leaves(request: AddRequest) -> bool:
    """Say whether looks at the place leave this computer; raise what is wrong with it first."""
    return not kind_of(_typed(request).kind).local and request.under_18 in (None, "no")


@action(
    ACTION,
    sends=Sends(
        what="Nothing now. Each look asks for what the place shows, without logging in, and never "
        "sends a picture. Words and keys go only where you choose a search or tags.",
        to="{kind}: {target}",
        they_learn="{they_learn}",
        undo="You can remove the place at any time. What others noted of a look stays with them.",
    ),
    sends_when=_leaves,
)
def add(context: Context, request: AddRequest) -> AddAnswer:
    """Add a place to look at. It is looked at when you say so, or by a timer that you set."""
    typed = _typed(request)
    if _leaves(request) and not context.agreed_to_send:
        raise NothingMayLeave(agreed="-", asked=typed.target)
    if not _adults(context, request, typed):
        return _turned_away(context, request)
    key = ""
    if request.key or kind_of(typed.kind).needs_key:
        key = str(context.keys.secret("place-key")).strip()
    place = _settled(checked(replace(typed, key=key)), Home(context.home))
    with unlocked(context, writing=True) as vault:
        require_may_be_looked_at(all_names(vault), place)
        before = same_as(read_places(vault), place)
        watched = _watched(context, request, place, before)
        note_adults(vault, context.now())
        keep_place(vault, watched)
        prepare_places(vault)
    return _answer(request, watched, changed=before is not None)


def _typed(request: AddRequest) -> Place:
    """Return what was typed as a place without its key. Raises what is wrong with it."""
    if not 1 <= request.every <= _MOST_HOURS:
        raise WrongUsage(problem=f"--every takes hours, from 1 to {_MOST_HOURS}.")
    if len(_one_line(request.name)) > _LONGEST_NAME:
        raise WrongUsage(problem=f"--name has more than {_LONGEST_NAME} signs.")
    kind = kind_of(request.kind)
    options = dict(_pair(kind.name, each) for each in request.options)
    needs = kind.needs_key or request.key
    found = checked(Place("", kind.name, request.target, options, _SOME_KEY if needs else ""))
    if request.key and not any(ask.key_goes is not KeyGoes.NOWHERE for ask in first(found)):
        raise WrongUsage(problem=translate(NO_KEY_HERE))
    return replace(found, key="")


def _pair(kind: str, typed: str) -> tuple[str, str]:
    name, equals, value = typed.partition("=")
    if not equals:
        raise wrong(kind, "option")
    return name.strip(), value.strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _adults(context: Context, request: AddRequest, typed: Place) -> bool:
    """Return whether all were adults; ask where that was never answered. Raises AgeNotKnown.

    What may not be looked at is refused first, before anything more is asked of the person.
    """
    answer = request.under_18
    if answer in (None, "no"):
        with unlocked(context) as vault:
            require_may_be_looked_at(all_names(vault), typed)
            if adults_said(vault):
                return True
    if answer is None:
        answer = asked_now(context)
    return may_go_on(answer)


def _turned_away(context: Context, request: AddRequest) -> AddAnswer:
    services = children_services(request.country or EVERYWHERE, context.now().date())
    return AddAnswer(None, "", "", {}, None, "", False, False, "", what_to_do(), services)


def _settled(place: Place, home: Home) -> Place:
    """Return a place that means the same wherever the program is started.

    Raises NoSuchFile and InsideHome for a path that cannot be looked at.
    """
    if not kind_of(place.kind).local:
        return place
    path = Path(place.target).expanduser().absolute()
    if not path.exists():
        raise NoSuchFile(file=str(path))
    if path.resolve().is_relative_to(home.root.resolve()):
        raise InsideHome(file=str(path))
    return replace(place, target=str(path))


def _watched(
    context: Context, request: AddRequest, place: Place, before: WatchedPlace | None
) -> WatchedPlace:
    if before is None:
        added = context.now().isoformat(timespec="seconds")
        named = replace(place, place=new_place_name())
        return WatchedPlace(named, _one_line(request.name), request.every, added)
    return replace(
        before,
        place=replace(before.place, key=place.key or before.place.key),
        name=_one_line(request.name) or before.name,
        every=request.every,
    )


def _answer(request: AddRequest, watched: WatchedPlace, *, changed: bool) -> AddAnswer:
    place = watched.place
    return AddAnswer(
        place=place.place,
        kind=place.kind,
        target=place.target,
        options=place.options,
        every=watched.every,
        name=watched.name,
        has_key=bool(place.key),
        changed=changed,
        they_learn=request.they_learn,
        advice=(),
        services=(),
    )
