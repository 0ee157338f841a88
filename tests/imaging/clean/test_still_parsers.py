"""Any bytes whatever: a parser of stills answers or refuses, and nothing else ever comes out."""

from __future__ import annotations

import io
import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillmine.errors import StillmineError
from stillmine.imaging.clean import exif, icc, iptc, xmp
from stillmine.imaging.clean.formats import FORMATS
from stillmine.imaging.clean.icc_audit import audit_profile
from tests.imaging.clean import stills

KINDS = ("jpeg", "png", "webp", "gif", "bmp", "tiff")
SEEDS = {kind: [make() for make in stills.PLAIN[kind]] for kind in KINDS}
LEAKY = {kind: [make() for make in stills.LEAKS[kind].values()] for kind in KINDS}
FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def mutated(seeds: list[bytes]) -> st.SearchStrategy[bytes]:
    """Change, cut, double or fill a few stretches of a real file."""

    @st.composite
    def change(draw: st.DrawFn) -> bytes:
        data = bytearray(draw(st.sampled_from(seeds)))
        for _ in range(draw(st.integers(1, 4))):
            at = draw(st.integers(0, max(0, len(data) - 1)))
            new = draw(st.binary(max_size=8))
            gone = draw(st.sampled_from((0, 1, len(new), 64)))
            data[at : at + gone] = new
        return bytes(data)

    return change()


def survives(kind: str, data: bytes) -> None:
    """Clean and read again: every outcome but a crash is right."""
    out = io.BytesIO()
    known = FORMATS[kind]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            known.inspect(io.BytesIO(data))
            known.clean(io.BytesIO(data), out)
            # What it does not pass is thrown away, and refused in kind words.
            known.audit(out)
        except StillmineError:
            return


@pytest.mark.parametrize("kind", KINDS)
def test_a_changed_file_is_cleaned_so_that_the_second_reader_passes_it_or_refused(
    kind: str,
) -> None:
    @FEW
    @given(mutated(SEEDS[kind] + LEAKY[kind]))
    def check(data: bytes) -> None:
        survives(kind, data)

    check()


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_reader_itself_only_passes_or_refuses(kind: str) -> None:
    @FEW
    @given(mutated(SEEDS[kind]))
    def check(data: bytes) -> None:
        try:
            FORMATS[kind].audit(io.BytesIO(data))
        except StillmineError:
            return

    check()


@FEW
@given(st.one_of(st.binary(max_size=300), mutated([stills.profile(), stills.exif().tobytes()[6:]])))
def test_what_several_formats_carry_is_told_whatever_it_is(data: bytes) -> None:
    for told in (exif.findings, icc.findings, xmp.findings, iptc.datasets, iptc.resources):
        assert all(len(one.said) <= 400 for one in told(data))
    assert 1 <= exif.orientation(data) <= 8


@FEW
@given(mutated([stills.profile()]))
def test_a_rebuilt_profile_always_passes_the_second_reader(data: bytes) -> None:
    plain = icc.neutral(data)
    if plain is not None:
        audit_profile(plain)
        assert icc.neutral(plain) == plain
        assert icc.findings(plain) == []
