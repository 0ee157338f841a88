"""`share inspect` and `share clean`: what a person sees, and what is on the disk afterwards."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from stillmine.app.actions import Outcome
from stillmine.app.context import Context
from stillmine.app.jobs import Job
from stillmine.errors import InsideHome, NoSuchFile, NotAFile, Stopped
from stillmine.share.clean import CleanAnswer, CleanRequest, clean
from stillmine.share.file_names import tells
from stillmine.share.inspect import InspectRequest, inspect
from tests.counterparts import need
from tests.imaging.clean import stills
from tests.imaging.clean.stills import CANARY


class Nobody:
    """A person who is never asked: nothing here needs a vault."""

    def passphrase(self) -> str:
        raise AssertionError

    def device_key(self) -> Path | None:
        raise AssertionError

    def secret(self, kind: str, question: str = "") -> str:
        raise AssertionError


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return Context(tmp_path / "no-vault", Nobody())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one picture of each kind that says who made it."""
    place = tmp_path / "pictures"
    place.mkdir()
    (place / "IMG_20240312_101112.jpg").write_bytes(stills.jpeg(exif=stills.exif()))
    (place / "b.png").write_bytes(stills.PNG_LEAKS["larger picture after the end"]())
    (place / "c.webp").write_bytes(stills.WEBP_LEAKS["exif"]())
    (place / "d.gif").write_bytes(stills.GIF_LEAKS["comment"]())
    (place / "e.tif").write_bytes(stills.TIFF_LEAKS["owner"]())
    (place / "f.bmp").write_bytes(stills.BMP_LEAKS["after the end"]())
    return place


def cleaned(context: Context, *files: Path, to: Path, re_encode: bool = False) -> CleanAnswer:
    return clean(context, CleanRequest(files, to, re_encode))


def test_copies_say_nothing_and_originals_stay_as_they_are(
    context: Context, folder: Path, tmp_path: Path
) -> None:
    files = sorted(folder.iterdir())
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}
    answer = cleaned(context, *files, to=tmp_path / "out")
    assert answer.skipped == ()
    assert len(answer.cleaned) == 6
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files} == before
    for one in answer.cleaned:
        copy = Path(one.copy)
        assert CANARY not in copy.read_bytes()
        assert "20240312" not in copy.name
        assert copy.stat().st_mtime == 946684800
        assert one.lossless
        assert one.removed
    assert len(list((tmp_path / "out").iterdir())) == 6


def test_one_bad_file_does_not_stop_the_others_and_is_named_with_its_code(
    context: Context, folder: Path, tmp_path: Path
) -> None:
    half = folder / "half.jpg"
    half.write_bytes(stills.jpeg()[:300])
    words = folder / "words.txt"
    words.write_text("no picture")
    files = [half, words, folder / "nothing.jpg", folder, folder / "d.gif"]
    answer = cleaned(context, *files, to=tmp_path / "out")
    assert [one.code for one in answer.skipped] == [
        "share.file-damaged",
        "share.no-cleaner",
        "keep.no-such-file",
        "keep.not-a-file",
    ]
    assert answer.outcome is Outcome.GAPS
    assert [one.file for one in answer.cleaned] == [str(folder / "d.gif")]
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_nothing_is_overwritten_even_in_the_folder_of_the_originals(
    context: Context, folder: Path
) -> None:
    taken = folder / "picture-01.jpg"
    taken.write_bytes(b"mine")
    (folder / "picture-02.jpg").symlink_to(folder / "nowhere")
    answer = cleaned(context, folder / "IMG_20240312_101112.jpg", to=folder)
    assert Path(answer.cleaned[0].copy) == folder / "picture-03.jpg"
    assert taken.read_bytes() == b"mine"
    assert not (folder / "nowhere").exists()


def test_what_cannot_be_cleaned_without_loss_can_be_drawn_anew(
    context: Context, tmp_path: Path
) -> None:
    odd = tmp_path / "odd.png"
    pixels = stills.saved(stills.small(), "PNG", exif=stills.exif())
    odd.write_bytes(pixels)
    answer = cleaned(context, odd, to=tmp_path / "out", re_encode=True)
    assert not answer.cleaned[0].lossless
    copy = Path(answer.cleaned[0].copy)
    assert CANARY not in copy.read_bytes()
    with Image.open(copy) as picture:
        assert picture.size == (stills.SIZE[1], stills.SIZE[0])  # EXIF said: turned by a quarter
        assert not picture.getexif()


