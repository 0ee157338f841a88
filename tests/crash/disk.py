"""What a disk may hold when the power goes: each change is durable, or it is still under way.

Two profiles. MINIMAL grants what POSIX grants: `fsync` of a file makes that file's bytes, size and
mode durable; `fsync` of a folder makes the names in it durable; nothing else is promised, in no
order. EXT4 is the milder order of a journal (data=ordered): name changes, truncations and modes
reach the disk in order, and a sync that has any of these to write takes all earlier ones along.
After Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014), and jbd2's documentation.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import PurePosixPath
from typing import NamedTuple

from .image import Entry, Image
from .trace import Step

ROOT = 0


class Profile(Enum):
    """How much order the file system keeps by itself."""

    MINIMAL = "minimal"
    EXT4 = "ext4"


class Unmodelled(Exception):
    """The program changed files in a way that the model cannot follow, so it must not vouch."""


class Data(NamedTuple):
    """Bytes written into a file."""

    inode: int
    offset: int
    data: bytes


class Size(NamedTuple):
    """A file cut or stretched to `size` bytes."""

    inode: int
    size: int


class Mode(NamedTuple):
    """A file's permission bits changed."""

    inode: int
    mode: int


class Name(NamedTuple):
    """One name in one folder now means `inode` (None: nothing).

    Changes of one call share `call`; `after` is True for the half of a rename that removes the
    old name from the folder that also got the new one: no file system does it first.
    """

    folder: int
    name: str
    inode: int | None
    call: int
    after: bool = False


Effect = Data | Size | Mode | Name


@dataclass(slots=True)
class Inode:
    """One file or folder: what is surely on the disk, and what the program sees."""

    mode: int
    data: bytes | None = b""  # durable bytes; None for a folder
    now: bytearray = field(default_factory=bytearray)
    names: dict[str, int] = field(default_factory=dict)  # durable names
    names_now: dict[str, int] = field(default_factory=dict)


