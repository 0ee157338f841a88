"""The typesetter: archival, the same bytes each time, any script, and nothing read as markup."""

import hashlib
import io
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from stillmine.act.papers import fonts
from stillmine.act.papers.document import (
    Attachment,
    Blanks,
    Box,
    Commands,
    Document,
    Fields,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Table,
)
from stillmine.act.papers.laying import attachment_names
from stillmine.act.papers.plain import plain_text
from stillmine.act.papers.shown import pieces, shown
from stillmine.act.papers.typesetting import typeset
from stillmine.errors import CannotTypeset
from tests.act.papers.pictures import files_in, pages_of, seen, words_of

DATED = datetime(2026, 11, 22, 10, 11, 12, tzinfo=UTC)
MARKUP = '*bold* _it_ #panic() #read("/etc/passwd") $x^2$ <label> @ref // gone `raw` = head \\ [x]'
SCRIPTS = {
    "Latin": "Zoë Ångström e\u0301 q\u0323",
    "Greek": "Ελένη",
    "Cyrillic": "Ольга",
    "Arabic": "محمد بن عبد الله",
    "Persian": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "Hebrew": "שָׁלוֹם",
    "Chinese": "张伟 張偉",
    "Japanese": "山田 はなこ",
    "Korean": "김민준",
    "Hindi": "क्षत्रिय",
    "Bengali": "বাংলা",
    "Tamil": "தமிழ்",
    "Thai": "สมชาย",
    "Armenian": "Արմեն",
    "Georgian": "გიორგი",
    "Amharic": "አበበ",
    "Emoji": "😀👍🏽👩\u200d👩\u200d👧❤\ufe0f🇫🇷",
}


def paper(*blocks, **more):
    return Document("A paper", DATED, tuple(blocks), **more)


def everything(text):
    return paper(
        Heading(text),
        Paragraph(text),
        Box(text, text),
        Fields(((text, text),)),
        Table((text, text), ((text, text),), (1, 2)),
        Listing((text,), numbered=True),
        Listing((text,)),
        Quote(text, text),
        Commands(text),
        Blanks(((text, text),)),
        running=text,
    )


def test_it_is_archival_tagged_dated_by_the_case_and_all_fonts_are_inside():
    document = replace(
        everything("Zoë שלום"),
        attachments=(Attachment("manifest.json", "application/json", b'{"a": 1}', "The list"),),
    )
    pdf = typeset(document).pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.check_pdf_syntax() == []
        with opened.open_metadata() as facts:
            assert (facts["pdfaid:part"], facts["pdfaid:conformance"]) == ("3", "A")
            assert facts["pdfuaid:part"] == "1"
        assert "/OutputIntents" in opened.Root
        assert opened.Root.MarkInfo.Marked
        assert str(opened.docinfo["/CreationDate"]).startswith("D:20261122101112")
        assert opened.attachments["manifest.json"].get_file().read_bytes() == b'{"a": 1}'
        assert str(opened.Root.AF[0].AFRelationship) == "/Supplement"
        described = [
            each for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        ]  # fmt: skip
        assert described
        for each in described:
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(each.keys())
        assert "/JavaScript" not in opened.Root.get("/Names", {})


