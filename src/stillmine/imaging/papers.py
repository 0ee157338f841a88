"""PDF files: how many pages, how large the first one is, and whether it can be drawn.

Runs in the child. PDFium is built without JavaScript and XFA in the wheels that we use.
"""

from __future__ import annotations

import ctypes
from typing import BinaryIO

import pypdfium2
from PIL import Image
from pypdfium2 import raw as pdfium

from stillmine.imaging.kinds import Problem
from stillmine.imaging.sight import Sight, Unseen

_MOST_POINTS = 2**31 - 1


class Paper:
    """A PDF whose page tree was read; no page was drawn yet."""

    def __init__(self, file: BinaryIO) -> None:
        """Open from memory: PDFium then needs no call back into Python, and no path."""
        data = file.read()
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise Unseen(_reason()) from error
        if len(self._document) == 0:
            raise Unseen(Problem.CANNOT_DECODE)
        self._page = self._document[0]
        width, height = self._page.get_size()
        self.sight = Sight(_points(width), _points(height), len(self._document))

    def decode(self, side: int) -> Image.Image:
        """Draw the first page so that its longer side has `side` pixels."""
        width, height = self._page.get_size()
        scale = side / max(width, height, 1.0)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        picture = Image.new("RGB", size, "white")
        picture.paste(self._page.render(scale=scale).to_pil())
        return picture


def prepare() -> None:
    """Draw one empty page, so that all that PDFium loads late is loaded."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(10, 10).render(scale=1).to_pil()
    document.close()


def _reason() -> Problem:
    locked = ctypes.c_ulong(pdfium.FPDF_ERR_PASSWORD).value
    return Problem.LOCKED if pdfium.FPDF_GetLastError() == locked else Problem.CANNOT_DECODE


def _points(length: float) -> int:
    if not 0 <= length <= _MOST_POINTS:  # also false for NaN
        raise Unseen(Problem.CANNOT_DECODE)
    return round(length)
