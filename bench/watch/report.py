"""Print what a look at the web of leaks came to, beside what was aimed at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from bench.measuring import print_table, verdict
from bench.watch.bank import COPIES
from bench.watch.looker import WORKERS
from bench.watch.manners import Judgement
from bench.watch.running import Measured
from bench.watch.scoring import Score, by_hash_list, manners_of, scored, strays

AIM_FOUND, AIM_FALSE, AIM_MEMORY, AIM_SPEED = 98.0, 1, 512.0, 10.0
_SHOWN = 20


def told(measured: Measured) -> bool:
    """Print everything; return whether all aims were met."""
    score, manners = scored(measured), manners_of(measured)
    pages = sum(len(site.pages) for site in measured.world.sites)
    pictures = sum(len(site.page_of) for site in measured.world.sites)
    print(f"{len(measured.world.sites)} hosts of {len(score.wanted_at)} kinds with copies to find,")
    print(f"{pages} pages, {pictures} pictures, {sum(score.wanted.values())} copies to find;")
    print(
        f"{measured.looks} looks, {measured.kills} of them killed, {len(measured.log)} requests\n"
    )
    _tables(measured, score)
    lines = list(_verdicts(measured, score, manners))
    print("\n".join(lines))
    print("\n".join(_details(measured, score, manners)))
    return not any(line.endswith("MISSED") for line in lines) and not measured.unfinished


def _tables(measured: Measured, score: Score) -> None:
    peer, wrong = by_hash_list(measured)
    rows = [
        (change, many, score.found[change], peer[change])
        for change in COPIES
        if (many := score.wanted[change])
    ]
    sums = (sum(row[at] for row in rows) for at in (1, 2, 3))
    rows.append(("all", *sums))
    print_table(("copy", "there", "found", "PDQ <= 31 finds"), rows)
    print(f"PDQ takes {wrong} pictures for what they are not (all copies, some strangers')\n")
    print_table(
        ("kind of site", "copies", "found"),
        [(kind, many, score.found_at[kind]) for kind, many in score.wanted_at.items()],
    )


def _verdicts(measured: Measured, score: Score, manners: Judgement) -> Iterator[str]:
    yield verdict("copies found, in percent", score.share, AIM_FOUND)
    yield verdict("false alerts", len(score.false_alerts), AIM_FALSE, at_most=True)
    yield verdict("requests outside the manners", len(manners.breaches), 0, at_most=True)
    yield verdict("calls to addresses not allowed", len(strays(measured)), 0, at_most=True)
    pieces = sum(measured.scanned.values())
    pieces += sum(measured.written.pieces.values()) if measured.written else 0
    yield verdict("pieces of strangers' pictures written", pieces, 0, at_most=True)
    yield verdict("memory in MB, children too", _memory(measured), AIM_MEMORY, at_most=True)
    yield verdict("pictures a second and core", _speed(measured), AIM_SPEED)
    yield verdict("copies seen where nobody may look", len(score.never), 0, at_most=True)
    yield verdict("reported twice", score.twice, 0, at_most=True)
    yield verdict("gaps of which nothing was said", len(score.untold), 0, at_most=True)


def _details(measured: Measured, score: Score, manners: Judgement) -> Iterator[str]:
    yield f"\nfalse findings, quiet ones too: {len(score.false)}; alerts: {score.alerted}"
    yield f"shortest pause: {manners.least_pause:.2f} s; asked again: {manners.conditional} of "
    yield f"{manners.could_be_conditional} with a condition, {manners.twice} that have none"
    yield _known_by_sum(measured)
    yield _how_it_was_seen(measured)
    yield f"peaks: {_largest(measured, 'memory'):.0f} MB, and in each of {WORKERS} children up to "
    yield f"{_largest(measured, 'memory_of_a_child'):.0f} MB"
    if measured.unfinished:
        yield "something was left after all looks: MISSED"
    for name, these in (
        ("missed", score.missed),
        ("false", score.false),
        ("never", score.never),
        ("untold", score.untold),
        ("breach", [breach.line for breach in manners.breaches]),
        ("called", strays(measured)),
    ):
        yield from (f"{name}: {each}" for each in these[:_SHOWN])
        if len(these) > _SHOWN:
            yield f"{name}: and {len(these) - _SHOWN} more"


def _known_by_sum(measured: Measured) -> str:
    """Say how many exact copies were known by the sum that a board tells, without being loaded."""
    asked = {f"http://{entry.host}:{measured.port}{entry.target}" for entry in measured.log}
    by_sum = [
        site.address(copy) not in asked
        for copy in measured.world.copies
        for site in [measured.world.site_of(copy)]
        if measured.bank.change(copy) == "exact" and site.kind in {"vichan", "danbooru"}
    ]
    known = f"{sum(by_sum)} of {len(by_sum)}"
    return f"exact copies on boards that tell sums, known without loading the file: {known}"


def _how_it_was_seen(measured: Measured) -> str:
    scanned = f"{len(measured.scanned)} files left behind were read"
    served = f"{measured.marks.pictures} pictures, {measured.marks.bytes >> 20} MB, were served"
    if measured.written is None:
        return f"{served}; no strace here: {scanned}, writes were not traced"
    by_folder: dict[str, int] = {}
    for path, size in measured.written.files.items():
        by_folder[PurePath(path).name] = by_folder.get(PurePath(path).name, 0) + size
    most = sorted(by_folder.items(), key=lambda each: -each[1])[:6]
    files = ", ".join(f"{name} {size >> 10} KB" for name, size in most)
    other = ", ".join(sorted(set(measured.written.other_ways))) or "none"
    unseen = sum(measured.written.unseen.values())
    return (
        f"{served}; every write was traced by strace: {files}; {unseen} bytes of long writes were "
        f"seen only by reading the files; other ways to write: {other}; {scanned}"
    )


def _memory(measured: Measured) -> float:
    """Return what was sampled, or, where it cannot be, the peaks of all added up."""
    peaks = (each["memory"] + WORKERS * each["memory_of_a_child"] for each in measured.answers)
    return measured.memory or max(peaks, default=0.0)


def _largest(measured: Measured, which: str) -> float:
    return max((each[which] for each in measured.answers), default=0.0)


def _speed(measured: Measured) -> float:
    pictures = sum(each["looked"]["pictures"] for each in measured.answers)
    return pictures / max(0.001, sum(each["cpu"] for each in measured.answers))
