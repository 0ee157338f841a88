"""Which letter is meant: the one that was named, or the only one there is."""

from __future__ import annotations

from stillmine.act.case.model import Case, Notice
from stillmine.act.case.store import notice_of
from stillmine.act.clock import machine
from stillmine.act.clock.asked import HASH
from stillmine.errors import WhichLetter
from stillmine.messages import translate
from stillmine.messages.clock import NO_LETTER


def chosen_letter(case: Case, name: str | None) -> Notice:
    """Return a letter by its short name, or the only one. Raise WhichLetter, UnknownPartOfCase."""
    if name:
        return notice_of(case, name.strip())
    letters = [
        each for each in case.notices if each.channel != HASH and each.state != machine.WITHDRAWN
    ]
    if len(letters) != 1:
        known = ", ".join(f"{each.notice} ({each.to})" for each in letters)
        raise WhichLetter(case=case.case, letters=known or translate(NO_LETTER))
    return letters[0]
