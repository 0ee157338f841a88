"""What was covered is gone from the file that is written, whatever the source was."""

from __future__ import annotations

import io

import numpy
import pillow_heif
import pytest
from PIL import Image, ImageDraw

from stillmine.imaging import Decoder
from stillmine.imaging.clean.findings import WHATS
from stillmine.imaging.clean.formats import FORMATS
from stillmine.imaging.cover import Box, CannotCover, NotABox, Style, cover, propose, read_box
from stillmine.imaging.cover.covering import paint
from tests.imaging.samples import animated, pdf, picture, saved, video

SIZE = (320, 240)


@pytest.fixture(scope="module")
def decoder():
    with Decoder(workers=1) as decoder:
        yield decoder


def file_of(kind: str, image: Image.Image | None = None, **options: object) -> io.BytesIO:
    out = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(image or picture()).save(out)
    else:
        (image or picture()).save(out, kind, **options)
    return out


def pixels(data: bytes) -> numpy.ndarray:
    return numpy.array(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


def inside(data: bytes, box: Box) -> numpy.ndarray:
    return pixels(data)[box.y : box.y + box.height, box.x : box.x + box.width]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "TIFF", "BMP"])
def test_a_covered_box_is_plain_in_the_new_file(decoder, kind):
    asked = Box(33, 41, 70, 50)
    made = cover(decoder.run, file_of(kind), [asked], Style.SOLID)
    assert made.size == SIZE
    (box,) = made.boxes
    assert box.x <= asked.x
    assert box.y <= asked.y
    assert box.x + box.width >= asked.x + asked.width
    assert box.y + box.height >= asked.y + asked.height
    assert inside(made.data, box).max() <= (1 if made.format == "jpeg" else 0)
    outside = pixels(made.data)
    outside[box.y : box.y + box.height, box.x : box.x + box.width] = 255
    assert outside.min(axis=2).max() > 0


def test_two_pictures_that_differ_only_below_the_cover_give_the_same_file(decoder):
    one = picture()
    other = one.copy()
    ImageDraw.Draw(other).rectangle((40, 40, 90, 90), fill="red")
    boxes = [Box(35, 35, 64, 64)]
    for kind in ("PNG", "BMP"):
        files = [
            cover(decoder.run, file_of(kind, image), boxes, Style.SOLID) for image in (one, other)
        ]
        assert files[0].data == files[1].data


def test_the_new_file_says_nothing_and_has_no_preview(decoder):
    block = Image.Exif()
    block[0x010F], block[0x0112] = "Anna's camera", 1
    source = file_of("JPEG", exif=block.tobytes(), comment=b"Anna", quality=95)
    made = cover(decoder.run, source, [Box(0, 0, 10, 10)], Style.SOLID)
    assert FORMATS["jpeg"].inspect(io.BytesIO(made.data)) == []
    FORMATS["jpeg"].clean(io.BytesIO(made.data), io.BytesIO())
    assert b"Anna" not in made.data
    assert set(WHATS)


def test_boxes_are_counted_in_the_picture_as_it_is_seen(decoder):
    upright = picture(size=(200, 100))
    lying = upright.transpose(Image.Transpose.ROTATE_90)
    block = Image.Exif()
    block[0x0112] = 6
    source = file_of("JPEG", lying, exif=block.tobytes(), quality=95)
    made = cover(decoder.run, source, [Box(0, 0, 32, 16)], Style.SOLID)
    assert made.size == (200, 100)
    assert inside(made.data, Box(0, 0, 32, 16)).max() <= 1
    assert numpy.abs(pixels(made.data)[30:, 60:] - numpy.array(upright)[30:, 60:]).mean() < 8


def test_transparency_stays_but_not_below_a_cover(decoder):
    clear = picture().convert("RGBA")
    clear.putalpha(0)
    made = cover(decoder.run, file_of("PNG", clear), [Box(10, 10, 20, 20)], Style.SOLID)
    image = Image.open(io.BytesIO(made.data))
    assert image.getpixel((15, 15)) == (0, 0, 0, 255)
    assert image.getpixel((100, 100)) == (255, 255, 255, 0)


@pytest.mark.parametrize("style", [Style.PIXELATE, Style.BLUR])
def test_what_is_coarse_has_few_details_left(style):
    image = picture()
    ImageDraw.Draw(image).text((60, 60), "Secret words", fill="black")
    before = numpy.array(image.crop((50, 50, 150, 90))).astype(int)
    paint(image, [Box(50, 50, 100, 40)], style)
    after = numpy.array(image.crop((50, 50, 150, 90))).astype(int)
    steps = numpy.abs(numpy.diff(after[:, :, 0], axis=1)) > 0
    assert (
        numpy.abs(numpy.diff(after, axis=1)).sum()
        < numpy.abs(numpy.diff(before, axis=1)).sum() / 10
    )
    if style is Style.PIXELATE:
        assert steps.any(axis=0).sum() <= 5


