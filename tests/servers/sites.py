"""Sites on loopback that answer as a test wants it: well, badly, slowly, or never."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.servers.listening import Listening

_PATIENCE = 20.0
_PEM = serialization.Encoding.PEM


class Authority:
    """Somebody who vouches for sites: a certificate authority that lives as long as the tests.

    `file` is its own certificate; a client that is told to trust it (`SSL_CERT_FILE`) believes
    the sites it vouched for, and no others.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of the tests")])
        usage = x509.KeyUsage(
            digital_signature=True,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=True,
            crl_sign=True,
            encipher_only=False,
            decipher_only=False,
        )
        made = (
            self._new(self._name, self._key)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .sign(self._key, hashes.SHA256())
        )
        self.file = folder / "authority.pem"
        self.file.write_bytes(made.public_bytes(_PEM))

    def vouch(self, *names: str, days: int = 30) -> ssl.SSLContext:
        """Return what a server of these names needs; with negative `days` it expired long ago."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        made = (
            self._new(subject, key, days)
            .add_extension(x509.SubjectAlternativeName([_general(n) for n in names]), False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
            .add_extension(identifier, False)
            .sign(self._key, hashes.SHA256())
        )
        private = key.private_bytes(
            _PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file = self._folder / f"{made.serial_number}.pem"
        file.write_bytes(private + made.public_bytes(_PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _new(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, days: int = 30
    ) -> x509.CertificateBuilder:
        now = datetime.datetime.now(datetime.UTC)
        return x509.CertificateBuilder(
            issuer_name=self._name,
            subject_name=subject,
            public_key=key.public_key(),
            serial_number=x509.random_serial_number(),
            not_valid_before=now - datetime.timedelta(days=365),
            not_valid_after=now + datetime.timedelta(days=days),
        ).add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)


def _general(name: str) -> x509.GeneralName:
    with suppress(ValueError):
        return x509.IPAddress(ipaddress.ip_address(name))
    return x509.DNSName(name)


@dataclass(frozen=True)
class Request:
    """What somebody asked a site for. Names of headers are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    wire: bytes


Answering = Callable[[socket.socket, Request], None]


class Site(Listening):
    """A web server that answers each path as it was told to, and writes down who asked for what."""

    def __init__(self, context: ssl.SSLContext | None = None, host: str = "localhost") -> None:
        """Listen on 127.0.0.1, under the name `host`; with a context, encrypted."""
        self._context = context
        self.host = host
        self.asked: list[Request] = []
        self._paths: dict[str, Answering] = {}
        super().__init__()

    @property
    def place(self) -> str:
        """Return `host:port`."""
        return f"{self.host}:{self.port}"

    def url(self, target: str = "/") -> str:
        """Return the address of something here."""
        return f"{'https' if self._context else 'http'}://{self.place}{target}"

    def says(
        self,
        target: str,
        body: bytes = b"",
        *headers: tuple[str, str],
        status: int = 200,
        length: bool = True,
    ) -> str:
        """Answer a target in this way from now on; return its address."""
        head = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in headers)]
        head.append("Connection: close")
        if length:
            head.append(f"Content-Length: {len(body)}")
        return self.raw(target, "\r\n".join([*head, "", ""]).encode() + body)

    def raw(self, target: str, answer: bytes) -> str:
        """Answer with just these bytes, and hang up; return the address."""

        def send(line: socket.socket, asked: Request) -> None:
            head_only = asked.method == "HEAD" and b"\r\n\r\n" in answer
            line.sendall(answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if head_only else answer)

        return self.does(target, send)

    def does(self, target: str, answering: Answering) -> str:
        """Let a function answer, which may do what it likes with the line; return the address."""
        self._paths[target] = answering
        return self.url(target)

    def before(self, target: str, happens: Callable[[], None]) -> None:
        """Let something happen whenever a target is asked for, before it is answered as usual."""
        usual = self._paths[target]

        def answer(line: socket.socket, asked: Request) -> None:
            happens()
            usual(line, asked)

        self.does(target, answer)

    def leads(self, target: str, goal: str, status: int = 302) -> str:
        """Send whoever asks for a target on to another address."""
        return self.says(target, b"", ("Location", goal), status=status)

    def _serve(self, line: socket.socket) -> None:
        with suppress(OSError, ValueError), line:
            if self._context:
                line = self._context.wrap_socket(line, server_side=True)
                self._ends.append(line)
            with line:
                asked = _read(line)
                if asked is None:
                    return
                self.asked.append(asked)
                path = asked.target.partition("?")[0]
                answer = self._paths.get(asked.target) or self._paths.get(path) or _not_found
                answer(line, asked)
                with suppress(OSError):
                    line.shutdown(socket.SHUT_WR)


def _not_found(line: socket.socket, _asked: Request) -> None:
    line.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


def _read(line: socket.socket) -> Request | None:
    held = b""
    while b"\r\n\r\n" not in held:
        piece = line.recv(65536)
        if not piece:
            return None
        held += piece
    head, _, body = held.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += line.recv(65536)
    method, target, _ = first.split(" ")
    return Request(method, target, headers, body, held)


def dripping(pieces: Sequence[bytes], stop: threading.Event, pause: float = 0.05) -> Answering:
    """Answer with the first pieces, then with the last one again and again, until `stop`.

    It gives up after some twenty seconds, so that a client that would wait for ever is found out.
    """

    def drip(line: socket.socket, _asked: Request) -> None:
        for piece in pieces[:-1]:
            line.sendall(piece)
        until = time.monotonic() + _PATIENCE
        while not stop.wait(pause) and time.monotonic() < until:
            line.sendall(pieces[-1])

    return drip
