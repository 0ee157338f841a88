"""Every disk a power cut may leave: unsynced changes lost, kept, torn or out of order."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .disk import ROOT, Data, Disk, Effect, Name, Profile, Size
from .image import Entry, Image
from .recipes import KEPT, LOST, RECIPES, Fate, Recipe, at_random, sectors
from .trace import Trace

SECTORS = (512, 4096)  # what a device, and what a page cache, writes whole
STALE = b"\xa5"  # what an unwritten sector may hold where a file system promises no zeros
AT_RANDOM = "at random"
PATIENCE = 400  # states seen before in a row, until we believe there are no new ones


class Frozen(NamedTuple):
    """An inode as it surely is on the disk."""

    mode: int
    data: bytes | None
    names: dict[str, int]


@dataclass(frozen=True, slots=True)
class Moment:
    """The instant between two steps: what is durable, what is under way, what was promised."""

    after: str
    profile: Profile
    inodes: dict[int, Frozen]
    pending: tuple[Effect, ...]
    confirmed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """One disk after the power came back, and how it came about."""

    image: dict[str, Entry]
    confirmed: tuple[str, ...]
    story: str


def moments(base: Image, trace: Trace, root: str, profile: Profile) -> list[Moment]:
    """Return each instant at which the disk differs from the one before, or more was promised."""
    disk, confirmed = Disk(base, root, profile), list[str]()
    found = [_freeze(disk, "the start", ())]
    for step in trace.steps:
        if step.op == "confirm":
            confirmed.append(step.path)
        elif step.op == "note" or (step.error and step.op != "strange"):
            continue
        disk.replay(step)
        if step.op != "open":
            found.append(_freeze(disk, str(step), tuple(confirmed)))
    return found


def _freeze(disk: Disk, after: str, confirmed: tuple[str, ...]) -> Moment:
    inodes = {n: Frozen(i.mode, i.data, dict(i.names)) for n, i in disk.inodes.items()}
    return Moment(after, disk.profile, inodes, tuple(disk.pending), confirmed)


# ---- one moment and the fate of each change: one disk ----------------------------------------


def settle(moment: Moment, fates: Sequence[Fate], unit: int = 512, fill: bytes = b"\0") -> Image:
    """Return the disk on which each pending change had its fate, sectors being `unit` bytes."""
    fates = possible(moment, fates)
    names = {n: dict(i.names) for n, i in moment.inodes.items() if i.data is None}
    modes = {n: i.mode for n, i in moment.inodes.items()}
    writes: dict[int, list[tuple[Data | Size, Fate]]] = {}
    for effect, fate in zip(moment.pending, fates, strict=True):
        if isinstance(effect, Data | Size):
            writes.setdefault(effect.inode, []).append((effect, fate))
        elif isinstance(effect, Name) and fate.kept:
            names[effect.folder][effect.name] = -1 if effect.inode is None else effect.inode
        elif not isinstance(effect, Name) and fate.kept:
            modes[effect.inode] = effect.mode
    contents = {n: i.data for n, i in moment.inodes.items()}
    for number, changes in writes.items():
        contents[number] = _content(contents[number] or b"", changes, unit, fill)
    return _walk(names, modes, contents)


def _walk(
    names: dict[int, dict[str, int]], modes: dict[int, int], contents: dict[int, bytes | None]
) -> dict[str, Entry]:
    image: dict[str, Entry] = {}
    waiting = [("", ROOT, 0)]
    while waiting:
        prefix, folder, depth = waiting.pop()
        for name, number in names[folder].items():
            if number < 0 or depth > 64:  # a folder half moved into itself has no end
                continue
            image[prefix + name] = Entry(contents[number], modes[number])
            if contents[number] is None:
                waiting.append((f"{prefix}{name}/", number, depth + 1))
    return image


def _content(
    data: bytes, changes: Sequence[tuple[Data | Size, Fate]], unit: int, fill: bytes
) -> bytes:
    """Build a file: a kept sector holds what the program's view of it was after that write."""
    view, disk, size = bytearray(data), bytearray(data), len(data)
    for change, fate in changes:
        before = len(view)
        _apply(view, change)
        if isinstance(change, Size):
            if fate.kept:
                _apply(disk, change)
                size = change.size
            continue
        for sector in sectors(change, unit):
            start = sector * unit
            part = max(start, change.offset) // 512
            if fate.kept and (fate.sectors is None or part in fate.sectors):
                disk.extend(fill * (start - len(disk)))
                disk[start : start + unit] = (
                    view[start : start + unit] + disk[len(view) : start + unit]
                )
        if len(view) > before and fate.size:
            size = max(size, len(view))
    disk.extend(fill * (size - len(disk)))
    return bytes(disk[:size])


