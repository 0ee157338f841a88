"""Keep proof of a page: its address only, the page with its pictures covered, or all of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from stillmine.act.captured_pieces import facts_of, page_of, pieces_of
from stillmine.act.case.model import Address, Case
from stillmine.act.case.store import find_case, keep_case, next_name, noted, with_address
from stillmine.act.case.typed import one_line, same_address, several_lines, web_address
from stillmine.act.keeping import ToKeep, keep_proof, no_stamps
from stillmine.act.proof.asking import Asking, asking
from stillmine.act.proof.stamping import NotStamped
from stillmine.app.actions import Answer, Outcome, Sends, action, given
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.network import chosen_way
from stillmine.app.network.browser import Captured, capture_page
from stillmine.app.network.permit import Permit
from stillmine.app.settings import read_settings
from stillmine.app.storage.opening import open_vault
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import root_key
from stillmine.errors import NothingMayLeave, WrongUsage
from stillmine.messages import translate
from stillmine.messages.capture import PROBLEMS

NAME = "act.capture"
_MILD = frozenset({"no-sandbox", "popup", "dialog"})  # the proof is whole all the same
_LEAST_SECONDS, _MOST_SECONDS = 10, 540


@dataclass(frozen=True, slots=True)
class CaptureRequest:
    """Which page, for which case, and how much of it."""

    url: str = given("The address of the page or picture.", positional=True)
    case: str = given("The case, by its name or how that begins.")
    level: Literal["address", "covered", "full"] = given(
        "address: only note the address, nothing is opened. covered: keep the page without its "
        "pictures. full: keep everything, pictures too.",
        default="address",
    )
    uploader: str = given("Who put it there, as the page calls them.", default="")
    note: str = given("A note of your own about this address.", default="")
    no_stamp: bool = given("Ask no time-stamp authority to vouch for the time.", default=False)
    seconds: int = given("How long to take for the page at most.", default=60)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that the reader of the proof should know."""

    code: str
    means: str


@dataclass(frozen=True, slots=True)
class CaptureAnswer(Answer):
    """What was kept. `proof` is None where only the address was noted.

    `root` stands for all of the proof, and `key` names who signed it; both are hexadecimal.
    """

    case: str
    address: str
    url: str
    level: str
    proof: str | None = None
    final_url: str = ""
    status: int = 0
    title: str = ""
    root: str = ""
    key: str = ""
    size: int = 0
    stamped: tuple[str, ...] = ()
    not_stamped: tuple[NotStamped, ...] = ()
    left_out: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Return gaps where a part of the proof is missing."""
        gaps = any(each.code not in _MILD for each in self.problems)
        return Outcome.GAPS if gaps else Outcome.DONE


def _visits(request: CaptureRequest) -> bool:
    return request.level != "address"


def _warning(request: CaptureRequest) -> str | None:
    return "capture-full" if request.level == "full" else None


@action(
    NAME,
    sends=Sends(
        what="A visit to {url}, logged out and with nothing of yours. And a number from which "
        "nobody can tell what was kept.",
        to="That site, and where its page loads from. The number: to time-stamp authorities, "
        "unless you add --no-stamp.",
        they_learn="Your address on the internet, and when. The site also learns which page. "
        "Not who you are, and not that it is kept.",
        undo="No: what they noted stays with them.",
    ),
    sends_when=_visits,
    warns=_warning,
)
def capture(context: Context, request: CaptureRequest) -> CaptureAnswer:
    """Keep proof of a page in a case: its address, the page with pictures covered, or all of it."""
    url = web_address(request.url)
    if not _LEAST_SECONDS <= request.seconds <= _MOST_SECONDS:
        raise WrongUsage(problem=f"--seconds is {_LEAST_SECONDS} to {_MOST_SECONDS}.")
    if _visits(request) and not context.agreed_to_send:
        raise NothingMayLeave(agreed="-", asked=url)
    root = root_key(context)
    home = Home(context.home)
    with open_vault(home, root) as vault:
        find_case(vault, request.case)  # before anything is opened: a case says they are adults
        chosen_way.choose(read_settings(vault).proxy)
    if not _visits(request):
        with open_vault(home, root, writing=True) as vault:
            case, address = _with_address(vault, request, url, context.now())
            return CaptureAnswer(case.case, address.address, url, request.level)
    captured = capture_page(
        Permit.for_page(NAME, url),
        url,
        level="full" if request.level == "full" else "covered",
        seconds=request.seconds,
        job=context.job,
    )
    context.job.begin("capture.sealing", None, "")
    with open_vault(home, root, writing=True) as vault:
        return _kept(vault, context, request, url, captured)


def _kept(
    vault: Vault, context: Context, request: CaptureRequest, url: str, captured: Captured
) -> CaptureAnswer:
    case, address = _with_address(vault, request, url, context.now())
    head = vault.custody.head(case.case)
    custody = {"hash": head.hash, "lines": head.lines}
    wanted = ToKeep(
        "capture",
        pieces_of(captured),
        {**facts_of(captured), "case": case.case, "custody": custody},
        exchanges=captured.exchanges,
        page=page_of(captured),
        address=address.address,
        level=captured.level,
        title=captured.title[:200],
    )
    ask = no_stamps if request.no_stamp else asking(context, vault, NAME)
    case, proof, made = keep_proof(vault, case.case, wanted, now=captured.ended, stamp=ask)
    not_stamped = tuple(ask.missing) if isinstance(ask, Asking) else ()
    problems = (*captured.problems, *made.problems, *("not-stamped",) * bool(not_stamped))
    return CaptureAnswer(
        case=case.case,
        address=address.address,
        url=url,
        level=captured.level,
        proof=proof.proof,
        final_url=captured.final_url,
        status=captured.status,
        title=proof.title,
        root=made.root,
        key=made.key,
        size=made.size,
        stamped=made.stamped,
        not_stamped=not_stamped,
        left_out=sum(each.why_not == "covered" for each in captured.exchanges),
        problems=tuple(Problem(code, translate(PROBLEMS.get(code, code))) for code in problems),
    )


def _with_address(
    vault: Vault, request: CaptureRequest, url: str, now: datetime
) -> tuple[Case, Address]:
    """Return the case with this address in it, durably; not twice, however it is spelled."""
    case = find_case(vault, request.case)
    known = next((e for e in case.addresses if same_address(e.url) == same_address(url)), None)
    name = next_name("a", (each.address for each in case.addresses))
    address = known or Address(name, url, now.isoformat(timespec="seconds"))
    address = replace(
        address,
        uploader=one_line(request.uploader, "--uploader") or address.uploader,
        note=several_lines(request.note, "--note") or address.note,
    )
    if address != known:
        case = with_address(case, address)
        if known is None:
            case = noted(case, now, "address", address=address.address)
        keep_case(vault, case)
    return case, address
