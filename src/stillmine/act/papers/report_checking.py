"""The parts of a report that say how to check the proof, what it shows, and what it does not."""

from __future__ import annotations

from collections.abc import Iterator

from stillmine.act.case.model import Case
from stillmine.act.papers.document import Block, Commands, Heading, Listing, Paragraph
from stillmine.act.papers.saying import words
from stillmine.act.proof.readme import COMMANDS
from stillmine.messages import translate
from stillmine.messages.proof import BY_HAND, CHECKS, PROVES, PROVES_NOT, STRENGTHENS
from stillmine.messages.reporting import REPORT


def checking(case: Case, key: str) -> tuple[Block, ...]:
    """Return how anybody can check a proof: with the program, and by hand without it."""
    return tuple(_checking(key)) if case.proofs else ()


def _checking(key: str) -> Iterator[Block]:
    say, by_hand = words(REPORT), words(BY_HAND)
    yield Heading(say("check"))
    yield Paragraph(say("check_text"))
    yield Commands(f"stillmine act verify PROOF.wacz{f' --key {key}' if key else ''}")
    if key:
        yield Paragraph(say("check_key", key=key))
    yield Paragraph(say("check_without"))
    for number, (step, why) in enumerate(CHECKS.items(), 1):
        yield Paragraph(f"{number}. {translate(why)}", small=True)
        yield Commands(COMMANDS[step])
    yield Paragraph(by_hand("more"), small=True)


def meaning() -> tuple[Block, ...]:
    """Return what the proof shows, what it does not, and what makes it stronger."""
    by_hand = words(BY_HAND)
    return (
        Heading(by_hand("proves")),
        Listing(tuple(map(translate, PROVES))),
        Heading(by_hand("proves_not")),
        Listing(tuple(map(translate, PROVES_NOT))),
        Heading(by_hand("strengthens")),
        Listing(tuple(map(translate, STRENGTHENS))),
    )


def short_meaning() -> tuple[Block, ...]:
    """Return the same in a few lines."""
    points = (PROVES[1], PROVES_NOT[0], PROVES_NOT[1])
    return (Heading(words(BY_HAND)("proves")), Listing(tuple(map(translate, points))))
