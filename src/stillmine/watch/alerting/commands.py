"""Choose how to be told that something was found; try it; see and change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from stillmine.app.actions import Answer, Outcome, Secret, Sends, action, asked, given
from stillmine.app.context import Context
from stillmine.app.network.alerts import Channel, find_out, send, wrong
from stillmine.app.unlocking import unlocked
from stillmine.errors import NothingMayLeave, StillmineError, WrongSetting
from stillmine.watch.alerting.chosen import (
    Alert,
    Chosen,
    chosen_in,
    keep_chosen,
    language_now,
)
from stillmine.watch.alerting.telling import permit_for

Kind = Literal["desktop", "mail", "ntfy", "gotify", "matrix", "signal"]
_DESKTOP = "desktop"
_SECRET = "alert-address"  # noqa: S105  the name of a kind of secret
_THEY_LEARN = (
    "That somebody at your network address sends this sentence, and when. With mail and ntfy.sh "
    "they see the sentence too, and to whom it goes. Not what was found."
)


@dataclass(frozen=True, slots=True)
class AddRequest:
    """How to be told. The address is asked for, because it may hold a password."""

    kind: Kind = given("How: a notice on this desktop, a mail, or a service.", positional=True)
    address: Secret | None = asked(
        "The address, as docs/watching.md shows it for each kind.",
        secret="alert-address",
        default=None,
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """One way to be told, as it is shown: without its password."""

    alert: str
    kind: str
    host: str


@dataclass(frozen=True, slots=True)
class AddAnswer(Answer):
    """The way that was added, and all that it will ever say."""

    alert: str
    kind: str
    host: str
    says: str


@action(
    "watch.alert.add",
    sends=Sends(
        what="From now on, when something was found: one sentence, the same each time. No name, "
        "number, address or picture.",
        to="The {kind} service at the address that you type.",
        they_learn=_THEY_LEARN,
        undo="It ends with: stillmine watch alert remove. What was sent stays with them.",
    ),
    sends_when=lambda request: request.kind != _DESKTOP,
    warns=lambda request: "alert-desktop" if request.kind == _DESKTOP else None,
)
def add(context: Context, request: AddRequest) -> AddAnswer:
    """Add a way to be told that something was found."""
    channel = _channel(context, request)
    with unlocked(context, writing=True) as vault:
        chosen, added = chosen_in(vault).with_alert(channel)
        chosen = replace(chosen, language=language_now())
        keep_chosen(vault, chosen)
    return AddAnswer(added.alert, added.kind, added.host, chosen.message.body)


def _channel(context: Context, request: AddRequest) -> Channel:
    if request.kind == _DESKTOP:
        return Channel(_DESKTOP)
    if not context.agreed_to_send:
        raise NothingMayLeave(agreed="-", asked=request.kind)
    address = request.address or context.keys.secret(_SECRET)
    found = find_out(str(address).strip())
    if found.kind != request.kind:
        raise wrong("other-kind")
    return found


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Nothing is needed to list them."""


