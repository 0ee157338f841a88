"""Ask for time stamps later, for proof that was kept without them or with too few."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass, replace

from stillmine.act.case.keys import case_key
from stillmine.act.case.model import Case, Proof
from stillmine.act.case.store import find_case, keep_case, noted, proof_of, with_proof
from stillmine.act.keeping import BUNDLE
from stillmine.act.proof.adding import add_stamps, noted_in, root_to_stamp
from stillmine.act.proof.asking import Asking, asking
from stillmine.act.proof.authorities import Authority
from stillmine.act.proof.calendars import calendars_of, note_root
from stillmine.act.proof.stamping import NotStamped
from stillmine.app.actions import Answer, Outcome, Sends, action, given
from stillmine.app.context import Context
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import NothingMayLeave, ProofChanged, StillmineError, Stopped

NAME = "act.stamp"
_WHY = "stamp"


@dataclass(frozen=True, slots=True)
class StampRequest:
    """Which proof is to be stamped, and by whom."""

    case: str = given("The case, or how its name begins.")
    proof: str = given("Only this proof, such as p1.", default="")
    by: tuple[str, ...] = given(
        "An authority: its name, its address, or name=address. Two or more are better.",
        default=(),
    )
    calendar: tuple[str, ...] = given(
        "Have it noted in Bitcoin's block chain too, by OpenTimestamps: usual, or the address of a "
        "calendar. Run it again a day later to get the block.",
        default=(),
    )


@dataclass(frozen=True, slots=True)
class StampedProof:
    """A proof that has new stamps, and by whom."""

    proof: str
    stamped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotedProof:
    """A proof that calendars know; `blocks` of Bitcoin hold it, none as long as it waits."""

    proof: str
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SkippedProof:
    """A proof that could not be stamped, and the code that says why."""

    proof: str
    code: str


@dataclass(frozen=True, slots=True)
class StampAnswer(Answer):
    """Which proofs have new stamps, which had them already, and who gave none."""

    case: str
    stamped: tuple[StampedProof, ...]
    already: tuple[str, ...]
    noted: tuple[NotedProof, ...]
    missing: tuple[NotStamped, ...]
    skipped: tuple[SkippedProof, ...]

    @property
    def outcome(self) -> Outcome:
        """Return gaps where a proof or an authority is missing."""
        if self.missing or self.skipped:
            return Outcome.GAPS
        found = self.stamped or self.already or self.noted
        return Outcome.DONE if found else Outcome.NOTHING_FOUND


@action(
    NAME,
    sends=Sends(
        what="A number from which nobody can tell what was kept. No file and no name.",
        to="Time-stamp authorities; with --calendar, calendars of OpenTimestamps too",
        they_learn="Your address on the internet, and when.",
        undo="No: what they noted stays with them.",
    ),
)
def stamp(context: Context, request: StampRequest) -> StampAnswer:
    """Ask authorities to vouch for the time of proof that lacks their stamps."""
    if not context.agreed_to_send:
        raise NothingMayLeave(agreed="-", asked="time-stamp authorities")
    with unlocked(context, writing=True) as vault:
        case = find_case(vault, request.case)
        proofs = (proof_of(case, request.proof),) if request.proof else case.proofs
        ask = asking(context, vault, NAME, request.by)
        calendars = calendars_of(request.calendar)
        return _Stamping(context, vault, case.case, ask, calendars).all(proofs)


class _Stamping:
    """The work on the proofs of one case, one after the other."""

    def __init__(
        self,
        context: Context,
        vault: Vault,
        case: str,
        ask: Asking,
        calendars: tuple[str, ...],
    ) -> None:
        self._context, self._vault, self._case, self._ask = context, vault, case, ask
        self._calendars = calendars
        self._asked: dict[str, float] = {}
        self._stamped: list[StampedProof] = []
        self._already: list[str] = []
        self._noted: list[NotedProof] = []
        self._missing: list[NotStamped] = []

    def all(self, proofs: tuple[Proof, ...]) -> StampAnswer:
        """Stamp all that lack one; one that cannot be stamped does not stop the others."""
        skipped: list[SkippedProof] = []
        for proof in proofs:
            try:
                self._one(proof)
            except Stopped:
                raise
            except StillmineError as problem:
                skipped.append(SkippedProof(proof.proof, problem.code))
        return StampAnswer(
            self._case,
            tuple(self._stamped),
            tuple(self._already),
            tuple(self._noted),
            (*self._ask.missing, *self._missing),
            tuple(skipped),
        )

    def _one(self, proof: Proof) -> None:
        case = find_case(self._vault, self._case)
        key = case_key(self._vault, case)
        with self._vault.evidence.open(proof.evidence, why=_WHY) as content:
            bundle = io.BytesIO(content.read())
        root, have = root_to_stamp(bundle, key)
        if root.hex() != proof.root:
            raise ProofChanged
        noted = self._note(proof, root, bundle)
        lacking = [each for each in self._ask.authorities if each.name not in have]
        self._pause(lacking)
        stamps = self._ask.ask(root, lacking)
        if not lacking:
            self._already.append(proof.proof)
        if not stamps and not noted:
            return
        closed = io.BytesIO()
        size = add_stamps(closed, bundle, stamps, key, noted=noted)
        names = tuple(each.authority for each in stamps)
        self._keep(case, proof, closed, size, (*have, *names))
        if names:
            self._stamped.append(StampedProof(proof.proof, names))

    def _note(self, proof: Proof, root: bytes, bundle: io.BytesIO) -> bytes:
        """Ask calendars, where that is wished; return their file if there is more in it now."""
        if not self._calendars:
            return b""
        found = note_root(root, noted_in(bundle), self._calendars, action=NAME)
        self._missing.extend(found.missing)
        if found.content:
            self._noted.append(NotedProof(proof.proof, found.blocks))
        return found.content if found.changed else b""

    def _keep(
        self, case: Case, proof: Proof, closed: io.BytesIO, size: int, names: tuple[str, ...]
    ) -> None:
        """Put the new bundle in the place of the old one; at each moment one of them is kept."""
        closed.seek(0)
        evidence = self._vault.evidence.put(BUNDLE, closed, case=case.case, why=_WHY)
        changed = replace(proof, evidence=evidence, size=size, stamped=names)
        case = with_proof(case, changed)
        if new := names[len(proof.stamped) :]:
            facts = {"proof": proof.proof, "by": ", ".join(new)}
            case = noted(case, self._context.now(), "proof-stamped", **facts)
        keep_case(self._vault, case)
        self._vault.evidence.forget(proof.evidence, why=_WHY)

    def _pause(self, authorities: list[Authority]) -> None:
        """Wait as long as each wants between two requests, and stop there if that is asked."""
        for each in authorities:
            until = self._asked.get(each.name, 0.0) + each.pause
            while time.monotonic() < until and each.name in self._asked:
                self._context.job.check()
                time.sleep(min(0.2, max(0.0, until - time.monotonic())))
            self._asked[each.name] = time.monotonic()
