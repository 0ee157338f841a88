"""Show that a handle or a mail address is one's own: by its profile, by mail, or by own data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from stillmine.app.actions import Answer, Sends, action, given
from stillmine.app.context import Context
from stillmine.app.sources.handed import HandedFile
from stillmine.app.unlocking import unlocked
from stillmine.errors import NothingMayLeave
from stillmine.watch.names.changing import require_clock, require_room_for_proof
from stillmine.watch.names.codes import MOST_TRIES
from stillmine.watch.names.exports import require_own_export
from stillmine.watch.names.mail import code_in_mail
from stillmine.watch.names.own_name import (
    HANDLE,
    MAIL,
    NAME,
    OwnName,
    Proof,
    Sort,
    Way,
    all_names,
    find_name,
    keep_names,
)
from stillmine.watch.names.profile import ACTION, asked_for, code_in_profile
from stillmine.watch.names.showing import not_shown


@dataclass(frozen=True, slots=True)
class ProveRequest:
    """Which own name, and by what. Without a file, the public profile is looked at.

    Where the file was handed over in memory, its name stands here, and no path is opened.
    """

    name: str = given("Its number, or the handle or address itself.", positional=True)
    mail: Path | None = given("The mail that you sent to yourself, saved as a file.", default=None)
    export: Path | None = given(
        "The copy of your data that the site gave you: a folder, a ZIP or a file.", default=None
    )


@dataclass(frozen=True, slots=True)
class ProveAnswer(Answer):
    """What was shown to be the person's own, in which way, and when."""

    name: str
    kind: Sort
    text: str
    at: str
    way: Way
    shown: str


def _sends(request: ProveRequest) -> bool:
    return request.export is None


@action(
    ACTION,
    sends=Sends(
        what="One question for the public profile of this handle, after one for what the site asks "
        "of programs. With a mail: one question for the key of your mail provider. Never the code.",
        to="The site of the handle. With a mail: the name service of Cloudflare, "
        "cloudflare-dns.com",
        they_learn="That somebody looks at this profile; or that somebody asks for the key of this "
        "mail provider, not which address. Both see your Internet address.",
        undo="No.",
    ),
    sends_when=_sends,
)
def prove(context: Context, request: ProveRequest) -> ProveAnswer:
    """Show that a handle or a mail address is yours, so that it may be looked for."""
    now = context.now().astimezone(UTC)
    with unlocked(context, writing=True) as vault:
        names = all_names(vault)
        name = _counted(find_name(names, request.name), request, now)
        way = _way(name, request)
        require_clock(names, now)
        require_room_for_proof(names, name, way, now)
        keep_names(vault, names.with_name(name))
    at = _shown(context, name, request, now)
    with unlocked(context, writing=True) as vault:
        names = all_names(vault)
        # Somebody may have given it another code meanwhile, or taken it away.
        still = find_name(names, name.name)
        if still.code != name.code:
            raise not_shown("expired")
        require_room_for_proof(names, still, way, now)
        shown = replace(still, proof=_better(still.proof, Proof(way, at)), code=None)
        keep_names(
            vault,
            names.with_name(shown).noting(now, "proven", replace(shown, proof=Proof(way, at))),
        )
    return ProveAnswer(shown.name, shown.sort, shown.text, shown.at, way, at)


def _way(name: OwnName, request: ProveRequest) -> Way:
    """Return the way that was asked for. Raises NotShown where it is none for this."""
    if request.mail is not None and request.export is not None:
        raise not_shown("other-way")
    if name.sort == NAME or (name.sort == MAIL) != (request.mail is not None):
        raise not_shown("other-way")
    if request.mail is not None:
        return "mail"
    if request.export is not None:
        return "export"
    if asked_for(name) is None:
        raise not_shown("needs-login", site=name.at)
    return "profile"


def _counted(name: OwnName, request: ProveRequest, now: datetime) -> OwnName:
    """Return it with one more try of its code. Raises NotShown where there is none that holds."""
    if request.export is not None or name.sort == NAME:
        return name
    if name.sort == HANDLE and asked_for(name) is None:
        return name
    if name.code is None:
        raise not_shown("code-first")
    if not name.code.holds(now) or name.code.tries >= MOST_TRIES:
        raise not_shown("expired")
    return replace(name, code=replace(name.code, tries=name.code.tries + 1))


def _shown(context: Context, name: OwnName, request: ProveRequest, now: datetime) -> str:
    """Return the time at which control was shown. Raises NotShown."""
    if request.export is not None:
        require_own_export(name, _given(context, request.export), context.home)
        return now.isoformat(timespec="seconds")
    if not context.agreed_to_send:
        raise NothingMayLeave(agreed="-", asked=name.at or name.text.rpartition("@")[2])
    context.job.begin("watch.showing-own", None, "")
    if request.mail is not None:
        return code_in_mail(name, _given(context, request.mail), now)
    return code_in_profile(name, now, context.job.check)


def _given(context: Context, named: Path) -> Path | HandedFile:
    return context.handed[0] if context.handed else named


def _better(before: Proof | None, after: Proof) -> Proof:
    """Return the proof that counts for more; of two that others vouch for, the newer."""
    return before if before is not None and before.firm and not after.firm else after
