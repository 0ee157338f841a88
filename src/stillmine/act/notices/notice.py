"""Write the letter that asks for removal: which laws, what it reveals, and whether it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stillmine.act.case.model import Case, Notice
from stillmine.act.case.store import address_of, find_case, keep_case, next_name, noted, with_notice
from stillmine.act.notices.choosing import Chosen, asked_for
from stillmine.act.notices.composing import Wanted, compose
from stillmine.act.notices.hosting import PARTS, found_host
from stillmine.act.notices.judging import Missing, check
from stillmine.act.notices.keeping import keep_files
from stillmine.act.notices.letter import Letter
from stillmine.act.notices.locating import host_of, within
from stillmine.act.notices.recipients import Goes, goes_to, platform_of
from stillmine.act.notices.showing import Where, Written, also, where, written
from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import NothingToAsk, UnknownRecipient

_COPYRIGHT, _GONE, _EVENT = "dmca", "gone", "notice.written"


@dataclass(frozen=True, slots=True)
class NoticeRequest:
    """Which case, to whom, and what the person says about the pictures."""

    case: str = given("The case, by its name or how it begins.")
    to: str = given(
        "The platform, such as Discord; or esafety, or crt. Without it: by the first address.",
        default="",
    )
    to_host: str = given(
        "The mail address of a host; or host, registrar or front, as act host found them.",
        default="",
    )
    mail: str = given("A mail address of theirs that you know of.", default="")
    regimes: tuple[str, ...] = given(
        "A kind of letter, such as us-tida; repeat it for several. Without it, what fits is chosen."
        " dmca is for copyright, and is never chosen by itself.",
        default=(),
    )
    address: tuple[str, ...] = given(
        "An address of the case, such as a1; repeat it. Without it, all that lie there.",
        default=(),
    )
    language: Literal["en", "es", "pt", "fr", "de"] = given(
        "The language of the letter.", default="en"
    )
    shows: Literal["intimate", "nude", "sexual"] = given(
        "What the pictures show.", default="intimate"
    )
    made: Literal["real", "changed", "unsure"] | None = given(
        "Whether they are real, or made or changed with a computer.", default=None
    )
    link: Literal["lives", "posted", "hosted"] | None = given(
        "For Australia: the person lives there, it was posted from there, or is hosted there.",
        default=None,
    )
    work: str = given("For copyright: which work is yours, in your words.", default="")
    front_page: bool = given("The front page of the site shows the picture itself.", default=False)
    out: Path | None = given("A folder for the letter, as text, mail and PDF.", default=None)


@dataclass(frozen=True, slots=True)
class NoticeAnswer(Answer):
    """The letters, why they lean on these laws, and what is still missing in them."""

    case: str
    ready: bool
    missing: tuple[Missing, ...]
    not_confirmed: tuple[str, ...]
    chosen: tuple[Chosen, ...]
    reveals: tuple[str, ...]
    where: tuple[Where, ...]
    also: tuple[str, ...]
    letters: tuple[Written, ...]
    files: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Return gaps where something is missing."""
        return Outcome.DONE if self.ready else Outcome.GAPS


def _warns(request: NoticeRequest) -> str | None:
    return "notice-copyright" if _COPYRIGHT in request.regimes else None


@action("act.notice", warns=_warns)
def notice(context: Context, request: NoticeRequest) -> NoticeAnswer:
    """Write the letter that asks for removal. It is kept as a draft, and never sent from here."""
    with unlocked(context, writing=True) as vault:
        case = find_case(vault, request.case)
        recipient = _recipient(vault, case, request, context)
        chosen = asked_for(request.regimes, case, recipient)
        recipient = recipient.for_regimes([each.regime for each in chosen])
        letters = _letters(case, request, recipient, chosen, context)
        judged = [check(each, domains=recipient.domains) for each in letters]
        ready = all(each.ready for each in judged)
        case, names = _noted(case, request, recipient, letters, context)
        files = _files(names, letters, request.out if ready else None, recipient, case, context)
        keep_case(vault, case)
    missing = {each.why: each for found in judged for each in found.missing}
    return NoticeAnswer(
        case.case,
        ready,
        tuple(missing.values()),
        tuple(sorted({name for each in judged for name in each.not_confirmed})),
        chosen,
        tuple(dict.fromkeys(text for each in chosen for text in each.reveals)),
        (where(recipient, context.now().date()),),
        also(case.country, recipient),
        tuple(written(*each, recipient) for each in zip(names, letters, strict=True)),
        files,
    )


