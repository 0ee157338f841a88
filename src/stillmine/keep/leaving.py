"""Take the vault away from this computer."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.app import keyholder
from stillmine.app.actions import Answer, action
from stillmine.app.away.key_file import key_path
from stillmine.app.away.key_file import remove as remove_key
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage.removing import remove_vault


@dataclass(frozen=True, slots=True)
class RemoveHomeRequest:
    """Nothing is needed but a yes."""


@dataclass(frozen=True, slots=True)
class RemoveHomeAnswer(Answer):
    """Where the vault was, and how many of its files are gone."""

    home: str
    removed: int


def _warning(request: RemoveHomeRequest) -> str:
    del request
    return "removing-home"


@action("keep.remove-home", warns=_warning)
def remove_home(context: Context, request: RemoveHomeRequest) -> RemoveHomeAnswer:
    """Remove the vault from this computer, its keys first. Copies elsewhere are not touched."""
    del request
    home = Home(context.home)

    def first() -> None:
        keyholder.end(home)
        remove_key(key_path(home))

    return RemoveHomeAnswer(str(home.root), remove_vault(home, first))
