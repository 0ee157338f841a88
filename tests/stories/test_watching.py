"""From a place that somebody names to a copy that is found there, and on to a case."""

import os
import shutil
import signal
import subprocess
import threading

import pytest

from stillmine.imaging import drawn
from stillmine.imaging.drawn import draw
from tests.stories.program import Program
from tests.stories.test_found_online import jpeg

SIZE = (640, 480)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Return a vault with two pictures, set up once: each story has a copy of it."""
    program = Program(tmp_path_factory.mktemp("kept"))
    own = program.folder / "own"
    own.mkdir()
    for number in (0, 2):
        (own / f"{number}.jpg").write_bytes(draw(number, size=SIZE))
    program.run("keep", "init")
    program.run("keep", "add", own, "--label", "only for me")
    return program.home


@pytest.fixture
def program(kept, tmp_path):
    program = Program(tmp_path)
    shutil.copytree(kept, program.home)
    program.run("keep", "unlock")
    yield program
    program.run("keep", "lock")


@pytest.fixture
def site(new_site):
    """Return a site with a thread: a part of an own picture, and a stranger's."""
    site = new_site()
    part = jpeg(drawn.pixels(2, SIZE)[40:440, 80:600])
    pictures = (part, draw(101, size=SIZE))
    urls = [site.says(f"/src/{number}.jpg", data) for number, data in enumerate(pictures)]
    page = "".join(f'<a href="{url}"><img src="{url}"></a>' for url in urls)
    site.says("/thread", page.encode(), ("Content-Type", "text/html"))
    return site


def allowed():
    return {"STILLMINE_ALLOW_LOOPBACK": os.environ["STILLMINE_ALLOW_LOOPBACK"]}


def person_says(program, *typed):
    command = [word for word in program.command(*typed) if word != "--json"]
    environment = program.environment(**allowed())
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_from_a_place_to_a_finding_to_a_case(program, site):
    page = site.url("/thread")
    place = ("watch", "place", "add", "page", page, "--name", "the board")
    assert program.run(*place, code=60)["code"] == "network.nothing-may-leave"
    assert program.run(*place, "--yes", code=196)["code"] == "act.age-not-said"
    assert program.run("watch", "place", "list", code=4)["places"] == []
    added = program.run(*place, "--yes", "--under-18", "no")
    assert site.asked == []

    answer = program.run("watch", "look", "--yes", **allowed())
    (found,) = answer["findings"]
    assert (found["page"], found["picture"]) == (page, site.url("/src/0.jpg"))
    assert (found["kind"], found["name"], found["label"]) == ("part-of", "2.jpg", "only for me")
    assert (answer["pages"], answer["pictures"], answer["problems"]) == (1, 2, [])
    assert {each.headers["user-agent"].split("/")[0] for each in site.asked} == {"stillmine"}
    assert next(each.target for each in site.asked) == "/robots.txt"
    assert program.run("watch", "look", "--yes", code=4, **allowed())["places"] == 0

    (listed,) = program.run("watch", "place", "list")["places"]
    assert (listed["place"], listed["problems"]) == (added["place"], [])
    assert listed["due"] > listed["looked_at"]

    told = person_says(program, "watch", "found")
    assert told.returncode == 0
    for part in (page, "the board", "only for me", "Details of it agree with your picture."):
        assert part in told.stdout

    taken = program.run(
        "watch", "take-up", found["finding"][:8], "--country", "FR", "--under-18", "no"
    )
    assert [each["url"] for each in taken["added"]] == [page, site.url("/src/0.jpg")]
    assert taken["next"] == [f"stillmine act capture {page} --case {taken['case']} --level covered"]
    case = program.run("act", "case", "show", taken["case"])
    assert page in str(case)

    program.run("watch", "dismiss", found["finding"])
    assert program.run("watch", "found", code=4)["dismissed"] == 1
    assert program.run("watch", "look", "--now", "--yes", code=4, **allowed())["found"] == 0
    program.run("watch", "place", "remove", "the board")
    assert program.run("watch", "look", "--yes", code=226)["code"] == "watch.no-places"
    assert len(program.run("watch", "found", "--all")["findings"]) == 1


def test_a_look_that_is_killed_goes_on_and_reports_once(program, site):
    program.run("watch", "place", "add", "page", site.url("/thread"), "--yes", "--under-18", "no")
    asked, go_on = threading.Event(), threading.Event()
    usual = site._paths["/src/1.jpg"]

    def late(line, request):
        asked.set()
        go_on.wait(30)
        usual(line, request)

    site.does("/src/1.jpg", late)
    command = program.command("watch", "look", "--yes")
    environment = program.environment(**allowed())
    running = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    assert asked.wait(120)
    running.send_signal(signal.SIGKILL)
    running.wait()
    go_on.set()

    before = program.run("watch", "found", code=0 if arrived(program) else 4)["findings"]
    answer = program.run("watch", "look", "--yes", code=4 if before else 0, **allowed())
    assert len(before) + answer["found"] == 1
    assert len(program.run("watch", "found")["findings"]) == 1
    pages = [each.target for each in site.asked if each.target == "/thread"]
    assert pages == ["/thread"]


def arrived(program):
    return any((program.home / "inbox").glob("*.age"))