class Disk:
    """Replays steps, and keeps what is durable apart from what is under way."""

    def __init__(self, base: Image, root: str, profile: Profile) -> None:
        """Start from `base`, all of it durable; steps name paths below `root`."""
        self.profile = profile
        self.inodes: dict[int, Inode] = {ROOT: Inode(0o700, None)}
        self.pending: list[Effect] = []
        self._root = root
        self._handles: dict[int, tuple[int, bool]] = {}
        self._call = 0
        for path in sorted(base):
            folder, name = self._place(f"{root}/{path}")
            number = self._new(base[path].mode, base[path].data)
            self.inodes[folder].names[name] = self.inodes[folder].names_now[name] = number

    def _new(self, mode: int, data: bytes | None) -> int:
        number = len(self.inodes)
        self.inodes[number] = Inode(mode, data, bytearray(data or b""))
        return number

    def _find(self, path: str) -> int | None:
        number: int | None = ROOT
        for part in PurePosixPath(path[len(self._root) :].lstrip("/")).parts:
            number = None if number is None else self.inodes[number].names_now.get(part)
        return number

    def _place(self, path: str) -> tuple[int, str]:
        if not path.startswith(self._root + "/"):
            raise Unmodelled(f"a name from outside the watched folder: {path}")
        folder = self._find(os.path.dirname(path))  # noqa: PTH120 - text, not a place
        if folder is None:
            raise Unmodelled(f"a name in a folder nobody made: {path}")
        return folder, os.path.basename(path)  # noqa: PTH119 - text, not a place

    def replay(self, step: Step) -> None:
        """Take one more step of the program into account."""
        if step.op == "strange":
            raise Unmodelled(f"{step.path2} on {step.path}")
        if step.result < 0 or not hasattr(self, f"_{step.op}"):
            return
        self._call += 1
        getattr(self, f"_{step.op}")(step)

    # ---- files ----

    def _subject(self, step: Step) -> int:
        known = self._handles.get(step.handle) if step.handle else None
        number = known[0] if known else self._find(step.path)
        if number is None:
            raise Unmodelled(f"a step on a file nobody made: {step}")
        return number

    def _open(self, step: Step) -> None:
        number = self._find(step.path)
        if number is None:
            raise Unmodelled(f"a file nobody made was opened: {step}")
        direct = bool(step.flags & (os.O_SYNC | os.O_DSYNC))
        self._handles[step.handle] = (number, direct)

    def _create(self, step: Step) -> None:
        direct = bool(step.flags & (os.O_SYNC | os.O_DSYNC))
        nameless = step.flags & os.O_TMPFILE == os.O_TMPFILE
        number = None if nameless else self._find(step.path)
        if number is None:
            number = self._new(step.offset & 0o7755, b"")
            if not nameless:
                self._name(*self._place(step.path), number)
        elif step.flags & os.O_TRUNC and self.inodes[number].now:
            self._resize(number, 0)
        self._handles[step.handle] = (number, direct)

    def _write(self, step: Step) -> None:
        number = self._subject(step)
        data, now = step.data[: step.result], self.inodes[number].now
        if len(data) != step.result:
            raise Unmodelled(f"the written bytes were not kept: {step}")
        if step.offset > len(now):
            now.extend(bytes(step.offset - len(now)))
        now[step.offset : step.offset + len(data)] = data
        self.pending.append(Data(number, step.offset, data))
        if step.handle and self._handles.get(step.handle, (0, False))[1]:
            self._sync(number)

    def _resize(self, number: int, size: int) -> None:
        now = self.inodes[number].now
        del now[size:]
        now.extend(bytes(size - len(now)))
        self.pending.append(Size(number, size))

    def _truncate(self, step: Step) -> None:
        self._resize(self._subject(step), step.offset)

    def _allocate(self, step: Step) -> None:
        number = self._subject(step)
        if step.offset > len(self.inodes[number].now):
            self._resize(number, step.offset)

    def _chmod(self, step: Step) -> None:
        self.pending.append(Mode(self._subject(step), step.offset & 0o7777))

    # ---- names ----

    def _name(self, folder: int, name: str, number: int | None, *, after: bool = False) -> None:
        now = self.inodes[folder].names_now
        now.pop(name, None)
        if number is not None:
            now[name] = number
        self.pending.append(Name(folder, name, number, self._call, after))

    def _rename(self, step: Step) -> None:
        number = self._find(step.path)
        if number is None or number == self._find(step.path2):
            return
        (from_folder, old), (folder, new) = self._place(step.path), self._place(step.path2)
        self._name(folder, new, number)
        self._name(from_folder, old, None, after=folder == from_folder)

    def _exchange(self, step: Step) -> None:
        one, two = self._find(step.path), self._find(step.path2)
        self._name(*self._place(step.path), two)
        self._name(*self._place(step.path2), one)

    def _link(self, step: Step) -> None:
        self._name(*self._place(step.path2), self._subject(step))

    def _unlink(self, step: Step) -> None:
        self._name(*self._place(step.path), None)

    _rmdir = _unlink

    def _mkdir(self, step: Step) -> None:
        self._name(*self._place(step.path), self._new(step.offset & 0o7755, None))

    # ---- asking the disk ----

    def _fsync(self, step: Step) -> None:
        self._sync(self._subject(step))

    _fdatasync = _fsync

    def _sync_all(self, _step: Step) -> None:
        self._settle(self.pending)

    def _sync(self, number: int) -> None:
        mine = [e for e in self.pending if _belongs(e, number)]
        if self.profile is Profile.EXT4 and self._commits(number, mine):
            mine = [e for e in self.pending if not isinstance(e, Data) or e.inode == number]
        self._settle(mine)

    def _commits(self, number: int, mine: list[Effect]) -> bool:
        """Say whether the journal has anything of this inode to write."""
        size = len(self.inodes[number].data or b"")
        named = any(isinstance(e, Name) and e.inode == number for e in self.pending)
        return named or any(not isinstance(e, Data) or e.offset + len(e.data) > size for e in mine)

    def _settle(self, effects: Iterable[Effect]) -> None:
        settled = set(map(id, effects))
        left: list[Effect] = []
        for effect in self.pending:
            if id(effect) not in settled:
                left.append(effect)
                continue
            self._make_durable(effect)
            if isinstance(effect, Size):  # earlier bytes still under way stay within the new size
                left = [_within(e, effect) for e in left]
        self.pending = [e for e in left if not isinstance(e, Data) or e.data]

    def _make_durable(self, effect: Effect) -> None:
        if isinstance(effect, Name):
            names = self.inodes[effect.folder].names
            names.pop(effect.name, None)
            if effect.inode is not None:
                names[effect.name] = effect.inode
        elif isinstance(effect, Mode):
            self.inodes[effect.inode].mode = effect.mode
        else:
            inode = self.inodes[effect.inode]
            inode.data = _applied(inode.data or b"", effect)

    def seen(self) -> dict[str, Entry]:
        """Return what the program sees now; the real folder must be the same."""
        image: dict[str, Entry] = {}
        waiting = [("", ROOT)]
        while waiting:
            prefix, number = waiting.pop()
            for name, child in self.inodes[number].names_now.items():
                inode = self.inodes[child]
                folder = inode.data is None
                image[prefix + name] = Entry(None if folder else bytes(inode.now), inode.mode)
                if folder:
                    waiting.append((f"{prefix}{name}/", child))
        return image


def _belongs(effect: Effect, number: int) -> bool:
    return (effect.folder if isinstance(effect, Name) else effect.inode) == number


def _within(effect: Effect, cut: Size) -> Effect:
    if not isinstance(effect, Data) or effect.inode != cut.inode:
        return effect
    return effect._replace(data=effect.data[: max(0, cut.size - effect.offset)])


def _applied(data: bytes, effect: Data | Size) -> bytes:
    if isinstance(effect, Size):
        return data[: effect.size] + bytes(max(0, effect.size - len(data)))
    gap = bytes(max(0, effect.offset - len(data)))
    return (data + gap)[: effect.offset] + effect.data + data[effect.offset + len(effect.data) :]
