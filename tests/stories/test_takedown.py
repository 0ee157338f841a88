"""Somebody finds their picture online: proof, letters, deadlines, until it is gone, and back."""

from __future__ import annotations

import smtplib
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from stillmine.act.clock.upcoming import ClockRequest, clock
from stillmine.app.context import Context
from stillmine.imaging.drawn import draw
from stillmine.journeys.walk import TypedPassphrase
from tests.counterparts import need
from tests.servers.mailbox import Mailbox
from tests.servers.registries import Registry
from tests.servers.sites import Authority, Site
from tests.servers.stampers import Stamper
from tests.stories.program import Program

PICTURE = draw(3, size=(640, 480))
PAGE = b"<!doctype html><title>Look at her</title><h1>Look</h1><img src=/leak.jpg width=320>"
WHERE = "/thread/7"
STAMPERS = ("right", "disordered", "expired")
HOST_MAIL = "abuse@host.example"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    yield box
    box.close()


@pytest.fixture
def site(new_site: Callable[..., Site]) -> Site:
    leak = new_site(https=True)
    leak.says("/leak.jpg", PICTURE, ("Content-Type", "image/jpeg"))
    leak.says(WHERE, PAGE, ("Content-Type", "text/html"))
    return leak


@pytest.fixture
def program(tmp_path: Path) -> Program:
    program = Program(tmp_path)
    program.run("keep", "init")
    return program


class Story:
    """One person's case, as they go through it."""

    def __init__(self, program: Program, environment: dict[str, str]) -> None:
        self.program, self.environment = program, environment
        self.case = program.run("act", "case", "new", "--country", "US", "--under-18", "no")["case"]

    def does(self, *typed: str | Path, code: int = 0) -> dict[str, Any]:
        return self.program.run("act", *typed, code=code, **self.environment)

    def of_case(self, *typed: str | Path, code: int = 0) -> dict[str, Any]:
        return self.does(*typed, "--case", self.case, code=code)

    def shown(self) -> dict[str, Any]:
        return self.does("case", "show", self.case)

    def may_also_ask(self, *places: str) -> None:
        """Let the program go to more places on loopback."""
        allowed = self.environment["STILLMINE_ALLOW_LOOPBACK"]
        self.environment["STILLMINE_ALLOW_LOOPBACK"] = ",".join([allowed, *places])

    def proof_on_disk(self) -> Path:
        folder = self.program.folder / "for the lawyer"
        folder.mkdir()
        return Path(self.of_case("hand-out", "p1", "--to", folder, "--yes")["file"])

    def due_after(self, days: float) -> Any:
        """Ask the clock on a day to come, as the program would find it then."""
        later = datetime.now(UTC) + timedelta(days=days)
        keys = TypedPassphrase((self.program.folder / "phrase").read_text())
        context = Context(self.program.home, keys, now=lambda: later)
        return clock(context, ClockRequest(case=self.case))


@pytest.fixture
def story(program: Program, site: Site, authority: Authority) -> Story:
    # What the site says of itself is believed here as that of most sites is elsewhere.
    believed = {"SSL_CERT_FILE": str(authority.file)}
    return Story(program, {"STILLMINE_ALLOW_LOOPBACK": site.place, **believed})


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return (done.stdout + done.stderr).decode(errors="replace")


def test_from_the_first_look_to_the_picture_that_comes_back(
    story: Story,
    site: Site,
    mailbox: Mailbox,
    new_stamper: Callable[[str], Stamper],
    new_site: Callable[..., Registry],
) -> None:
    need("chromium")
    story.does("case", "add", story.case, site.url(WHERE), "--uploader", "somebody")
    assert site.asked == [], "an address is written down, and nobody is asked"
    keeps_proof(story, site, [new_stamper(kind) for kind in STAMPERS])
    asks_who_runs_it(story, site, new_site(kind=Registry))
    asks_for_removal(story, site, mailbox)
    watches_the_clock(story, site)
    sees_it_gone_and_back(story, site)
    hands_in_a_report(story)


def keeps_proof(story: Story, site: Site, stampers: list[Stamper]) -> None:
    kept = story.of_case("capture", site.url(WHERE), "--level", "covered", "--no-stamp", "--yes")
    assert kept["proof"] == "p1"
    assert "/leak.jpg" not in [each.target for each in site.asked]
    story.may_also_ask(*(f"127.0.0.1:{each.port}" for each in stampers))
    by = [part for each in stampers for part in ("--by", f"{each.kind}={each.url}")]
    (stamped,) = story.of_case("stamp", *by, "--yes")["stamped"]
    assert stamped["stamped"] == list(STAMPERS)
    file = story.proof_on_disk()
    roots = [part for each in stampers for part in ("--root", each.root_file)]
    found = story.does("verify", file, *roots)
    assert (found["verdict"], bool(found["since"])) == ("unchanged", True)
    by_hand(file, stampers[:2])
    assert story.does("verify", tampered(file), *roots, code=3)["verdict"] == "changed"


