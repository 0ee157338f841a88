"""Who gets a letter about a site: its host or registrar, as `act host` found them for the case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from stillmine.act.case.model import Case
from stillmine.act.hosts.keeping import find_seen
from stillmine.act.hosts.looking import answer_of
from stillmine.act.hosts.telling import Ask
from stillmine.act.notices.locating import host_of
from stillmine.act.notices.recipients import Goes
from stillmine.app.storage.vault import Vault
from stillmine.errors import UnknownRecipient

# What can be typed in place of a mail address: the parts that `act host` names.
PARTS = ("front", "host", "registrar", "site")


def found_host(vault: Vault, case: Case, part: str, urls: Sequence[str], today: date) -> Goes:
    """Return where a letter goes about the first of these addresses whose site was looked up.

    Raises UnknownRecipient where `act host` was not asked for this case, or found nobody for that
    part.
    """
    for site in dict.fromkeys(map(host_of, urls)):
        seen = find_seen(vault, case, site)
        for ask in answer_of(seen, today).whom_to_ask if seen else ():
            if ask.part == part and (ask.mails or ask.pages):
                return _goes(ask, site)
    raise UnknownRecipient(to=part)


def _goes(ask: Ask, site: str) -> Goes:
    return Goes(
        to=ask.name or site,
        kind="host",
        fact=None,
        mail=next(iter(ask.mails), ""),
        typed=False,
        told=None,
        domains=(site,),
        one_each=False,
        form=next(iter(ask.pages), ""),
        source=ask.source,
        usual=not ask.confirmed,
    )
