"""Show cases: all of them in a list, or one of them whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stillmine.act.case.model import CLOSED, Case, Event, Sender
from stillmine.act.case.store import all_cases, find_case
from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.facts import place_of
from stillmine.messages import fill, translate
from stillmine.messages.timeline import EVENTS

_NO_FACTS = ("note", "proof")


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Which cases."""

    person: str | None = given("Only the cases of this person.", default=None)
    closed: bool = given("Closed ones too.", default=False)


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case in a list: how much it holds, and nothing of what that says."""

    case: str
    person: str
    country: str
    state: str
    threats: bool
    opened: datetime
    addresses: int
    proofs: int
    notices: int


@dataclass(frozen=True, slots=True)
class ListAnswer(Answer):
    """The cases, by person and the newest first."""

    cases: tuple[ListedCase, ...]

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found where there is none."""
        return Outcome.DONE if self.cases else Outcome.NOTHING_FOUND


@action("act.case.list")
def list_cases(context: Context, request: ListRequest) -> ListAnswer:
    """List the cases in the vault, the newest first; of several people, person by person."""
    with unlocked(context) as vault:
        cases = all_cases(vault)
    wanted = [each for each in cases if request.closed or each.state != CLOSED]
    if request.person is not None:
        of = request.person.strip().casefold()
        wanted = [each for each in wanted if each.person.casefold() == of]
    wanted.sort(key=lambda each: each.person.casefold())  # stable: newest first within a person
    return ListAnswer(tuple(map(_listed, wanted)))


def _listed(case: Case) -> ListedCase:
    return ListedCase(
        case.case,
        case.person,
        case.country,
        case.state,
        case.threats,
        datetime.fromisoformat(case.opened),
        len(case.addresses),
        len(case.proofs),
        len(case.notices),
    )


@dataclass(frozen=True, slots=True)
class ShowRequest:
    """Which case."""

    case: str = given("The case, or how its name begins.", positional=True)


@dataclass(frozen=True, slots=True)
class ShownAddress:
    """An address of a case, and how it was when it was last looked at."""

    address: str
    url: str
    state: str
    seen: datetime | None
    uploader: str
    note: str


@dataclass(frozen=True, slots=True)
class ShownProof:
    """A piece of proof. `stamped` are those who vouch for the time; `size` in bytes."""

    proof: str
    kind: str
    made: datetime
    address: str
    level: str
    title: str
    files: tuple[str, ...]
    stamped: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A letter, and how it stands."""

    notice: str
    to: str
    state: str
    written: datetime
    addresses: tuple[str, ...]
    regimes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """A line of the timeline: when, and what in words; `what` is the code for it."""

    at: datetime
    what: str
    said: str

    @property
    def line(self) -> str:
        """Return it as one line."""
        said = " ".join(self.said.split())
        return f"{self.at.astimezone():%Y-%m-%d %H:%M}  {said}"


@dataclass(frozen=True, slots=True)
class ShowAnswer(Answer):
    """All that a case holds."""

    case: str
    person: str
    country: str
    state: str
    threats: bool
    opened: datetime
    sender: Sender | None
    addresses: tuple[ShownAddress, ...]
    proofs: tuple[ShownProof, ...]
    notices: tuple[ShownNotice, ...]
    timeline: tuple[ShownEvent, ...]


@action("act.case.show")
def show(context: Context, request: ShowRequest) -> ShowAnswer:
    """Show one case: its addresses, its proof, its letters, and what happened when."""
    with unlocked(context) as vault:
        case = find_case(vault, request.case)
    place = place_of(case.country)
    return ShowAnswer(
        case.case,
        case.person,
        place.name if place else case.country,
        case.state,
        case.threats,
        datetime.fromisoformat(case.opened),
        case.sender if case.sender.name or case.sender.mail else None,
        _addresses(case),
        _proofs(case),
        _notices(case),
        tuple(map(_event, sorted(case.events, key=lambda each: _moment(each.at)))),
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _addresses(case: Case) -> tuple[ShownAddress, ...]:
    return tuple(
        ShownAddress(
            each.address,
            each.url,
            each.state,
            _moment(each.seen) if each.seen else None,
            each.uploader,
            each.note,
        )
        for each in case.addresses
    )


def _proofs(case: Case) -> tuple[ShownProof, ...]:
    return tuple(
        ShownProof(
            each.proof,
            each.kind,
            _moment(each.made),
            each.address,
            each.level,
            each.title,
            tuple(file.name for file in each.files),
            each.stamped,
            each.size + sum(file.size for file in each.files if file.apart),
        )
        for each in case.proofs
    )


def _notices(case: Case) -> tuple[ShownNotice, ...]:
    return tuple(
        ShownNotice(
            each.notice, each.to, each.state, _moment(each.written), each.addresses, each.regimes
        )
        for each in case.notices
    )


def _event(event: Event) -> ShownEvent:
    said = fill(translate(EVENTS.get(event.what, event.what)), event.facts)
    beside = [event.facts[name] for name in _NO_FACTS if event.facts.get(name)]
    shown = " ".join([said, *(each for each in beside if each not in said)])
    return ShownEvent(_moment(event.at), event.what, shown)
