"""Write the planted set into a folder: `python -m bench.leaks DIR`."""

from __future__ import annotations

import argparse
import base64
import collections
import json
from pathlib import Path

from bench.leaks import (
    films,
    films_coded,
    films_stream,
    gif,
    heif,
    heif_coded,
    jpeg,
    jpeg_stream,
    jpeg_tables,
    matroska,
    pdf,
    pdf_around,
    pdf_page,
    png,
    png_rows,
    tiff,
    webp,
)
from bench.leaks.planting import Leak, canary
from bench.leaks.readable import reads

_FILES = (
    jpeg, jpeg_stream, png, png_rows, webp, gif, tiff, heif, films, films_stream, matroska, pdf,
    pdf_page, pdf_around, films_coded, heif_coded, jpeg_tables,
)  # fmt: skip


def every() -> list[Leak]:
    """Return all classes; a name stands for one class only."""
    found = [leak for file in _FILES for leak in file.leaks()]
    names = collections.Counter(leak.name for leak in found)
    twice = [name for name, count in names.items() if count > 1]
    if twice:
        raise ValueError(f"twice: {twice}")
    return found


def write(leak: Leak, folder: Path) -> str:
    """Write one file and its note; return why not, if no reader opens it."""
    word = canary(leak.name)
    data, forms = leak.make(word), leak.forms(word)
    why = reads(data, leak.suffix)
    if why:
        return why
    (folder / f"{leak.name}.{leak.suffix}").write_bytes(data)
    told = {
        "class": leak.name,
        "canaries": [base64.b64encode(form).decode() for form in forms],
        "must_keep_pixels": True,
    }
    (folder / f"{leak.name}.json").write_text(json.dumps(told))
    return ""


def main() -> None:
    """Write the set and print how large it is."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    folder = asked.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    counts: collections.Counter[str] = collections.Counter()
    for leak in every():
        why = write(leak, folder)
        counts["left out" if why else leak.suffix] += 1
        if why:
            print(f"left out, no reader opens it: {leak.name}: {why}")
    for name, count in sorted(counts.items()):
        print(f"{name:10}{count:5}")
    print(f"{sum(counts.values()) - counts['left out']} classes written")


if __name__ == "__main__":
    main()
