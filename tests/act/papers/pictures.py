"""A drawn page, as a screenshot would be, and the pages of a PDF as pictures."""

import io

import pikepdf
import pypdfium2
from PIL import Image, ImageDraw


def screenshot() -> bytes:
    """Return a drawn page with a red box, as PNG."""
    picture = Image.new("RGB", (640, 900), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 200, 600, 700), fill=(200, 30, 30))
    draw.text((40, 60), "A page with a picture", fill="black")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def words_of(pdf: bytes) -> str:
    """Return the text of all pages, as somebody would copy it out."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return "\n".join(texts)


def pages_of(pdf: bytes) -> int:
    """Return how many pages there are."""
    document = pypdfium2.PdfDocument(pdf)
    count = len(document)
    document.close()
    return count


def seen(pdf: bytes) -> list[Image.Image]:
    """Return each page as a picture."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=1).to_pil().convert("RGB") for page in document]
    document.close()
    return pictures


def files_in(pdf: bytes) -> dict[str, bytes]:
    """Return the files inside a PDF by their names."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = opened.attachments
        return {name: found[name].get_file().read_bytes() for name in found}
