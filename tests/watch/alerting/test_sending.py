"""One sentence goes to one place, by the way that was chosen, and nothing else goes anywhere."""

from __future__ import annotations

import contextlib
import email
import os
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from email.message import Message as Mailed
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillmine.app.network import Permit
from stillmine.app.network.alerts import Channel, Message, find_out, read_address, send, sending
from stillmine.app.network.web import Way
from stillmine.errors import (
    AlertNeedsStraightWay,
    AlertNotSent,
    NotEncrypted,
    NothingMayLeave,
    ProxyTrouble,
    StillmineError,
    ToolMissing,
    WrongAlert,
)
from tests.servers.alerts import Mail, Services
from tests.servers.process import free_port
from tests.servers.sites import Authority
from tests.servers.socks import Socks

SAID = Message("Something to read.", "Note")
ADDRESSES = {
    "ntfy": "ntfy://127.0.0.1:{port}/topic",
    "gotify": "gotify://127.0.0.1:{port}/AbCdEfGhIjKlMnO",
    "matrix": "matrix://me:word@127.0.0.1:{port}/#room:home",
    "signal": "signal://127.0.0.1:{port}/+15550001111/+15550002222",
}


@pytest.fixture
def services() -> Iterator[Services]:
    running = Services()
    yield running
    running.close()


_Server = TypeVar("_Server", Services, Mail, Socks)


def _starting(kind: Callable[..., _Server]) -> Iterator[Callable[..., _Server]]:
    """Give a way to start servers of a kind; at the end all of them are closed."""
    with contextlib.ExitStack() as running:

        def start(*arguments: object, **more: object) -> _Server:
            started = kind(*arguments, **more)
            running.callback(started.close)
            return started

        yield start


_Server = TypeVar("_Server", Services, Mail, Socks)
_Pair = Callable[..., tuple[Services, Socks]]


@contextlib.contextmanager
def _making(kind: Callable[..., _Server]) -> Iterator[Callable[..., _Server]]:
    """Give what starts servers of a kind; all of them are closed at the end."""
    running: list[_Server] = []

    def make(*arguments: object, **more: object) -> _Server:
        running.append(kind(*arguments, **more))
        return running[-1]

    yield make
    for each in running:
        each.close()


@pytest.fixture
def new_services() -> Iterator[Callable[..., Services]]:
    with _making(Services) as make:
        yield make


@pytest.fixture
def new_mail() -> Iterator[Callable[..., Mail]]:
    with _making(Mail) as make:
        yield make


@pytest.fixture
def new_socks() -> Iterator[Callable[..., Socks]]:
    with _making(Socks) as make:
        yield make


@pytest.fixture
def behind_proxy(
    new_services: Callable[..., Services], new_socks: Callable[..., Socks], trusted: Authority
) -> _Pair:
    """Return what starts services with a certificate for a name, and the proxy before them."""

    def make(name: str = "alerts.example", **more: str) -> tuple[Services, Socks]:
        services = new_services(trusted.vouch(name), **more)
        return services, new_socks(services.port)

    return make


def by(proxy: Socks, *, tor: bool = False) -> Way:
    return Way("socks5", "127.0.0.1", proxy.port, tor=tor)


def sent(channel: Channel, **how: Way) -> None:
    send(channel, Permit.for_host("watch.alert", channel.place), SAID, **how)


@pytest.mark.parametrize("kind", ADDRESSES)
def test_the_service_gets_the_sentence_and_nothing_that_says_more(
    services: Services, kind: str
) -> None:
    channel = find_out(ADDRESSES[kind].format(port=services.port))
    assert (channel.kind, channel.host, channel.port) == (kind, "127.0.0.1", services.port)
    assert services.taken == []
    sent(channel)
    told = [each for each in services.taken if each.said and "Something" in str(each.said)]
    (last,) = told
    said = {
        "ntfy": {"topic": "topic", "message": "Something to read."},
        "gotify": {"priority": 5, "title": "", "message": "Something to read."},
        "matrix": {"msgtype": "m.text", "body": "Something to read."},
        "signal": {
            "message": "Something to read.",
            "number": "+15550001111",
            "recipients": ["+15550002222"],
        },
    }[kind]
    assert said.items() <= last.said.items()
    assert set(last.said) - set(said) <= {"text_mode", "formatted_body", "format"}
    everything = " ".join(f"{each.headers} {each.said}" for each in services.taken).lower()
    for word in (
        "apprise",
        "stillmine",
        socket.gethostname().lower(),
        "http://",
        "https://",
        "icon",
    ):
        assert word not in everything.replace("http/1.1", "")


def test_another_place_than_was_agreed_to_is_not_told(services: Services) -> None:
    channel = find_out(ADDRESSES["ntfy"].format(port=services.port))
    with pytest.raises(NothingMayLeave):
        send(channel, Permit.for_host("watch.alert", "https://ntfy.sh/"), SAID)
    with pytest.raises(AlertNotSent):
        send(channel, None, SAID)
    assert services.taken == []


