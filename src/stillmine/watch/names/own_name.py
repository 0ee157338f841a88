"""What a handle, a mail address or a name of the person is made of, and how they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from stillmine.app.storage.vault import Vault
from stillmine.errors import UnknownName

Sort = Literal["handle", "mail", "name"]
Way = Literal["profile", "mail", "export"]
HANDLE: Sort = "handle"
MAIL: Sort = "mail"
NAME: Sort = "name"
CODE_HOLDS = timedelta(days=3)
_KIND = "watch.name"
_RECORD = "all"
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Proof:
    """How control was shown: `at` is a time of the computer that a site agreed with (ISO, UTC).

    Of an export no site told the time, so it counts for less (docs/watching.md).
    """

    way: Way
    at: str

    @property
    def firm(self) -> bool:
        """Say whether somebody else vouches for it: a site, or a mail provider's signature."""
        return self.way != "export"


@dataclass(frozen=True, slots=True)
class Code:
    """What the person puts where only they can: given at a time, and good for three days."""

    code: str
    given: str
    tries: int = 0

    @property
    def ends(self) -> datetime:
        """Return when it is over."""
        return datetime.fromisoformat(self.given) + CODE_HOLDS

    def holds(self, now: datetime) -> bool:
        """Say whether it may still be shown; never before it was given."""
        given = datetime.fromisoformat(self.given)
        return given - timedelta(minutes=5) <= now <= self.ends


@dataclass(frozen=True, slots=True)
class OwnName:
    """A handle at a site, a mail address, or a name. `at` is empty for what has no site."""

    name: str
    sort: Sort
    text: str
    at: str
    noted: str
    proof: Proof | None = None
    code: Code | None = None

    @property
    def firm(self) -> bool:
        """Say whether control was shown in a way that somebody else vouches for."""
        return self.proof is not None and self.proof.firm


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log of changes; nothing takes a line away."""

    at: str
    what: Literal["noted", "proven", "removed"]
    sort: Sort
    text: str
    site: str = ""
    way: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """All own names, and the log of every change to them: one record, so that neither lags."""

    names: tuple[OwnName, ...] = ()
    log: tuple[Line, ...] = ()

    def with_name(self, name: OwnName) -> Names:
        """Return these with one more, or with another state of one."""
        known = [each.name for each in self.names]
        at = known.index(name.name) if name.name in known else len(known)
        return replace(self, names=(*self.names[:at], name, *self.names[at + 1 :]))

    def without(self, name: OwnName) -> Names:
        """Return these without one; the log stays."""
        return replace(self, names=tuple(each for each in self.names if each.name != name.name))

    def noting(self, now: datetime, what: str, name: OwnName) -> Names:
        """Return these with one more line in the log."""
        way = name.proof.way if name.proof else ""
        line = _line(
            {
                "at": now.isoformat(timespec="seconds"),
                "what": what,
                "sort": name.sort,
                "text": name.text,
                "site": name.at,
                "way": way,
            }
        )
        return replace(self, log=(*self.log, line))

    def same(self, sort: Sort, text: str, at: str) -> OwnName | None:
        """Return the one that says the same, if it was noted."""
        wanted = (sort, text.casefold(), at)
        return next(
            (each for each in self.names if (each.sort, each.text.casefold(), each.at) == wanted),
            None,
        )


def all_names(vault: Vault) -> Names:
    """Return what is kept of own names."""
    kept = vault.records.get(_KIND, _RECORD)
    if not isinstance(kept, dict):
        return Names()
    return Names(
        tuple(_name(each) for each in kept.get("names", ())),
        tuple(_line(each) for each in kept.get("log", ())),
    )


def keep_names(vault: Vault, names: Names) -> None:
    """Keep them in place of what was kept; durable when this returns."""
    vault.records.put(_KIND, _RECORD, asdict(names))


def find_name(names: Names, typed: str) -> OwnName:
    """Return the one of this number, or whose number begins so, or that says just this.

    Raises UnknownName, also where more than one fits.
    """
    wanted = typed.strip().casefold()
    saying = [each for each in names.names if wanted in (each.text.casefold(), f"@{each.text}")]
    numbered = [
        each for each in names.names if len(wanted) >= _SHORTEST and each.name.startswith(wanted)
    ]
    found = saying or numbered
    if len(found) != 1:
        raise UnknownName(name=typed)
    return found[0]


def _name(kept: Mapping[str, Any]) -> OwnName:
    whole = _known(OwnName, kept)
    whole["proof"] = Proof(**_known(Proof, whole["proof"])) if whole.get("proof") else None
    whole["code"] = Code(**_known(Code, whole["code"])) if whole.get("code") else None
    return OwnName(**whole)


def _line(kept: Mapping[str, Any]) -> Line:
    return Line(**_known(Line, kept))


def _known(kind: type[Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    # What a newer version keeps beside these is let be.
    return {each.name: kept[each.name] for each in fields(kind) if each.name in kept}
