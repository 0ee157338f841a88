"""Change a bundle of proof in every way that one can think of, and see that each is noticed.

    python -m bench.tamper [--flips 4000] [--seed 1]
    python -m bench.tamper --flips all

A bundle with a page, pictures and two time stamps (by `openssl ts` on this computer) is changed:
one bit at a time, spread over all of its bytes (`all`: each bit of each byte); its end cut off;
bytes put in, taken out, doubled; files changed for each other; packed anew. Each must be told as
changed, or, where too little is left to judge, as not to be told. Beside it stands whether the file
that was hit is named. A change that is not noticed is printed, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from stillmine.act.proof import Page, Piece, Trust, check_bundle, make_bundle
from stillmine.act.proof.findings import Verdict
from stillmine.act.proof.opening import contents_of
from stillmine.act.proof.pieces import Stamp
from stillmine.app.network.browser import Exchange
from stillmine.crypto import EvidenceKey
from stillmine.crypto.timestamp import check_stamp, request_stamp
from tests.servers.stampers import Stamper

_NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
_URL = "https://example.org/gallery"


def stamped_bundle(folder: Path, chance: random.Random) -> tuple[bytes, Trust]:
    """Return a bundle with two stamps, and the trust in who made them."""
    stampers = [Stamper(folder / kind, kind) for kind in ("right", "disordered")]

    def stamp(root: bytes) -> list[Stamp]:
        found = []
        for each in stampers:
            answer = each.answer(request_stamp(root).body)
            checked = check_stamp(answer, root, roots=[each.root_der])
            found.append(Stamp(each.kind, checked.at, answer, checked.certificates))
        return found

    out = io.BytesIO()
    body = b"<h1>A gallery</h1>"
    headers = (("content-type", "text/html"),)
    shown = Exchange(_URL, "GET", 200, "OK", (), headers, body, "document", "192.0.2.1", _NOW)
    make_bundle(
        out,
        made=_NOW,
        facts={"level": "full"},
        pieces=[
            Piece("screenshot.png", "image/png", chance.randbytes(3000)),
            Piece("page.txt", "text/plain", b"A gallery"),
        ],
        exchanges=[shown],
        page=Page(_URL, _NOW, "A gallery"),
        key=EvidenceKey.from_secret(bytes(range(32))),
        stamp=stamp,
    )
    for each in stampers:
        each.stop()
    return out.getvalue(), Trust(tuple(each.root_der for each in stampers))


def flips(content: bytes, count: int | None, chance: random.Random) -> Iterator[tuple[int, int]]:
    """Yield (place, bit) of the bits to flip, spread evenly; of all of them for None."""
    if count is None:
        yield from ((at, bit) for at in range(len(content)) for bit in range(8))
        return
    for number in range(count):
        yield number * len(content) // count, chance.randrange(8)


def regions(content: bytes) -> list[tuple[int, str]]:
    """Return where each file begins and what it is; what lies around files is the container."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        for info in zipped.infolist():
            begins = info.header_offset + 30 + len(info.filename)
            found += [(info.header_offset, ""), (begins, info.filename)]
        found.append((zipped.start_dir, ""))
    return found


def region_of(places: list[tuple[int, str]], at: int) -> str:
    """Return the file that a byte lies in, nothing for the container."""
    return next((name for begins, name in reversed(places) if begins <= at), "")