def asks_who_runs_it(story: Story, site: Site, registry: Registry) -> None:
    registry.has_network("127.0.0.1", "HOSTING-1", "Host of the tests", HOST_MAIL)
    story.may_also_ask(registry.place)
    host = story.of_case("host", site.url(WHERE), "--rdap", registry.url(""), "--yes")
    assert HOST_MAIL in str(host)


def asks_for_removal(story: Story, site: Site, mailbox: Mailbox) -> None:
    letter = ("notice", "--to-host", HOST_MAIL, "--regime", "us-tida")
    early = story.of_case(*letter, code=3)
    assert not early["ready"]
    assert {"signature", "contact"} <= {each["element"] for each in early["missing"]}
    story.does("case", "sender", story.case, "--name", "Ana Example", "--mail", "ana@mail.example")
    out = story.program.folder / "letters"
    out.mkdir()
    assert story.of_case(*letter, "--out", out)["ready"]
    send_as_a_mail_program_does(out, mailbox)
    assert mailbox.to == [HOST_MAIL]
    assert site.url(WHERE) in mailbox.letters[0].get_body(("plain",)).get_content()


def watches_the_clock(story: Story, site: Site) -> None:
    story.of_case("track", "sent")
    (running,) = story.due_after(1).due
    assert (running.what, running.legal, running.over) == ("answer", True, False)
    assert running.trigger == "valid-request"
    (late, *_) = story.due_after(3).due
    assert (late.what, late.over) == ("answer", True)
    complaint = story.of_case("complain")
    assert site.url(WHERE) in str(complaint["letter"])
    assert complaint["url"] or complaint["how"]


def sees_it_gone_and_back(story: Story, site: Site) -> None:
    site.says(WHERE, b"gone", status=410)
    assert story.of_case("recheck", "--yes")["gone"] == 1
    story.of_case("track", "removed", "--notice", "n1")
    story.does("case", "close", story.case)
    site.says(WHERE, PAGE, ("Content-Type", "text/html"))
    answer = story.of_case("recheck", "--yes")
    assert (answer["there"], answer["back"], answer["reopened"]) == (1, ["n1"], True)
    shown = story.shown()
    assert (shown["state"], shown["notices"][0]["state"]) == ("open", "reappeared")
    assert "/leak.jpg" not in [each.target for each in site.asked], "never, by any step"


def hands_in_a_report(story: Story) -> None:
    report = story.program.folder / "report.pdf"
    story.of_case("report", report)
    assert report.read_bytes().startswith(b"%PDF-")
    assert PICTURE[200:300] not in report.read_bytes()
    assert story.does("case", "custody", story.case)["log"]


def by_hand(file: Path, stampers: list[Stamper]) -> None:
    """Check a proof with other people's programs alone, as its README says."""
    here = file.parent / "here"
    run("unzip", "-q", file, "-d", here, cwd=file.parent)
    run("sha256sum", "--check", "proof/root.txt", cwd=here)
    signed = ("-verify", "proof/key.pem", "-signature", "proof/root.sig", "proof/root.txt")
    assert "Verified OK" in run("openssl", "dgst", "-sha256", *signed, cwd=here)
    for each in stampers:
        (found,) = here.glob(f"timestamps/*-{each.kind}.tsr")
        reply = found.relative_to(here)  # openssl takes a blank in a name for the next name
        chain = reply.with_suffix(".pem")
        what = ("-data", "proof/root.txt", "-in", reply, "-untrusted", chain)
        said = run("openssl", "ts", "-verify", *what, "-CAfile", each.root_file, cwd=here)
        assert "Verification: OK" in said
    warcio = Path(sys.executable).with_name("warcio")
    run(warcio, "check", "-v", "archive/data.warc.gz", cwd=here)


def tampered(file: Path) -> Path:
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 4
    changed = file.with_name("changed.wacz")
    changed.write_bytes(content)
    return changed


def send_as_a_mail_program_does(folder: Path, mailbox: Mailbox) -> None:
    (letter,) = folder.glob("*.eml")
    message = message_from_bytes(letter.read_bytes(), policy=policy.default)
    with smtplib.SMTP("127.0.0.1", mailbox.port, local_hostname="localhost") as server:
        server.send_message(message)


def test_somebody_under_18_is_led_to_help_and_nothing_is_kept(program: Program, site: Site) -> None:
    for answer in ("yes", "unsure"):
        said = program.run("act", "case", "new", "--country", "GB", "--under-18", answer, code=3)
        assert said["case"] is None
        assert said["services"]
    assert program.run("act", "case", "list", code=4)["cases"] == []
    refused = program.run("act", "case", "new", "--country", "GB", code=said_nothing(program))
    assert not refused["ok"]
    assert site.asked == []


def said_nothing(program: Program) -> int:
    """Return the exit code where the question was not answered."""
    from stillmine.errors import AgeNotKnown

    return AgeNotKnown.exit_code
