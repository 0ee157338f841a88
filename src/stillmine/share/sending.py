"""Hand a sealed file from computer to computer, with a code that is said by voice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from stillmine.app import delivering
from stillmine.app.actions import Answer, Sends, action, given
from stillmine.app.context import Context
from stillmine.app.jobs import Job
from stillmine.app.network import Permit, destination_of
from stillmine.app.network.wormhole import MAILBOX, RELAY, Meeting, send, take
from stillmine.app.sources.finding import OpenSource, one_source
from stillmine.errors import NobodyCame, NothingMayLeave, WrongUsage
from stillmine.share.names import outer_name
from stillmine.share.page import BEGIN
from stillmine.share.received import sealed_file

_MINUTES = 10.0  # until the other side has to be there
_MOST = 1 << 31  # bytes of a file that is taken
_LONGEST_CODE = 200
_AGE, _PAGE = b"age-encryption.org/", b"<!doctype html>"
_THEY_LEARN = (
    "Both servers: your address on the internet, when, and how large it is; not what is in it. "
    "With --direct, the other person's computer learns your address too."
)


@dataclass(frozen=True, slots=True)
class SendRequest:
    """A sealed file, and where to meet."""

    file: Path = given("The sealed file, or the page.", positional=True)
    mailbox: str = given("The server where the two of you find each other.", default=MAILBOX)
    relay: str = given("The server that passes the file on.", default=RELAY)
    direct: bool = given(
        "Let the two computers also talk straight to each other: faster in one home.", default=False
    )


@dataclass(frozen=True, slots=True)
class SendAnswer(Answer):
    """How much was handed over."""

    bytes: int


@action(
    "share.send",
    sends=Sends(
        what="One sealed file: {file}. It is sealed once more on its way.",
        to="The person who types the code, by way of {mailbox} and {relay}",
        they_learn=_THEY_LEARN,
        undo="No: what the other person has, they have.",
    ),
)
def send_(context: Context, request: SendRequest) -> SendAnswer:
    """Send a sealed file to somebody who types the code that you tell them."""
    meeting = Meeting(request.mailbox, request.relay, request.direct)
    permits = _permits(context, "share.send", meeting)
    given_file = one_source(request.file, context)
    with sealed_file(given_file):
        pass  # what is not sealed does not leave
    with OpenSource(given_file) as source:
        waiting = _Waiting(context.job)
        file = source.file
        events = send(
            meeting,
            permits,
            file,
            source.size,
            name=outer_name(source.path.suffix.lower().lstrip(".") or "age"),
            check=waiting.check,
        )
        for event in events:
            if not isinstance(event, dict):
                continue
            if event["event"] == "code":
                context.job.announce("send-code", code=str(event["code"]))
            elif event["event"] == "met":
                waiting.is_over("share.sending", source.size)
            elif event["event"] == "sent":
                context.job.advance(int(event["length"]))
        return SendAnswer(source.size)


@dataclass(frozen=True, slots=True)
class ReceiveRequest:
    """The code, where to meet, and where to put the file."""

    code: str = given("The code that you were told, such as 7-tiger-piano-salute.", positional=True)
    to: Path = given("The folder to write the sealed file to.", default=Path())
    mailbox: str = given("The server where the two of you find each other.", default=MAILBOX)
    relay: str = given("The server that passes the file on.", default=RELAY)
    direct: bool = given(
        "Let the two computers also talk straight to each other: faster in one home.", default=False
    )

    @property
    def spoken(self) -> str:
        """The code as it is meant. Raise WrongUsage where it is none."""
        return _checked(self.code)


@dataclass(frozen=True, slots=True)
class ReceiveAnswer(Answer):
    """The file that came; it was not opened."""

    file: Path
    bytes: int


@action(
    "share.receive",
    sends=Sends(
        what="The code, in a form that says nothing about it. Nothing of yours.",
        to="The person who told you the code, by way of {mailbox} and {relay}",
        they_learn=_THEY_LEARN,
        undo="No: what the servers noted stays with them.",
    ),
)
def receive(context: Context, request: ReceiveRequest) -> ReceiveAnswer:
    """Take a file from somebody who told you a code. It is written as it came, and not opened."""
    meeting = Meeting(request.mailbox, request.relay, request.direct)
    permits = _permits(context, "share.receive", meeting)
    folder = delivering.require_folder(request.to, context)
    waiting = _Waiting(context.job)
    coming = _Coming(
        take(meeting, permits, request.spoken, most=_MOST, check=waiting.check), waiting
    )
    draft = delivering.write_draft(folder, coming.pieces(), context)
    path = folder / outer_name(_ending(coming.head))
    try:
        draft.publish(path)
    except BaseException:
        draft.discard()
        raise
    return ReceiveAnswer(path, coming.size)


def _permits(context: Context, name: str, meeting: Meeting) -> tuple[Permit, ...]:
    places = (destination_of(meeting.mailbox), destination_of(meeting.relay))
    if not context.agreed_to_send:
        raise NothingMayLeave(agreed="-", asked=", ".join(places))
    return tuple(Permit(name, place) for place in places)


def _checked(code: str) -> str:
    number, dash, words = code.strip().lower().replace(" ", "-").partition("-")
    if not (number.isascii() and number.isdigit() and dash and words) or len(code) > _LONGEST_CODE:
        raise WrongUsage(problem="a code is a number and words, such as 7-tiger-piano-salute.")
    return f"{number}-{words}"


def _ending(head: bytes) -> str:
    """Return the ending of what came: it is a stranger's, so its own name does not count."""
    if head.startswith((_AGE, BEGIN)):
        return "age"
    return "html" if head.lower().startswith(_PAGE) else "bin"


@dataclass(slots=True)
class _Waiting:
    """Wait for the other side, but not for ever, and stop when asked."""

    job: Job
    until: float | None = field(default_factory=lambda: time.monotonic() + 60 * _MINUTES)

    def check(self) -> None:
        """Raise Stopped or NobodyCame."""
        self.job.check()
        if self.until is not None and time.monotonic() > self.until:
            raise NobodyCame

    def is_over(self, doing: str, size: int) -> None:
        """Note that they are there, and count bytes from now on."""
        self.until = None
        self.job.begin(doing, size, "bytes")


@dataclass(slots=True)
class _Coming:
    """A file while it comes."""

    events: Iterator[dict[str, object] | bytes]
    waiting: _Waiting
    head: bytes = b""
    size: int = 0

    def pieces(self) -> Iterator[bytes]:
        """Yield its bytes, and remember how it begins."""
        for event in self.events:
            if isinstance(event, bytes):
                self.head = (self.head + event)[:64]
                self.size += len(event)
                self.waiting.job.advance(len(event))
                yield event
            elif event["event"] == "offer":
                self.waiting.is_over("share.receiving", cast(int, event["length"]))
