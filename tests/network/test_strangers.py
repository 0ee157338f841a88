"""Servers that lead elsewhere, lie, or cannot prove who they are."""

from __future__ import annotations

import datetime
import gc
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from stillmine.app.network.targets.multistatus import read_multistatus
from stillmine.errors import (
    ConnectionLost,
    HostKeyChanged,
    NotABackupPlace,
    NotEncrypted,
    StrangeAnswer,
    UnknownHostKey,
)
from tests.servers.places import OpenSsh, Place, Server


class _Answering(ThreadingHTTPServer):
    """A server that answers everything with one status, headers and body."""

    daemon_threads = True

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def parse_request(self) -> bool:
                if not super().parse_request():
                    return False
                server.asked.append(self.command)
                self.rfile.read(int(self.headers.get("content-length") or 0))
                self.send_response(status)
                for name, value in {**headers, "content-length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(b"" if self.command == "HEAD" else body)
                return False

            def log_message(self, *_about: object) -> None:
                """Keep the tests quiet."""

        server = self
        super().__init__(("127.0.0.1", 0), Handler)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()


@pytest.fixture
def answering() -> Iterator[Callable[..., _Answering]]:
    running: list[_Answering] = []

    def start(status: int, headers: dict[str, str] | None = None, body: bytes = b"") -> _Answering:
        running.append(_Answering(status, headers or {}, body))
        return running[-1]

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # botocore stumbles over a 303
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("kind", ["s3", "webdav"])
def test_no_redirect_is_followed_to_another_host(
    kind: str, status: int, answering: Callable[..., _Answering]
) -> None:
    elsewhere = answering(200)
    away = {"location": f"http://127.0.0.1:{elsewhere.port}/x", "x-amz-bucket-region": "mars-1"}
    leading = answering(status, away)
    url = {
        "s3": f"s3://shelf/x?endpoint=http://127.0.0.1:{leading.port}",
        "webdav": f"dav://127.0.0.1:{leading.port}/x",
    }[kind]
    with pytest.raises((StrangeAnswer, ConnectionLost)):
        Place(url, "anna:word").open()
    gc.collect()
    assert leading.asked
    assert elsewhere.asked == []


@pytest.mark.parametrize("kind", ["s3", "webdav"])
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(
    kind: str, answering: Callable[..., _Answering], tmp_path: Path
) -> None:
    server = answering(200)
    server.socket = _self_signed(tmp_path).wrap_socket(server.socket, server_side=True)
    url = {
        "s3": f"s3://shelf/x?endpoint=https://localhost:{server.port}",
        "webdav": f"davs://localhost:{server.port}/x",
    }[kind]
    with pytest.raises(NotEncrypted):
        Place(url, "anna:word").open()
    assert server.asked == []


def _self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "pem").write_bytes(private + made.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "pem")
    return context


@pytest.mark.parametrize(
    ("status", "body"), [(200, b"<html>Welcome</html>"), (404, b""), (405, b"")]
)
def test_a_web_page_is_no_backup_place(
    status: int, body: bytes, answering: Callable[..., _Answering]
) -> None:
    with pytest.raises(NotABackupPlace):
        Place(f"dav://127.0.0.1:{answering(status, body=body).port}/x").open()


@pytest.mark.parametrize("body", [b"", b"\0\xff", b"<a/>", b"<a" * 10_000])
@pytest.mark.parametrize("kind", ["s3", "webdav"])
def test_an_answer_that_is_no_listing_is_never_an_empty_place(
    kind: str, body: bytes, answering: Callable[..., _Answering]
) -> None:
    server = answering(207 if kind == "webdav" else 200, body=body)
    url = {
        "s3": f"s3://shelf/x?endpoint=http://127.0.0.1:{server.port}",
        "webdav": f"dav://127.0.0.1:{server.port}/x",
    }[kind]
    with pytest.raises((StrangeAnswer, ConnectionLost)):  # what is no XML, botocore calls a 500
        list(Place(url, "anna:word").open().names())


def test_a_listing_that_would_swell_to_gigabytes_is_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'">]><a>' + b"&b;" * 1000 + b"</a>"
    with pytest.raises(StrangeAnswer):
        read_multistatus(bomb, "/x/")


def test_a_listing_cannot_name_what_lies_outside_its_folder() -> None:
    hrefs = ["/x/", "/x/in", "/x/../up", "/y/other", "/x/deep/er", "http://evil/x/far", "/x/%2e%2e"]
    lines = "".join(f"<response><href>{href}</href></response>" for href in hrefs)
    listing = f'<multistatus xmlns="DAV:">{lines}</multistatus>'.encode()
    names = {found.name for found in read_multistatus(listing, "/x/")}
    assert names <= {"", "in", "far", ".."}  # and is_name refuses the dots


@pytest.fixture
def ssh_server(servers: Callable[[str], Server]) -> OpenSsh:
    server = servers("sftp")
    assert isinstance(server, OpenSsh)
    return server


def test_a_host_key_nobody_vouched_for_is_shown_and_not_trusted(ssh_server: OpenSsh) -> None:
    folder = ssh_server.root / "disk"
    with pytest.raises(UnknownHostKey) as shown:
        ssh_server.place_at(str(folder), None).open()
    facts = shown.value.facts
    assert facts["host_key"] == ssh_server.host_key
    assert str(facts["fingerprint"]).startswith("SHA256:")
    ssh_server.place_at(str(folder), str(facts["host_key"])).open().close()


def test_another_host_key_than_the_accepted_one_is_an_alarm(ssh_server: OpenSsh) -> None:
    other = " ".join((ssh_server.root / "user.pub").read_text().split()[:2])
    with pytest.raises(HostKeyChanged) as alarm:
        ssh_server.place_at(str(ssh_server.root / "disk"), other).open()
    assert alarm.value.facts["host_key"] == ssh_server.host_key


def test_a_known_hosts_file_vouches_too(ssh_server: OpenSsh, tmp_path: Path) -> None:
    place = ssh_server.place_at(str(ssh_server.root / "disk"), None)
    known = tmp_path / "known hosts"
    known.write_text(f"[127.0.0.1]:{place.port} {ssh_server.host_key}\n")
    Place(f"{place.url}&known-hosts={known}").open().close()


def test_a_folder_that_is_missing_over_there_is_not_made(ssh_server: OpenSsh) -> None:
    missing = ssh_server.root / "disk" / "missing"
    with pytest.raises(NotABackupPlace):
        ssh_server.place_at(str(missing), ssh_server.host_key).open()
    assert not missing.exists()


def test_rclone_without_such_a_remote_is_no_place() -> None:
    with pytest.raises(NotABackupPlace):
        Place("rclone:nowhere:deep").open()
