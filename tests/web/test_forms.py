"""Forms are bounded in size, number and time, stay in memory, and give no secret back."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from starlette.responses import JSONResponse

from stillmine.app import actions
from stillmine.app.actions import Answer, Secret, Sends, action, asked, given
from stillmine.app.context import Context
from stillmine.errors import WrongPassphrase
from stillmine.web import connections, reading
from stillmine.web.asking import ask
from stillmine.web.paths import PATHS
from stillmine.web.routing import Needs, Page, all_pages
from stillmine.web.showing import page
from tests.web.server import OURS, SCRIPT

MULTIPART = {"content-type": "multipart/form-data; boundary=xx"}


@dataclass(frozen=True, slots=True)
class Request:
    """What the sample action is asked."""

    words: str = given("Some words.")
    count: int = given("How many.", default=1)
    colour: Literal["red", "blue"] = given("Which.", default="red")
    parts: tuple[str, ...] = given("Some.", default=())
    loud: bool = given("Whether.", default=True)
    folder: Path = given("Where.", default=Path())
    passphrase: Secret = asked("A secret.", secret="passphrase", default=Secret(""))
    send: bool = given("Whether to send.", default=False)

    @property
    def letters(self) -> int:
        """How many letters the words have; words can be too many to say so."""
        if self.words == "too much":
            raise WrongPassphrase
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Said(Answer):
    """What the sample action was asked, and whether it may send."""

    asked: str
    may_send: bool
    files: tuple[str, ...]


SENDS = Sends("the words {words}, {letters} letters", "example.org", "your address", "no")


def _sample(context: Context, request: Request) -> Said:
    """Say what was asked."""
    if request.words == "wrong":
        raise WrongPassphrase
    files = []
    for file in context.handed:
        files.append(f"{file.name}:{file.size}:{file.content.read(4)!r}")
    return Said(repr(request), context.agreed_to_send, tuple(files))


@pytest.fixture(autouse=True)
def _sample_action(monkeypatch):
    monkeypatch.setattr(actions, "_actions", dict(actions._actions))
    action("keep.sample", sends=SENDS, sends_when=lambda request: request.send)(_sample)
    monkeypatch.setitem(PATHS, "sample", "/n/zz")


def sample(visit):
    form = ask(visit, "keep.sample", beside={"keep.wrong-passphrase": "passphrase"})
    if form.answer:
        said = form.answer
        return JSONResponse([said.asked, said.may_send, list(said.files)])
    if form.agreement is not None:
        return form.aside(visit)
    return JSONResponse({"typed": form.typed, "wrong": form.wrong, "trouble": form.trouble}, 422)


def opened(opens, *, uploads=False):
    shown = (Page("sample", sample, Needs.NOTHING, uploads=uploads), *all_pages())
    return opens(shown).comes_in()


def multipart(*parts: tuple[str, str | None, bytes]) -> bytes:
    out = b""
    for name, file, content in parts:
        more = "" if file is None else f'; filename="{file}"'
        head = f'--xx\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
        out += head.encode() + content + b"\r\n"
    return out + b"--xx--\r\n"


class TestRequests:
    def test_each_field_becomes_what_it_is(self, opens):
        fields = {"words": " two words ", "count": "7", "colour": "blue", "folder": "/tmp/x"}
        answer = opened(opens).sends("/n/zz", {**fields, "passphrase": " with spaces "})
        assert answer.status == 200
        said = answer.text
        assert "words='two words', count=7, colour='blue'" in said
        assert "PosixPath('/tmp/x')" in said or "WindowsPath" in said

    def test_what_is_empty_or_no_number_or_no_choice_is_said_beside_its_field(self, opens):
        fields = {"words": " ", "count": "seven", "colour": "green"}
        answer = opened(opens).sends("/n/zz", fields)
        assert answer.status == 422
        wrong = json.loads(answer.text)["wrong"]
        assert set(wrong) == {"words", "count", "colour"}
        assert len(set(wrong.values())) == 3

    def test_what_was_typed_is_there_again_but_no_secret(self, opens):
        fields = {"words": "", "count": "12", "passphrase": "do-not-echo-me"}
        answer = opened(opens).sends("/n/zz", fields)
        assert '"count":"12"' in answer.text
        assert "do-not-echo-me" not in answer.text
        assert "passphrase" not in answer.text

    def test_an_error_of_the_action_stands_beside_its_field(self, opens):
        answer = opened(opens).sends("/n/zz", {"words": "wrong", "passphrase": "do-not-echo-me"})
        assert '"wrong":{"passphrase":"' in answer.text
        assert "do-not-echo-me" not in answer.text

    def test_a_box_that_was_not_on_the_form_keeps_its_default(self, opens):
        visitor = opened(opens)
        assert "loud=True" in visitor.sends("/n/zz", {"words": "a"}).text
        assert "loud=False" in visitor.sends("/n/zz", {"words": "a", "loud.asked": "1"}).text
        fields = {"words": "a", "loud.asked": "1", "loud": "yes"}
        assert "loud=True" in visitor.sends("/n/zz", fields).text


class TestSending:
    def asks_to_send(self, visitor, **more):
        fields = {"words": "<b>hello</b>", "send": "yes", **more}
        answer = visitor.sends("/n/zz", fields)
        assert answer.status == 200, answer.text
        return answer.text

    def token(self, text):
        return re.search(r'name="agree" value="([^"]+)"', text)[1]

    def test_nothing_is_done_before_the_yes_and_all_four_things_are_said(self, opens):
        said = self.asks_to_send(opened(opens), passphrase="do-not-echo-me")
        for part in ("the words &lt;b&gt;hello", "example.org", "your address"):
            assert part in said
        assert "do-not-echo-me" not in said

    def test_after_the_yes_the_same_request_is_done_with_its_secret(self, opens):
        visitor = opened(opens)
        token = self.token(self.asks_to_send(visitor, passphrase="kept here"))
        answer = visitor.sends("/n/zz", {"agree": token, "words": "something else"})
        asked_for, may_send, _files = json.loads(answer.text)
        assert may_send
        assert "<b>hello</b>" in asked_for
        assert "something else" not in asked_for

    def test_a_yes_counts_once_and_only_for_what_was_shown(self, opens):
        visitor = opened(opens)
        token = self.token(self.asks_to_send(visitor))
        assert visitor.sends("/n/zz", {"agree": token}).status == 200
        assert visitor.sends("/n/zz", {"agree": token}).status == 422
        assert visitor.sends("/n/zz", {"agree": "made-up"}).status == 422

    def test_what_follows_from_what_was_typed_is_said_too(self, opens):
        assert ", 12 letters" in self.asks_to_send(opened(opens))

    def test_what_is_wrong_before_a_yes_can_be_asked_for_stands_beside_its_field(self, opens):
        fields = {"words": "too much", "send": "yes"}
        answer = opened(opens).sends("/n/zz", fields)
        assert answer.status == 422
        assert '"wrong":{"passphrase":"' in answer.text
        assert '"words":"too much"' in answer.text

    def test_locking_forgets_what_waits_for_a_yes(self, opens):
        visitor = opened(opens)
        token = self.token(self.asks_to_send(visitor))
        visitor.door.lock()
        assert visitor.sends("/n/zz", {"agree": token}).status == 422

    def test_what_sends_nothing_is_done_at_once_and_may_not_send(self, opens):
        answer = opened(opens).sends("/n/zz", {"words": "a"})
        assert ",false," in answer.text.replace(" ", "")


class TestUploads:
    def uploads(self, visitor, *parts, **more):
        body = multipart(("words", None, b"x"), *parts)
        return visitor.asks("/n/zz", "POST", OURS | MULTIPART | more, body)

    def test_a_file_reaches_the_action_under_its_name(self, opens):
        answer = self.uploads(opened(opens, uploads=True), ("f", "a b.jpg", b"12345678"))
        assert "a b.jpg:8:b'1234'" in answer.text

    def test_two_files_of_one_field_and_an_empty_field(self, opens):
        parts = (("f", "a", b"1"), ("f", "b", b"22"), ("g", "", b""))
        answer = self.uploads(opened(opens, uploads=True), *parts)
        assert answer.text.count(":b'") == 2

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\\\Users\\\\x\\\\a.jpg", "a.jpg"),
            ("/etc/passwd", "passwd"),
            ("..", "file"),
            ("a\x00b", "ab"),
        ],
    )
    def test_the_name_of_a_file_names_no_place(self, opens, given, kept):
        answer = self.uploads(opened(opens, uploads=True), ("f", given, b"1"))
        assert f"{kept}:1:" in answer.text

    def test_no_byte_of_a_file_is_written_to_a_disk(self, opens, tmp_path, monkeypatch):
        """Five megabytes: five times what the usual way holds in memory."""
        places = [tmp_path / "tmp", tmp_path / "home"]
        places[0].mkdir()
        for name in ("TMPDIR", "TEMP", "TMP"):
            monkeypatch.setenv(name, str(places[0]))
        visitor = opened(opens, uploads=True)
        seen: list[str] = []
        stop = threading.Event()

        def watch():
            while not stop.is_set():
                seen.extend(open_files())

        watcher = threading.Thread(target=watch)
        watcher.start()
        answer = self.uploads(visitor, ("f", "big", b"NEEDLE" * 900_000))
        stop.set()
        watcher.join()
        assert answer.status == 200
        assert not list(places[0].rglob("*"))
        files = {name for name in seen if str(tmp_path) in name}
        assert not files, files
        assert any("memfd:" in name for name in seen)

    def test_after_the_answer_the_memory_is_given_back(self, opens):
        visitor = opened(opens, uploads=True)
        self.uploads(visitor, ("f", "a", b"1" * 100_000))
        assert not any("memfd" in name for name in open_files())

    def test_a_page_that_takes_no_files_refuses_them(self, opens):
        assert self.uploads(opened(opens), ("f", "a", b"1")).status == 413

    def test_more_than_the_bound_is_refused_before_it_is_read(self, opens):
        visitor = opened(opens, uploads=True)
        length = str(reading.MOST_UPLOAD + 1)
        answer = visitor.asks("/n/zz", "POST", OURS | MULTIPART | {"content-length": length}, b"x")
        assert answer.status == 413
        assert "too much" in answer.text

    def test_more_than_the_bound_in_pieces_without_a_length_is_refused_too(
        self, opens, monkeypatch
    ):
        monkeypatch.setattr(reading, "MOST_UPLOAD", 100_000)
        visitor = opened(opens, uploads=True)
        head = f"POST /n/zz HTTP/1.1\r\nhost: {visitor.host}\r\ncookie: {visitor.cookie}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in (OURS | MULTIPART).items())
        body = multipart(("f", "a", b"1" * 150_000))
        chunk = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
        got = visitor.raw(f"{head}transfer-encoding: chunked\r\n\r\n".encode() + chunk)
        assert b" 413 " in got.split(b"\r\n")[0]

    def test_a_field_as_large_as_a_film_is_refused(self, opens):
        visitor = opened(opens, uploads=True)
        body = multipart(("words", None, b"w" * 1_000_000))
        assert visitor.asks("/n/zz", "POST", OURS | MULTIPART, body).status == 413

    def test_a_thousand_fields_are_refused(self, opens):
        visitor = opened(opens)
        assert visitor.sends("/n/zz", {f"f{number}": "1" for number in range(1000)}).status == 413

    @pytest.mark.parametrize(
        ("kind", "body"),
        [
            ("multipart/form-data", b""),
            ("multipart/form-data; boundary=", b""),
            ("multipart/form-data; boundary=xx", b"no parts at all"),
            ("multipart/form-data; boundary=xx", b"--xx\r\nContent-Dis"),
            ("text/plain", b"words=a"),
            ("application/json", b"{}"),
            ("", b"words=a"),
        ],
    )
    def test_what_is_no_form_is_refused_in_plain_words(self, opens, kind, body):
        answer = opened(opens).asks("/n/zz", "POST", OURS | {"content-type": kind}, body)
        assert answer.status in (400, 422)
        assert "Traceback" not in answer.text


def open_files() -> list[str]:
    """Return what this process has open, as the system names it."""
    found = []
    for link in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            found.append(str(link.readlink()))
    return found


class TestTime:
    def test_a_form_that_comes_too_slowly_is_given_up(self, opens, monkeypatch):
        monkeypatch.setattr(reading, "_SECONDS", 0.2)
        visitor = opened(opens)
        head = f"POST /n/zz HTTP/1.1\r\nhost: {visitor.host}\r\ncookie: {visitor.cookie}\r\n"
        more = OURS | {"content-type": "application/x-www-form-urlencoded", "content-length": "9"}
        head += "".join(f"{name}: {value}\r\n" for name, value in more.items())
        got = visitor.raw(f"{head}\r\nwords".encode())
        assert b" 408 " in got.split(b"\r\n")[0]

    def test_a_drip_that_never_pauses_is_given_up_as_well(self, opens, monkeypatch):
        monkeypatch.setattr(reading, "_SECONDS_IN_ALL", 0.3)
        visitor = opened(opens)
        head = f"POST /n/zz HTTP/1.1\r\nhost: {visitor.host}\r\ncookie: {visitor.cookie}\r\n"
        more = OURS | {
            "content-type": "application/x-www-form-urlencoded",
            "content-length": "9999",
        }
        head += "".join(f"{name}: {value}\r\n" for name, value in more.items())
        with visitor.connects() as line:
            line.sendall(f"{head}\r\n".encode())
            line.settimeout(0.05)
            got = b""
            while not got:
                with contextlib.suppress(OSError):  # hung up between two reads: the answer is there
                    line.sendall(b"w")
                try:
                    got = line.recv(4096)
                except TimeoutError:
                    continue
        assert b" 408 " in got.split(b"\r\n")[0]

    @pytest.mark.parametrize("sent", [b"", b"GET /n/ HT", b"GET /n/ HTTP/1.1\r\nhost: a"])
    def test_a_request_that_never_becomes_whole_is_let_fall(self, opens, monkeypatch, sent):
        monkeypatch.setattr(connections, "_SECONDS", 0.2)
        with opens().connects() as line:
            line.sendall(sent)
            with contextlib.suppress(ConnectionResetError):
                assert line.recv(100) == b""

    def test_headers_without_end_are_refused(self, opens):
        visitor = opened(opens)
        got = visitor.raw(b"GET /n/ HTTP/1.1\r\n" + b"x-a: " + b"b" * 100_000)
        assert b" 400 " in got.split(b"\r\n")[0]

    def test_many_connections_do_not_shut_the_person_out(self, opens):
        visitor = opened(opens)
        lines = [visitor.connects() for _ in range(connections.MOST * 2)]
        try:
            # The ones that were too many are gone at once; the first ones go when their time is up.
            gone = 0
            for line in lines[connections.MOST + 5 :]:
                line.settimeout(10)
                try:
                    gone += line.recv(1) == b""
                except ConnectionResetError:
                    gone += 1
            assert gone >= connections.MOST - 10
        finally:
            for line in lines:
                line.close()
        assert visitor.asks("/n/").status == 200


def test_a_script_may_send_a_form_too(opens):
    headers = SCRIPT | {"content-type": "application/x-www-form-urlencoded"}
    assert opened(opens).asks("/n/zz", "POST", headers, b"words=a").status == 200


def test_a_template_that_lacks_a_fact_is_an_error_and_not_an_empty_place(opens, monkeypatch):
    monkeypatch.setitem(PATHS, "bare", "/n/zy")
    bare = Page("bare", lambda visit: page(visit, "agree.html"), Needs.NOTHING)
    answer = opens((bare, *all_pages())).comes_in().asks("/n/zy")
    assert answer.status == 500
    assert "did not foresee" in answer.text
