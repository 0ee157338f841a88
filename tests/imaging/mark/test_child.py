"""Marking and reading in the limited child: any still goes in, a clean file comes out."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image, ImageCms

from stillmine.errors import CannotMark
from stillmine.imaging import Decoder
from stillmine.imaging.mark.verdict import verdict
from stillmine.imaging.marks import CannotRead
from tests.imaging.mark.pictures import SEEDS, photo, saved

RIGHT = "recipient 5"


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder(workers=1) as one:
        yield one


def encoded(picture: Image.Image, format: str, **more: object) -> io.BytesIO:
    out = io.BytesIO()
    picture.save(out, format, **more)
    out.seek(0)
    return out


def _see_through() -> Image.Image:
    picture = Image.fromarray(photo())
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    return picture


def _drawing() -> Image.Image:
    picture = Image.new("RGB", (400, 300), "white")
    picture.paste((200, 30, 30), (50, 50, 200, 200))
    return picture


def _held_upright() -> io.BytesIO:
    exif = Image.Exif()
    exif[0x0112], exif[0x0110] = 6, "a camera"
    return encoded(Image.fromarray(photo()), "JPEG", exif=exif, comment=b"from me")


PHOTO = Image.fromarray(photo())
FILES: dict[str, tuple[io.BytesIO, str, str]] = {
    "a photograph": (encoded(PHOTO, "JPEG"), "jpeg", "RGB"),
    "held upright": (_held_upright(), "jpeg", "RGB"),
    "grey": (encoded(PHOTO.convert("L"), "JPEG"), "jpeg", "RGB"),
    "for printing": (encoded(PHOTO.convert("CMYK"), "JPEG"), "jpeg", "RGB"),
    "webp": (encoded(PHOTO, "WEBP"), "jpeg", "RGB"),
    "see-through": (encoded(_see_through(), "PNG"), "png", "RGBA"),
    "a drawing": (encoded(_drawing(), "PNG"), "png", "RGB"),
    "few colours": (encoded(PHOTO.quantize(64), "GIF"), "png", "RGB"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_still_of_any_kind_comes_back_marked_and_clean(decoder: Decoder, kind: str) -> None:
    file, format_, mode = FILES[kind]
    marked = decoder.mark(file, SEEDS[RIGHT])
    assert marked.format == format_
    assert marked.psnr >= 42
    with Image.open(io.BytesIO(marked.data)) as copy:
        assert copy.format == format_.upper()
        assert copy.mode == mode
        assert set(copy.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not copy.getexif()
        with Image.open(file) as original:
            turned = kind == "held upright"
            assert copy.size == (original.size[::-1] if turned else original.size)


def test_the_stated_psnr_is_that_of_the_file(decoder: Decoder) -> None:
    file = encoded(PHOTO, "PNG")
    marked = decoder.mark(file, SEEDS[RIGHT])
    copy = np.asarray(Image.open(io.BytesIO(marked.data))).astype(float)
    assert marked.psnr == pytest.approx(
        10 * np.log10(255**2 / np.mean((copy - photo()) ** 2)), abs=0.3
    )


def test_a_copy_is_traced_through_the_child(decoder: Decoder) -> None:
    original = encoded(PHOTO, "JPEG", quality=95)
    copy = np.asarray(Image.open(io.BytesIO(decoder.mark(original, SEEDS[RIGHT]).data)))
    leak = encoded(Image.fromarray(saved(copy, 50)).crop((40, 30, 500, 420)), "PNG")
    for quad in (None, ((-40, -30), (600, -30), (600, 450), (-40, 450))):
        found = verdict(decoder.evidence(original, leak, quad), SEEDS)
        assert [one.name for one in found.named] == [RIGHT]


def test_a_wide_gamut_stays_what_it_looks_like(decoder: Decoder) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = decoder.mark(encoded(PHOTO, "JPEG", quality=95), SEEDS[RIGHT])
    named = decoder.mark(encoded(PHOTO, "JPEG", quality=95, icc_profile=profile), SEEDS[RIGHT])
    one, other = (np.asarray(Image.open(io.BytesIO(each.data))) for each in (plain, named))
    assert np.abs(one.astype(int) - other).mean() < 3


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"no picture at all", "imaging.no-decoder"),
        (encoded(PHOTO.resize((20, 20)), "PNG").getvalue(), "imaging.too-small"),
        (encoded(PHOTO, "JPEG").getvalue()[:900], "imaging.cannot-decode"),
        (
            encoded(PHOTO, "GIF", save_all=True, append_images=[PHOTO.rotate(180)]).getvalue(),
            "imaging.no-still",
        ),
    ],
)
def test_what_cannot_be_marked_is_refused_with_the_reason(
    decoder: Decoder, data: bytes, why: str
) -> None:
    with pytest.raises(CannotMark) as refused:
        decoder.mark(io.BytesIO(data), SEEDS[RIGHT])
    assert refused.value.facts == {"why": why}
    with pytest.raises(CannotRead) as unread:
        decoder.evidence(io.BytesIO(data), encoded(PHOTO, "JPEG"))
    assert unread.value.problem == why


def test_a_broken_leak_is_no_evidence(decoder: Decoder) -> None:
    with pytest.raises(CannotRead):
        decoder.evidence(encoded(PHOTO, "JPEG"), io.BytesIO(b"\xff\xd8\xff broken"))
    assert decoder.evidence(encoded(PHOTO, "JPEG"), encoded(_drawing(), "PNG")) is None