def test_the_same_document_gives_the_same_bytes_also_in_another_process():
    document = everything("Zoë 😀 שלום")
    first = typeset(document).pdf
    assert typeset(document).pdf == first
    code = (
        "import hashlib;from tests.act.papers.test_typesetting import everything, typeset;"
        "print(hashlib.sha256(typeset(everything('Zoë 😀 שלום')).pdf).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == hashlib.sha256(first).hexdigest()


@pytest.mark.parametrize("name", SCRIPTS)
def test_names_in_living_scripts_are_drawn_with_the_fonts_that_come_along(name):
    text = shown(SCRIPTS[name])
    assert "U+" not in text, "nothing of a name is taken for a trick"
    assert fonts.lacking([text]) == frozenset()
    assert typeset(everything(SCRIPTS[name])).not_drawn == ()


def test_text_of_strangers_is_text_and_never_markup():
    text = " ".join(words_of(typeset(everything(MARKUP)).pdf).split())
    assert "root:" not in text
    assert MARKUP in text


def test_signs_that_steer_or_hide_are_written_out():
    text = words_of(typeset(paper(Paragraph("file\u202egnp.exe a\u200bb\x1b[31m\x00\ue000"))).pdf)
    for number in ("202E", "200B", "001B", "0000", "E000"):
        assert f"U+{number}" in text


def test_a_sign_that_no_font_draws_stands_by_its_number_and_is_named_at_the_end():
    made = typeset(paper(Paragraph("before 𒀀 after")))
    text = " ".join(words_of(made.pdf).split())
    if made.not_drawn:  # a computer with many fonts may draw it
        assert made.not_drawn == ("𒀀",)
        assert "U+12000" in text
        assert "No font on this computer can draw these signs" in text
    else:
        assert "before" in text


@pytest.mark.parametrize(
    "run",
    ["https://x.example/" + "a" * 900, "ы" * 700, "0" * 900, "/" * 500, "م" * 400, "漢" * 900],
    ids=["address", "Cyrillic", "digits", "slashes", "Arabic", "Chinese"],
)
def test_a_long_run_wraps_inside_the_page_and_can_be_copied_out_whole(run):
    pdf = typeset(paper(Table(("A", "B"), ((run, "x"),), (1, 1)), Paragraph(run))).pdf
    for page in seen(pdf):
        right = page.crop((page.width - 45, 0, page.width, page.height))
        assert right.getextrema() == ((255, 255),) * 3, "nothing runs over the edge"
    copied = "".join(words_of(pdf).split())
    # The reader that copies it out drops a letter here and there where Arabic lines break.
    assert copied.count(run[0]) >= 1.95 * run.count(run[0])
    if run.isascii():
        assert run in copied


def test_names_of_files_inside_are_plain_and_each_once():
    def inside(name):
        return Attachment(name, "text/plain", b"\x00\xff")

    hostile = ("../../etc/passwd", "a/b", "a b", "a\u202eb", "", "x" * 500, "..")
    document = paper(attachments=tuple(map(inside, hostile)))
    names = attachment_names(document)
    assert len(set(names)) == len(names)
    assert all(name and "/" not in name and ".." not in name[:2] for name in names)
    assert sorted(files_in(typeset(document).pdf)) == sorted(names)


@pytest.mark.parametrize("content", [b"", b"{}", bytes(range(256)), "ä\r\n\0".encode()])
def test_a_file_inside_comes_out_as_it_went_in(content):
    document = paper(attachments=(Attachment("a.bin", "application/octet-stream", content),))
    assert files_in(typeset(document).pdf) == {"a.bin": content}


def test_a_picture_is_put_in_as_it_is_coded():
    out = io.BytesIO()
    Image.effect_noise((300, 200), 90).convert("RGB").save(out, "JPEG")
    pdf = typeset(paper(Picture(out.getvalue(), "noise"))).pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (image,) = opened.pages[0].get_images().values()
        assert (image.Width, image.Height) == (300, 200)
        assert image.read_raw_bytes() == out.getvalue()
    for broken in (b"", b"\xff\xd8", out.getvalue()[:60]):
        with pytest.raises(CannotTypeset):
            typeset(paper(Picture(broken, "broken")))


def test_too_much_is_refused_by_its_name():
    with pytest.raises(CannotTypeset):
        typeset(paper(Paragraph("word " * 3_000_000)))
    with pytest.raises(CannotTypeset):
        typeset(paper(attachments=(Attachment("a", "text/plain", bytes(65 << 20)),)))


def test_some_hundred_rows_go_over_many_pages_with_the_heads_on_each():
    rows = tuple((f"a{number}", "https://x.example/" + "p" * 60) for number in range(400))
    pdf = typeset(paper(Table(("Name", "Where it is"), rows, (1, 6)))).pdf
    assert pages_of(pdf) > 5
    document = pypdfium2.PdfDocument(pdf)
    heads = [page.get_textpage().get_text_bounded().count("Where it is") for page in document]
    document.close()
    assert heads == [1] * len(heads)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_makes_a_paper_and_a_text(text):
    document = everything(text)
    assert typeset(document).pdf.startswith(b"%PDF-1.7")
    assert "\x1b" not in plain_text(document)


@settings(deadline=None)
@given(st.text(max_size=400))
def test_the_pieces_of_a_text_are_the_text(text):
    assert "".join(pieces(text)) == text


def test_any_sign_of_unicode_can_stand_in_a_paper():
    chance = random.Random(7)
    signs = "".join(chr(chance.randrange(0x110000)) for _ in range(1500))
    assert typeset(paper(Paragraph(signs))).pdf


def test_what_a_font_draws_is_read_as_the_typesetter_knows_it():
    """The own reading of character maps agrees with typst, which refuses what it cannot draw."""
    for face in fonts.own_faces():
        have = sorted(fonts.signs_of(face))
        assert have
        some = [chr(have[place]) for place in range(0, len(have), max(1, len(have) // 40))]
        text = "".join(sign for sign in some if shown(sign) == sign)
        assert typeset(paper(Paragraph(text))).not_drawn == ()


@pytest.mark.parametrize("broken", [b"", b"ttcf", b"\x00\x01\x00\x00\xff\xff", bytes(5000)])
def test_a_broken_font_of_the_system_draws_nothing_and_stops_nothing(tmp_path, broken):
    file = tmp_path / "broken.ttf"
    file.write_bytes(broken)
    assert fonts.signs_of(fonts.Face("Broken", file, 0)) == frozenset()