def other_ways(content: bytes, chance: random.Random, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield what else may be done: (what, the bundle after it)."""
    for _ in range(count):
        at, size = chance.randrange(len(content)), chance.randrange(1, 64)
        yield "cut short", content[:at]
        yield "bytes put in", content[:at] + chance.randbytes(size) + content[at:]
        yield "bytes taken out", content[:at] + content[at + size :]
        yield "bytes doubled", content[: at + size] + content[at:]
        other = chance.randrange(len(content))
        swapped = bytearray(content)
        swapped[at], swapped[other] = content[other], content[at]
        yield "bytes changed for each other", bytes(swapped)
    parts = contents_of(io.BytesIO(content))
    names = list(parts)
    yield "packed anew", _packed(parts)
    for name in names:
        yield "a file left out", _packed({n: p for n, p in parts.items() if n != name})
        yield "a file emptied", _packed({**parts, name: b""})
        other_name = chance.choice(names)
        changed = {**parts, name: parts[other_name], other_name: parts[name]}
        yield "files changed for each other", _packed(changed)
        yield "a file put in", _packed({**parts, f"evidence/{chance.randrange(999)}.txt": b"x"})


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, part in parts.items():
            zipped.writestr(name, part)
    return out.getvalue()


def _names(verdict: Verdict, hit: str) -> bool:
    return any(hit == each.file for each in verdict.findings)


def flip_all(
    content: bytes, trust: Trust, wanted: Iterator[tuple[int, int]]
) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Flip each bit; return counts by (region, what came of it), and what was missed."""
    places = regions(content)
    counts: Counter[tuple[str, str]] = Counter()
    missed = []
    for at, bit in wanted:
        changed = bytearray(content)
        changed[at] ^= 1 << bit
        verdict = check_bundle(io.BytesIO(bytes(changed)), trust=trust)
        hit = region_of(places, at)
        where = hit or "(container)"
        counts[where, "flips"] += 1
        if verdict.verdict != "changed" or not verdict.findings:
            missed.append(f"byte {at} bit {bit} in {where}: {verdict.verdict}")
        else:
            counts[where, "found"] += 1
            counts[where, "named"] += _names(verdict, hit) or not hit
    return counts, missed


def main() -> int:
    """Run it, print what came of it; 1 where something was missed."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("--flips", default="4000", help="how many bits, or all")
    reader.add_argument("--others", type=int, default=60, help="how often each other way")
    reader.add_argument("--seed", type=int, default=1)
    asked = reader.parse_args()
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        content, trust = stamped_bundle(Path(folder), chance)
    whole = check_bundle(io.BytesIO(content), trust=trust)
    count = None if asked.flips == "all" else int(asked.flips)
    began = time.perf_counter()
    counts, missed = flip_all(content, trust, flips(content, count, chance))
    print(f"a bundle of {len(content)} bytes with two time stamps: {whole.verdict}\n")
    print(f"{'where':<34}{'flips':>9}{'found':>9}{'named':>9}")
    for where in dict.fromkeys(name for name, _ in counts):
        row = [counts[where, kind] for kind in ("flips", "found", "named")]
        print(f"{where:<34}" + "".join(f"{each:>9}" for each in row))
    total = sum(counts[key] for key in counts if key[1] == "flips")
    done, verdicts = Counter[str](), Counter[tuple[str, str]]()
    for what, changed in other_ways(content, chance, asked.others):
        if changed == content:
            continue
        verdict = check_bundle(io.BytesIO(changed), trust=trust)
        done[what] += 1
        verdicts[what, verdict.verdict] += 1
        if verdict.verdict == "unchanged":
            missed.append(f"{what}: {verdict.verdict}")
    print(f"\n{'what else was done':<34}{'times':>9}{'changed':>9}{'cannot tell':>13}")
    for what, times in done.items():
        told = (verdicts[what, "changed"], verdicts[what, "cannot-tell"])
        print(f"{what:<34}{times:>9}{told[0]:>9}{told[1]:>13}")
    spent = (time.perf_counter() - began) * 1000 / (total + sum(done.values()))
    print(f"\nflipped bits: {total}, other changes: {sum(done.values())}, missed: {len(missed)}")
    print(f"one check: {spent:.1f} ms")
    for each in missed[:20]:
        print(f"missed: {each}")
    return 1 if missed or whole.verdict != "unchanged" else 0


if __name__ == "__main__":
    sys.exit(main())