@dataclass(frozen=True, slots=True)
class ListAnswer(Answer):
    """The ways, the hours (empty for always), how often, and what is said.

    `named` is whether the sentence names this program.
    """

    alerts: tuple[Shown, ...]
    hours: str
    how: str
    named: bool
    says: str

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found where there is no way yet."""
        return Outcome.DONE if self.alerts else Outcome.NOTHING_FOUND


@action("watch.alert.list")
def list_(context: Context, request: ListRequest) -> ListAnswer:
    """List the ways to be told, and when."""
    del request
    with unlocked(context) as vault:
        return _listed(chosen_in(vault))


def _listed(chosen: Chosen) -> ListAnswer:
    always = chosen.begin == chosen.end
    return ListAnswer(
        tuple(_shown(each) for each in chosen.alerts),
        "" if always else f"{chosen.begin}:00-{chosen.end}:00",
        "at-once" if chosen.at_once else "digest",
        chosen.named,
        chosen.message.body,
    )


def _shown(alert: Alert) -> Shown:
    return Shown(alert.alert, alert.kind, alert.host)


@dataclass(frozen=True, slots=True)
class RemoveRequest:
    """Which way."""

    alert: str = given("Its number, from stillmine watch alert list.", positional=True)


@dataclass(frozen=True, slots=True)
class RemoveAnswer(Answer):
    """The way that is gone, and how many are left."""

    alert: str
    left: int


@action("watch.alert.remove")
def remove(context: Context, request: RemoveRequest) -> RemoveAnswer:
    """Remove a way to be told, with its address and password."""
    with unlocked(context, writing=True) as vault:
        chosen = chosen_in(vault)
        found = chosen.find(request.alert)
        after = chosen.without(found)
        keep_chosen(vault, after)
    return RemoveAnswer(found.alert, len(after.alerts))


@dataclass(frozen=True, slots=True)
class HoursRequest:
    """When, how often, and in which words."""

    from_: int | None = given("Tell me from this hour on (0 to 23).", default=None)
    until: int | None = given("Until this hour; the same as --from means always.", default=None)
    how: Literal["digest", "at-once"] | None = given(
        "At most once a day, or after each look that finds something.", default=None
    )
    named: Literal["yes", "no"] | None = given(
        "Whether the sentence names this program.", default=None
    )


@action("watch.alert.hours")
def hours(context: Context, request: HoursRequest) -> ListAnswer:
    """Choose at which hours to be told, how often, and whether the program is named."""
    with unlocked(context, writing=True) as vault:
        before = chosen_in(vault)
        after = replace(
            before,
            begin=_hour(request.from_, before.begin),
            end=_hour(request.until, before.end),
            at_once=before.at_once if request.how is None else request.how == "at-once",
            named=before.named if request.named is None else request.named == "yes",
        )
        if after != before:
            keep_chosen(vault, after)
    return _listed(after)


def _hour(typed: int | None, before: int) -> int:
    if typed is None:
        return before
    if not 0 <= typed <= 24:
        raise WrongSetting(name="--from, --until", wanted="0-23")
    return typed % 24


@dataclass(frozen=True, slots=True)
class TryRequest:
    """Which way."""

    alerts: tuple[str, ...] = given("Its number; none for all.", default=(), positional=True)


@dataclass(frozen=True, slots=True)
class NotTried:
    """A way that did not work, and the code that says why."""

    alert: str
    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class TryAnswer(Answer):
    """Which ways were told, which did not work, and what was said."""

    told: tuple[Shown, ...]
    skipped: tuple[NotTried, ...]
    says: str

    @property
    def outcome(self) -> Outcome:
        """Return how it went."""
        if self.skipped:
            return Outcome.GAPS
        return Outcome.DONE if self.told else Outcome.NOTHING_FOUND


@action(
    "watch.alert.try",
    sends=Sends(
        what="The one sentence that an alert says, once, by each way you named.",
        to="The services that you added. To see them: stillmine watch alert list.",
        they_learn=_THEY_LEARN,
        undo="No.",
    ),
)
def try_(context: Context, request: TryRequest) -> TryAnswer:
    """Send the sentence of an alert once, to see that it gets through."""
    if not context.agreed_to_send:
        raise NothingMayLeave(agreed="-", asked="watch.alert.try")
    with unlocked(context) as vault:
        chosen = chosen_in(vault)
    wanted = [chosen.find(each) for each in request.alerts] or list(chosen.alerts)
    told: list[Shown] = []
    missed: list[NotTried] = []
    context.job.begin("watch.telling", len(wanted), "")
    for each in wanted:
        try:
            send(each, permit_for(each), chosen.message)
            told.append(_shown(each))
        except StillmineError as problem:
            if len(wanted) == 1:
                raise
            missed.append(NotTried(each.alert, each.kind, problem.code))
        context.job.advance()
    return TryAnswer(tuple(told), tuple(missed), chosen.message.body)
