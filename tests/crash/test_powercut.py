"""The power-cut model: what was synced stays, what was not may vanish, tear or overtake."""

from __future__ import annotations

import itertools
import os
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .disk import Data, Disk, Name, Profile, Unmodelled
from .image import Entry, Image
from .powercut import STALE, Moment, moments, settle, states
from .recipes import KEPT, LOST, SIZE_ONLY, Fate
from .trace import Step, Trace

ROOT = "/room"
PROFILES = st.sampled_from(list(Profile))
NAMES = st.sampled_from(["a", "b", "d/a", "d/b"])


def step(op: str, path: str = "", path2: str = "", **more: object) -> Step:
    """Return a step that went well, on paths below the room."""
    fields: dict[str, Any] = {
        "number": 0, "handle": 0, "flags": 0, "offset": 0, "result": 0, "error": 0, "data": b"",
        "pid": 1, "thread": 1, "continued": False, **more,
    }  # fmt: skip
    where = [f"{ROOT}/{p}" if p else "" for p in (path, path2)]
    return Step(op, path=where[0], path2=where[1], **fields)


def write(path: str, data: bytes, at: int = 0) -> Step:
    return step("write", path, data=data, offset=at, result=len(data))


def create(path: str) -> Step:
    return step("create", path, flags=os.O_CREAT, offset=0o600)


CHANGES = st.one_of(
    st.tuples(st.just("write"), NAMES, st.integers(0, 3000), st.binary(min_size=1, max_size=1500)),
    st.tuples(st.just("truncate"), NAMES, st.integers(0, 3000)),
    st.tuples(st.just("rename"), NAMES, NAMES),
    st.tuples(st.just("unlink"), NAMES),
    st.tuples(st.just("fsync"), st.sampled_from(["a", "b", "d/a", "d/b", "d", ""])),
    st.tuples(st.just("confirm"), NAMES),
)


def program(changes: list[tuple[object, ...]]) -> Trace:
    """Return the steps of a program that never touches what is not there."""
    there, steps = {"d", ""}, [step("mkdir", "d", offset=0o700)]
    for op, name, *more in changes:
        path = str(name)
        if op in ("write", "truncate") and path not in there:
            steps.append(create(path))
            there.add(path)
        if path in there:
            steps.append(one_step(str(op), path, *more))
            moved = op == "rename" and more[0] != path
            there |= {str(more[0])} if moved else set()
            there -= {path} if moved or op == "unlink" else set()
    return Trace(tuple(steps))


def one_step(op: str, path: str, *more: Any) -> Step:
    if op == "write":
        return write(path, more[1], more[0])
    if op == "truncate":
        return step("truncate", path, offset=more[0])
    if op == "confirm":
        return Step("confirm", 0, 0, 0, path, "", 0, 0, 0, b"", 1, 1, False)
    return step(op, path, *more)


def last(trace: Trace, profile: Profile, base: Image | None = None) -> Moment:
    return moments(base or {}, trace, ROOT, profile)[-1]


def bytes_of(image: Image) -> dict[str, bytes | None]:
    return {path: entry.data for path, entry in image.items()}


@settings(deadline=None)
@given(st.lists(CHANGES, max_size=25), PROFILES)
def test_if_nothing_is_lost_the_disk_is_what_the_program_saw(
    changes: list[tuple[object, ...]], profile: Profile
) -> None:
    trace = program(changes)
    disk = Disk({}, ROOT, profile)
    for one in trace.steps:
        disk.replay(one)
    moment = last(trace, profile)
    assert bytes_of(settle(moment, [KEPT] * len(moment.pending))) == bytes_of(disk.seen())


@settings(deadline=None)
@given(st.lists(CHANGES, max_size=25), PROFILES, st.randoms(use_true_random=False))
def test_after_a_sync_of_everything_nothing_can_be_lost(
    changes: list[tuple[object, ...]], profile: Profile, chance: random.Random
) -> None:
    trace = program(changes)
    synced = Trace((*trace.steps, step("sync_all")))
    moment = last(synced, profile)
    disk = Disk({}, ROOT, profile)
    for one in trace.steps:
        disk.replay(one)
    assert moment.pending == ()
    assert bytes_of(settle(moment, [])) == bytes_of(disk.seen())


@settings(deadline=None)
@given(st.lists(CHANGES, max_size=25), PROFILES, st.integers(0, 2**32))
def test_a_file_synced_with_its_folders_is_in_every_state_that_follows(
    changes: list[tuple[object, ...]], profile: Profile, seed: int
) -> None:
    syncs = [step("fsync", path) for path in ("d/safe", "d", "")]
    safe = (create("d/safe"), write("d/safe", b"kept" * 300), *syncs)
    trace = program(changes)
    trace = Trace((trace.steps[0], *safe, *trace.steps[1:]))
    for moment in moments({}, trace, ROOT, profile)[len(safe) + 1 :]:
        chance = random.Random(seed)
        fates = [chance.choice((KEPT, LOST, SIZE_ONLY)) for _ in moment.pending]
        assert settle(moment, fates)["d/safe"].data == b"kept" * 300


