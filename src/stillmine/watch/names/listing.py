"""Show own names: what may be searched for, how it was shown, and the log of every change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.messages import fill, translate
from stillmine.messages.names import LISTED, LOGGED
from stillmine.watch.names.mail import subject_for
from stillmine.watch.names.own_name import MAIL, NAME, Line, OwnName, Sort, all_names


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Whether to show the log as well."""

    log: bool = given("Show every change that was ever made, too.", default=False)


@dataclass(frozen=True, slots=True)
class ListedName:
    """One own name. `way` says how it was shown to be own, None where it was not yet.

    `code` is what to put where only the person can, good until `until`; for a mail address,
    `subject` is the subject of the mail to send.
    """

    name: str
    kind: Sort
    text: str
    at: str
    way: str | None
    shown: str | None
    code: str | None
    until: str | None
    subject: str | None
    said: str

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads."""
        yield f"{self.name}  {self.text}{'  ' + self.at if self.at else ''}"
        yield f"    {self.said}"


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """One change: what was done with which name, and when."""

    at: str
    what: str
    kind: Sort
    text: str
    site: str
    way: str

    @property
    def lines(self) -> Iterator[str]:
        """Yield the line that a person reads."""
        facts = {"text": self.text, "site": self.site}
        yield f"{self.at}  {fill(translate(LOGGED[self.what]), facts)}"


@dataclass(frozen=True, slots=True)
class ListAnswer(Answer):
    """The own names, and the log where it was asked for."""

    names: tuple[ListedName, ...]
    log: tuple[LoggedChange, ...]

    @property
    def outcome(self) -> Outcome:
        """Return that there is nothing where no name was noted."""
        return Outcome.DONE if self.names or self.log else Outcome.NOTHING_FOUND


@action("watch.name.list")
def list_names(context: Context, request: ListRequest) -> ListAnswer:
    """Show your names: which may be looked for, and which are still to be shown to be yours."""
    with unlocked(context) as vault:
        names = all_names(vault)
    return ListAnswer(
        tuple(_listed(each) for each in names.names),
        tuple(_logged(each) for each in names.log) if request.log else (),
    )


def _listed(name: OwnName) -> ListedName:
    proof = name.proof
    key = "name" if name.sort == NAME else (proof.way if proof else "not-yet")
    said = fill(translate(LISTED[key]), {"at": proof.at[:10] if proof else "", "name": name.name})
    return ListedName(
        name.name,
        name.sort,
        name.text,
        name.at,
        proof.way if proof else None,
        proof.at if proof else None,
        name.code.code if name.code else None,
        name.code.ends.isoformat(timespec="minutes") if name.code else None,
        subject_for(name.code.code) if name.code and name.sort == MAIL else None,
        said,
    )


def _logged(line: Line) -> LoggedChange:
    return LoggedChange(line.at, line.what, line.sort, line.text, line.site, line.way)
