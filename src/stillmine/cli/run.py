"""Run one action for the person who typed a command, and give the answer."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from stillmine.app.actions import Action, Answer, Secret, all_actions
from stillmine.app.context import Context
from stillmine.app.home import default_home
from stillmine.app.jobs import Job
from stillmine.cli import asking, recovery_words
from stillmine.cli.choices import answered, chosen
from stillmine.cli.envelope import give, give_answer
from stillmine.cli.keys import Keys
from stillmine.cli.parameters import request_from, secret_fields
from stillmine.cli.plain_data import one_line
from stillmine.cli.progress import ProgressLines
from stillmine.cli.sending import agreed, heeded
from stillmine.cli.stopping import stoppable
from stillmine.errors import StillmineError, Stopped
from stillmine.messages.visible import visible

_NEW = "new-passphrase"
# Where no vault is there yet, the passphrase that was made ready is the new one.
_FIRST_PASSPHRASE = {"keep.init"}
_CONFIRM = "keep.confirm-words"


@dataclass(slots=True)
class Wishes:
    """What was typed for the whole program, before or after the verb."""

    home: Path | None = None
    json: bool = False
    device_key: Path | None = None
    yes: bool = False


def run(action: Action, typed: Mapping[str, Any], wishes: Wishes) -> int:
    """Run the action, give its answer, and return the exit code; raise a StillmineError."""
    keys = Keys(os.environ, wishes.device_key, warn=lambda *what: _warn(wishes, *what))
    typed = answered(action, typed, json=wishes.json)
    request = request_from(action, typed, _asked(action, keys))
    heeded(action, request, yes=wishes.yes, json=wishes.json)
    may_send = agreed(action, request, yes=wishes.yes, json=wishes.json)
    progress = ProgressLines(json=wishes.json)
    job = Job(progress, announcer=lambda key, facts: _announce(wishes, key, facts))
    context = Context(
        _home(wishes), keys, job, agreed_to_send=may_send, choose=partial(chosen, json=wishes.json)
    )
    try:
        with stoppable(context.job, lambda: _announce_stop(wishes)):
            answer = action.run(context, request)
    finally:
        progress.close()
    give_answer(action, answer, json=wishes.json)
    if not wishes.json:
        _note_new_passphrase(action, request, keys)
        _hand_over_words(answer, context)
    return answer.outcome.value


def _home(wishes: Wishes) -> Path:
    named = os.environ.get("STILLMINE_HOME")
    return wishes.home or (Path(named) if named else default_home())


def _asked(action: Action, keys: Keys) -> dict[str, Secret]:
    """Return the secrets that the request holds; optional ones only where made ready."""
    fields = secret_fields(action)
    found = {}
    for field in fields:
        if field.optional:
            ready = keys.made_ready(field.secret)
            found.update({} if ready is None else {field.name: ready})
        elif field.secret == _NEW and action.name in _FIRST_PASSPHRASE:
            found[field.name] = keys.first_passphrase()
        else:
            alone = sum(other.secret == field.secret for other in fields) == 1
            found[field.name] = keys.secret(field.secret, "" if alone else f"{field.help} ")
    return found


def _note_new_passphrase(action: Action, request: Any, keys: Keys) -> None:
    for field in secret_fields(action):
        chosen = getattr(request, field.name)
        if field.secret == _NEW and chosen is not None:
            keys.changed(chosen)


def _hand_over_words(answer: Answer, context: Context) -> None:
    """Show recovery words that an answer carries, and have two of them typed back."""
    words = getattr(answer, "words", ())
    positions = getattr(answer, "confirm", ())
    if not words:
        return
    if not asking.somebody_is_there():
        give("\n".join(recovery_words.grid(words)))
        asking.tell(asking.words("words-later"))
        return
    typed = recovery_words.shown_and_asked_back(words, positions)
    confirm = next(action for action in all_actions() if action.name == _CONFIRM)
    names = [field.name for field in secret_fields(confirm)]
    request = confirm.request(**dict(zip(names, typed, strict=True)))
    context = replace(context, job=Job(), agreed_to_send=False)
    give_answer(confirm, confirm.run(context, request), json=False)


def _announce_stop(wishes: Wishes) -> None:
    """Say that the work will stop, past every buffer: this runs in the middle of a line."""
    said = asking.words("stopping")
    clear = "\r\x1b[K" if os.isatty(2) else ""
    line = one_line({"stopping": said}) if wishes.json else f"{clear}{said}"
    with suppress(OSError):
        os.write(2, (line + "\n").encode())


def _announce(wishes: Wishes, key: str, facts: Mapping[str, str]) -> None:
    said = asking.words(key, **{name: visible(fact) for name, fact in facts.items()})
    asking.tell(one_line({"announced": key, "happened": said, **facts}) if wishes.json else said)


def _warn(wishes: Wishes, key: str, variable: str) -> None:
    said = asking.words(key, variable=variable)
    asking.tell(one_line({"warning": key, "happened": said}) if wishes.json else said)


def as_error(reason: BaseException, *, json: bool) -> StillmineError:
    """Return what to tell about an exception: ours as it is, any other without its insides."""
    if isinstance(reason, StillmineError):
        return reason
    if isinstance(reason, KeyboardInterrupt):
        return Stopped()
    if os.environ.get("STILLMINE_DEBUG") == "1":
        said = "".join(traceback.format_exception(reason))
        asking.tell(one_line({"traceback": said}) if json else said, end="\n")
    return StillmineError(kind=type(reason).__name__)


def calm_signals() -> None:
    """Let SIGTERM end the program as Ctrl-C does, so that what was begun is tidied up."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