def test_ten_thousand_boxes_are_covered(decoder):
    boxes = [Box(number % 300, number // 300 * 6, 20, 6) for number in range(10_000)]
    made = cover(decoder.run, file_of("PNG"), boxes, Style.SOLID)
    assert inside(made.data, Box(0, 0, 319, 198)).max() == 0
    large = [Box(0, 0, 320, 240 - number) for number in range(60)]
    with pytest.raises(CannotCover):
        cover(decoder.run, file_of("PNG"), large, Style.BLUR)


@pytest.mark.parametrize(
    "text", ["1,2,3", "1,2,0,4", "a,b,c,d", "", "1,2,3,4,5", "9" * 30 + ",1,1,1"]
)
def test_what_is_no_box_is_told(text):
    with pytest.raises(NotABox):
        read_box(text)


def test_a_box_is_cut_to_the_picture_and_refused_outside_it(decoder):
    assert Box(-10, -10, 20, 20).inside((100, 100)) == Box(0, 0, 10, 10)
    made = cover(decoder.run, file_of("PNG"), [Box(310, 230, 500, 500)], Style.SOLID)
    assert made.boxes == (Box(310, 230, 10, 10),)
    with pytest.raises(NotABox) as refused:
        cover(decoder.run, file_of("PNG"), [Box(320, 0, 5, 5)], Style.SOLID)
    assert refused.value.size == SIZE


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (animated("GIF"), "imaging.no-still"),
        (video("mp4", "mpeg4", 3), "imaging.no-still"),
        (pdf(), "imaging.no-still"),
        (saved("PNG")[:100], "imaging.cannot-decode"),
        (b"no picture", "imaging.no-decoder"),
    ],
    ids=["animation", "video", "pdf", "cut short", "text"],
)
def test_what_cannot_be_covered_is_refused_with_a_reason(decoder, data, why):
    with pytest.raises(CannotCover) as refused:
        cover(decoder.run, io.BytesIO(data), [Box(0, 0, 5, 5)], Style.SOLID)
    assert refused.value.why == why


def test_writing_is_proposed_where_it_is(decoder):
    sheet = Image.new("RGB", (900, 700), "white")
    ImageDraw.Draw(sheet).text((200, 300), "Anna Muster, Musterweg 7", fill="black", font_size=34)
    found = propose(decoder.run, file_of("PNG", sheet), faces=False, text=True)
    assert found
    assert all(one.what == "writing" for one in found)
    left = min(one.box.x for one in found)
    right = max(one.box.x + one.box.width for one in found)
    assert left <= 210
    assert right >= 560
    assert all(280 <= one.box.y + one.box.height / 2 <= 360 for one in found)
    blank = Image.new("RGB", (900, 700), "white")
    assert propose(decoder.run, file_of("PNG", blank), faces=False, text=True) == []


def test_a_face_is_proposed_and_a_wall_is_none(decoder):
    pytest.importorskip("yuface")
    found = propose(decoder.run, file_of("PNG", drawn_face()), faces=True, text=False)
    assert len(found) == 1
    box = found[0].box
    assert box.x < 320 < box.x + box.width
    assert box.y < 240 < box.y + box.height
    assert propose(decoder.run, file_of("PNG"), faces=True, text=False) == []


def drawn_face() -> Image.Image:
    """Return a face of ellipses, shaded a little, as a child would draw one with care."""
    image = Image.new("RGB", (640, 480), (120, 140, 150))
    pen = ImageDraw.Draw(image)
    pen.ellipse((225, 95, 415, 300), fill=(60, 40, 30))
    pen.ellipse((235, 120, 405, 370), fill=(224, 180, 150))
    for x in (282, 358):
        pen.ellipse((x - 24, 210, x + 24, 236), fill=(250, 250, 250))
        pen.ellipse((x - 12, 211, x + 12, 235), fill=(60, 40, 30))
        pen.arc((x - 32, 186, x + 32, 226), 200, 340, fill=(60, 40, 30), width=8)
    pen.polygon(((320, 225), (302, 285), (338, 285)), fill=(200, 150, 125))
    pen.ellipse((280, 308, 360, 336), fill=(180, 80, 80))
    pen.line((282, 322, 358, 322), fill=(120, 40, 40), width=4)
    from PIL import ImageFilter

    return image.filter(ImageFilter.GaussianBlur(3))
