"""PDF files are cleaned down to their pages, which look the same."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from stillmine.errors import FileDamaged, FileLocked, NotUnderstood
from stillmine.imaging.clean import pdf
from stillmine.imaging.clean.pdf_fonts import clean_font
from stillmine.imaging.clean.pdf_objects import Name as OurName
from stillmine.imaging.clean.pdf_objects import Number, Ref, written
from tests.imaging.clean.judging import SECRET, cleaned, held, noticed, proven, said
from tests.imaging.clean.papers import WORDS, paper, with_everything


def unpacked(data: bytes) -> bytes:
    """Return all streams of a file, unpacked, one after the other."""
    parts = [data]
    with pikepdf.open(io.BytesIO(data)) as file:
        for one in file.objects:
            if isinstance(one, pikepdf.Stream):
                try:
                    parts.append(one.read_bytes())
                except pikepdf.PdfError:
                    parts.append(one.read_raw_bytes())
    return b"\n".join(parts)


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"linearize": True},
        {"compress_streams": False},
    ],
    ids=str,
)
def test_all_that_is_not_drawn_goes(how):
    made = paper(with_everything, **how)
    assert SECRET in unpacked(made)
    copy, report = cleaned("pdf", made)
    assert SECRET not in unpacked(copy)
    assert WORDS.encode("utf-16-be") not in copy
    assert pdf.shown(io.BytesIO(copy)) == pdf.shown(io.BytesIO(made))
    assert {"owner", "attachment", "device", "text", "people", "xmp"} <= set(report.removed)
    assert "layout" in report.kept


def test_a_copy_passes_every_reader(tmp_path):
    made = paper(compress_streams=False)
    proven("pdf", made, tmp_path)
    with pikepdf.open(io.BytesIO(cleaned("pdf", made)[0])) as file:
        assert not file.check_pdf_syntax()


def test_inspecting_tells_what_is_there():
    told = said("pdf", paper(with_everything))
    assert WORDS in told["owner"]
    assert any("2024" in text for text in told["time"])
    assert "attachment" in told
    assert WORDS in told["device"]
    assert WORDS in told["comment"]


def test_older_versions_in_the_file_are_told_and_go():
    made = paper(with_everything, compress_streams=False)
    newer = made + b"\n9999 0 obj\n(" + SECRET + b")\nendobj\nstartxref\n0\n%%EOF\n"
    assert "history" in said("pdf", newer)
    copy, _ = cleaned("pdf", newer)
    assert SECRET not in unpacked(copy)


def test_a_note_that_is_seen_is_drawn_into_the_page():
    def stamp(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
        look = made.make_stream(
            b"0 0 1 rg 0 0 40 20 re f", Type=Name.XObject, Subtype=Name.Form,
            BBox=Array([0, 0, 40, 20]),
        )  # fmt: skip
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([200, 100, 280, 140]), F=4,
            AP=Dictionary(N=look), T=String(WORDS),
        )  # fmt: skip
        page.Annots = Array([made.make_indirect(note)])

    made = paper(stamp)
    copy, _ = cleaned("pdf", made)
    assert pdf.shown(io.BytesIO(copy)) == pdf.shown(io.BytesIO(made))
    assert pdf.shown(io.BytesIO(copy)) != pdf.shown(io.BytesIO(paper()))
    assert b"Annot" not in copy


def test_a_layer_that_is_switched_off_is_refused():
    def layers(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
        layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String(WORDS)))
        made.Root.OCProperties = Dictionary(
            OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer]))
        )

    with pytest.raises(NotUnderstood) as refused:
        cleaned("pdf", paper(layers))
    assert refused.value.facts["part"] == "hidden-layers"


def test_locked_and_unknown_pictures_are_refused_by_name():
    with pytest.raises(FileLocked):
        cleaned("pdf", paper(encryption=pikepdf.Encryption(owner="a", user="b")))
    with pytest.raises(FileLocked):
        pdf.inspect(io.BytesIO(paper(encryption=pikepdf.Encryption(owner="a", user=""))))

    def jpeg_2000(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.Resources.XObject.Photo.write(b"\0\0\0\x0cjP  ", filter=Name.JPXDecode)

    with pytest.raises(NotUnderstood):
        cleaned("pdf", paper(jpeg_2000))
    with pytest.raises(FileDamaged):
        cleaned("pdf", paper()[:300])


def test_what_lies_behind_the_pixels_goes():
    copy, _ = cleaned("pdf", paper())
    with pikepdf.open(io.BytesIO(copy)) as file:
        sizes = [
            len(one.read_bytes())
            for one in file.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Width") == 10
        ]
    assert sizes == [300]


def test_the_notices_of_a_font_are_blanked_and_its_length_stays():
    head = b"%!PS-AdobeFont-1.0: " + SECRET + b"\n%%CreationDate: " + SECRET + b"\n"
    head += b"/Notice (Made (c) by " + SECRET + b") readonly def\n/Weight (Bold) def\n"
    font = head + b"currentfile eexec\n" + bytes(range(256))
    kept = clean_font(font)
    assert len(kept) == len(font)
    assert SECRET not in kept
    assert kept.endswith(b"currentfile eexec\n" + bytes(range(256)))


def test_values_are_written_one_way():
    value = {"A": [1, Number("0.5"), OurName("x y"), b"\x00(", Ref(3), None, True]}
    assert written(value) == b"<</A [1 0.5 /x#20y <0028> 3 0 R null true]>>"


def test_the_second_reader_notices_what_is_planted():
    copy, _ = cleaned("pdf", paper())
    trailer = copy.index(b"trailer")
    longer = zlib.compress(b"q % " + SECRET + b"\nQ\n")
    noticed(
        "pdf",
        [
            copy + b"x",
            copy[:trailer] + b"% Anna\n" + copy[trailer:],
            copy.replace(b"%PDF-1.7", b"%PDF-1.4"),
            copy.replace(b"/Type /Page ", b"/Anna /Page "),
            copy.replace(b"/Root", b"/Info"),
            copy.replace(b"endstream\n", b"endstream ", 1),
            copy.replace(b"1 0 obj\n<<", b"1 0 obj\n<</Author <00> ", 1),
            longer,
        ],
    )


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_bytes_are_cleaned_or_refused(data):
    made = MADE.setdefault("pdf", paper(with_everything, compress_streams=False))
    broken = bytearray(made)
    for _ in range(data.draw(st.integers(1, 5))):
        broken[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    held("pdf", bytes(broken))


MADE: dict[str, bytes] = {}


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_any_noise_behind_a_head_is_cleaned_or_refused(noise):
    held("pdf", b"%PDF-1.4\n" + noise)
