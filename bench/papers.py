"""How large the fonts and the typesetter are, and how long a report of a large case takes to set.

    python bench/papers.py [--addresses 200] [--rounds 3]

Prints the size of the fonts as they lie in a built package, the size of the typesetter, and for a
case with so many addresses and letters the pages, the bytes and the seconds, for the first time in
a process and for the best of the others. Whether the same case gives the same bytes is said too.
"""

from __future__ import annotations

import argparse
import io
import time
import zipfile
from pathlib import Path

import pypdfium2
import typst
from measuring import print_table

from stillmine.act.case.model import Address, Case, Notice, Step
from stillmine.act.papers import fonts, typeset
from stillmine.act.papers.report import report_document
from stillmine.act.papers.report_parts import Custody

AT = "2026-11-20T09:{0:02}:{1:02}+00:00"


def large_case(count: int) -> Case:
    """Return a case with so many addresses, and a letter for each."""
    stamp = [AT.format(number // 60 % 60, number % 60) for number in range(count)]
    addresses = tuple(
        Address(f"a{number}", f"https://site-{number}.example/" + "x" * 80, stamp[number])
        for number in range(count)
    )
    letters = tuple(
        Notice(
            f"n{number}",
            f"Site {number}",
            stamp[number],
            ("eu-dsa",),
            (f"a{number}",),
            steps=(Step(stamp[number], "sent"),),
        )
        for number in range(count)
    )
    return Case("1a2b3c4d", AT.format(0, 0), "DE", addresses=addresses, notices=letters)


def packed(folder: Path) -> int:
    """Return the bytes of all fonts of a folder, packed as in a built package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.glob("*.ttf")):
            archive.write(file, file.name)
    return len(out.getvalue())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    document = report_document(large_case(asked.addresses), Custody())
    times, made = [], set()
    for _ in range(asked.rounds + 1):
        began = time.perf_counter()
        pdf = typeset(document).pdf
        times.append(time.perf_counter() - began)
        made.add(pdf)
    pages = len(pypdfium2.PdfDocument(pdf))
    library = Path(typst.__file__).parent
    size = sum(file.stat().st_size for file in library.rglob("*.so"))
    print_table(
        ["what", "how much"],
        [
            ["fonts in a built package, MB", f"{packed(fonts.FOLDER) / 1e6:.1f}"],
            ["typesetter, MB", f"{size / 1e6:.0f}"],
            ["addresses and letters", str(asked.addresses)],
            ["pages", str(pages)],
            ["bytes", str(len(pdf))],
            ["first time, s", f"{times[0]:.2f}"],
            ["later, s", f"{min(times[1:]):.2f}"],
            ["the same bytes each time", "yes" if len(made) == 1 else "no"],
        ],
    )


if __name__ == "__main__":
    main()
