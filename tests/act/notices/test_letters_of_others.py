"""Letters that people and other tools write: found whole only where they are."""

import pytest

from stillmine.act.notices import check_text

_DMCA = """\
Dear Copyright Agent,

My name is Rosa Klein and I am the copyright owner of the photographs described below, which I took
in my home in May 2026.

The infringing copies are at:
https://pictures.test/view/81723
https://pictures.test/view/81724

I have a good faith belief that use of the material in the manner complained of is not authorized by
the copyright owner, its agent, or the law.

I swear, under penalty of perjury, that the information in the notification is accurate and that I
am the copyright owner or am authorized to act on behalf of the owner of an exclusive right that is
allegedly infringed.

Sincerely,

Rosa Klein
12 Mill Lane
Springfield, IL 62704
+1 217 555 0142
rosa.k@mail.test
"""
_WORK = """\
I am the copyright owner of the photographs described below, which I took
in my home in May 2026"""
_TIDA = """\
Subject: NOTICE OF NONCONSENSUAL INTIMATE VISUAL DEPICTION

I am the individual depicted in the intimate images located at https://pictures.test/view/81723 and
https://pictures.test/view/81724 (two photos). I have a good-faith belief that these images were
published without my consent: they were sent to one person only, and I never agreed to their
publication.

You may contact me at rosa.k@mail.test.

/s/ Rosa Klein
"""
_CONSENT = """\
without my consent: they were sent to one person only, and I never agreed to their
publication"""
_DSA = """\
Hallo,

unter https://pictures.test/view/81723 wurde ein intimes Bild von mir veröffentlicht, ohne meine
Zustimmung. Das ist rechtswidrig; es verletzt mein Recht am eigenen Bild.

Ich erkläre in gutem Glauben, dass meine Angaben richtig und vollständig sind.

Mit freundlichen Grüßen
Rosa Klein
rosa.k@mail.test
"""
_GDPR = """\
To whom it may concern:

I am the person shown in the picture at https://pictures.test/view/81723. I hereby request that you
erase this personal data concerning me in accordance with Article 17 GDPR. The data was processed
unlawfully, and I withdraw any consent that I may have given.

Yours faithfully,

Rosa Klein
rosa.k@mail.test
"""
_UK = """\
I am reporting intimate image content at https://pictures.test/view/81723. It is an intimate image
of me and it was shared without my consent. I am the person in the image. I make this report in good
faith. To the best of my knowledge and belief it is true.

Contact: rosa.k@mail.test
Rosa Klein
"""
_WHOLE = {"dmca": _DMCA, "us-tida": _TIDA, "eu-dsa": _DSA, "eu-gdpr": _GDPR, "gb-osa": _UK}


@pytest.mark.parametrize("regime", _WHOLE)
def test_a_whole_letter_by_somebody_else_is_found_whole(regime):
    assert check_text(_WHOLE[regime], (regime,)).missing == ()


@pytest.mark.parametrize(
    ("regime", "part", "instead", "element"),
    [
        ("dmca", "I swear, under penalty of perjury, that", "I confirm that", "perjury"),
        ("dmca", "is not authorized by", "is authorized by", "good-faith"),
        ("dmca", "12 Mill Lane\n", "", "contact"),
        ("dmca", "+1 217 555 0142\n", "", "contact"),
        ("dmca", "is accurate and", "is mine and", "accuracy"),
        ("dmca", _WORK, "I saw the pictures", "work"),
        ("us-tida", "/s/ Rosa Klein", "/s/", "signature"),
        ("us-tida", "/s/ Rosa Klein", "/s/ [name]", "signature"),
        ("us-tida", "good-faith belief", "feeling", "good-faith"),
        ("us-tida", _CONSENT, "with my consent", "good-faith"),
        ("us-tida", "rosa.k@mail.test", "legal@pictures.test", "contact"),
        ("us-tida", "https://pictures.test/view/81724", "https://bing.com/search?q=r", "locate"),
        ("eu-dsa", "richtig und vollständig", "richtig", "accuracy"),
        ("eu-dsa", "in gutem Glauben", "hiermit", "accuracy"),
        ("eu-dsa", "rosa.k@mail.test", "", "contact"),
        ("eu-dsa", "Rosa Klein\n", "", "contact"),
        ("eu-dsa", "intimes ", "", "explanation"),
        ("eu-dsa", "ohne meine\nZustimmung", "gestern", "explanation"),
        ("eu-dsa", "https://pictures.test/view/81723", "Ihrer Seite", "locate"),
        ("eu-gdpr", "I am the person shown in", "There is", "identity"),
        ("eu-gdpr", "erase this personal data", "look at this", "ground"),
        ("gb-osa", "I make this report in good\nfaith.", "", "good-faith"),
        ("gb-osa", "is true", "is so", "accuracy"),
        ("gb-osa", "Contact: rosa.k@mail.test\n", "", "contact"),
    ],
)
def test_one_thing_less_in_a_letter_by_somebody_else_is_missed(regime, part, instead, element):
    assert part in _WHOLE[regime]
    text = _WHOLE[regime].replace(part, instead)
    assert element in {each.element for each in check_text(text, (regime,)).missing}


def test_a_letter_for_one_law_is_not_whole_for_another():
    for name, text in _WHOLE.items():
        for regime in _WHOLE:
            if regime != name:
                assert not check_text(text, (regime,)).ready, f"{name} for {regime}"


def test_a_page_that_explains_how_to_write_a_letter_is_no_letter():
    page = """
    What to include in your notice. Your request must include: (1) your physical or electronic
    signature; (2) the URL, e.g. https://pictures.test/view/81723; (3) a brief statement that you
    have a good faith belief that the depiction is not consensual; (4) your contact information.
    Contact us at help@pictures.test. If you are the person depicted, I recommend that you sign.
    """
    missing = {each.element for each in check_text(page, ("us-tida",)).missing}
    assert {"signature", "good-faith", "contact"} <= missing
