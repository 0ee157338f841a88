"""Who has what: the ledger of copies, shown or written out for a lawyer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from stillmine.app import delivering
from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import WrongUsage
from stillmine.messages import fill, translate
from stillmine.messages.handing import LEDGER, SEALED
from stillmine.share import ledger_export
from stillmine.share.contacts import spelled
from stillmine.share.ledger import WRITTEN, Entry, all_entries

State = Literal["handed-over", "cut-off"]
_SHORT = 10  # signs of a number that are shown


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Which part of the ledger."""

    item: str = given("Only copies of this item: its number, or how it begins.", default="")
    for_: str = given("Only what this person was given.", default="")
    export: Path | None = given(
        "Also write the list to this file, say for a lawyer: .csv, .json or .txt.", default=None
    )


@dataclass(frozen=True, slots=True)
class ShownHandover:
    """One copy, without the secret of its mark.

    `sealed` is `key`, `passphrase`, `page` or null; `to` the age key it is sealed to, or
    `passphrase`. `state` says whether it is out. `file` is where it was written; `file_sha256` is
    of that file, `picture_sha256` of the picture inside. `withdrawn` is when the person was asked
    to delete it.
    """

    handover: str
    item: str
    item_name: str
    recipient: str
    made: datetime
    sealed: str | None
    to: str
    marked: bool
    state: State
    withdrawn: datetime | None
    wishes: tuple[str, ...]
    until: str | None
    views: int | None
    file: str
    file_sha256: str
    picture_sha256: str

    @property
    def line(self) -> str:
        """Return the copy on one line, for a person."""
        facts = {
            "date": self.made.astimezone().strftime("%Y-%m-%d"),
            "recipient": self.recipient,
            "name": self.item_name,
            "item": self.item[:_SHORT],
            "number": self.handover[:_SHORT],
            "sealed": translate(SEALED[self.sealed or "unsealed"]),
        }
        said = [fill(translate(LEDGER["line"]), facts)]
        if not self.marked:
            said.append(translate(LEDGER["unmarked"]))
        if self.state == "cut-off":
            said.append(translate(LEDGER["cut-off"]))
        if self.withdrawn:
            day = self.withdrawn.astimezone().strftime("%Y-%m-%d")
            said.append(fill(translate(LEDGER["withdrawn"]), {"date": day}))
        return " ".join(said)


@dataclass(frozen=True, slots=True)
class ListAnswer(Answer):
    """The copies that were made, the newest first, and where the list was written to."""

    handovers: tuple[ShownHandover, ...]
    exported: Path | None

    @property
    def outcome(self) -> Outcome:
        """Return whether there is any."""
        return Outcome.DONE if self.handovers else Outcome.NOTHING_FOUND


@action("share.list")
def list_(context: Context, request: ListRequest) -> ListAnswer:
    """List who was given what, when, how it was sealed, and whether it was withdrawn."""
    file = request.export
    if file is not None:
        if file.suffix.lower() not in ledger_export.WRITERS:
            raise WrongUsage(problem="--export takes a file that ends in .csv, .json or .txt.")
        delivering.require_folder(file.parent, context)
    with unlocked(context) as vault:
        found = tuple(shown_handover(each) for each in _chosen(vault, request))
    if file is not None:
        made = context.now()
        delivering.give(file, [ledger_export.WRITERS[file.suffix.lower()](found, made)], context)
    return ListAnswer(found, file)


def shown_handover(entry: Entry) -> ShownHandover:
    """Return what may be shown of a line of the ledger: all but the seed of the mark."""
    return ShownHandover(
        handover=entry.handover,
        item=entry.item,
        item_name=entry.item_name,
        recipient=entry.recipient,
        made=datetime.fromisoformat(entry.made),
        sealed=entry.sealed,
        to=entry.to,
        marked=entry.marked,
        state="handed-over" if entry.state == WRITTEN else "cut-off",
        withdrawn=datetime.fromisoformat(entry.withdrawn) if entry.withdrawn else None,
        wishes=entry.wishes,
        until=entry.until,
        views=entry.views,
        file=entry.file,
        file_sha256=entry.file_sum,
        picture_sha256=entry.picture_sum,
    )


def _chosen(vault: Vault, request: ListRequest) -> list[Entry]:
    found = all_entries(vault)
    if request.item:
        # Items that were forgotten since are still in the ledger.
        wanted = request.item.strip().lower()
        found = [each for each in found if each.item.startswith(wanted)]
    if request.for_:
        name = spelled(request.for_)
        found = [each for each in found if spelled(each.recipient) == name]
    return found