def test_by_a_proxy_the_name_goes_to_the_proxy_and_the_way_stays_encrypted(
    behind_proxy: _Pair,
) -> None:
    services, proxy = behind_proxy()
    channel = find_out("ntfys://alerts.example/topic")
    sent(channel, way=by(proxy))
    assert proxy.asked == [("alerts.example", 443)]
    assert [each.said["message"] for each in services.taken] == ["Something to read."]


def test_by_tor_each_alert_takes_a_path_of_its_own(behind_proxy: _Pair) -> None:
    _services, proxy = behind_proxy()
    way = by(proxy, tor=True)
    for address in ("gotifys://alerts.example/AbCdEfGhIjKlMnO", "ntfys://alerts.example/topic"):
        sent(find_out(address), way=way)
    assert proxy.asked == [("alerts.example", 443)] * 2
    assert len(set(proxy.logins)) == 2
    assert proxy.resolved == []


def test_a_certificate_that_nobody_vouches_for_gets_nothing(behind_proxy: _Pair) -> None:
    services, proxy = behind_proxy("other.example")
    with pytest.raises(AlertNotSent):
        sent(find_out("ntfys://alerts.example/t"), way=by(proxy))
    assert services.taken == []


def test_where_the_chosen_way_is_closed_nothing_goes_around_it(services: Services) -> None:
    way = Way("socks5", "127.0.0.1", free_port())
    with pytest.raises(ProxyTrouble):
        sent(find_out("ntfys://alerts.example/t"), way=way)


def test_nobody_is_followed_to_another_place(
    new_services: Callable[..., Services], behind_proxy: _Pair, trusted: Authority
) -> None:
    goal = new_services(trusted.vouch("elsewhere.example"))
    _services, proxy = behind_proxy(leads_to="https://elsewhere.example/")
    with pytest.raises(StillmineError):
        sent(find_out("ntfys://alerts.example/t"), way=by(proxy))
    assert proxy.asked == [("alerts.example", 443)]
    assert goal.taken == []


def test_at_home_nobody_is_followed_to_another_port(
    new_services: Callable[..., Services],
) -> None:
    goal = new_services()
    services = new_services(leads_to=f"http://127.0.0.1:{goal.port}/")
    with pytest.raises(AlertNotSent):
        sent(find_out(ADDRESSES["ntfy"].format(port=services.port)))
    assert goal.taken == []


def test_settings_of_other_programs_are_not_heeded(
    new_services: Callable[..., Services], monkeypatch: pytest.MonkeyPatch
) -> None:
    trap, services = new_services(), new_services()
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{trap.port}")
    netrc = Path(os.environ["HOME"]) / ".netrc"
    netrc.write_text("machine 127.0.0.1 login other password other\n")
    netrc.chmod(0o600)
    sent(find_out(ADDRESSES["ntfy"].format(port=services.port)))
    assert trap.taken == []
    assert "authorization" not in services.taken[0].headers


def test_the_process_that_sends_can_reach_nothing_else(services: Services) -> None:
    orders = {
        "do": "send",
        "kind": "ntfy",
        "url": ADDRESSES["ntfy"].format(port=services.port),
        "body": SAID.body,
        "sender": SAID.sender,
        "allow": [["127.0.0.1", 9]],
    }
    answer = sending._told(orders, sending._environment({"NO_PROXY": "*"}))
    assert not answer["ok"]
    assert services.taken == []


