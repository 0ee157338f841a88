"""The part of a name that was registered is found as the Public Suffix List's own tests want it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stillmine.app.network.web.location import read_host
from stillmine.app.network.web.suffixes import registered_domain, site_of
from stillmine.errors import StillmineError

# https://github.com/publicsuffix/list/blob/main/tests/test_psl.txt, in the public domain.
_CASES = re.findall(
    r"^checkPublicSuffix\((null|'[^']*'), (null|'[^']*')\);",
    (Path(__file__).parent / "test_psl.txt").read_text(encoding="utf-8"),
    re.MULTILINE,
)


@pytest.mark.parametrize(("host", "wanted"), _CASES)
def test_the_lists_own_tests_pass(host: str, wanted: str) -> None:
    try:
        asked = read_host(host.strip("'"))
    except StillmineError:  # an empty label, or nothing at all
        assert wanted == "null"
        return
    if host == "null":
        return
    assert site_of(asked) == (None if wanted == "null" else read_host(wanted.strip("'")))


def test_there_are_tests_to_pass() -> None:
    assert len(_CASES) > 70


@pytest.mark.parametrize(
    ("host", "registered", "site"),
    [
        ("www.example.co.uk", "example.co.uk", "example.co.uk"),
        ("anna.github.io", "github.io", "anna.github.io"),
        ("x.y.anna.blogspot.com", "blogspot.com", "anna.blogspot.com"),
        ("example.de", "example.de", "example.de"),
        ("co.uk", None, None),
        ("com", None, None),
        ("127.0.0.1", None, None),
        ("2606:4700::1111", None, None),
        ("leak.localhost", "leak.localhost", "leak.localhost"),
        ("localhost", None, None),
        ("www.ck", "www.ck", "www.ck"),
        ("a.b.ck", "a.b.ck", "a.b.ck"),
    ],
)
def test_what_a_registry_gave_out_is_told_from_what_a_service_gave_out(
    host: str, registered: str | None, site: str | None
) -> None:
    assert registered_domain(host) == registered
    assert site_of(host) == site
