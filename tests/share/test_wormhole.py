"""A sealed file goes from computer to computer, through real servers on this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from stillmine.app.network.permit import Permit
from stillmine.app.network.wormhole import Meeting, send
from stillmine.crypto import X25519Identity
from stillmine.errors import (
    ConnectionLost,
    NobodyCame,
    NotAHandover,
    NothingMayLeave,
    Stopped,
    StrangeAnswer,
    WrongCode,
    WrongUsage,
)
from stillmine.share import sending
from stillmine.share.seal import seal_to_key
from tests.servers.process import ServerProcess, free_port
from tests.share.conftest import Person, sealed

TWIST = str(Path(sys.executable).parent / "twist")
PROGRAM = str(Path(sys.executable).parent / "wormhole")


@dataclass(frozen=True)
class Servers:
    mailbox: str
    relay: str


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    folder = tmp_path_factory.mktemp("wormhole")
    mail, pass_on = free_port(), free_port()
    database = f"--channel-db={folder / 'mailbox.sqlite'}"
    mailbox = [TWIST, "wormhole-mailbox", f"--port=tcp:{mail}:interface=127.0.0.1", database]
    relay = [TWIST, "transitrelay", f"--port=tcp:{pass_on}:interface=127.0.0.1"]
    running = [
        ServerProcess(mailbox, mail, folder / "mailbox.log"),
        ServerProcess(relay, pass_on, folder / "relay.log"),
    ]
    yield Servers(f"ws://127.0.0.1:{mail}/v1", f"tcp://127.0.0.1:{pass_on}")
    for server in running:
        server.stop()


@pytest.fixture(scope="module")
def content() -> bytes:
    key = X25519Identity.generate().recipient
    return sealed(seal_to_key(key), os.urandom(700_000))


@pytest.fixture
def file(content: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "k7.age"
    path.write_bytes(content)
    return path


class Sending(threading.Thread):
    """Somebody who sends a file, and says the code that they are told."""

    def __init__(self, person: Person, request: sending.SendRequest) -> None:
        super().__init__(daemon=True)
        self.person, self.request = person, request
        self.result: Any = None
        self._code = ""
        self._told = threading.Event()
        person.job.announcer = self._announce
        self.start()

    def _announce(self, key: str, facts: Mapping[str, str]) -> None:
        assert key == "send-code"
        self._code = facts["code"]
        self._told.set()

    def run(self) -> None:
        try:
            self.result = sending.send_(agreed(self.person), self.request)
        except Exception as problem:  # noqa: BLE001  the other thread looks at it
            self.result = problem
        self._told.set()

    @property
    def code(self) -> str:
        assert self._told.wait(60)
        assert self._code, self.result
        return self._code

    def ends(self) -> Any:
        self.join(90)
        assert not self.is_alive()
        return self.result


def agreed(person: Person) -> Any:
    return replace(person.context, agreed_to_send=True)


@pytest.fixture
def sends(newcomer: Callable[[str], Person], servers: Servers) -> Callable[..., Sending]:
    person = newcomer("Ada")

    def start(file: Path, **more: Any) -> Sending:
        request = sending.SendRequest(file, servers.mailbox, servers.relay, **more)
        return Sending(person, request)

    return start


@pytest.fixture
def takes(
    newcomer: Callable[[str], Person], servers: Servers, tmp_path: Path
) -> Callable[..., sending.ReceiveAnswer]:
    person = newcomer("Bo")

    def start(code: str, **more: Any) -> sending.ReceiveAnswer:
        out = tmp_path / "taken"
        request = sending.ReceiveRequest(code, out, servers.mailbox, servers.relay, **more)
        return sending.receive(agreed(person), request)

    return start


@pytest.mark.parametrize("direct", [False, True])
def test_a_file_comes_over_bit_by_bit(
    sends: Callable[..., Sending],
    takes: Callable[..., sending.ReceiveAnswer],
    file: Path,
    content: bytes,
    direct: bool,
) -> None:
    sender = sends(file, direct=direct)
    answer = takes(sender.code.upper().replace("-", " "), direct=direct)
    assert sender.ends() == sending.SendAnswer(len(content))
    assert answer.file.read_bytes() == content
    assert answer.file.suffix == ".age"
    assert answer.bytes == len(content)
    assert len(sender.code.split("-")) == 4


def test_two_computers_in_one_home_need_no_relay(
    newcomer: Callable[[str], Person], servers: Servers, file: Path, content: bytes, tmp_path: Path
) -> None:
    nowhere = f"tcp://127.0.0.1:{free_port()}"
    request = sending.SendRequest(file, servers.mailbox, nowhere, direct=True)
    sender = Sending(newcomer("Ada"), request)
    out = tmp_path / "taken"
    wish = sending.ReceiveRequest(sender.code, out, servers.mailbox, nowhere, direct=True)
    assert sending.receive(agreed(newcomer("Bo")), wish).file.read_bytes() == content
    assert sender.ends() == sending.SendAnswer(len(content))


def test_the_wormhole_program_takes_what_we_send(
    sends: Callable[..., Sending], servers: Servers, file: Path, content: bytes, tmp_path: Path
) -> None:
    sender = sends(file)
    relay = servers.relay.replace("://", ":")
    command = [PROGRAM, "--relay-url", servers.mailbox, "--transit-helper", relay]
    out = tmp_path / "out"
    out.mkdir()
    more = ["receive", "--accept-file", "--hide-progress", sender.code]
    subprocess.run([*command, *more], cwd=out, check=True, capture_output=True, timeout=90)
    assert sender.ends() == sending.SendAnswer(len(content))
    (came,) = out.iterdir()
    assert came.read_bytes() == content
    assert "k7" not in came.name


def test_we_take_what_the_wormhole_program_sends(
    takes: Callable[..., sending.ReceiveAnswer], servers: Servers, file: Path, content: bytes
) -> None:
    relay = servers.relay.replace("://", ":")
    code = "4711-tiger-piano-salute"
    command = [PROGRAM, "--relay-url", servers.mailbox, "--transit-helper", relay, "send"]
    with subprocess.Popen(
        [*command, "--hide-progress", "--code", code, str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as program:
        assert takes(code).file.read_bytes() == content
        assert program.wait(60) == 0


def test_a_program_hears_the_code_while_the_sending_waits(
    takes: Callable[..., sending.ReceiveAnswer],
    servers: Servers,
    file: Path,
    content: bytes,
    tmp_path: Path,
) -> None:
    home = ["--home", str(tmp_path / "no vault"), "--json"]
    where = ["--mailbox", servers.mailbox, "--relay", servers.relay]
    command = [sys.executable, "-m", "stillmine", *home, "share", "send", str(file), *where]
    refused = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert json.loads(refused.stdout)["code"] == "network.nothing-may-leave"
    with subprocess.Popen(
        [*command, "--yes"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stderr is not None
        said = (json.loads(line) for line in program.stderr)
        code = next(each["code"] for each in said if each.get("announced") == "send-code")
        assert takes(code).file.read_bytes() == content
        stdout, _ = program.communicate(timeout=90)
    assert json.loads(stdout)["answer"] == {"bytes": len(content)}


def test_a_wrong_code_hands_over_nothing_and_is_used_up(
    sends: Callable[..., Sending],
    takes: Callable[..., sending.ReceiveAnswer],
    file: Path,
    tmp_path: Path,
) -> None:
    sender = sends(file)
    number = sender.code.partition("-")[0]
    with pytest.raises(WrongCode):
        takes(f"{number}-wrong-words-here")
    assert isinstance(sender.ends(), WrongCode)
    assert list((tmp_path / "taken").iterdir()) == []


def test_a_file_that_is_too_large_is_not_taken(
    sends: Callable[..., Sending],
    takes: Callable[..., sending.ReceiveAnswer],
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending, "_MOST", 1000)
    sender = sends(file)
    with pytest.raises(StrangeAnswer):
        takes(sender.code)
    assert isinstance(sender.ends(), StrangeAnswer)
    assert list((tmp_path / "taken").iterdir()) == []


def test_what_is_not_sealed_does_not_leave(sends: Callable[..., Sending], tmp_path: Path) -> None:
    plain = tmp_path / "plain.jpg"
    plain.write_bytes(b"\xff\xd8\xff a picture")
    assert isinstance(sends(plain).ends(), NotAHandover)


def test_nothing_leaves_without_a_yes(
    newcomer: Callable[[str], Person], file: Path, servers: Servers
) -> None:
    person = newcomer("Ada")
    with pytest.raises(NothingMayLeave):
        sending.send_(person.context, sending.SendRequest(file, servers.mailbox, servers.relay))
    with pytest.raises(NothingMayLeave):
        sending.receive(person.context, sending.ReceiveRequest("1-a-b-c", file.parent))


def test_a_yes_to_one_server_is_no_yes_to_another(file: Path, servers: Servers) -> None:
    meeting = Meeting(servers.mailbox, "tcp://127.0.0.1:1")
    permits = tuple(
        Permit("share.send", url.partition("://")[2].partition("/")[0])
        for url in (servers.mailbox, servers.relay)
    )
    with file.open("rb") as content, pytest.raises(NothingMayLeave):
        next(send(meeting, permits, content, 1, name="a.age", check=lambda: None))


def test_the_waiting_ends_and_can_be_stopped(
    sends: Callable[..., Sending], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = sends(file)
    assert sender.code
    sender.person.job.stop_asked = True
    assert isinstance(sender.ends(), Stopped)
    sender.person.job.stop_asked = False
    monkeypatch.setattr(sending, "_MINUTES", 0.0)
    assert isinstance(sends(file).ends(), NobodyCame)


def test_servers_that_are_not_there_are_a_lost_connection(
    newcomer: Callable[[str], Person], file: Path
) -> None:
    nowhere = f"127.0.0.1:{free_port()}"
    request = sending.SendRequest(file, f"ws://{nowhere}/v1", f"tcp://{nowhere}")
    with pytest.raises(ConnectionLost):
        sending.send_(agreed(newcomer("Ada")), request)


@pytest.mark.parametrize("code", ["", "tiger", "7", "7-", "-a", "seven-tiger", "7-" + "a" * 300])
def test_what_is_no_code_is_said_before_anything_leaves(
    takes: Callable[..., sending.ReceiveAnswer], code: str
) -> None:
    with pytest.raises(WrongUsage):
        takes(code)
