"""When archives saw pages is kept with the vault, and told once for each page."""

from __future__ import annotations

import pytest

from stillmine.app.actions import Outcome
from stillmine.app.fingerprinting import make_missing
from stillmine.app.jobs import Job
from stillmine.app.storage.looks import Saw, Step
from stillmine.cli.rendering import answer_lines
from stillmine.errors import Stopped
from stillmine.imaging import Decoder
from stillmine.watch import existing
from stillmine.watch.found import FoundRequest, found
from stillmine.watch.placing.listing import RemoveRequest, remove
from stillmine.watch.preparing import looks_of, prepare
from tests.keep.conftest import _quick, newcomer, photos  # noqa: F401  fixtures
from tests.watch.watching import Watcher

PAGE = "https://site.example/me"
COPY = "https://web.archive.org/web/2024/https://site.example/me"


@pytest.fixture
def watcher(newcomer, photos):  # noqa: F811  the fixtures of those names
    watcher = Watcher(newcomer.folder)
    watcher.sets_up()
    watcher.keeps(photos)
    watcher.place = watcher.adds("wayback", PAGE).place
    return watcher


def learns(watcher, *saws):
    with watcher.vault() as vault, looks_of(vault) as looks:
        looks.write(Step(existed=[Saw(watcher.place, *each) for each in saws]))


def shows(watcher):
    return found(watcher.context, FoundRequest())


def test_a_page_is_told_once_with_its_first_and_last_time_and_the_newest_copy(watcher):
    learns(
        watcher,
        (PAGE, "2024-01-02T00:00:00+00:00", 200, COPY),
        (PAGE, "2021-05-06T00:00:00+00:00", 200, ""),
        ("https://site.example/other", "2022-01-01T00:00:00+00:00", 404, ""),
    )
    answer = shows(watcher)
    assert [each.page for each in answer.existed] == [PAGE, "https://site.example/other"]
    first = answer.existed[0]
    assert (first.first[:10], first.last[:10], first.times) == ("2021-05-06", "2024-01-02", 2)
    assert first.copy == COPY
    text = "\n".join(answer_lines("watch.found", answer))
    assert f"{PAGE}: archives saw it 2 times, from 2021-05-06 to 2024-01-02." in text
    assert "an archive saw it on 2022-01-01" in text
    assert answer.outcome is Outcome.NOTHING_FOUND


def test_what_was_kept_outlives_the_place_and_all_that_looking_learnt(watcher):
    learns(watcher, (PAGE, "2024-01-02T00:00:00+00:00", 200, COPY))
    with watcher.vault(writing=True) as vault:
        existing.keep_existed(vault)
        existing.keep_existed(vault)
    remove(watcher.context, RemoveRequest(watcher.place))
    (watcher.folder / "watch" / "looks.db").unlink()
    (kept,) = shows(watcher).existed
    assert (kept.page, kept.times) == (PAGE, 1)


def test_a_later_look_adds_to_what_was_kept(watcher):
    learns(watcher, (PAGE, "2024-01-02T00:00:00+00:00", 200, ""))
    with watcher.vault(writing=True) as vault:
        existing.keep_existed(vault)
    (watcher.folder / "watch" / "looks.db").unlink()
    shows(watcher)
    learns(watcher, (PAGE, "2025-01-02T00:00:00+00:00", 200, ""))
    with watcher.vault(writing=True) as vault:
        existing.keep_existed(vault)
    assert shows(watcher).existed[0].times == 2


def test_sums_that_were_taken_before_a_stop_are_not_taken_again(watcher):
    stop = Job(listener=lambda progress: progress.done == 1 and stopping(stop))
    with watcher.vault() as vault, Decoder() as decoder:
        make_missing(vault, decoder, Job())
        with pytest.raises(Stopped):
            prepare(vault, decoder, stop)
        with looks_of(vault) as looks:
            assert len(looks.own()) == 1
        prepare(vault, decoder, Job())
        with looks_of(vault) as looks:
            assert len(looks.own()) == 3


def stopping(job):
    job.stop_asked = True
