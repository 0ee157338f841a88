"""A look that is stopped, killed or robbed of its memory goes on, and tells nothing twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from stillmine.app.jobs import Job
from stillmine.errors import VaultBusy
from stillmine.watch.looking.bounds import Bounds
from tests.servers.sites import dripping
from tests.watch.looking.looker import (
    AGAIN,
    HTML,
    ITEMS,
    JPEG,
    ORIGINALS,
    PART,
    codes,
    page_of,
    place,
    stranger,
    told_in,
)

ROOT = Path(__file__).parents[3]


def maze(site) -> tuple[str, set[tuple[str, str]]]:
    """Build a site with some copies; return where it begins, and what is to be found."""
    pictures = {"part": PART, "again": AGAIN, "same": ORIGINALS[1]}
    pictures |= {f"s{number}": stranger(number % 3, 60 + number) for number in range(6)}
    for name, data in pictures.items():
        site.says(f"/s/{name}.jpg", data, JPEG)
    pages = {
        "": ("s0", "part"),
        "one": ("s1", "again", "s2"),
        "two": ("part", "s3"),
        "three": ("s4", "same", "s5"),
    }
    links = "".join(f'<a href="/s/{name}">x</a>' for name in pages)
    for name, shown in pages.items():
        body = page_of(*(f"/s/{each}.jpg" for each in shown), more=links)
        site.says(f"/s/{name}", body, HTML)
    found = {
        (ITEMS[0], site.url("/s/")),
        (ITEMS[0], site.url("/s/one")),
        (ITEMS[0], site.url("/s/two")),
        (ITEMS[1], site.url("/s/three")),
    }
    return site.url("/s/"), found


def test_a_stop_is_heard_at_once_and_what_is_done_is_kept(looker, new_site, monkeypatch):
    start, wanted = maze(new_site())
    looker.prepare(place("site", start))
    for _ in range(60):
        job = Job()

        def enough(progress, job=job):
            job.stop_asked = progress.done >= 4

        job.listener = enough
        looked = looker.look(job=job)
        if not looked.stopped:
            break
    assert looker.found == wanted
    assert len(looker.told) == len(wanted)
    assert looked.waiting == 0


def test_a_stop_does_not_wait_for_a_slow_site(looker, new_site):
    stop, asked = threading.Event(), threading.Event()
    site = new_site()
    drip = dripping([b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"], stop)

    def slowly(line, request):
        asked.set()
        drip(line, request)

    page = site.does("/", slowly)
    job = Job()

    def ask_to_stop():
        asked.wait(30)
        job.stop_asked = True

    asking = threading.Thread(target=ask_to_stop)
    asking.start()
    try:
        looker.prepare(place("page", page))
        looked = looker.look(job=job, bounds=Bounds(seconds=600))
        assert not stop.is_set()
        assert looked.stopped
        assert looked.waiting == 1
    finally:
        stop.set()
        asking.join()


def test_killed_at_any_moment_a_look_goes_on_and_loses_and_repeats_nothing(
    looker, known, new_site, tmp_path
):
    start, wanted = maze(new_site())
    looker.prepare(place("site", start))
    told = tmp_path / "told"
    clock = looker.clock
    order = {
        "home": str(looker.home.root), "told": str(told), "origin": clock.origin,
        "since": clock.since, "speed": 400.0,
        "known": [(item, data.hex()) for item, _seconds, data in known],
    }  # fmt: skip
    (tmp_path / "order").write_text(json.dumps(order))
    chance = random.Random(7)
    for attempt in range(18):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.watch.looking.looker", str(tmp_path / "order")],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        try:
            # The last few are let be, so that it comes to its end however slow this computer is.
            process.wait(chance.uniform(0.4, 1.8) if attempt < 14 else 60)
            assert process.returncode == 0
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
    else:
        pytest.fail("it never came to its end")

    findings = told_in(told)
    keys = [each.finding for each in findings]
    assert {(each.item, each.page) for each in findings} == wanted
    # Whoever is killed while handing over hands it over again, under the same key.
    assert len(set(keys)) == len(wanted)
    looker.clock.forward += 3600
    looker.look()
    assert not looker.told


def test_who_cannot_take_a_finding_now_gets_it_later(looker, new_site):
    start, wanted = maze(new_site())
    looker.prepare(place("site", start))

    def busy(_finding):
        raise VaultBusy

    with pytest.raises(VaultBusy):
        looker.look(hand_over=busy)
    looker.look()

    assert looker.found == wanted
    assert len(looker.told) == len(wanted)


def test_what_waits_goes_on_when_its_place_is_due_again(looker, new_site):
    start, _ = maze(new_site())
    first = looker.looks_at(place("site", start), bounds=Bounds(budget=5))
    assert first.waiting
    looker.clock.forward += 86400
    second = looker.look()
    assert second.waiting == 0


def test_a_place_is_looked_at_when_it_is_due(looker, new_site):
    site = new_site()
    page = site.says("/", page_of(), HTML)
    assert looker.looks_at(place("page", page)).pages == 1
    looker.clock.forward += 3600
    assert looker.look().pages == 0
    assert looker.look(only=["p1"]).pages == 1
    looker.clock.forward += 86400
    assert looker.look().pages == 1


def test_damage_to_what_was_learnt_makes_it_begin_anew(looker, new_site):
    start, wanted = maze(new_site())
    chance = random.Random(3)
    path = looker.home.watch / "looks.db"
    for round_ in range(3):
        looker.prepare(place("site", start))
        looker.look(only=["p1"])
        data = bytearray(path.read_bytes())
        for _ in range(3):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data if round_ else b"no database" * 700)
        looker.clock.forward += 8 * 86400
        looked = looker.look()
        assert not looked.stopped

    assert looker.found == wanted


def test_damage_on_the_way_is_no_error_and_said(looker, new_site):
    start, _ = maze(new_site())
    looker.prepare(place("site", start))
    path = looker.home.watch / "looks.db"
    job = Job()

    def damage(progress):
        if progress.done == 3:
            path.write_bytes(bytes(path.stat().st_size))

    job.listener = damage
    assert "begun-anew" in codes(looker.look(job=job))


def test_nothing_of_a_strangers_picture_is_ever_in_the_home(looker, new_site):
    start, _ = maze(new_site())
    seen: dict[Path, bytes] = {}
    job = Job()

    def read_all(_progress):
        for path in looker.home.root.rglob("*"):
            if path.is_file():
                seen[path] = seen.get(path, b"") + path.read_bytes()

    job.listener = read_all
    looker.prepare(place("site", start))
    looker.look(job=job)

    for number in range(6):
        picture = stranger(number % 3, 60 + number)
        for at in range(0, len(picture) - 32, 512):
            assert not any(picture[at : at + 32] in data for data in seen.values())
    assert not any(b"/s/one" in data or b"SQLite" in data for data in seen.values())
    assert {path.name for path in seen} <= {"looks.db", "looks.db-journal", "looks.lock"}


def test_nobody_is_left_behind(looker, new_site):
    start, _ = maze(new_site())
    looker.looks_at(place("site", start))
    until = time.monotonic() + 20
    while time.monotonic() < until:
        left = [
            each.name for each in threading.enumerate() if each.name[:6] in {"asking", "compar"}
        ]
        if not left:
            return
        time.sleep(0.05)
    pytest.fail(f"{left} are still there")


def test_a_place_that_is_removed_while_it_is_looked_at_is_left_alone(looker, new_site):
    site = new_site()
    start, _ = maze(site)
    looker.prepare(place("site", start))
    job = Job()

    def remove(progress):
        if progress.done == 3:
            looker.prepare()

    job.listener = remove
    looker.look(job=job)
    asked = len(site.asked)
    looked = looker.look()

    assert looked.waiting == 0
    assert len(site.asked) <= asked
    assert asked < 13
