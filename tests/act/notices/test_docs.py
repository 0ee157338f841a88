"""The page for people says of each kind of letter what the data says."""

from pathlib import Path

from stillmine.act.notices import LANGUAGES, regimes
from stillmine.facts.schemas import ELEMENTS

_PAGE = Path(__file__).parents[3] / "docs/notices.md"
_BEGIN = "<!-- regimes: begin (compared with the data by tests/act/notices/test_docs.py) -->\n"
_END = "<!-- regimes: end -->"


def table():
    heads = [each for each in ELEMENTS if any(each in _elements(regime) for regime in regimes())]
    rows = [f"| Kind | {' | '.join(heads)} |", "| --- |" + " :-: |" * len(heads)]
    for regime in regimes():
        signs = _elements(regime)
        cells = " | ".join(signs.get(each, " ") for each in heads)
        rows.append(f"| `{regime.regime}` {regime.title} | {cells} |")
    return "\n".join(rows) + "\n"


def _elements(regime):
    return {
        each.element: "●" if each.confirmed else "○" if each.law else "+"
        for each in regime.elements
    }


def test_the_table_of_kinds_and_elements_is_as_the_data_says():
    page = _PAGE.read_text("utf-8")
    assert page.partition(_BEGIN)[2].partition(_END)[0] == table()


def test_every_language_is_named():
    page = _PAGE.read_text("utf-8")
    assert all(f"`{each}`" in page for each in LANGUAGES)
