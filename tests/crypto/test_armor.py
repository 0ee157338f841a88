"""The text form of a sealed file has one spelling, but for white space around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillmine.crypto import armor, dearmor
from stillmine.errors import NotArmor

TEXT = armor(bytes(range(100)))


@given(st.binary(max_size=300))
def test_the_text_form_comes_back(data: bytes) -> None:
    assert dearmor(armor(data)) == data
    assert dearmor(b" \n\t" + armor(data).replace(b"\n", b"\r\n") + b"\n \r\n") == data


@pytest.mark.parametrize(
    "text",
    [
        b"",
        TEXT[1:],
        TEXT.lower(),
        b"Subject: a letter\n\n" + TEXT,
        TEXT + b"more",
        TEXT + TEXT,
        TEXT.replace(b"\n", b"\n\n", 1),
        TEXT.replace(b"\n", b"\nComment: a\n", 1),
        TEXT.replace(b"AAEC", b"AA EC"),
        TEXT.replace(b"=", b""),
        TEXT.replace(b"Yw==", b"Yx=="),
        TEXT.replace(b"=\n", b"\n=\n", 1),
        TEXT.replace(b"\n", b" \n", 2),
        TEXT.replace(b"A", b"-", 1),
        TEXT[:-20],
    ],
)
def test_any_other_spelling_is_refused(text: bytes) -> None:
    assert text != TEXT
    with pytest.raises(NotArmor):
        dearmor(text)
