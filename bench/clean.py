"""Measure cleaning beside mat2 and ExifTool: planted leaks left, pixels changed, refused, speed.

The planted set is a folder of `NAME.ext` with a `NAME.json` beside each:
`{"class": str, "canaries": [base64, …], "must_keep_pixels": bool}`. A canary may be in no output,
plain, packed (deflate), in UTF-16, in hexadecimal or in base64.

    python -m bench.leaks planted    # the set, grown by somebody who had not read the cleaner
    python bench/clean.py --leaks planted --jpegs 200 --real ~/Pictures
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import av
import numpy
import pypdfium2
from measuring import in_rounds, machine, print_table, timed, verdict
from PIL import Image, ImageSequence

from stillmine.imaging import drawn

try:
    import pillow_heif
except ImportError:
    print("left out: HEIC pixels (pip install pillow-heif)")
else:
    pillow_heif.register_heif_opener()

_JPEG_SIZE = 1_500_000
_DRAWN = 6  # the rest are copies of these
_PACKED = re.compile(rb"[\x08\x18\x28\x38\x48\x58\x68\x78][\x01\x5e\x9c\xda]")
_MOST_UNPACKED = 1 << 24
_FILMS = (".mp4", ".m4v", ".mov", ".webm", ".mkv")
_OURS = [sys.executable, "-m", "stillmine", "--json", "share", "clean"]


@dataclass
class Score:
    """What one tool did with the planted set."""

    left: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    clean: int = 0


def by_stillmine(files: list[Path], folder: Path) -> dict[Path, Path]:
    """Clean files with ours, in one go."""
    done = subprocess.run([*_OURS, *files, "--to", folder], capture_output=True, check=False)
    if not done.stdout:
        raise SystemExit(done.stderr.decode(errors="replace"))
    copies = json.loads(done.stdout)["answer"]["cleaned"]
    return {Path(one["file"]): Path(one["copy"]) for one in copies}


def by_exiftool(files: list[Path], folder: Path) -> dict[Path, Path]:
    """Clean files with ExifTool, one by one: an error of one must not hide another."""
    made = {}
    for file in files:
        out = folder / file.name
        command = ["exiftool", "-config", "", "-q", "-all=", "-o", out, file]
        subprocess.run(command, capture_output=True, check=False)
        if out.exists():
            made[file] = out
    return made


def by_mat2(files: list[Path], folder: Path) -> dict[Path, Path]:
    """Clean files with mat2, which writes beside the file it is given."""
    made = {}
    for file in files:
        given = folder / file.name
        shutil.copy(file, given)
        subprocess.run(["mat2", "--no-sandbox", given], capture_output=True, check=False)
        out = folder / f"{file.stem}.cleaned{file.suffix}"
        if out.exists():
            made[file] = out
    return made


TOOLS: dict[str, tuple[str, Callable[[list[Path], Path], dict[Path, Path]]]] = {
    "stillmine": (sys.executable, by_stillmine),
    "exiftool": ("exiftool", by_exiftool),
    "mat2": ("mat2", by_mat2),
}


def holds(data: bytes, canary: bytes) -> bool:
    """Say whether a canary is in the bytes, in any of the forms in which it could hide."""
    text = canary.decode("latin-1")
    forms = (
        canary,
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        canary.hex().encode(),
        canary.hex().upper().encode(),
        base64.b64encode(canary).rstrip(b"=")[:-1],
    )
    places = [data]
    for match in _PACKED.finditer(data):
        try:
            unpacked = zlib.decompressobj().decompress(data[match.start() :], _MOST_UNPACKED)
        except zlib.error:
            continue
        places.append(unpacked)
    return any(form in place for form in forms for place in places)


def shown(path: Path) -> str:
    """Return a sum of what a file shows; colours below full transparency do not count."""
    total = hashlib.sha256()
    if path.suffix in _FILMS:
        with av.open(str(path)) as film:
            for frame in film.decode(video=0):
                total.update(frame.to_ndarray(format="rgb24").tobytes())
    elif path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                total.update(page.render(scale=1).to_numpy().tobytes())
    else:
        _still(path, total)
    return total.hexdigest()


def _still(path: Path, total: hashlib._Hash) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture = Image.open(path)
        for number, frame in enumerate(ImageSequence.Iterator(picture)):
            if number == 0 and picture.info.get("default_image"):
                continue
            if number and picture.format in ("JPEG", "MPO", "HEIF", "AVIF"):
                break
            pixels = numpy.array(frame.convert("RGBA"))
            pixels[pixels[..., 3] == 0] = 0
            total.update(pixels.tobytes())


def read_leaks(leaks: Path) -> dict[Path, tuple[list[bytes], bool]]:
    """Return the planted files, the canaries in each, and whether its pixels are to stay."""
    found = {}
    for note in sorted(leaks.glob("*.json")):
        told = json.loads(note.read_text())
        source = next(path for path in leaks.glob(f"{note.stem}.*") if path.suffix != ".json")
        canaries = [base64.b64decode(text) for text in told["canaries"]]
        if not any(holds(source.read_bytes(), canary) for canary in canaries):
            raise SystemExit(f"{source.name}: no canary to be seen before cleaning")
        found[source] = (canaries, told["must_keep_pixels"])
    return found


def judge(tool: str, leaks: dict[Path, tuple[list[bytes], bool]]) -> Score:
    """Let a tool clean each file of the planted set, and look at what it made."""
    score = Score()
    with tempfile.TemporaryDirectory() as folder:
        made = TOOLS[tool][1](list(leaks), Path(folder))
        for source, (canaries, keep) in leaks.items():
            copy = made.get(source)
            if copy is None:
                score.refused.append(source.name)
                continue
            score.clean += 1
            if any(holds(copy.read_bytes(), canary) for canary in canaries):
                score.left.append(source.name)
            if keep and not same(source, copy):
                score.changed.append(source.name)
    return score


def same(source: Path, made: Path) -> bool:
    """Say whether both show the same; a file that cannot be opened shows nothing."""
    try:
        return shown(source) == shown(made)
    except Exception as error:  # noqa: BLE001  a judge must not stop at one odd file
        print(f"cannot compare {source.name}: {type(error).__name__}")
        return False


def planted(leaks: Path, tools: list[str]) -> None:
    """Print what each tool leaves of the planted set."""
    rows = []
    found = read_leaks(leaks)
    if not found:
        raise SystemExit(f"no planted leaks in {leaks}: python -m bench.leaks {leaks}")
    scores = {tool: judge(tool, found) for tool in tools}
    print(f"{len(found)} planted leaks")
    for tool, score in scores.items():
        rows.append((tool, score.clean, len(score.left), len(score.changed), len(score.refused)))
    print_table(("tool", "cleaned", "leaks left", "pixels changed", "refused"), rows)
    for tool, score in scores.items():
        for what in ("left", "changed", "refused"):
            names = getattr(score, what)
            print(f"{tool}, {what}: {', '.join(names) if names else 'none'}")
    ours = scores["stillmine"]
    print(verdict("leaks left", len(ours.left), 0, at_most=True))
    print(verdict("pixels changed", len(ours.changed), 0, at_most=True))


def jpegs(folder: Path, count: int) -> list[Path]:
    """Draw photographs and pack each into about 1.5 MB, with the notes that phones write."""
    told = Image.Exif()
    told[0x010F], told[0x0110], told[0x0112] = "Maker", "Model", 6
    paths = []
    for number in range(min(count, _DRAWN)):
        picture = Image.open(io.BytesIO(drawn.draw(number, size=(2400, 1800), format="png")))
        low, high = 60, 100
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (
                (middle, high) if len(_jpeg(picture, middle, told)) < _JPEG_SIZE else (low, middle)
            )
        path = folder / f"{number:04}.jpg"
        path.write_bytes(_jpeg(picture, low, told))
        paths.append(path)
    for number in range(len(paths), count):
        paths.append(folder / f"{number:04}.jpg")
        shutil.copy(paths[number % _DRAWN], paths[-1])
    return paths


def _jpeg(picture: Image.Image, quality: int, told: Image.Exif) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=quality, exif=told)
    return out.getvalue()


def speed(count: int, rounds: int, tools: list[str]) -> None:
    """Print how many JPEGs of 1.5 MB each tool cleans in a second of CPU time, all checks in."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        paths = jpegs(folder, count)
        megabytes = sum(path.stat().st_size for path in paths) / 1e6

        def work(tool: str) -> None:
            with tempfile.TemporaryDirectory(dir=folder) as out:
                _batch(tool, paths, Path(out))

        contenders = {tool: partial(timed, partial(work, tool)) for tool in tools}
        spent = in_rounds(contenders, rounds)
        rows = []
        for tool, times in spent.items():
            best = min(one.cpu for one in times)
            rows.append((tool, f"{megabytes / 1.5 / best:.1f}", f"{best:.2f}"))
        print_table(("tool", "JPEGs of 1.5 MB a CPU-second", "CPU seconds"), rows)
        ours = min(one.cpu for one in spent["stillmine"])
        print(verdict("JPEGs a CPU-second", megabytes / 1.5 / ours, 25))


