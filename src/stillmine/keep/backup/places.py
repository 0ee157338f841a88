"""The places the person chose for backups, and what is remembered of each."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Protocol

from stillmine.app.actions import Sends
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.network import THIS_COMPUTER, Permit, destination_of
from stillmine.app.network.address import folder_of, read_address
from stillmine.app.network.targets.opening import open_target
from stillmine.app.network.targets.target import Target
from stillmine.app.storage.vault import Vault
from stillmine.errors import InsideHome, NothingMayLeave, UnknownPlace

KIND = "backup"


@dataclass(frozen=True, slots=True)
class Place:
    """A backup place. `counter`, `root` and `key` are of the last list this vault wrote there.

    `contents` is the Merkle root over slots, letters and key files, by which an unchanged vault is
    recognised. Times are ISO 8601, UTC; empty for never.
    """

    name: str
    url: str
    secret: str | None
    added: str
    counter: int = 0
    root: str = ""
    key: str = ""
    contents: str = ""
    checkpoint: str = ""
    last_run: str = ""
    last_drill: str = ""

    def __repr__(self) -> str:
        """Hide the secret, so that no traceback or log can hold it."""
        return f"Place({self.name})"


def read_places(vault: Vault) -> dict[str, Place]:
    """Return the places by name."""
    return {name: Place(**value) for name, value in vault.catalogue.records(KIND).items()}


def chosen_places(vault: Vault, names: Sequence[str]) -> list[Place]:
    """Return the places with these names, or all of them; raise UnknownPlace."""
    places = read_places(vault)
    for name in names or ([""] if not places else []):
        if name not in places:
            raise UnknownPlace(name=name, known=", ".join(places))
    return [places[name] for name in names or places]


def remember(vault: Vault, place: Place, **changed: str | int) -> Place:
    """Keep what a run found out. No checkpoint follows: it would make each run a change."""
    newer = replace(place, **changed)  # type: ignore[arg-type]  # the callers name str and int fields
    with vault.catalogue.change():
        vault.catalogue.set_record(KIND, newer.name, asdict(newer))
    return newer


def vault_name(vault: Vault) -> str:
    """Return the random name under which this vault's backups are recognised as its own."""
    found: str | None = vault.catalogue.record("vault", "name")
    if found is None:
        found = secrets.token_hex(16)
        vault.set_record("vault", "name", found)
    return found


@contextlib.contextmanager
def opened(action: str, url: str, secret: str | None) -> Iterator[Target]:
    """Give the place behind an address and hang up afterwards."""
    permit = Permit(action, destination_of(url))
    with contextlib.closing(open_target(url, permit, secret)) as target:
        yield target


def require_yes(context: Context, url: str) -> None:
    """Raise NothingMayLeave where an address leads off this computer and nobody said yes."""
    destination = destination_of(url)
    if destination != THIS_COMPUTER and not context.agreed_to_send:
        raise NothingMayLeave(agreed="-", asked=destination)


def require_outside(home: Home, url: str) -> None:
    """Raise InsideHome where a backup would lie in the vault, or the vault in the backup."""
    address = read_address(url)
    if address.kind != "folder":
        return
    folder = folder_of(address).resolve()
    inside = home.root.resolve()
    if folder.is_relative_to(inside) or inside.is_relative_to(folder):
        raise InsideHome(file=str(folder))


def settled(url: str) -> str:
    """Return an address that means the same place wherever the program is started."""
    address = read_address(url)
    return str(folder_of(address).absolute()) if address.kind == "folder" else url


def leaves_this_computer(request: WithAddress) -> bool:
    """Say whether the address in a request leads off this computer.

    Raises SecretInUrl before anybody shows an address with a password, to ask for a yes.
    """
    read_address(request.url)
    return destination_of(request.url) != THIS_COMPUTER


class WithAddress(Protocol):
    """A request that names an address."""

    @property
    def url(self) -> str:
        """Where the place is."""
        ...


SENDS_FILES = Sends(
    what="Sealed files: the items, their keys and the list of them. Nobody there can open them.",
    to="{url}",
    they_learn="Your address on the internet, when you make backups, how many files there are and "
    "how large. Not what is in them.",
    undo="Yes: stillmine keep backup prune erases old files there, and you can erase the rest.",
)
ASKS_FOR_FILES = Sends(
    what="Requests for sealed files. Nothing of yours is sent.",
    to="{url}",
    they_learn="Your address on the internet, and which sealed files you ask for and when.",
    undo="No: what they noted stays with them.",
)