def _apply(content: bytearray, change: Data | Size) -> None:
    if isinstance(change, Size):
        del content[change.size :]
        content.extend(bytes(change.size - len(content)))
        return
    content.extend(bytes(max(0, change.offset - len(content))))
    content[change.offset : change.offset + len(change.data)] = change.data


def possible(moment: Moment, fates: Sequence[Fate]) -> list[Fate]:
    """Bend the fates to what the profile's file system can do."""
    if moment.profile is Profile.EXT4:
        return _in_order(moment.pending, fates)
    bent = list(fates)
    for at, effect in enumerate(moment.pending):
        if isinstance(effect, Name) and effect.after and at and not bent[at - 1].kept:
            before = moment.pending[at - 1]
            if isinstance(before, Name) and before.call == effect.call:
                bent[at] = LOST
    return bent


def _in_order(pending: Sequence[Effect], fates: Sequence[Fate]) -> list[Fate]:
    """Keep names, sizes and modes up to the first lost one; show no size without its bytes."""
    cut = next(
        (i for i, e in enumerate(pending) if not isinstance(e, Data) and not fates[i].kept),
        len(pending),
    )
    if cut < len(pending) and isinstance(first := pending[cut], Name):  # a rename is one
        same = [i for i, e in enumerate(pending) if isinstance(e, Name) and e.call == first.call]
        cut = min(cut, *same)
    bent, unresized = list[Fate](), set[int]()
    for at, (effect, fate) in enumerate(zip(pending, fates, strict=True)):
        if isinstance(effect, Data):
            bent.append(fate if fate.kept and effect.inode not in unresized else LOST)
            continue
        bent.append(KEPT if at < cut else LOST)
        if at >= cut and isinstance(effect, Size):
            unresized.add(effect.inode)
    return bent


def states(base: Image, trace: Trace, root: str, seed: int) -> Iterator[State]:
    """Yield disks, no two alike: each recipe at every moment first, then by chance without end.

    The order is fixed by `seed`. Ends when no new state turns up.
    """
    chance = random.Random(seed)
    every = [m for p in Profile for m in moments(base, trace, root, p)]
    seen: set[tuple[int, tuple[str, ...]]] = set()
    stale = 0
    for name, moment, recipe in _plan(every, chance):
        state = _state(name, moment, recipe, chance)
        mark = (hash(frozenset(state.image.items())), state.confirmed)
        if mark not in seen:
            seen.add(mark)
            stale = 0
            yield state
        elif name == AT_RANDOM:
            stale += 1
            if stale > PATIENCE:
                return


def _plan(every: list[Moment], chance: random.Random) -> Iterator[tuple[str, Moment, Recipe]]:
    for name, recipe in RECIPES.items():
        yield from ((name, moment, recipe) for moment in chance.sample(every, len(every)))
    while True:
        yield AT_RANDOM, chance.choice(every), at_random


def _state(name: str, moment: Moment, recipe: Recipe, chance: random.Random) -> State:
    fates = recipe(moment.pending, chance)
    unit = chance.choice(SECTORS)
    fill = STALE if moment.profile is Profile.MINIMAL and chance.random() < 0.25 else b"\0"
    image = dict(settle(moment, fates, unit, fill))
    story = f"power cut after [{moment.after}], {moment.profile.value}: {name}"
    return State(image, moment.confirmed, story)
