"""A letter of ours as a paper."""

from stillmine.act.case.model import Sender
from stillmine.act.notices.letter import Block, Letter
from stillmine.act.papers import Attachment, letter_document, letter_pdf, plain_text
from tests.act.papers.pictures import files_in, words_of
from tests.act.papers.test_typesetting import DATED

LETTER = Letter(
    to="Pictures Ltd",
    subject="Request to remove pictures",
    written="2026-11-22",
    dated="22 November 2026",
    greeting="Hello,",
    blocks=(
        Block(
            "where", "Where it is", ("These are the addresses:",), items=("https://x.example/1",)
        ),
    ),
    signed="Signed:",
    sender=Sender("שרה Zoë"),
    addresses=("https://x.example/1",),
    regimes=("eu-dsa",),
)


def test_a_letter_has_its_words_its_day_and_its_files():
    inside = (Attachment("manifest.json", "application/json", b"{}", "The list of the proof"),)
    made = letter_pdf(LETTER, inside, dated=DATED, running="Case 1a2b")
    text = " ".join(words_of(made.pdf).split())
    for wanted in ("Pictures Ltd", "2026-11-22", "https://x.example/1", "The list of the proof"):
        assert wanted in text
    assert files_in(made.pdf) == {"manifest.json": b"{}"}


def test_the_text_of_it_says_the_same():
    text = plain_text(letter_document(LETTER, dated=DATED))
    assert "Request to remove pictures" in text
    assert "שרה Zoë" in text
