"""HEIC and AVIF pictures are cleaned without a change to a pixel."""

from __future__ import annotations

import io

import numpy
import pillow_heif
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from stillmine.errors import FileDamaged, FileLocked, NotUnderstood
from stillmine.imaging.clean.heif_properties import refuse_a_crop
from stillmine.imaging.clean.isobmff import box
from tests.imaging.clean.judging import SECRET, cleaned, held, noticed, proven, said
from tests.imaging.samples import picture

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"


@pytest.fixture(scope="module", autouse=True)
def heif_in_pillow():
    pillow_heif.register_heif_opener()


def exif(turn: int = 1) -> bytes:
    block = Image.Exif()
    block[0x010F], block[0x0112] = SECRET.decode(), turn
    place = block.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (48.0, 51.0, 30.0), "E", (2.0, 17.0, 40.0)
    return block.tobytes()


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def heic(image: Image.Image | None = None, **options: object) -> bytes:
    out = io.BytesIO()
    made = pillow_heif.from_pillow(image or picture())
    if "thumbnail" in options:
        made[0].info["thumbnails"] = [options.pop("thumbnail")]
    made.save(out, quality=60, **options)
    return out.getvalue()


def avif(image: Image.Image | None = None, **options: object) -> bytes:
    out = io.BytesIO()
    (image or picture()).save(out, "AVIF", speed=10, **options)
    return out.getvalue()


def see_through() -> Image.Image:
    made = picture().convert("RGBA")
    made.putalpha(Image.linear_gradient("L").resize(made.size))
    return made


def pixels(data: bytes) -> list[numpy.ndarray]:
    with Image.open(io.BytesIO(data)) as image:
        frames = []
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            frames.append(numpy.array(image))
    return frames


def same(one: bytes, other: bytes) -> bool:
    pairs = zip(pixels(one), pixels(other), strict=True)
    return all(numpy.array_equal(*pair) for pair in pairs)


@pytest.mark.parametrize("turn", [1, 3, 6, 8])
def test_notes_go_and_the_picture_stays_upright(turn, tmp_path):
    made = heic(exif=exif(turn), xmp=XMP)
    told = said("heif", made)
    assert {"device", "place", "xmp"} <= set(told)
    copy, report = proven("heif", made, tmp_path)
    assert same(copy, made)
    assert ("orientation" in report.kept) == (turn != 1)


def test_an_avif_picture_keeps_its_colours_and_no_words_about_them(tmp_path):
    made = avif(exif=exif(), xmp=XMP, icc_profile=srgb())
    assert "colour-profile-text" in said("avif", made)
    copy, report = proven("avif", made, tmp_path)
    assert same(copy, made)
    assert "colour-profile" in report.kept
    assert b"lcms" not in copy


@pytest.mark.parametrize("make", [heic, avif])
def test_transparency_stays(make):
    made = make(see_through())
    copy, report = cleaned("heif" if make is heic else "avif", made)
    assert same(copy, made)
    assert "transparency" in report.kept


def test_an_odd_size_stays():
    made = heic(picture(size=(321, 239)))
    copy, _ = cleaned("heif", made)
    assert same(copy, made)


def test_a_thumbnail_and_a_second_picture_go_and_are_shown_before():
    made = heic(picture(), thumbnail=128)
    preview = said("heif", made)["preview"]
    assert preview == ["128 x 96 pixels"]
    copy, report = cleaned("heif", made)
    assert report.removed["preview"] == 1
    assert same(copy, made)
    both = pillow_heif.from_pillow(picture(1))
    both.add_from_pillow(picture(2, (200, 100)))
    out = io.BytesIO()
    both.save(out)
    from stillmine.imaging.clean import heif

    (finding,) = heif.inspect(io.BytesIO(out.getvalue()))
    assert finding.what == "second-image"
    assert Image.open(io.BytesIO(finding.blob)).size == (200, 100)
    copy, _ = cleaned("heif", out.getvalue())
    assert len(pixels(copy)) == 1


def test_an_animated_picture_keeps_its_frames():
    frames = [picture(number) for number in range(3)]
    made = avif(frames[0], save_all=True, append_images=frames[1:], duration=100, exif=exif())
    copy, report = cleaned("avif", made)
    assert SECRET not in copy
    assert "animation" in report.kept
    assert same(copy, made)


def test_boxes_and_bytes_around_the_picture_go(tmp_path):
    c2pa = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
    made = heic() + box(b"uuid", c2pa, SECRET) + box(b"free", SECRET) + b"\0\0" + SECRET
    assert {"provenance", "padding", "after-the-end"} <= set(said("heif", made))
    copy, _ = proven("heif", made, tmp_path)
    assert same(copy, made)


def test_a_picture_that_shows_only_a_part_of_itself_is_refused():
    def crop(width: int, height: int) -> bytes:
        return b"".join(one.to_bytes(4) for one in (width, 1, height, 1, 0, 1, 0, 1))

    refuse_a_crop(crop(639, 479), (640, 480))
    with pytest.raises(NotUnderstood) as refused:
        refuse_a_crop(crop(300, 480), (640, 480))
    assert refused.value.facts["part"] == "cropped-away"


def test_damage_and_locks_are_told_apart():
    made = heic()
    with pytest.raises(FileDamaged):
        cleaned("heif", made[: len(made) // 2])
    at = made.index(b"infe") + 4 + 6
    with pytest.raises(FileLocked):
        cleaned("heif", made[:at] + b"\0\1" + made[at + 2 :])


def test_the_second_reader_notices_what_is_planted():
    copy, _ = cleaned("heif", heic())
    noticed(
        "heif",
        [
            copy + box(b"free", SECRET),
            copy + b"x",
            copy.replace(b"pict" + bytes(12), b"pict" + SECRET[:12]),
            copy.replace(b"ftypheic", b"ftypAnna"),
            copy.replace(b"ispe\0\0\0\0", b"ispA\0\0\0\0"),
        ],
    )


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_bytes_are_cleaned_or_refused(data):
    made = SMALL.setdefault("heif", heic(picture(size=(64, 64)), exif=exif(), xmp=XMP))
    broken = bytearray(made)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, min(1200, len(made) - 1)))] = data.draw(st.integers(0, 255))
    held("heif", bytes(broken))


SMALL: dict[str, bytes] = {}


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_noise_behind_a_head_is_cleaned_or_refused(noise):
    held("heif", box(b"ftyp", b"heic" + bytes(4)) + box(b"meta", bytes(4), noise) + noise)
