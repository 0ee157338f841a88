"""The real command line, over a room of throw-away actions that exist only in tests."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from stillmine.app.actions import Answer, Outcome, Secret, Sends, action, asked, given
from stillmine.app.context import Context
from stillmine.cli.main import main
from stillmine.errors import StillmineError, UnknownItem
from stillmine.messages.answers import ANSWERS, Counted


@dataclass(frozen=True, slots=True)
class AddRequest:
    paths: tuple[Path, ...] = given("What to add.")
    labels: tuple[str, ...] = given("A label; may be repeated.", default=())
    note: str | None = given("A remark.", default=None)
    times: int = given("How often.", default=1)
    kind: Literal["picture", "paper"] = given("What it is.", default="picture")
    into: Path | None = given("A folder.", default=None)
    deep: bool = given("Also what is in folders.", default=False)
    checked: bool = given("Look twice.", default=True)


@dataclass(frozen=True, slots=True)
class AddedFile:
    item: str
    file: Path
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SkippedFile:
    file: Path
    code: str


@dataclass(frozen=True, slots=True)
class AddAnswer(Answer):
    added: tuple[AddedFile, ...]
    skipped: tuple[SkippedFile, ...]
    request: str
    home: Path


ANSWERS["sample.add"] = (
    Counted("added", "{added} file is safe now.", "{added} files are safe now."),
    Counted("skipped", "{skipped} file was skipped.", "{skipped} files were skipped."),
)


@action("sample.add")
def add(context: Context, request: AddRequest) -> AddAnswer:
    """Add files that are there, and skip the others."""
    moment = datetime(2026, 5, 6, 7, 8, tzinfo=UTC)
    files = [path for path in request.paths if path.exists()]
    return AddAnswer(
        added=tuple(AddedFile("i1", path, path.stat().st_size, moment) for path in files),
        skipped=tuple(
            SkippedFile(path, "keep.no-such-file") for path in request.paths if path not in files
        ),
        request=repr(request),
        home=context.home,
    )


@dataclass(frozen=True, slots=True)
class ShowRequest:
    item: str = given("The item.", positional=True)
    to: Path | None = given("Where to.", default=None, positional=True)


@dataclass(frozen=True, slots=True)
class TextAnswer(Answer):
    text: str


@action("sample.show")
def show(_context: Context, request: ShowRequest) -> TextAnswer:
    """Show one item."""
    if request.item == "none":
        raise UnknownItem(item=request.item)
    if request.item == "odd":
        raise StillmineError(file="caf\udce9\x1b[31m.jpg")
    if request.item == "crash":
        raise RuntimeError("a secret path /home/anna/private.jpg")
    return TextAnswer(f"{request.item} {request.to}")


@dataclass(frozen=True, slots=True)
class FindRequest:
    words: tuple[str, ...] = given("What to look for.", positional=True, default=())


@dataclass(frozen=True, slots=True)
class FindAnswer(Answer):
    found: tuple[str, ...]

    @property
    def outcome(self) -> Outcome:
        return Outcome.DONE if self.found else Outcome.NOTHING_FOUND


@action("sample.find")
def find(_context: Context, request: FindRequest) -> FindAnswer:
    """Find items."""
    return FindAnswer(request.words)


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


@action("sample.open")
def open_(context: Context, _request: Nothing) -> TextAnswer:
    """Open with the passphrase, asked for twice in code and once of the person."""
    assert context.keys.passphrase() == context.keys.passphrase()
    return TextAnswer(f"[{context.keys.passphrase()}] {context.keys.device_key()}")


@dataclass(frozen=True, slots=True)
class SecretsRequest:
    fresh: Secret = asked("The new passphrase.", secret="new-passphrase")
    target: Secret | None = asked("The target's.", secret="target-secret", default=None)


@action("sample.secrets")
def secrets(_context: Context, request: SecretsRequest) -> TextAnswer:
    """Ask for secrets."""
    optional = None if request.target is None else str(request.target)
    return TextAnswer(f"{str(request.fresh)!r} {optional!r} {request!r}")


@dataclass(frozen=True, slots=True)
class WordsRequest:
    words: Secret = asked("The words.", secret="recovery-words")


@action("sample.recover")
def recover(_context: Context, request: WordsRequest) -> TextAnswer:
    """Take recovery words."""
    return TextAnswer(str(request.words))


@dataclass(frozen=True, slots=True)
class SendRequest:
    target: str = given("Where to.", positional=True)


@action(
    "sample.send.now",
    sends=Sends("sealed files only", "the place {target}", "how many there are", "yes"),
    sends_when=lambda request: not request.target.startswith("/"),
)
def send(context: Context, request: SendRequest) -> TextAnswer:
    """Send something out."""
    return TextAnswer(f"sent {context.agreed_to_send} {request.target}")


@dataclass(frozen=True, slots=True)
class LongRequest:
    steps: int = given("How many.", default=1000)


@dataclass(frozen=True, slots=True)
class DoneAnswer(Answer):
    done: int


@action("sample.work")
def work(context: Context, request: LongRequest) -> DoneAnswer:
    """Work for a while, in small steps."""
    context.job.begin("sample.working", request.steps, "files")
    for _step in range(request.steps):
        time.sleep(0.01)
        context.job.advance()
    return DoneAnswer(request.steps)


@action("sample.figures")
def figures(_context: Context, request: LongRequest) -> DoneAnswer:
    """Show figures: what a command does that is a group as well."""
    return DoneAnswer(request.steps)


@action("sample.figures.merge")
def merge(_context: Context, request: FindRequest) -> FindAnswer:
    """Join figures."""
    return FindAnswer(request.words)


@action("sample.deaf")
def deaf(context: Context, request: LongRequest) -> DoneAnswer:
    """Work without ever looking whether to stop."""
    context.job.begin("sample.working", None, "files")
    time.sleep(request.steps)
    return DoneAnswer(request.steps)


@dataclass(frozen=True, slots=True)
class InitRequest:
    passphrase: Secret = asked("The new passphrase.", secret="new-passphrase")


@dataclass(frozen=True, slots=True)
class InitAnswer(Answer):
    words: tuple[str, ...]
    confirm: tuple[int, int]
    passphrase_score: int


@action("keep.init")
def init(_context: Context, request: InitRequest) -> InitAnswer:
    """Set up, and give recovery words."""
    words = tuple(f"word{number}" for number in range(1, 25))
    return InitAnswer(words, (3, 11), len(request.passphrase))


@dataclass(frozen=True, slots=True)
class ConfirmRequest:
    first: Secret = asked("The first word.", secret="recovery-words")
    second: Secret = asked("The second word.", secret="recovery-words")


@action("keep.confirm-words")
def confirm(_context: Context, request: ConfirmRequest) -> TextAnswer:
    """Take two words back."""
    return TextAnswer(f"confirmed {request.first!s} {request.second!s}")


if __name__ == "__main__":
    main({"sample": "stillmine.cli", "keep": "stillmine.cli"})