def _recipient(vault: Vault, case: Case, request: NoticeRequest, context: Context) -> Goes:
    """Return who gets the letter: as typed, or as the first address tells."""
    urls = [address_of(case, each).url for each in request.address]
    urls = urls or [each.url for each in case.addresses]
    if request.to_host in PARTS:
        return found_host(vault, case, request.to_host, urls, context.now().date())
    if request.to or request.to_host:
        return goes_to(request.to, request.to_host, request.mail)
    if not urls:
        raise NothingToAsk(case=case.case)
    platform = platform_of(urls[0])
    if platform is None:
        raise UnknownRecipient(to=host_of(urls[0]) or urls[0])
    return goes_to(platform.fact.rpartition("/")[2], "", request.mail)


def _files(
    names: Sequence[str],
    letters: Sequence[Letter],
    folder: Path | None,
    recipient: Goes,
    case: Case,
    context: Context,
) -> tuple[str, ...]:
    """Write the letters to a folder, where one is named; one that is not ready is not written."""
    if folder is None:
        return ()
    legal_name, country = recipient.legal_name, case.country
    return keep_files(names, letters, folder, context, legal_name=legal_name, country=country)


def _letters(
    case: Case,
    request: NoticeRequest,
    recipient: Goes,
    chosen: Sequence[Chosen],
    context: Context,
) -> tuple[Letter, ...]:
    """Return one letter, or one for each address where they want that."""
    urls = _addresses(case, request.address, recipient)
    link = request.link or ("lives" if case.country.partition("-")[0] == "AU" else "")
    filled = {
        "shows": request.shows,
        "made": request.made or "",
        "link": link,
        "work": request.work,
    }
    together = [(each,) for each in urls] if recipient.one_each else [urls]
    return tuple(
        compose(
            Wanted(
                to=recipient.to,
                kind=recipient.kind,
                sender=case.sender,
                addresses=each,
                regimes=tuple(one.regime for one in chosen),
                written=context.now().date().isoformat(),
                country=case.country,
                language=request.language,
                mail=recipient.mail,
                filled=filled,
                front_page=request.front_page,
            )
        )
        for each in together
    )


def _addresses(case: Case, names: Sequence[str], recipient: Goes) -> tuple[str, ...]:
    """Return the addresses that were named; or those on the platform, or else all."""
    found = [address_of(case, each).url for each in names]
    if not names:
        found = [each.url for each in case.addresses if each.state != _GONE]
        there = [each for each in found if within(host_of(each), recipient.domains)]
        found = there or found
    if not found:
        raise NothingToAsk(case=case.case)
    return tuple(dict.fromkeys(found))


def _noted(
    case: Case,
    request: NoticeRequest,
    recipient: Goes,
    letters: Sequence[Letter],
    context: Context,
) -> tuple[Case, tuple[str, ...]]:
    """Return the case with the letters as drafts; a draft of the same letter is written anew."""
    names = []
    facts: dict[str, str] = {"language": request.language, "shows": request.shows}
    if request.made:
        facts["made"] = request.made
    if recipient.mail:
        facts["mail"] = recipient.mail  # for the e-mail file, when the letter is shown again
    for letter in letters:
        short = {each.url: each.address for each in case.addresses}
        addresses = tuple(short[each] for each in letter.addresses if each in short)
        draft = Notice(
            _same_draft(case, recipient, letter.regimes, addresses)
            or next_name("n", (each.notice for each in case.notices)),
            recipient.to,
            context.now().isoformat(timespec="seconds"),
            letter.regimes,
            addresses,
            recipient.platform,
            "form" if recipient.form else "mail" if recipient.mail else "",
            letter.whole,
            facts,
        )
        if all(each.notice != draft.notice for each in case.notices):
            case = noted(case, context.now(), _EVENT, notice=draft.notice, to=draft.to)
        case = with_notice(case, draft)
        names.append(draft.notice)
    return case, tuple(names)


def _same_draft(
    case: Case, recipient: Goes, regimes: tuple[str, ...], addresses: tuple[str, ...]
) -> str:
    for each in case.notices:
        same = (each.to, each.regimes, each.addresses) == (recipient.to, regimes, addresses)
        if same and each.state == "draft":
            return each.notice
    return ""
