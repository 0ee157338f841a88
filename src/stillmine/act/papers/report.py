"""A report for the police or a lawyer, and the same on one page: everything but the pictures."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from stillmine import __version__
from stillmine.act.case.model import Case
from stillmine.act.papers.document import (
    Attachment,
    Block,
    Box,
    Document,
    Fields,
    Heading,
    Paragraph,
    Table,
)
from stillmine.act.papers.report_checking import checking, meaning, short_meaning
from stillmine.act.papers.report_letters import letters, short_letters
from stillmine.act.papers.report_parts import (
    Custody,
    Screenshot,
    addresses,
    custody_log,
    glance,
    pictures,
    proofs,
    short_proofs,
)
from stillmine.act.papers.saying import last_noted, paper_size, words
from stillmine.act.papers.timeline import timeline
from stillmine.messages.papers import PAPER
from stillmine.messages.reporting import REPORT

_SHORT = 3  # addresses, proofs and letters on the one page


def report_document(
    case: Case, custody: Custody, screenshots: tuple[Screenshot, ...] | None = None
) -> Document:
    """Return the report. Screenshots are inside only where they are given."""
    say = words(REPORT)
    about = "about_text" if screenshots is None else "about_pictures"
    blocks: list[Block] = [
        Box(say("about"), say(about, version=__version__)),
        Heading(say("glance")),
        Fields(glance(case)),
        Heading(say("addresses")),
        *addresses(case),
        Heading(say("timeline")),
        Table((say("when"), say("what")), timeline(case), (1, 4)),
        Heading(say("letters")),
        *letters(case),
        Heading(say("proofs")),
        *proofs(case),
        *checking(case, custody.key),
        Heading(say("custody")),
        *custody_log(case, custody),
        *meaning(),
        *pictures(screenshots),
    ]
    return _document(case, say("title"), blocks, (_facts(case, custody),))


def summary_document(case: Case) -> Document:
    """Return the report on one page."""
    say = words(REPORT)
    blocks: list[Block] = [
        Fields(glance(case)),
        Heading(say("addresses")),
        *addresses(case, most=_SHORT),
        Heading(say("letters")),
        *short_letters(case, _SHORT),
        Heading(say("proofs")),
        *short_proofs(case, _SHORT),
        *short_meaning(),
        Paragraph(say("summary_more"), small=True),
    ]
    return replace(_document(case, say("summary_title"), blocks, ()), dense=True)


def _document(
    case: Case, title: str, blocks: list[Block], inside: tuple[Attachment, ...]
) -> Document:
    return Document(
        title,
        last_noted(case),
        tuple(blocks),
        words(PAPER)("running", case=case.case),
        paper=paper_size(case.country),
        attachments=inside,
    )


def _facts(case: Case, custody: Custody) -> Attachment:
    """Return what the report says, as data: nothing that is not in it in words too."""
    letters = [
        {
            "letter": each.notice,
            "to": each.to,
            "written": each.written,
            "under": list(each.regimes),
            "addresses": list(each.addresses),
            "steps": [{"at": step.at, "state": step.state} for step in each.steps],
        }
        for each in case.notices
    ]
    facts: dict[str, Any] = {
        "format": "stillmine-report-1",
        "case": case.case,
        "opened": case.opened,
        "country": case.country,
        "addresses": [
            {key: value for key, value in asdict(each).items() if key != "note"}
            for each in case.addresses
        ],
        "proofs": [asdict(each) for each in case.proofs],
        "letters": letters,
        "custody": [asdict(each) for each in custody.entries],
        "custody_broken_line": custody.broken_line or None,
        "key": custody.key,
    }
    text = json.dumps(facts, indent=1, sort_keys=True, ensure_ascii=False)
    content = text.encode("utf-8", "replace") + b"\n"
    return Attachment("case.json", "application/json", content, words(REPORT)("file_about"))
