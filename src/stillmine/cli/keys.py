"""Where passphrases and other secrets come from: a file that was named, or the person.

Never from an argument: arguments can be read by every program on the computer, and stay in the
history of the shell.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from stillmine.app.actions import Secret
from stillmine.cli import asking
from stillmine.errors import NoPassphrase, SecretUnreadable
from stillmine.messages import translate
from stillmine.messages.questions import SECRETS

VARIABLES = {
    "passphrase": "STILLMINE_PASSPHRASE_FILE",
    "new-passphrase": "STILLMINE_NEW_PASSPHRASE_FILE",
    "recovery-words": "STILLMINE_RECOVERY_WORDS_FILE",
    "target-secret": "STILLMINE_TARGET_SECRET_FILE",
    "place-key": "STILLMINE_PLACE_KEY_FILE",
    "alert-address": "STILLMINE_ALERT_ADDRESS_FILE",
    "checked-password": "STILLMINE_CHECKED_PASSWORD_FILE",
    "breach-key": "STILLMINE_BREACH_KEY_FILE",
    "handover-passphrase": "STILLMINE_HANDOVER_PASSPHRASE_FILE",
    "new-handover-passphrase": "STILLMINE_HANDOVER_PASSPHRASE_FILE",
}
_LONGEST = 64 * 1024  # bytes; a secret is short, and a wrong file may be a film


class Keys:
    """The secrets of one run of the program. Each is read or asked for once, when needed."""

    def __init__(
        self,
        environment: Mapping[str, str],
        device_key: Path | None = None,
        *,
        warn: Callable[[str, str], None] = lambda _key, _variable: None,
    ) -> None:
        """Take the variables that may name files; `warn` is told of files others can read."""
        self._environment = environment
        self._device_key = device_key
        self._warn = warn
        self._known: dict[str, Secret] = {}

    def passphrase(self) -> str:
        """Return the passphrase of the vault; raise NoPassphrase where nobody can be asked."""
        return self.secret("passphrase")

    def device_key(self) -> Path | None:
        """Return the file with the device key, where one was named."""
        named = self._environment.get("STILLMINE_DEVICE_KEY_FILE")
        return self._device_key or (Path(named) if named else None)

    def secret(self, kind: str, question: str = "") -> Secret:
        """Return a secret of a kind; a `question` of its own is for one of several of a kind."""
        known_as = question or kind
        if known_as not in self._known:
            found = self.made_ready(kind)
            self._known[known_as] = self._ask(kind, question) if found is None else found
        return self._known[known_as]

    def first_passphrase(self) -> Secret:
        """Return the passphrase of a vault that is not there yet."""
        ready = self.made_ready("new-passphrase") or self.made_ready("passphrase")
        return ready or self._ask("new-passphrase")

    def changed(self, passphrase: Secret) -> None:
        """Note that the vault opens with this passphrase from now on."""
        self._known["passphrase"] = passphrase

    def made_ready(self, kind: str) -> Secret | None:
        """Return a secret from the file that its variable names; None where it names none."""
        variable = VARIABLES[kind]
        named = self._environment.get(variable)
        if not named:
            return None
        try:
            content = self._read(named, variable)
            return Secret(_without_line_end(content.decode("utf-8")))
        except (OSError, ValueError) as reason:
            raise SecretUnreadable(variable=variable) from reason

    def _read(self, named: str, variable: str) -> bytes:
        if named == "-":
            content = sys.stdin.buffer.read(_LONGEST + 1)
        else:
            with Path(named).open("rb") as file:
                status = os.fstat(file.fileno())
                others = status.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
                if os.name == "posix" and stat.S_ISREG(status.st_mode) and others:
                    self._warn("readable-by-others", variable)
                content = file.read(_LONGEST + 1)
        if not content or len(content) > _LONGEST:
            raise ValueError("empty, or too long to be a secret")
        return content

    def _ask(self, kind: str, question: str = "") -> Secret:
        if not asking.somebody_is_there():
            raise NoPassphrase(secret=translate(SECRETS[kind]), variable=VARIABLES[kind])
        while True:
            typed = asking.hidden(question or asking.words(kind))
            if not typed:
                asking.tell(asking.words("nothing-typed"))
            elif not kind.startswith("new-") or self._typed_again(typed):
                return Secret(typed)

    def _typed_again(self, typed: str) -> bool:
        if asking.hidden(asking.words("new-passphrase-again")) == typed:
            return True
        asking.tell(asking.words("not-the-same"))
        return False


def _without_line_end(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r") if text.endswith("\n") else text
