"""What every page is handed: the home, how to ask an action, whether the vault is open."""

from __future__ import annotations

import contextlib
import importlib
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stillmine.app import away, keyholder
from stillmine.app.actions import Action, Answer, Secret, all_actions
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.jobs import Job
from stillmine.app.settings import Settings
from stillmine.app.sources.handed import HandedFile
from stillmine.app.storage import inbox
from stillmine.app.unlocking import unlocked
from stillmine.errors import NoKeyholder, NoPassphrase, StillmineError
from stillmine.messages import translate
from stillmine.messages.questions import SECRETS
from stillmine.web.entrance import Entrance
from stillmine.web.shelf import Shelf
from stillmine.web.working import Works

if TYPE_CHECKING:
    from stillmine.imaging import Decoder

REMINDERS = "reminders"
"""Where `watch.enrolling` keeps the times for runs while locked; its room is not loaded for that.
"""
_SEEN = "inbox-seen"
_REMINDED = "something-to-look-at"
_DECODING = 15.0  # seconds for one picture; somebody holds a button meanwhile
# Rooms whose actions are not listed by a module of the same name.
_MODULES = {
    "try": "stillmine.journeys.trying",
    "watch": "stillmine.journeys.taking_up",
    "doctor": "stillmine.app.doctor",
}


@dataclass(frozen=True, slots=True)
class FormKeys:
    """The secrets that were typed into one form; a page never waits for another."""

    secrets: Mapping[str, Secret] = field(default_factory=dict)

    def passphrase(self) -> str:
        """Return the passphrase; raise NoPassphrase where the form has none."""
        return self.secret("passphrase")

    def device_key(self) -> Path | None:
        """Return nothing: a page asks for no device key."""
        return None

    def secret(self, kind: str, question: str = "") -> str:
        """Return a secret of a kind that the form asked for, else raise NoPassphrase."""
        del question
        if kind not in self.secrets:
            raise NoPassphrase(secret=translate(SECRETS[kind]), variable="")
        return self.secrets[kind]


def find_action(name: str) -> Action:
    """Return an action by its name; its room is loaded when it is first asked for."""
    room = name.partition(".")[0]
    importlib.import_module(_MODULES.get(room, f"stillmine.{room}"))
    return next(action for action in all_actions() if action.name == name)


