"""How much is sealed and opened per CPU-second, beside pyrage and the age program, in one run.

Run: python bench/sealing.py [--files 40] [--megabytes 2] [--rounds 5] [--folder /dev/shm]

Each program seals a folder of random files to one X25519 recipient, then opens them again, in
rounds whose order is drawn anew. Counted is the CPU time of the process and of its children, so
the age program, one process a file, pays for starting as it does in a script. Needs pyrage
and age; one that is missing is left out. A plain copy of the same files shows how much of it is
reading and writing, which no way of sealing can save; "memory" is the same without files.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import resource
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stillmine.crypto import HybridIdentity, Opener, Sealer, X25519Identity, decrypt, encrypt

BLOCK = 256 * 1024
TARGETS = {"age": 3.5, "pyrage": 1.5}
Work = Callable[[Path, Path], None]


@dataclass(frozen=True)
class Program:
    """Something that seals one file into another, and opens it again."""

    name: str
    seal: Work
    open: Work


def ours(name: str, key: X25519Identity | HybridIdentity) -> Program:
    """Return our own streams."""
    buffer = memoryview(bytearray(BLOCK))

    def seal(source: Path, target: Path) -> None:
        with (
            source.open("rb", buffering=0) as plain,
            target.open("wb", buffering=0) as sink,
            Sealer(sink, [key.recipient]) as sealer,
        ):
            sealer.read_from(plain)

    def open_(source: Path, target: Path) -> None:
        with source.open("rb", buffering=0) as sealed, target.open("wb", buffering=0) as sink:
            opener = Opener(sealed, [key])
            while length := opener.readinto(buffer):
                sink.write(buffer[:length])

    return Program(name, seal, open_)


def copy_program() -> Program:
    """Return a plain copy: the reading and writing that every program must pay for."""
    buffer = memoryview(bytearray(65536))

    def copy(source: Path, target: Path) -> None:
        with source.open("rb", buffering=0) as plain, target.open("wb", buffering=0) as sink:
            while length := plain.readinto(buffer):
                sink.write(buffer[:length])

    return Program("copy", copy, copy)


def pyrage_program(key: X25519Identity) -> Program:
    """Return the Rust implementation, through its file functions."""
    import pyrage  # type: ignore[import-untyped]  # it carries no types

    theirs = pyrage.x25519.Identity.from_str(str(key))
    return Program(
        "pyrage",
        lambda source, target: pyrage.encrypt_file(str(source), str(target), [theirs.to_public()]),
        lambda source, target: pyrage.decrypt_file(str(source), str(target), [theirs]),
    )


def age_program(key: X25519Identity, folder: Path) -> Program:
    """Return the Go implementation, one process a file."""
    key_file = folder / "key.txt"
    key_file.write_text(str(key))
    return Program(
        "age",
        lambda source, target: run(["age", "-r", str(key.recipient), "-o", target, source]),
        lambda source, target: run(["age", "-d", "-i", key_file, "-o", target, source]),
    )


def run(command: list[str | Path]) -> None:
    """Run a command that must succeed."""
    subprocess.run(command, check=True)


def programs(folder: Path) -> Iterator[Program]:
    """Return all that are installed, with the same key."""
    key = X25519Identity.generate()
    yield ours("stillmine", key)
    yield ours("stillmine-hybrid", HybridIdentity.generate())
    yield copy_program()
    with contextlib.suppress(ImportError):
        yield pyrage_program(key)
    if shutil.which("age"):
        yield age_program(key, folder)


def cpu_seconds() -> float:
    """Return the CPU time of this process and its children so far."""
    parts = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(part.ru_utime + part.ru_stime for part in parts)


def timed(work: Work, pairs: list[tuple[Path, Path]]) -> float:
    """Return the CPU-seconds for the whole folder."""
    for _, target in pairs:
        target.unlink(missing_ok=True)
    start = cpu_seconds()
    for source, target in pairs:
        work(source, target)
    return cpu_seconds() - start


def measure(folder: Path, files: int, size: int, rounds: int) -> dict[str, dict[str, list[float]]]:
    """Return MB per CPU-second, by program and step, one figure a round."""
    plain = [folder / f"{number}.jpg" for number in range(files)]
    for file in plain:
        file.write_bytes(os.urandom(size))
    found: dict[str, dict[str, list[float]]] = {}
    everyone = list(programs(folder))
    for number in range(rounds + 1):
        for program in random.sample(everyone, len(everyone)):
            sealed = [folder / f"{file.name}.{program.name}.age" for file in plain]
            opened = folder / "opened"
            sealing = timed(program.seal, list(zip(plain, sealed, strict=True)))
            opening = timed(program.open, [(file, opened / file.stem) for file in sealed])
            for before, after in zip(plain, sealed, strict=True):
                if before.read_bytes() != (opened / after.stem).read_bytes():
                    raise SystemExit(f"{program.name} gave back something else")
            if number == 0:
                continue  # the first round only warms up
            figures = found.setdefault(program.name, {"seal": [], "open": []})
            figures["seal"].append(files * size / 1e6 / sealing)
            figures["open"].append(files * size / 1e6 / opening)
    return found


def measure_memory(size: int, rounds: int) -> dict[str, dict[str, list[float]]]:
    """Return the same for bytes in memory, sealed and opened whole, without any file."""
    try:
        import pyrage
    except ImportError:
        return {}
    key = X25519Identity.generate()
    theirs = pyrage.x25519.Identity.from_str(str(key))
    plain = os.urandom(size)
    sealed = encrypt(plain, [key.recipient])
    steps: list[tuple[str, str, Callable[[], object]]] = [
        ("stillmine", "seal", lambda: encrypt(plain, [key.recipient])),
        ("stillmine", "open", lambda: decrypt(sealed, [key])),
        ("pyrage", "seal", lambda: pyrage.encrypt(plain, [theirs.to_public()])),
        ("pyrage", "open", lambda: pyrage.decrypt(sealed, [theirs])),
    ]
    found: dict[str, dict[str, list[float]]] = {}
    for _ in range(rounds):
        for name, step, work in random.sample(steps, len(steps)):
            start = cpu_seconds()
            for _ in range(40):
                work()
            speed = 40 * size / 1e6 / (cpu_seconds() - start)
            found.setdefault(name, {"seal": [], "open": []})[step].append(speed)
    return found


def report(title: str, found: dict[str, dict[str, list[float]]]) -> None:
    """Print medians, and how many times faster we are in the same rounds."""
    print(f"{title}: MB per CPU-second, median of the rounds")
    print(f"{'':<20}{'seal':>8}{'open':>8}")
    for name, figures in sorted(found.items()):
        seal, open_ = (statistics.median(figures[step]) for step in ("seal", "open"))
        print(f"{name:<20}{seal:>8.0f}{open_:>8.0f}")
    for name, target in TARGETS.items():
        for step in ("seal", "open") if name in found else ():
            pairs = zip(found["stillmine"][step], found[name][step], strict=True)
            ratios = sorted(mine / theirs for mine, theirs in pairs)
            verdict = "met" if statistics.median(ratios) >= target else "MISSED"
            print(
                f"stillmine / {name}, {step}: {statistics.median(ratios):.2f} times "
                f"({ratios[0]:.2f} to {ratios[-1]:.2f}), target {target}: {verdict}"
            )


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=40)
    parser.add_argument("--megabytes", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", default="/dev/shm" if Path("/dev/shm").is_dir() else None)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        (Path(name) / "opened").mkdir()
        size = int(given.megabytes * 1e6)
        report("files", measure(Path(name), given.files, size, given.rounds))
    report("memory", measure_memory(size, given.rounds))


if __name__ == "__main__":
    main()
