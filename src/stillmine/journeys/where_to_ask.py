"""Where to ask for removal, without a case: by an address or a name, with a letter to sign."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stillmine.act.case.model import Case, Sender
from stillmine.act.case.typed import web_address
from stillmine.act.hosts.looking import HostAnswer
from stillmine.act.hosts.telling import Ask
from stillmine.act.notices.choosing import asked_for
from stillmine.act.notices.composing import LANGUAGES, Wanted, compose
from stillmine.act.notices.recipients import Goes, goes_to, platform_called, platform_of
from stillmine.act.platforms import PlatformsRequest, platforms
from stillmine.app.actions import Answer
from stillmine.app.context import Context
from stillmine.app.network.web.location import read_location
from stillmine.app.telling.saying import ToldFact
from stillmine.errors import NotAWebAddress, StillmineError, TakesNoLetter
from stillmine.facts import Fact
from stillmine.facts.places import EVERYWHERE

_SHOWS = {"shows": "intimate", "made": "", "link": "", "work": ""}


@dataclass(frozen=True, slots=True)
class WhereToAsk(Answer):
    """A site, and whom to ask there.

    `page` is the exact address, empty where only a name was typed; `platform` what is confirmed of
    a platform that we know. `found` is what looking it up told, None before that; `letters` are
    unsigned: whoever they are for reads them, puts their name below, and sends them.
    """

    site: str
    page: str
    platform: ToldFact | None
    letters: tuple[UnsignedLetter, ...]
    found: HostAnswer | None = None


@dataclass(frozen=True, slots=True)
class UnsignedLetter:
    """A letter that asks for removal, in which the name is left open; `mail` and `form` take it."""

    to: str
    mail: str
    form: str
    text: str


def where_to_ask(
    context: Context, typed: str, *, country: str = "", language: str = "en"
) -> WhereToAsk:
    """Say where a page, or a site by its name, takes reports. Nobody is asked, nothing is sent.

    Raises NotAWebAddress, AddressRefused for what is neither an address nor a name that we know.
    """
    fact = _by_name(typed)
    page, site = "", str(fact.said("name")) if fact else ""
    if fact is None:
        url = web_address(typed if "://" in typed else f"https://{typed.strip()}")
        place = read_location(url)
        if "." not in place.host:
            raise NotAWebAddress(reason="address")
        # The front page of a site is not where a picture is: a letter has to name the exact page.
        site, page = place.host, url if place.target != "/" else ""
        fact = platform_of(url)
    letters: tuple[UnsignedLetter, ...] = ()
    if fact is not None:
        try:
            recipient = goes_to(fact.fact.rpartition("/")[2])
            letters = _letters(context, recipient, page, country, language)
        except TakesNoLetter:
            letters = ()
    return WhereToAsk(site, page, _told(context, fact), letters)


def is_known(page: str) -> bool:
    """Say whether a page lies on a platform that is known here, and takes reports itself."""
    return platform_of(page) is not None


def with_host(
    context: Context,
    asked: WhereToAsk,
    found: Answer,
    *,
    country: str = "",
    language: str = "en",
) -> WhereToAsk:
    """Return the same with what `act.host` told, and a letter to whoever can do most.

    Any other answer changes nothing.
    """
    if not isinstance(found, HostAnswer):
        return asked
    best = next((each for each in found.whom_to_ask if each.mails or each.pages), None)
    letters = asked.letters
    if best is not None and not letters:
        letters = _letters(context, _host(best, asked.site), asked.page, country, language)
    return replace(asked, found=found, letters=letters)


def _by_name(typed: str) -> Fact | None:
    """Return the one platform that is called so; what has a dot or a slash is an address."""
    if "." in typed or "/" in typed:
        return None
    try:
        return platform_called(typed)
    except StillmineError:
        return None


def _told(context: Context, fact: Fact | None) -> ToldFact | None:
    if fact is None:
        return None
    every = platforms(context, PlatformsRequest()).platforms
    return next((each for each in every if each.fact == fact.fact), None)


def _host(best: Ask, site: str) -> Goes:
    mail, form = next(iter(best.mails), ""), next(iter(best.pages), "")
    to = best.name or site
    return Goes(to, "host", None, mail, False, None, (site,), False, form=form, source=best.source)


def _letters(
    context: Context, recipient: Goes, page: str, country: str, language: str
) -> tuple[UnsignedLetter, ...]:
    """Return the letter about one page; about none where only the name of a site is known."""
    if not page:
        return ()
    case = Case("", "", country or EVERYWHERE)
    chosen = asked_for((), case, recipient)
    regimes = tuple(each.regime for each in chosen)
    recipient = recipient.for_regimes(regimes)
    letter = compose(
        Wanted(
            to=recipient.to,
            kind=recipient.kind,
            sender=Sender(),
            addresses=(page,),
            regimes=regimes,
            written=context.now().date().isoformat(),
            country=case.country,
            language=language if language in LANGUAGES else "en",
            mail=recipient.mail,
            filled=_SHOWS,
        )
    )
    text = f"{letter.subject}\n\n{letter.text}"
    return (UnsignedLetter(recipient.to, recipient.mail, recipient.form, text),)
