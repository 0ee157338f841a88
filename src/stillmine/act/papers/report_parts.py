"""The parts of a report: the case at a glance, addresses, proof, and who had it in hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from stillmine.act.case.model import AGENT, Address, Case, Proof
from stillmine.act.papers.document import (
    Block,
    Fields,
    Heading,
    Paragraph,
    Picture,
    Table,
)
from stillmine.act.papers.saying import at, in_column, last_noted, shortened, words
from stillmine.app.storage.custody import Entry
from stillmine.facts import place_of
from stillmine.messages.papers import PAPER
from stillmine.messages.reporting import REPORT

_SHORT_NAME = 12  # signs of an evidence name: enough to tell them apart
_SHORT_ADDRESS, _SHORT_NAMES = 60, 24  # signs, on the one page


@dataclass(frozen=True, slots=True)
class Custody:
    """The log of a case, and what checking it gave: its last sum, or the line that is not right.

    `key` is the name of the key that signs the proof of the case, or empty before there is one.
    """

    entries: tuple[Entry, ...] = ()
    last: str = ""
    broken_line: int = 0
    broken_what: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Screenshot:
    """A picture of a page for a report: JPEG bytes, or none where there is none to show."""

    proof: str
    about: str
    jpeg: bytes | None


def glance(case: Case) -> tuple[tuple[str, str], ...]:
    """Return the few facts that come first."""
    say = words(REPORT)
    by_agent = case.sender.role == AGENT
    person = case.sender.subject if by_agent else case.sender.name
    place = place_of(case.country)
    states = Counter(each.state for each in case.addresses)
    facts: dict[str, object] = {state: states[state] for state in ("there", "gone", "unknown")}
    stamped = sum(bool(each.stamped) for each in case.proofs)
    rows = (
        ("case", case.case),
        ("person", shortened(person or case.person, _SHORT_ADDRESS)),
        ("signs", shortened(case.sender.name, _SHORT_ADDRESS) if by_agent else ""),
        ("country", place.name if place else case.country),
        ("opened", at(case.opened)),
        ("noted", at(last_noted(case))),
        ("adult", say("adult_text")),
        ("threats", say("threats_text") if case.threats else ""),
        ("addresses", say("count_addresses", count=len(case.addresses), **facts)),
        ("proofs", say("count_proofs", count=len(case.proofs), stamped=stamped)),
    )
    return tuple((say(name), value) for name, value in rows if value)


def addresses(case: Case, most: int | None = None) -> tuple[Block, ...]:
    """Return the addresses; in short form at most so many."""
    say = words(REPORT)
    shown = case.addresses[:most]
    if not shown:
        return (Paragraph(words(PAPER)("none")),)
    heads = tuple(map(say, ("name", "address", "account", "state", "seen")))
    rows = tuple(
        (
            each.address,
            _where(each) if most is None else shortened(each.url, _SHORT_ADDRESS),
            each.uploader if most is None else shortened(each.uploader, _SHORT_NAMES),
            say(each.state) if each.state in REPORT else each.state,
            in_column(each.seen) if each.seen else "",
        )
        for each in shown
    )
    left = len(case.addresses) - len(shown)
    return (Table(heads, rows, (2, 12, 5, 3, 4)), *_and_more(left))


def _where(address: Address) -> str:
    return f"{address.url}\n{address.note}" if address.note else address.url


def proofs(case: Case) -> tuple[Block, ...]:
    """Return each proof with its sum and its time stamps."""
    blocks: list[Block] = [Fields(proof_fields(case, each)) for each in case.proofs]
    return tuple(blocks) or (Paragraph(words(PAPER)("none")),)


def proof_fields(case: Case, proof: Proof) -> tuple[tuple[str, str], ...]:
    """Return what is known of a proof, in pairs of a name and what belongs to it."""
    say = words(REPORT)
    where = next((each.url for each in case.addresses if each.address == proof.address), "")
    rows = (
        ("proof", proof.proof),
        ("kind", _coded("kind", proof.kind)),
        ("level", _coded("level", proof.level)),
        ("about_what", proof.title),
        ("address", f"{proof.address}: {where}" if where else ""),
        ("made", at(proof.made)),
        ("size", say("bytes", count=f"{proof.size:,}".replace(",", " "))),
        ("root", proof.root),
        ("stamped", "\n".join(proof.stamped) or say("no_stamp")),
        ("handed_in", "\n".join(_handed_in(proof))),
    )
    return tuple((say(name), value) for name, value in rows if value)


def _handed_in(proof: Proof) -> Iterator[str]:
    for each in proof.files:
        facts = {"name": each.name, "size": each.size, "sha256": each.sha256}
        yield words(REPORT)("handed_file", **facts)


def _coded(kind: str, code: str) -> str:
    """Return the words for a code where there are some, else the code."""
    name = f"{kind}_{code}".replace("-", "_")
    return words(REPORT)(name) if code and name in REPORT else code


def short_proofs(case: Case, most: int) -> tuple[Block, ...]:
    """Return the newest proofs, each on a line with its sum."""
    say = words(REPORT)
    shown = case.proofs[-most:]
    if not shown:
        return (Paragraph(words(PAPER)("none")),)
    heads = (say("proof"), say("made_utc"), say("root"))
    rows = tuple((each.proof, in_column(each.made), each.root) for each in shown)
    return (Table(heads, rows, (2, 4, 18)), *_and_more(len(case.proofs) - len(shown)))


def custody_log(case: Case, custody: Custody) -> tuple[Block, ...]:
    """Return who kept, opened and forgot which proof, and whether the log is whole."""
    say = words(REPORT)
    if not custody.entries and not custody.broken_line:
        return (Paragraph(say("custody_none")),)
    names = {each.evidence: each.proof for each in case.proofs}
    rows = tuple(
        (
            str(each.number),
            in_column(each.at),
            _coded("done", each.what),
            names.get(each.evidence, each.evidence[:_SHORT_NAME]),
            each.why,
            each.version,
        )
        for each in custody.entries
    )
    heads = ("", say("when"), say("what"), say("proof"), say("why"), "stillmine")
    table = (Table(heads, rows, (1, 4, 3, 3, 8, 2)),) if rows else ()
    return (Paragraph(say("custody_text")), *table, Paragraph(_checked(custody)))


def _checked(custody: Custody) -> str:
    say = words(REPORT)
    if custody.broken_line:
        what = _coded("broken", custody.broken_what)
        return say("custody_broken", line=custody.broken_line, what=what)
    return say("custody_whole", lines=len(custody.entries), hash=custody.last)


def pictures(screenshots: tuple[Screenshot, ...] | None) -> tuple[Block, ...]:
    """Return the screenshots, where somebody asked for them."""
    say = words(REPORT)
    if screenshots is None:
        return ()
    blocks: list[Block] = [Heading(say("screenshots"))]
    for each in screenshots:
        if each.jpeg is None:
            blocks.append(Paragraph(say("screenshot_gone", proof=each.proof)))
        else:
            about = say("screenshot_of", proof=each.proof, what=each.about)
            blocks.append(Picture(each.jpeg, about))
    return (*blocks, *((Paragraph(words(PAPER)("none")),) if not screenshots else ()))


def _and_more(count: int) -> tuple[Block, ...]:
    return (Paragraph(words(REPORT)("and_more", count=count), small=True),) if count > 0 else ()
