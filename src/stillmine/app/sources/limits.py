"""How much is read of one file that a stranger made, however much it says it holds."""

from __future__ import annotations

from dataclasses import dataclass, field

from stillmine.errors import ArchiveTooDeep, ArchiveTooMuch

_MEBIBYTE = 1 << 20
DEEPEST = 8
"""Archives within archives; each layer of compression is one of them."""
MOST_NAME = 1024
"""Signs of the name of a member that are kept."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds for one file and for all that is packed in it, at every depth.

    `unpacked` bytes are always allowed, and beyond them `factor` times the size of the file;
    `members` is how many files may lie in it, `held` how many bytes of one are held in memory.
    """

    unpacked: int = 1024 * _MEBIBYTE
    factor: int = 100
    members: int = 1_000_000
    held: int = 256 * _MEBIBYTE


@dataclass(slots=True)
class Budget:
    """What is left of the limits while one file is read. Raises where nothing is left."""

    size: int
    limits: Limits = field(default_factory=Limits)
    _bytes: int = 0
    _members: int = 0

    def spend(self, count: int) -> None:
        """Count bytes that came out of something packed. Raises ArchiveTooMuch."""
        self._bytes += count
        if self._bytes > self.limits.unpacked + self.limits.factor * self.size:
            raise ArchiveTooMuch

    def enter(self) -> None:
        """Count one more member. Raises ArchiveTooMuch."""
        self._members += 1
        if self._members > self.limits.members:
            raise ArchiveTooMuch

    @staticmethod
    def require_depth(depth: int) -> None:
        """Raise ArchiveTooDeep where archives lie deeper in each other than is followed."""
        if depth > DEEPEST:
            raise ArchiveTooDeep
