"""Every format is recognised by what is in it, and really decoded."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from stillmine.imaging import Decoder, Kind, Look, Problem, decoders
from tests.imaging import samples
from tests.imaging.samples import HEIGHT, WIDTH


@pytest.mark.parametrize("name", samples.STILL)
def test_a_picture_is_recognised_with_its_size(
    decoder: Decoder, files: dict[str, bytes], name: str
) -> None:
    seen = decoder.look(io.BytesIO(files[name]))

    assert seen == Look(Kind.PICTURE, name, WIDTH, HEIGHT, 1, None, None)


@pytest.mark.parametrize("name", samples.MOVING)
def test_a_moving_picture_is_told_from_a_still_one(decoder: Decoder, name: str) -> None:
    seen = decoder.look(io.BytesIO(samples.MOVING[name]()))

    assert seen == Look(Kind.ANIMATION, name, WIDTH, HEIGHT, 5, None, None)


@pytest.mark.parametrize("name", samples.VIDEOS)
def test_a_video_is_recognised_with_size_and_length(
    decoder: Decoder, files: dict[str, bytes], name: str
) -> None:
    seen = decoder.look(io.BytesIO(files[name]))

    assert (seen.kind, seen.format, seen.problem) == (Kind.VIDEO, name, None)
    assert (seen.width, seen.height) == (WIDTH, HEIGHT)
    assert seen.seconds == pytest.approx(2.0, abs=0.2)


@pytest.mark.parametrize("name", samples.RAWS)
def test_a_camera_raw_file_is_seen_through_its_preview(
    decoder: Decoder, files: dict[str, bytes], name: str
) -> None:
    seen = decoder.look(io.BytesIO(files[name]))

    assert (seen.kind, seen.format, seen.problem) == (Kind.PICTURE, name, None)
    declares_sensor = name not in ("raw-raf", "raw-cr3")
    assert (seen.width, seen.height) == ((6000, 4000) if declares_sensor else (WIDTH, HEIGHT))


def test_a_pdf_tells_its_pages_and_the_size_of_the_first(decoder: Decoder) -> None:
    seen = decoder.look(io.BytesIO(samples.pdf(3)))

    assert seen == Look(Kind.PDF, "pdf", WIDTH, HEIGHT, 3, None, None)


def test_the_pages_of_a_tiff_do_not_make_it_an_animation(decoder: Decoder) -> None:
    seen = decoder.look(io.BytesIO(samples.animated("TIFF", 3)))

    assert (seen.kind, seen.frames) == (Kind.PICTURE, 3)


@pytest.mark.parametrize("name", ["jpeg", "heif", "mp4", "pdf"])
def test_the_name_of_a_file_does_not_matter(
    decoder: Decoder, files: dict[str, bytes], name: str, tmp_path: Path
) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(files[name])

    assert decoder.look(path).format == name


def test_a_path_a_descriptor_and_a_file_give_the_same_answer(
    decoder: Decoder, files: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "picture"
    path.write_bytes(files["png"])
    with path.open("rb") as file:
        answers = {decoder.look(path), decoder.look(file), decoder.look(file.fileno())}

    assert len(answers) == 1


def test_the_position_of_an_open_file_stays_where_it_was(
    decoder: Decoder, files: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "picture"
    path.write_bytes(files["png"])
    with path.open("rb") as file:
        file.seek(17)
        decoder.look(file)
        assert file.tell() == 17
    held = io.BytesIO(files["png"])
    held.seek(5)
    decoder.look(held)
    assert held.tell() == 5


@pytest.mark.parametrize("name", [*samples.STILL, *samples.VIDEOS, "raw-nef", "pdf"])
def test_a_thumbnail_is_a_small_jpeg_of_the_same_shape(
    decoder: Decoder, files: dict[str, bytes], name: str
) -> None:
    made = decoder.thumbnail(io.BytesIO(files[name]), side=64)

    assert made is not None
    with Image.open(io.BytesIO(made)) as small:
        assert (small.format, small.size) == ("JPEG", (64, 48))


def test_a_thumbnail_stands_upright(decoder: Decoder) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = samples.saved("JPEG", exif=exif)

    made = decoder.thumbnail(io.BytesIO(turned), side=64)

    assert made is not None
    with Image.open(io.BytesIO(made)) as small:
        assert small.size == (48, 64)


def test_a_thumbnail_shows_the_same_picture(decoder: Decoder, files: dict[str, bytes]) -> None:
    made = decoder.thumbnail(io.BytesIO(files["png"]), side=64)

    assert made is not None
    with Image.open(io.BytesIO(made)) as small, Image.open(io.BytesIO(files["png"])) as whole:
        expected = whole.convert("RGB").resize((64, 48))
        for one, other in zip(
            small.get_flattened_data(), expected.get_flattened_data(), strict=True
        ):
            assert all(abs(a - b) < 48 for a, b in zip(one, other, strict=True))


def test_every_group_of_formats_names_its_library() -> None:
    groups = decoders()

    assert {group.extra for group in groups} == {"", "heic", "jxl", "video"}
    assert all(bool(group.version) == group.present for group in groups)


@pytest.mark.parametrize(
    ("name", "kind"), [("heif", Kind.PICTURE), ("jxl", Kind.PICTURE), ("mp4", Kind.VIDEO)]
)
def test_without_its_extra_a_format_is_still_named(
    hostile: Callable[..., Decoder], files: dict[str, bytes], name: str, kind: Kind
) -> None:
    pool = hostile("no_extras")

    seen = pool.look(io.BytesIO(files[name]))

    assert (seen.kind, seen.format, seen.problem) == (kind, name, Problem.NO_DECODER)
    assert pool.thumbnail(io.BytesIO(files[name])) is None