def test_a_service_that_refuses_or_never_answers_is_said(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = find_out(ADDRESSES["gotify"].format(port=services.port))
    services.refuses = True
    with pytest.raises(AlertNotSent) as refused:
        sent(channel)
    assert refused.value.facts["reason"] == "refused"
    services.silent.clear()
    monkeypatch.setattr(sending, "_SECONDS", 3.0)
    with pytest.raises(AlertNotSent) as slow:
        sent(channel)
    assert slow.value.facts["reason"] == "slow"


# Mail


def mailed(mail: Mail) -> Mailed:
    (envelope,) = mail.envelopes
    content = envelope.content
    assert isinstance(content, bytes)
    return email.message_from_bytes(content)


def test_a_mail_says_the_sentence_and_not_which_computer_or_program_sent_it(
    new_mail: Callable[..., Mail],
) -> None:
    mail = new_mail()
    url = f"mailto://127.0.0.1:{mail.port}?from=me@example.org&to=me@example.org"
    sent(find_out(url))
    found = mailed(mail)
    texts = [
        part.get_payload(decode=True).decode() for part in found.walk() if not part.is_multipart()
    ]
    assert all(re.sub(r"<[^>]*>", "", text).strip() == SAID.body for text in texts)
    assert (found["Subject"], mail.envelopes[0].rcpt_tos) == ("Note", ["me@example.org"])
    content = str(found).lower()
    for word in ("stillmine", "apprise", socket.gethostname().lower(), "http"):
        assert word not in content
    assert mail.greeted == ["[127.0.0.1]"]
    assert not [part for part in found.walk() if part.get_filename()]


def test_a_mail_goes_encrypted_with_a_password_that_only_its_server_sees(
    new_mail: Callable[..., Mail], trusted: Authority
) -> None:
    mail = new_mail(context=trusted.vouch("localhost"), login=True)
    password = quote("pass/word?&@", safe="")
    url = f"mailtos://me:{password}@localhost:{mail.port}?from=me@example.org&to=me@example.org"
    channel = find_out(url)
    assert channel.secure
    assert password not in repr(channel)
    sent(channel)
    assert mail.logins == [(b"me", b"pass/word?&@")]
    assert len(mail.envelopes) == 1


def test_a_mail_server_with_another_certificate_gets_no_password(
    new_mail: Callable[..., Mail], trusted: Authority
) -> None:
    mail = new_mail(context=trusted.vouch("other.example"), login=True)
    with pytest.raises(AlertNotSent):
        sent(find_out(f"mailtos://me:word@localhost:{mail.port}?from=a@b.org&to=a@b.org"))
    assert mail.logins == []


def test_mail_is_refused_where_a_proxy_or_tor_was_chosen(new_socks: Callable[..., Socks]) -> None:
    proxy = new_socks(9)
    channel = find_out("mailtos://me:word@mail.example?to=me@example.org")
    for tor in (False, True):
        with pytest.raises(AlertNeedsStraightWay):
            sent(channel, way=by(proxy, tor=tor))
    assert proxy.asked == []


# Addresses


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ntfy",
        "https://example.org/notify",
        "json://example.org",
        "discord://a/b",
        "apprise://example.org/token",
        "file:///etc/passwd",
        "config://example.org",
        "exec://rm",
        "ntfys://a.example/t,gotifys://b.example/t",
        "ntfys://a.example/t gotifys://b.example/t",
        "ntfys://a.example/t\nntfys://b.example/t",
        "ntfys://a.example/t%20json%3A%2F%2Fb.example",
        "ntfys://a.example/t%0Ax",
        "ntfys://a.example/t?attach=/etc/passwd",
        "ntfys://a.example/t?attach=http%253A%252F%252Fb.example",
        "ntfys://a.example/t?click=x",
        "ntfys://a.example/t?avatar_url=x",
        "ntfys://a.example/t?email=x@b.example",
        "ntfys://a.example/t?actions=x",
        "ntfys://a.example/t?verify=no",
        "ntfys://a.example/t?priority=5;attach=x",
        "ntfys://a.example/t?priority=5?attach=x",
        "ntfys://a.example/t?%61ttach=x",
        "ntfys://a.example/t?+X-Header=x",
        "ntfys://a.example/t?emojis=yes",
        "ntfys://a.example/t?format=markdown",
        "mailtos://me:w@a.example?to=b@c.example&cc=d@e.example",
        "mailtos://me:w@a.example?bcc=d@e.example",
        "mailtos://me:w@a.example?+Reply-To=d@e.example",
        "matrixs://me:w@a.example/#room?mode=slack",
        "matrixs://me:w@a.example/#room?image=yes",
        "ntfys://a.example/" + "t" * 4000,
        "ntfys://a.example/t\u202e",
        "ntfys://a.example\\@b.example/t",
    ],
)
def test_whatever_is_no_plain_address_of_a_known_kind_is_refused(address: str) -> None:
    with pytest.raises(WrongAlert):
        read_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "gotifys://",
        "gotifys://a.example",
        "mailtos://",
        "ntfys://",
        "signals://a.example",
        "matrixs://",
    ],
)
def test_an_address_that_is_not_complete_is_refused(address: str) -> None:
    with pytest.raises(WrongAlert) as wrong:
        find_out(address)
    assert wrong.value.facts["reason"] == "address"


@pytest.mark.parametrize(
    "address",
    [
        "ntfy://a.example/t",
        "gotify://a.example/AbCdEfGhIjKlMnO",
        "mailto://me:word@mail.example",
        "matrix://me:w@a.example/#r",
    ],
)
def test_a_way_through_the_internet_has_to_be_encrypted(address: str) -> None:
    with pytest.raises(NotEncrypted):
        find_out(address)


@given(st.text(max_size=80))
def test_no_text_whatever_breaks_the_reading(text: str) -> None:
    for start in ("", "ntfys://", "mailtos://a?"):
        try:
            kind = read_address(start + text)
        except WrongAlert:
            continue
        assert kind in ("mail", "ntfy", "gotify", "matrix", "signal")


def test_no_repr_holds_the_address() -> None:
    assert "word" not in repr(find_out("ntfys://me:word@a.example/t"))


def test_without_apprise_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ToolMissing):
        find_out("ntfys://a.example/t")


def test_a_desktop_that_shows_no_notices_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(AlertNotSent) as desktop:
        send(Channel("desktop"), None, SAID)
    assert desktop.value.facts["reason"] == "desktop"


def test_system_roots_are_those_of_the_tests(trusted: Authority) -> None:
    assert ssl.create_default_context(cafile=str(trusted.file))
