"""Keep what locked runs need in step with the vault, whenever the vault is open.

What the person chose is in the vault. Beside it lies a note under the watch key that says the
same, because a locked run has to know by which way to go out, when to look and whom to tell.
"""

from __future__ import annotations

import contextlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from stillmine.app.away import key_file, notes
from stillmine.app.away.key_file import WatchKey, key_path
from stillmine.app.home import Home
from stillmine.app.settings import read_settings
from stillmine.app.storage.epoch import epoch_numbers
from stillmine.app.storage.vault import Vault
from stillmine.errors import NotScheduled, StillmineError, WatchKeyOutdated

KIND = "watch.choices"
"""The kind of the sealed records that say what the person chose: `schedule`, `alerts`, and when to
remind them: `reminders`."""
_AGREED = "schedule"
_PARTS = (_AGREED, "alerts", "reminders")
_NOTE = "choices"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person chose, as a locked run knows it. `proxy` is the way out, as in settings.

    `reminders` holds moments only, and not what they are about.
    """

    proxy: str = ""
    schedule: dict[str, Any] = field(default_factory=dict)
    alerts: dict[str, Any] = field(default_factory=dict)
    reminders: dict[str, Any] = field(default_factory=dict)


def keep(vault: Vault, name: str, value: dict[str, Any]) -> None:
    """Keep one of them in the vault (`schedule`, `alerts`, `reminders`), and tell locked runs."""
    vault.records.put(KIND, name, value)
    renew(vault)


def kept(vault: Vault, name: str) -> dict[str, Any]:
    """Return one choice; nothing where nobody chose."""
    found = vault.records.get(KIND, name)
    return found if isinstance(found, dict) else {}


def hold(vault: Vault) -> Path:
    """Write the watch key where locked runs find it, and what they have to know; return where."""
    path, key = key_path(vault.home), _key_of(vault)
    # The note first: a run that has the key always knows the way out.
    _write_note(vault, key)
    key_file.write(path, key)
    return path


def renew(vault: Vault) -> None:
    """Bring key and note in step with the vault, where there is a key; never an error.

    A run that comes too late finds an old key, or no note, and does nothing.
    """
    try:
        path = key_path(vault.home)
        # Another vault may have been here before: nobody agreed to anything for this one.
        if path.exists() and kept(vault, _AGREED):
            _bring_in_step(vault, path, _key_of(vault))
    except (StillmineError, OSError):
        # Without its note a run does nothing; with an old one it might go out by an old way.
        with contextlib.suppress(StillmineError, OSError):
            notes.remove(vault.home, _NOTE)


def _bring_in_step(vault: Vault, path: Path, key: WatchKey) -> None:
    if notes.get(vault.home, key.key, _NOTE) != _as_note(vault):
        _write_note(vault, key)
    if key_file.read(path) != key:
        key_file.write(path, key)


def read_choices(home: Home, key: WatchKey) -> Choices:
    """Return what the person chose, without opening the vault.

    Raise WatchKeyOutdated where the vault has other keys now, NotScheduled where no note is whole:
    nothing may go out by a way that nobody chose.
    """
    if epoch_numbers(home.keys)[-1:] != [key.epoch]:
        raise WatchKeyOutdated
    found = notes.get(home, key.key, _NOTE)
    try:
        if found is None or found.pop("version") != _VERSION:
            raise NotScheduled
        # A note of an earlier version knows of no reminders; without them a run goes on.
        reminders = dict(found.get("reminders", {}))
        schedule, alerts = dict(found["schedule"]), dict(found["alerts"])
        return Choices(str(found["proxy"]), schedule, alerts, reminders)
    except (KeyError, TypeError, ValueError) as problem:
        raise NotScheduled from problem


def forget(home: Home) -> None:
    """Remove the notes."""
    notes.remove(home, _NOTE)


def _key_of(vault: Vault) -> WatchKey:
    return WatchKey(vault.epoch.number, vault.root.watch_key(vault.epoch.number))


def _as_note(vault: Vault) -> dict[str, Any]:
    schedule, alerts, reminders = (kept(vault, name) for name in _PARTS)
    chosen = Choices(read_settings(vault).proxy, schedule, alerts, reminders)
    return {"version": _VERSION, **asdict(chosen)}


def _write_note(vault: Vault, key: WatchKey) -> None:
    notes.put(vault.home, key.key, _NOTE, _as_note(vault))