class Door:
    """One person's way to their vault while the pages are open."""

    def __init__(self, home: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Open nothing yet. `clock` counts seconds, for locking after a while without use."""
        self.home = home
        self.language: str | None = None
        self.country = ""
        self.settings = Settings()
        self.notes: dict[str, Any] = {}
        """What pages remember of this visit, in memory only; forgotten on locking."""
        self.wanted = ""
        """The address that was asked for while the vault was locked."""
        self.pending: dict[str, Any] = {}
        """Requests that wait for a yes, by a name that only their page knows."""
        self.works = Works()
        self.shelf = Shelf()
        """Files that came with a form or are ready to be saved, in memory; gone on locking."""
        self.entrance = Entrance()
        self.left = threading.Event()
        """Set when the person left: the pages end."""
        self._clock = clock
        self._used = clock()
        self._held: Secret | None = None
        self._decoder: Decoder | None = None

    def has_vault(self) -> bool:
        """Say whether somebody set up a vault in the home."""
        return Home(self.home).has_vault()

    def is_unlocked(self) -> bool:
        """Say whether the vault is open, as far as can be told without asking for its key."""
        return self._held is not None or keyholder.seems_held(Home(self.home))

    @property
    def holds_passphrase(self) -> bool:
        """Say whether this process remembers the passphrase, for want of a process for the keys."""
        return self._held is not None

    def context(
        self,
        secrets: Mapping[str, Secret] | None = None,
        *,
        job: Job | None = None,
        may_send: bool = False,
        handed: tuple[HandedFile, ...] = (),
    ) -> Context:
        """Return what an action is handed; `secrets` by kind, as typed into a form."""
        held = {} if self._held is None else {"passphrase": self._held}
        keys = FormKeys({**held, **(secrets or {})})
        return Context(self.home, keys, job or Job(), agreed_to_send=may_send, handed=handed)

    def do(self, name: str, request: Any = None, /, **fields: Any) -> Answer:
        """Run an action at once and return its answer; raise a StillmineError.

        The request is given, or made of the fields. Nothing is sent: for that, `asking` gets a yes.
        """
        action = find_action(name)
        return action.run(self.context(), request or action.request(**fields))

    def unlock(self, passphrase: Secret) -> None:
        """Open the vault for a while; raise what the action `keep.unlock` raises."""
        context = self.context({"passphrase": passphrase})
        unlocking, settings = find_action("keep.unlock"), find_action("keep.settings")
        try:
            unlocking.run(context, unlocking.request())
            context = self.context()
        except NoKeyholder:
            # This system has no such process: the passphrase stays in this one until it is locked.
            settings.run(context, settings.request())
            self._held = passphrase
        self.use()
        self.read_settings()

    def read_settings(self) -> None:
        """Read what the person chose, where the vault is open."""
        with contextlib.suppress(StillmineError):
            answer: Any = self.do("keep.settings")
            self.settings = answer.settings
            self.country = self.country or self.settings.country
            self.language = self.settings.language or None

    def has_news(self) -> bool:
        """Say whether something came while the vault was locked, and nobody looked at it yet."""
        seen: frozenset[str] = self.notes.get(_SEEN, frozenset())
        return self.is_unlocked() and not seen.issuperset(inbox.waiting(Home(self.home)))

    def note_news_seen(self) -> None:
        """Note that what lies in the inbox was looked at; what is damaged stays there."""
        self.notes[_SEEN] = frozenset(inbox.waiting(Home(self.home)))

    def has_reminder(self) -> bool:
        """Say whether there is something to look at with a service; read once for each unlocking.

        An alert may have come for that too.
        """
        if not self.is_unlocked():
            return False
        if _REMINDED not in self.notes:
            self.notes[_REMINDED] = False
            with contextlib.suppress(StillmineError), unlocked(self.context()) as vault:
                now = datetime.now(UTC).isoformat()
                times = away.kept(vault, REMINDERS).get("at", ())
                self.notes[_REMINDED] = any(str(each) <= now for each in times)
        return bool(self.notes[_REMINDED])

    def note_reminder_seen(self) -> None:
        """Note that the list of services was looked at."""
        self.notes[_REMINDED] = False

    def decoder(self) -> Decoder:
        """Return the limited child that decodes what is looked at; it ends with the lock."""
        from stillmine.imaging import Decoder  # the first page need not wait for it

        if self._decoder is None:
            self._decoder = Decoder(workers=1, seconds=_DECODING)
        return self._decoder

    def _end_decoder(self) -> None:
        decoder, self._decoder = self._decoder, None
        if decoder is not None:
            # It waits for what it is at, and locking waits for nothing.
            threading.Thread(target=decoder.close, name="decoder").start()

    def lock(self) -> None:
        """Lock the vault: the process with the keys ends, and pages forget what they knew."""
        self._end_decoder()
        self._held = None
        self.notes.clear()
        self.shelf.clear()
        self.forget_pending()
        with contextlib.suppress(StillmineError):
            self.do("keep.lock")

    def forget_pending(self) -> None:
        """Forget what waits for a yes, with the secrets and files that came with it."""
        while self.pending:
            _token, pending = self.pending.popitem()
            pending.files.close()

    def leave(self) -> str:
        """Let nobody in any more, stop all work, lock, and let the pages end.

        Return the `Set-Cookie` that takes the cookie away.
        """
        cookie = self.entrance.close()
        self.works.stop_all()
        self.lock()
        self.left.set()
        return cookie

    def use(self) -> None:
        """Note that the person is there."""
        self._used = self._clock()

    def idle_minutes(self) -> float:
        """Return for how long nobody used the pages."""
        return (self._clock() - self._used) / 60

    def lock_if_idle(self) -> bool:
        """Lock where nobody used the pages for as long as the settings say; say whether it was so.

        Work that is under way goes on: it was asked for, and needs no key that it does not have.
        """
        if self.idle_minutes() < self.settings.lock_after_minutes:
            return False
        self.lock()
        return True
