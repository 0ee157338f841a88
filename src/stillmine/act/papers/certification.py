"""The draft of a statement by which proof can be shown to a court, for a lawyer to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from stillmine import __version__
from stillmine.act.case.model import Case, Proof
from stillmine.act.papers.document import (
    Attachment,
    Blanks,
    Block,
    Box,
    Document,
    Fields,
    Heading,
    Listing,
    Paragraph,
    Table,
)
from stillmine.act.papers.report_parts import Custody, custody_log, proof_fields
from stillmine.act.papers.saying import at, last_noted, paper_size, words
from stillmine.act.papers.wordings import wordings
from stillmine.act.proof import Verdict
from stillmine.messages import translate
from stillmine.messages.certifying import CERTIFY
from stillmine.messages.papers import PAPER
from stillmine.messages.proof import BY_HAND, PROVES_NOT
from stillmine.messages.reporting import REPORT

Form = Literal["us", "gb", "plain"]
_MOST_FILES = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look into the proof gave: its list of files, and what a check of all of it says."""

    manifest: bytes
    head: Mapping[str, Any]
    files: tuple[tuple[str, str], ...]
    verdict: Verdict


def certification(
    case: Case, proof: Proof, seen: Seen | None, custody: Custody, form: Form
) -> Document:
    """Return the draft. `seen` is None where the proof could not be opened."""
    say = words(CERTIFY)
    blocks: list[Block] = [
        Box(say("draft"), say("draft_text")),
        Heading(say("who")),
        Paragraph(say("who_text")),
        Blanks(((say("who_name"), say("who_work")), (say("who_part"),))),
        Heading(say("what")),
        Fields(((words(REPORT)("case"), case.case), *proof_fields(case, proof), *_key(seen))),
        Heading(say("how")),
        Listing(tuple(_steps(case, proof, seen)), numbered=True),
        *_noted(seen),
        Heading(say("check")),
        *_checked(seen),
        Heading(words(REPORT)("custody")),
        *custody_log(case, custody),
        Heading(words(BY_HAND)("proves_not")),
        Listing(tuple(map(translate, PROVES_NOT))),
        *_FORMS[form](),
    ]
    inside: tuple[Attachment, ...] = ()
    if seen is not None:
        about = say("manifest")
        inside = (Attachment("manifest.json", "application/json", seen.manifest, about),)
    running = words(PAPER)("running", case=f"{case.case} · {say('draft')}")
    return Document(
        say("title"),
        last_noted(case),
        tuple(blocks),
        running,
        paper=paper_size(case.country),
        attachments=inside,
    )


def form_for(country: str) -> Form:
    """Return the form that a country's courts know, as far as we do."""
    place = country.upper()
    if place == "US" or place.startswith("US-"):
        return "us"
    return "gb" if place in ("GB", "GB-EAW", "GB-ENG", "GB-WLS") else "plain"


def _key(seen: Seen | None) -> tuple[tuple[str, str], ...]:
    return ((words(CERTIFY)("key"), seen.verdict.key),) if seen and seen.verdict.key else ()


def _steps(case: Case, proof: Proof, seen: Seen | None) -> Iterator[str]:
    say = words(CERTIFY)
    software = str(seen.head.get("software", "")) if seen else ""
    version = software.removeprefix("stillmine ") or __version__
    yield say("step_program", version=version, at=at(proof.made))
    yield from _gathered(case, proof)
    yield say("step_list")
    yield say("step_sign")
    if proof.stamped:
        yield say("step_stamp", names=", ".join(proof.stamped))
    else:
        yield say("step_no_stamp")
    yield say("step_seal")


def _gathered(case: Case, proof: Proof) -> Iterator[str]:
    say = words(CERTIFY)
    if proof.kind != "capture":
        yield say("step_host" if proof.kind == "host" else "step_handed")
        return
    if proof.level != "address":
        url = next((each.url for each in case.addresses if each.address == proof.address), "")
        yield say("step_capture", url=url)
    if f"step_{proof.level}" in CERTIFY:
        yield say(f"step_{proof.level}")


def _noted(seen: Seen | None) -> tuple[Block, ...]:
    facts = seen.head.get("facts") if seen else None
    if not isinstance(facts, Mapping) or not facts:
        return ()
    rows = tuple((str(name), _flat(value)) for name, value in sorted(facts.items()))
    return (Heading(words(CERTIFY)("said")), Fields(rows))


def _flat(value: object) -> str:
    if isinstance(value, Mapping):
        return "\n".join(f"{name}: {_flat(part)}" for name, part in value.items())
    if isinstance(value, (list, tuple)):
        return "\n".join(_flat(part) for part in value)
    return "" if value is None else str(value)


def _checked(seen: Seen | None) -> tuple[Block, ...]:
    say = words(CERTIFY)
    if seen is None:
        return (Paragraph(say("check_none")),)
    verdict = say(f"verdict_{seen.verdict.verdict}".replace("-", "_"))
    findings = tuple(each.line for each in seen.verdict.findings)
    left = len(seen.files) - _MOST_FILES
    more = (Paragraph(words(REPORT)("and_more", count=left), small=True),) if left > 0 else ()
    return (
        Paragraph(say("check_text")),
        Listing((verdict, *findings)),
        Heading(say("files")),
        Table((say("file"), say("sum")), seen.files[:_MOST_FILES], (1, 2)),
        *more,
    )


def _us() -> tuple[Block, ...]:
    say, law = words(CERTIFY), wordings()
    return (
        Heading(say("law")),
        law["rule-902-13"].quote,
        law["rule-902-14"].quote,
        Paragraph(say("us_notice")),
        Heading(say("declare")),
        Paragraph(say("declare_text")),
        law["usc-1746-within"].quote,
        law["usc-1746-without"].quote,
        Blanks(((say("sign"), say("place")),)),
    )


def _gb() -> tuple[Block, ...]:
    say, law = words(CERTIFY), wordings()
    return (
        Heading(say("law")),
        law["criminal-procedure-16-2"].quote,
        Heading(say("declare")),
        Paragraph(say("declare_text")),
        law["section-9"].quote,
        Paragraph(say("civil")),
        Blanks(((say("words"),), (say("sign"), say("place")))),
    )


def _plain() -> tuple[Block, ...]:
    say = words(CERTIFY)
    return (
        Heading(say("declare")),
        Paragraph(say("declare_own")),
        Blanks(((say("words"),), (say("sign"), say("place")))),
    )


_FORMS = {"us": _us, "gb": _gb, "plain": _plain}