def test_a_see_through_picture_stays_see_through_when_drawn_anew(
    context: Context, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.png"
    cut.write_bytes(stills.saved(stills.cut_out(), "PNG"))
    answer = cleaned(context, cut, to=tmp_path / "out", re_encode=True)
    with Image.open(answer.cleaned[0].copy) as picture:
        assert picture.mode == "RGBA"
        assert picture.getpixel((0, 0)) == (0, 0, 0, 0)


def test_stopping_leaves_whole_copies_and_nothing_half(
    context: Context, folder: Path, tmp_path: Path
) -> None:
    job = Job()
    job.listener = lambda progress: setattr(job, "stop_asked", progress.done >= 2)
    with pytest.raises(Stopped):
        cleaned(Context(context.home, Nobody(), job), *sorted(folder.iterdir()), to=tmp_path / "o")
    assert len(list((tmp_path / "o").iterdir())) == 2
    assert not [path for path in (tmp_path / "o").iterdir() if ".tmp" in path.name]


def test_no_copy_goes_into_a_vault(context: Context, folder: Path) -> None:
    with pytest.raises(InsideHome):
        cleaned(context, folder / "d.gif", to=context.home / "x")


def test_exiftool_finds_nothing_in_any_copy(context: Context, folder: Path, tmp_path: Path) -> None:
    need("exiftool")
    answer = cleaned(context, *sorted(folder.iterdir()), to=tmp_path / "out")
    assert all("exiftool" in one.checked_by for one in answer.cleaned)


def test_without_exiftool_our_own_second_reader_still_looks(
    context: Context, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = cleaned(context, folder / "d.gif", to=tmp_path / "out")
    assert answer.cleaned[0].checked_by == ("stillmine",)


def test_place_and_device_are_told_in_words(context: Context, folder: Path) -> None:
    answer = inspect(context, InspectRequest(folder / "IMG_20240312_101112.jpg"))
    assert answer.format == "jpeg"
    assert answer.says[0].what == "place"
    assert "house" in answer.says[0].means
    told = {one.what for one in answer.says}
    assert {"device", "serial", "owner", "time", "name-pattern", "file-times"} <= told
    assert {"sensor-noise", "content"} <= {one.what for one in answer.stays}


def with_thumbnail(picture: Image.Image, preview: Image.Image) -> bytes:
    """Return a JPEG whose EXIF carries a preview, as cameras write it."""
    inside = stills.saved(preview, "JPEG")
    head = b"MM\x00*\x00\x00\x00\x08\x00\x00\x00\x00\x00\x0e\x00\x02"
    rows = b"\x02\x01\x00\x04\x00\x00\x00\x01" + (44).to_bytes(4)
    rows += b"\x02\x02\x00\x04\x00\x00\x00\x01" + len(inside).to_bytes(4)
    block = b"Exif\x00\x00" + head + rows + bytes(4) + inside
    return stills.behind_start(stills.saved(picture, "JPEG"), stills.segment(0xE1, block))


@pytest.mark.parametrize(
    ("cut", "more"), [((0, 0, 64, 48), 0), ((0, 0, 32, 48), 1), ((0, 0, 32, 24), 1)]
)
def test_a_preview_that_shows_more_than_the_picture_is_named_first(
    context: Context, tmp_path: Path, cut: tuple[int, int, int, int], more: int
) -> None:
    whole = stills.picture(3, stills.SIZE)
    whole.paste((250, 10, 10), (40, 4, 60, 44))
    path = tmp_path / "cropped.jpg"
    path.write_bytes(with_thumbnail(whole.crop(cut), whole))
    saved = tmp_path / "seen.jpg"
    answer = inspect(context, InspectRequest(path, saved))
    assert answer.previews_show_more == more
    assert answer.says[0].what == "preview"
    with Image.open(saved) as preview:
        assert preview.size == stills.SIZE
    assert "crop" in answer.says[0].means or not more or cut == (0, 0, 32, 24)


def test_a_file_without_a_preview_says_so_and_writes_nothing(
    context: Context, folder: Path, tmp_path: Path
) -> None:
    answer = inspect(context, InspectRequest(folder / "d.gif", tmp_path / "p.jpg"))
    assert answer.no_preview
    assert not (tmp_path / "p.jpg").exists()


def test_what_is_no_file_is_named(context: Context, tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile):
        inspect(context, InspectRequest(tmp_path / "no"))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAFile):
        inspect(context, InspectRequest(tmp_path / "pipe"))


@pytest.mark.parametrize(
    ("name", "source", "part"),
    [
        ("IMG-20240312-WA0003.jpg", "whatsapp", "20240312"),
        ("WhatsApp Image 2024-03-12 at 10.11.12.jpeg", "whatsapp", "2024-03-12"),
        ("PXL_20240312_101112345.jpg", "phone", "20240312_101112"),
        ("Screenshot_20240312-101112_Instagram.png", "screenshot", "20240312-101112_Instagram.png"),
        ("FB_IMG_1710238272000.jpg", "facebook", "2024-03-12 10:11:12 UTC"),
        ("signal-2024-03-12-101112.jpg", "signal", "2024-03-12-101112"),
        ("DSC01234.JPG", "camera", "01234"),
        ("DJI_0042.JPG", "drone", "0042"),
        ("photo_2024-03-12_10-11-12.jpg", "telegram", "2024-03-12"),
        ("Snapchat-123456.jpg", "snapchat", "123456"),
        ("picture-01.jpg", None, None),
        ("garden.png", None, None),
    ],
)
def test_a_name_tells_where_it_comes_from(name: str, source: str | None, part: str | None) -> None:
    assert tells(name) == (None if source is None else (source, part))


def test_a_copy_can_be_cleaned_again_and_says_nothing_more(
    context: Context, folder: Path, tmp_path: Path
) -> None:
    first = cleaned(context, *sorted(folder.iterdir()), to=tmp_path / "one")
    again = cleaned(context, *(Path(one.copy) for one in first.cleaned), to=tmp_path / "two")
    assert [one.removed for one in again.cleaned] == [()] * 6
