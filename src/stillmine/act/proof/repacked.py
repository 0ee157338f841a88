"""Read a bundle that somebody unpacked and packed again, within bounds."""

from __future__ import annotations

from stillmine.act.proof.opening import HELD, HELD_IN_ALL, MOST, Opened
from stillmine.act.proof.summing import Summed, summed
from stillmine.app.sources.limits import Budget, Limits
from stillmine.app.sources.stream import Seekable
from stillmine.app.sources.zip_files import zip_members
from stillmine.errors import ArchiveTooMuch, StillmineError

_LIMITS = Limits(unpacked=128 << 20, factor=30, members=MOST)


def open_repacked(file: Seekable) -> Opened | None:
    """Read any zip file, in whatever way its files are packed. None where that cannot be done.

    Sizes that a zip file states are not believed, and no more is unpacked than a bound that goes
    with its size. Raises ArchiveTooMuch where that was not enough.
    """
    files: list[Summed] = []
    odd: list[str] = []
    held = 0
    budget = Budget(file.seek(0, 2), _LIMITS)
    try:
        for member in zip_members(file, budget):
            if member.stream is None:
                odd.append(member.name)
                continue
            keep = member.name.startswith(HELD) and held < HELD_IN_ALL
            try:
                files.append(summed(member.name, member.stream.read, keep=keep))
            except ArchiveTooMuch:
                raise
            except StillmineError:
                odd.append(member.name)
                continue
            held += len(files[-1].content)
    except ArchiveTooMuch:
        raise
    except StillmineError:
        return None if not files else Opened(tuple(files), tuple(odd), cut=True, repacked=True)
    return Opened(tuple(files), tuple(odd), repacked=True)
