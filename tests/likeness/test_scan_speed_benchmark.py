"""The benchmark of looking through many pictures runs small, and says what it is to say."""

from __future__ import annotations

import sys

import pytest

from bench import scan_speed
from bench.scan_speed import main, print_recall


@pytest.mark.skipif(sys.platform != "linux", reason="reads the time of children from /proc")
def test_it_says_how_fast_it_is_and_what_a_glance_loses(monkeypatch, capsys):
    monkeypatch.setattr(scan_speed, "SIZES", {"preview": (200,), "medium": (500,), "large": (900,)})
    main(["--banks=8", "--pictures=1", "--rounds=1", "--real=2", "--photos=1", "--changes=jpeg30"])
    said = capsys.readouterr().out
    assert "bank of 8 items" in said
    assert "8 items, pictures a second and core" in said
    assert "strangers' pictures: 3; " in said
    assert "false matches: 0" in said
    assert (
        "1 copies: found when each is looked at closely 100.00 %, after a glance 100.00 %" in said
    )


def test_what_only_the_closer_look_finds_is_named_and_counted(capsys):
    told = [("a.jpg", "mirror", True, True), ("a.jpg", "crop10", True, False)]
    print_recall([*told, ("b.jpg", "crop10", False, False)])
    said = capsys.readouterr().out
    assert "3 copies: found when each is looked at closely 66.67 %, after a glance 33.33 %" in said
    assert "lost by the glance: crop10 of a.jpg" in said
    assert "b.jpg" not in said
    assert "MISSED" in said
