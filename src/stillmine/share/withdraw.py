"""Ask a person, kindly and clearly, to delete what they were given; and write down that you did."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from stillmine.app import delivering
from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.messages import fill, translate
from stillmine.messages.handing import LETTER
from stillmine.share.ledger import Entry, find_entry, keep_entry
from stillmine.share.names import outer_name

_SHORT = 10  # signs of a number: enough to tell copies apart


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    """Which copies."""

    handovers: tuple[str, ...] = given(
        "The numbers of the copies, or how they begin; see: stillmine share list.", positional=True
    )
    to: Path = given("The folder to write the letter to.", default=Path())
    mail: bool = given("Write it as a mail that a mail program opens as a draft.", default=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one person: where it is, and for how many copies it asks."""

    recipient: str
    file: Path
    copies: int


@dataclass(frozen=True, slots=True)
class WithdrawAnswer(Answer):
    """The letters that were written. Nothing was sent."""

    letters: tuple[Letter, ...]


@action("share.withdraw")
def withdraw(context: Context, request: WithdrawRequest) -> WithdrawAnswer:
    """Write a letter that asks to delete a copy, and note it in the ledger. Nothing is sent."""
    folder = delivering.require_folder(request.to, context)
    now = context.now().astimezone(UTC).isoformat(timespec="seconds")
    letters = []
    with unlocked(context, writing=True) as vault:
        found = {each.handover: each for each in (find_entry(vault, n) for n in request.handovers)}
        for recipient, entries in _by_recipient(list(found.values())).items():
            content, ending = _letter(recipient, entries, mail=request.mail)
            file = delivering.give(folder / outer_name(ending), [content], context)
            for entry in entries:
                keep_entry(vault, replace(entry, withdrawn=now))
            letters.append(Letter(recipient, file, len(entries)))
    return WithdrawAnswer(tuple(letters))


def _by_recipient(entries: list[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.recipient, []).append(entry)
    return found


def _letter(recipient: str, entries: list[Entry], *, mail: bool) -> tuple[bytes, str]:
    text = fill(
        translate(LETTER["body"]),
        {"recipient": recipient, "copies": "\n".join(map(_copy_line, entries))},
    )
    text = text.encode("utf-8", "replace").decode("utf-8")
    if not mail:
        return text.encode("utf-8"), "txt"
    letter = EmailMessage()
    letter["Subject"] = translate(LETTER["subject"])
    letter["X-Unsent"] = "1"  # so that a mail program opens it as a draft
    letter.set_content(text)
    return letter.as_bytes(), "eml"


def _copy_line(entry: Entry) -> str:
    facts = {
        "date": datetime.fromisoformat(entry.made).date().isoformat(),
        "number": entry.handover[:_SHORT],
    }
    return fill(translate(LETTER["copy"]), facts)