def _batch(tool: str, paths: list[Path], out: Path) -> None:
    if tool == "stillmine":
        command = [*_OURS, *paths, "--to", out]
    elif tool == "exiftool":
        command = ["exiftool", "-config", "", "-q", "-all=", "-o", f"{out}/%f.%e", *paths]
    else:
        given = [out / path.name for path in paths]
        for path, copy in zip(paths, given, strict=True):
            shutil.copy(path, copy)
        command = ["mat2", "--no-sandbox", *given]
    subprocess.run(command, capture_output=True, check=False)


def real(folder: Path) -> None:
    """Print how many real files are cleaned without loss, and why the rest is not."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    good = [path for path in files if _decodes(path)]
    why: dict[str, int] = {}
    cleaned = 0
    with tempfile.TemporaryDirectory() as out:
        for at in range(0, len(good), 50):
            command = [*_OURS, *good[at : at + 50], "--to", out]
            done = subprocess.run(command, capture_output=True, check=False)
            answer = json.loads(done.stdout)["answer"]
            cleaned += len(answer["cleaned"])
            for row in answer["skipped"]:
                name = f"{Path(row['file']).name}: {row['why']}"
                why[name] = why.get(name, 0) + 1
    print(f"{len(good)} files that decode, of {len(files)}")
    for name in why:
        print(f"not cleaned: {name}")
    if good:
        print(verdict("cleaned without loss, percent", 100 * cleaned / len(good), 98))


def _decodes(path: Path) -> bool:
    try:
        return bool(shown(path))
    except Exception:  # noqa: BLE001  whatever a decoder says about a broken file
        return False


def main() -> None:
    """Run what was asked for."""
    given = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    given.add_argument("--leaks", type=Path, help="a folder that `python -m bench.leaks` wrote")
    given.add_argument("--jpegs", type=int, default=12, help="how many to clean for speed; 0: none")
    given.add_argument("--rounds", type=int, default=1)
    given.add_argument("--real", type=Path, help="a folder of real files")
    asked = given.parse_args()
    print(machine())
    tools = [name for name, (program, _) in TOOLS.items() if shutil.which(program)]
    for name in TOOLS.keys() - set(tools):
        print(f"left out: {name} (scripts/install-test-tools)")
    if asked.leaks is not None:
        planted(asked.leaks, tools)
    if asked.jpegs:
        speed(asked.jpegs, asked.rounds, tools)
    if asked.real is not None:
        real(asked.real)


if __name__ == "__main__":
    main()
