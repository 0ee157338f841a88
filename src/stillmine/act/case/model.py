"""What a case is made of: addresses, proof, notices, and what happened when.

Times are ISO 8601 in UTC. The short names inside a case (`a1`, `p1`, `n1`) never change and are
never used again, so that a letter or a report may refer to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SUBJECT, AGENT = "subject", "agent"
OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signs: the person in the picture (`subject`), or somebody they allowed (`agent`).

    `subject` is how the letter calls the person in the picture where an agent signs.
    """

    name: str = ""
    mail: str = ""
    phone: str = ""
    postal: str = ""
    role: str = SUBJECT
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A place where the picture is, or was. `state` is unknown, there or gone, as of `seen`."""

    address: str
    url: str
    added: str
    uploader: str = ""
    note: str = ""
    state: str = "unknown"
    seen: str = ""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was handed in, as it came: its name, what it seems to be, bytes, SHA-256.

    `apart` is its evidence in the vault where it is too large to lie in the bundle itself.
    """

    name: str
    kind: str
    size: int
    sha256: str
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """One sealed bundle of evidence: a capture, or something that was handed in.

    `evidence` is its name in the vault, `root` the Merkle root of its manifest as hexadecimal,
    `stamped` the authorities that vouch for the time, `size` bytes; `files` are what was handed in.
    """

    proof: str
    kind: str
    made: str
    evidence: str
    root: str
    size: int
    address: str = ""
    level: str = ""
    title: str = ""
    stamped: tuple[str, ...] = ()
    files: tuple[KeptFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a notice at one time, such as `sent`, `removed` or `silent`."""

    at: str
    state: str
    note: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A request that was written: to whom, under which laws, about which addresses.

    `platform` is the name of a fact (`platforms/…`) or empty, `regimes` names of regimes, `facts`
    what the person filled in; `steps` the oldest first, and the last one says how it stands.
    """

    notice: str
    to: str
    written: str
    regimes: tuple[str, ...]
    addresses: tuple[str, ...]
    platform: str = ""
    channel: str = ""
    text: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()

    @property
    def state(self) -> str:
        """How the notice stands: its last step, or `draft`."""
        return self.steps[-1].state if self.steps else "draft"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline. `what` is a code that `messages` has words for."""

    at: str
    what: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    `person` is whose it is, for a caseworker with several people; `country` a place as
    `facts.places` writes it; `threats` whether somebody demands something.

    A case exists only after the person said that nobody in the pictures was under 18.
    """

    case: str
    opened: str
    country: str
    person: str = ""
    threats: bool = False
    state: str = OPEN
    sender: Sender = Sender()
    addresses: tuple[Address, ...] = ()
    proofs: tuple[Proof, ...] = ()
    notices: tuple[Notice, ...] = ()
    events: tuple[Event, ...] = ()
