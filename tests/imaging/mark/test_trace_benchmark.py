"""The tracing benchmark runs small, keeps what it measured, and counts rightly."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.recognise.photos import Photo
from bench.trace import measuring, peers
from bench.trace.attacks import ATTACKS, CORE, HARD, LIMITS, attacked
from bench.trace.collusion import WAYS
from bench.trace.report import report
from stillmine.imaging import drawn


def test_the_lists_are_apart_and_long_enough() -> None:
    assert len(CORE) >= 50
    assert len(HARD) >= 12
    assert len(ATTACKS) == len(CORE) + len(HARD) + len(LIMITS)


def test_every_attack_gives_a_picture_and_the_same_one_again() -> None:
    picture = drawn.pixels(1, (160, 120))
    for name in ATTACKS:
        if name.startswith("bottleneck"):
            continue
        one = attacked(picture, name, 4)
        assert one.dtype == np.uint8, name
        assert one.ndim == 3, name
        assert np.array_equal(one, attacked(picture, name, 4)), name


def test_every_collusion_gives_a_picture_of_the_same_size() -> None:
    copies = [drawn.pixels(number, (64, 48)) for number in range(5)]
    for count, way in WAYS.values():
        joint = way(copies[:count])
        assert (joint.shape, joint.dtype) == (copies[0].shape, np.uint8)


def test_a_peer_is_right_only_if_it_names_one_and_the_right_one() -> None:
    recipients = peers.bits_of(20, 1)
    assert peers.identified(recipients[3], recipients, 3, 1e-6)
    assert not peers.identified(recipients[3], recipients, 4, 1e-6)
    blurred = recipients[3].copy()
    blurred[:20] ^= 1
    assert not peers.identified(blurred, recipients, 3, 1e-6)


def test_what_was_measured_is_kept_and_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(measuring, "MANY", 30)
    monkeypatch.setattr("bench.trace.photos.DRAWN", (480, 360))
    piece = measuring.Piece("attacks", Photo("drawn-2"), ("none", "jpeg50"))
    facts = measuring.answered(piece, tmp_path)
    assert [row["named"] for row in facts["attacks"].values()] == [[[3], [3]]] * 2
    monkeypatch.setattr(measuring, "QUESTIONS", {})
    assert measuring.answered(piece, tmp_path) == facts
    report([facts])
    printed = capsys.readouterr().out
    assert "| jpeg50 | core | 100.0 / 100.0 |" in printed
    assert "Innocents named in 2 leaks: 0" in printed