@settings(deadline=None)
@given(st.lists(CHANGES, max_size=20), st.integers(0, 2**32))
def test_every_sector_is_one_that_the_program_once_had_there(
    changes: list[tuple[object, ...]], seed: int
) -> None:
    trace = program([c for c in changes if c[0] in ("write", "truncate", "fsync")])
    had: dict[int, set[bytes]] = {}
    disk = Disk({}, ROOT, Profile.MINIMAL)
    for one in trace.steps:
        disk.replay(one)
        for entry in disk.seen().values():
            for at in range(0, len(entry.data or b""), 512):
                had.setdefault(at, set()).add((entry.data or b"")[at : at + 512].ljust(512, b"\0"))
    for state in itertools.islice(states({}, trace, ROOT, seed), 60):
        for entry in state.image.values():
            for at in range(0, len(entry.data or b""), 512):
                part = (entry.data or b"")[at : at + 512]
                blank = part.strip(STALE + b"\0") == b""
                assert blank or any(_agree(part, old) for old in had[at]), state.story


def _agree(part: bytes, old: bytes) -> bool:
    """Say whether a sector is `old`, cut short or filled where it was never written."""
    body = part.rstrip(STALE + b"\0")
    return old.startswith(body)


def test_names_go_in_order_in_a_journal_and_in_any_order_without() -> None:
    trace = Trace((create("a"), create("b")))
    found = {
        profile: {frozenset(s) for s in _outcomes(last(trace, profile))} for profile in Profile
    }
    in_order = {frozenset(), frozenset({"a"}), frozenset({"a", "b"})}
    assert found[Profile.EXT4] == in_order
    assert found[Profile.MINIMAL] == in_order | {frozenset({"b"})}


def _outcomes(moment: Moment) -> list[dict[str, Entry]]:
    fates = itertools.product((KEPT, LOST), repeat=len(moment.pending))
    return [dict(settle(moment, some)) for some in fates]


@pytest.mark.parametrize("profile", Profile)
def test_a_rename_without_fsync_may_leave_an_empty_file_under_the_new_name(
    profile: Profile,
) -> None:
    base = {"keys": Entry(b"old", 0o600)}
    trace = Trace(
        (create("part"), write("part", b"new"), step("rename", "part", "keys"), step("fsync", ""))
    )
    found = {settle(last(trace, profile, base), [f])["keys"].data for f in (KEPT, LOST)}
    assert found == {b"new", b""}


@pytest.mark.parametrize("profile", Profile)
def test_a_rename_in_one_folder_never_loses_both_names(profile: Profile) -> None:
    base = {"old": Entry(b"x", 0o600)}
    for image in _outcomes(last(Trace((step("rename", "old", "new"),)), profile, base)):
        assert {"old", "new"} & image.keys()


def test_a_rename_between_folders_may_lose_both_names_if_only_the_old_folder_is_synced() -> None:
    base = {"one": Entry(None, 0o700), "two": Entry(None, 0o700), "one/x": Entry(b"x", 0o600)}
    trace = Trace((step("rename", "one/x", "two/x"), step("fsync", "one")))
    lost = settle(last(trace, Profile.MINIMAL, base), [LOST])
    assert "one/x" not in lost
    assert "two/x" not in lost


def test_an_fsync_of_a_new_file_keeps_its_name_in_a_journal_only() -> None:
    trace = Trace((create("a"), write("a", b"x"), step("fsync", "a")))
    assert last(trace, Profile.EXT4).pending == ()
    assert [type(e) for e in last(trace, Profile.MINIMAL).pending] == [Name]


def test_overwriting_in_place_and_syncing_commits_nothing_else() -> None:
    base = {"db": Entry(bytes(4096), 0o600)}
    trace = Trace((create("other"), write("db", b"x"), step("fdatasync", "db")))
    moment = last(trace, Profile.EXT4, base)
    assert [type(e) for e in moment.pending] == [Name]


def test_a_failed_fsync_makes_nothing_durable() -> None:
    trace = Trace((create("a"), write("a", b"x"), step("fsync", "a", result=-1, error=5)))
    assert any(isinstance(e, Data) for e in last(trace, Profile.MINIMAL).pending)


def test_a_torn_write_keeps_whole_sectors_and_may_leave_stale_bytes_between() -> None:
    trace = Trace((create("a"), write("a", b"1" * 512 + b"2" * 512 + b"3" * 512)))
    moment = last(trace, Profile.MINIMAL)
    torn = settle(moment, [KEPT, Fate(True, True, frozenset({2}))], 512, STALE)
    assert torn["a"].data == STALE * 1024 + b"3" * 512
    short = settle(moment, [KEPT, Fate(True, False, frozenset({0}))])
    assert short["a"].data == b""


def test_states_are_all_different_and_fixed_by_their_seed() -> None:
    trace = Trace((create("a"), write("a", bytes(3000)), create("b"), step("rename", "a", "c")))
    some = [s.image for s in itertools.islice(states({}, trace, ROOT, 7), 200)]
    again = [s.image for s in itertools.islice(states({}, trace, ROOT, 7), 200)]
    assert some == again
    assert len({frozenset(i.items()) for i in some}) == len(some) > 10


def test_what_was_confirmed_before_the_cut_goes_with_the_state() -> None:
    told = Step("confirm", 0, 0, 0, "a", "", 0, 0, 0, b"", 1, 1, False)
    trace = Trace((create("a"), told, create("b")))
    assert [m.confirmed for m in moments({}, trace, ROOT, Profile.MINIMAL)] == [
        (),
        (),
        ("a",),
        ("a",),
    ]


def test_a_write_through_shared_memory_is_refused_not_overlooked() -> None:
    disk = Disk({}, ROOT, Profile.MINIMAL)
    with pytest.raises(Unmodelled):
        disk.replay(step("strange", "a"))
