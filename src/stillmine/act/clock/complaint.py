"""The letter to an authority: what is online, what was asked, what came of it, what is proven."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from stillmine.act.case.model import AGENT, Address, Case, Notice, Sender
from stillmine.act.clock import machine
from stillmine.act.clock.authorities import Authority
from stillmine.act.clock.due import lawful_times
from stillmine.act.notices.letter import one_line
from stillmine.facts import all_laws
from stillmine.messages import fill, translate
from stillmine.messages.clock import STATES
from stillmine.messages.complaint import COMPLAINT

_SUBJECTS = {
    machine.REFUSED: "no",
    machine.REAPPEARED: "back",
    machine.SILENT: "late",
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """A letter to an authority. `to_fill` names what only the person can add."""

    to: str
    written: str
    subject: str
    text: str
    to_fill: tuple[str, ...]

    @property
    def whole(self) -> str:
        """All of it as plain text: to whom, when, what about, and the words."""
        head = [_said("to", authority=self.to), _said("day", day=self.written), "", self.subject]
        return "\n".join([*head, "", self.text])

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads."""
        yield from self.whole.split("\n")


def complaint(case: Case, notice: Notice, authority: Authority, now: datetime) -> Complaint:
    """Return the letter about one notice, made of what the case knows and nothing else."""
    subject = _said(f"subject-{_about(case, notice, now)}")
    parts = [
        [_who(case.sender), _said("plea")],
        [_said("where"), *_addresses(case, notice)],
        [*_story(notice, authority)],
        [*_law(case, notice, authority, now)],
        [*_proof(case)],
        [_said("number"), _said("reach", ways=_ways(case.sender) or _said("blank"))],
        [_said("signed", name=_name(case.sender))],
    ]
    if notice.state != machine.DRAFT and notice.text.strip():
        parts += [[_said("letter", to=one_line(notice.to))], [notice.text.strip()]]
    text = "\n\n".join("\n".join(part) for part in parts if part) + "\n"
    missing = [
        *([] if case.sender.name.strip() else ["name"]),
        *([] if _ways(case.sender) else ["contact"]),
    ]
    return Complaint(authority.name, f"{now:%Y-%m-%d}", subject, text, tuple(missing))


def _about(case: Case, notice: Notice, now: datetime) -> str:
    late = any(each.over for each in lawful_times(case, notice, now))
    return _SUBJECTS.get(notice.state, "late" if late else "first")


def _said(part: str, **facts: str) -> str:
    return fill(translate(COMPLAINT[part]), facts)


def _name(sender: Sender) -> str:
    return one_line(sender.name) or _said("blank")


def _who(sender: Sender) -> str:
    if sender.role == AGENT:
        subject = one_line(sender.subject) or _said("blank")
        return _said("agent", name=_name(sender), subject=subject)
    return _said("self", name=_name(sender))


def _ways(sender: Sender) -> str:
    return ", ".join(filter(None, map(one_line, (sender.mail, sender.phone, sender.postal))))


def _addresses(case: Case, notice: Notice) -> Iterator[str]:
    named = [each for each in case.addresses if each.address in notice.addresses]
    for number, address in enumerate(named or case.addresses, 1):
        yield _address(str(number), address)


def _address(number: str, address: Address) -> str:
    url = one_line(address.url)
    if address.state not in ("there", "gone") or not address.seen:
        return _said("address", number=number, url=url)
    state = _said(f"state-{address.state}")
    return _said("address-seen", number=number, url=url, state=state, day=address.seen[:10])


def _story(notice: Notice, authority: Authority) -> Iterator[str]:
    to = one_line(notice.to)
    if not notice.steps:
        yield _said("not-needed" if authority.first else "not-asked", to=to)
        return
    yield _said("asked", to=to)
    for step in notice.steps:
        at = f"{machine.moment(step.at):%Y-%m-%d %H:%M}"
        yield _said("step", at=at, state=translate(STATES[step.state]))


def _law(case: Case, notice: Notice, authority: Authority, now: datetime) -> Iterator[str]:
    law = all_laws()[authority.law]
    citation = law.said("citation")
    part = "law" if citation is None else "citation"
    yield _said(part, name=authority.law_name, citation=str(citation))
    for each in lawful_times(case, notice, now):
        if each.law != authority.law:
            continue
        if each.quote:
            yield _said("quote", quote=each.quote)
            yield each.read
        yield _said("ended" if each.over else "running", at=f"{each.at:%Y-%m-%d %H:%M}")


def _proof(case: Case) -> Iterator[str]:
    if not case.proofs:
        yield _said("no-proof")
        return
    yield _said("proof")
    for each in case.proofs:
        size = str(each.size)
        yield _said("proof-line", proof=each.proof, made=each.made, size=size, root=each.root)
        if each.stamped:
            yield _said("proof-stamped", authorities=", ".join(map(one_line, each.stamped)))
