"""Time-stamp authorities on loopback: `openssl ts` behind HTTP, and the ways they may go wrong."""

from __future__ import annotations

import datetime as dt
import subprocess
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose
from cryptography.x509.oid import NameOID

KINDS = (
    "right", "second", "disordered", "expired", "nonce", "imprint", "purpose", "refused",
    "garbage", "slow", "broken", "redirect", "huge",
)  # fmt: skip
LASTS = 3.0
"""Seconds for which a certificate of the authority `expired` is good, from its answer on."""
_CONFIG = """
[ tsa ]
serial = {root}/serial
default_policy = 1.2.3.4.1
digests = sha256, sha512
signer_digest = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


class Stamper:
    """An authority of a kind, with a root of its own. `asked` are the bodies that it was sent."""

    def __init__(self, root: Path, kind: str) -> None:
        root.mkdir(parents=True)
        self.kind, self._root = kind, root
        self.asked: list[bytes] = []
        self._lock = threading.Lock()
        self._key, self._certificate = _issue(f"Test Root {kind}", None, [])
        self._middle = _issue(f"Test Middle {kind}", (self._key, self._certificate), [])
        self.root_der = self._certificate.public_bytes(Encoding.DER)
        self.root_file = root / "root.pem"
        self.root_file.write_bytes(self._certificate.public_bytes(Encoding.PEM))
        (root / "serial").write_text("0a\n")
        (root / "tsa.cnf").write_text(_CONFIG.format(root=root))
        self._renew()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.port = int(self._server.server_address[1])
        self.url = f"http://127.0.0.1:{self.port}/tsr"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()

    def _renew(self) -> None:
        """Write a certificate for the signer; that of `expired` is good for a moment only."""
        until = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=LASTS)
        purposes = [Purpose.CODE_SIGNING if self.kind == "purpose" else Purpose.TIME_STAMPING]
        ends = until if self.kind == "expired" else None
        key, certificate = _issue(f"Test Stamper {self.kind}", self._middle, purposes, ends)
        form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (self._root / "signer.key").write_bytes(key.private_bytes(*form))
        (self._root / "signer.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
        chain = [self._middle[1], self._certificate]
        (self._root / "chain.pem").write_bytes(
            b"".join(each.public_bytes(Encoding.PEM) for each in chain)
        )

    def answer(self, question: bytes) -> bytes:
        """Return what this authority answers to a question."""
        with self._lock:
            if self.kind == "expired":
                self._renew()
            reply = self._reply(_spoiled(question, self.kind))
        return reply if self.kind == "refused" else _arranged(reply, self.kind == "disordered")

    def _reply(self, question: bytes) -> bytes:
        if self.kind == "purpose":
            return self._forged(question)
        (self._root / "question").write_bytes(question)
        files = ["-queryfile", "question", "-signer", "signer.pem", "-inkey", "signer.key"]
        more = ["-chain", "chain.pem", "-out", "answer", "-config", "tsa.cnf", "-section", "tsa"]
        subprocess.run(
            ["openssl", "ts", "-reply", *files, *more],
            cwd=self._root,
            check=True,
            capture_output=True,
        )
        return (self._root / "answer").read_bytes()

    def _forged(self, question: bytes) -> bytes:
        """Return an answer by a certificate that is for something else: `openssl ts` refuses."""
        asked = tsp.TimeStampReq.load(question)
        info = {
            "version": "v1",
            "policy": "1.2.3.4.1",
            "message_imprint": asked["message_imprint"],
            "serial_number": 7,
            "gen_time": dt.datetime.now(dt.UTC).replace(microsecond=0),
            "nonce": asked["nonce"],
        }
        (self._root / "info").write_bytes(tsp.TSTInfo(info).dump())
        sign = ["-sign", "-binary", "-nodetach", "-cades", "-in", "info", "-outform", "DER"]
        files = ["-signer", "signer.pem", "-inkey", "signer.key", "-certfile", "chain.pem"]
        kind = ["-econtent_type", "1.2.840.113549.1.9.16.1.4", "-out", "token"]
        subprocess.run(
            ["openssl", "cms", *sign, *files, *kind],
            cwd=self._root,
            check=True,
            capture_output=True,
        )
        token = cms.ContentInfo.load((self._root / "token").read_bytes())
        answer = {"status": {"status": "granted"}, "time_stamp_token": token}
        return bytes(tsp.TimeStampResp(answer).dump())


def _issue(
    name: str,
    issuer: tuple[ec.EllipticCurvePrivateKey, x509.Certificate] | None,
    purposes: list[x509.ObjectIdentifier],
    until: dt.datetime | None = None,
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[1].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(until or now + dt.timedelta(days=365))
        .add_extension(x509.BasicConstraints(ca=not purposes, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if issuer:
        of = issuer[0].public_key()
        builder = builder.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(of), critical=False
        )
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=True)
    return key, builder.sign(issuer[0] if issuer else key, hashes.SHA256())


def _spoiled(question: bytes, kind: str) -> bytes:
    """Return the question as an authority of this kind misreads it."""
    asked = tsp.TimeStampReq.load(question)
    if kind == "nonce":
        asked["nonce"] = asked["nonce"].native ^ 1
    if kind == "imprint":
        asked["message_imprint"]["hashed_message"] = bytes(32)
    if kind == "refused":
        asked["message_imprint"]["hash_algorithm"] = {"algorithm": "md5"}
        asked["message_imprint"]["hashed_message"] = bytes(16)
    return bytes(asked.dump(force=True))


def _arranged(reply: bytes, backwards: bool) -> bytes:
    """Return the answer with its certificates in the order of DER, or one that DER forbids.

    OpenSSL writes them in the order in which it was given them, whichever that is.
    """
    signed = tsp.TimeStampResp.load(reply)["time_stamp_token"]["content"]
    certificates = signed["certificates"]
    found = sorted((bytes(each.dump()) for each in certificates), reverse=backwards)
    assert len(found) > 1
    return reply.replace(certificates.contents, b"".join(found))


def _handler(stamper: Stamper) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_arguments: object) -> None:
            """Say nothing on the screen."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            stamper.asked.append(body)
            status, answer = _SPECIAL.get(stamper.kind, _usual)(stamper, body)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    return Handler


def _usual(stamper: Stamper, question: bytes) -> tuple[int, bytes]:
    return 200, stamper.answer(question)


def _slow(stamper: Stamper, question: bytes) -> tuple[int, bytes]:
    time.sleep(20)
    return 200, stamper.answer(question)


_SPECIAL: dict[str, Callable[[Stamper, bytes], tuple[int, bytes]]] = {
    "garbage": lambda _stamper, _question: (200, b"<html>Welcome to the hotel network</html>"),
    "broken": lambda _stamper, _question: (503, b"try later"),
    "redirect": lambda _stamper, _question: (302, b""),
    "huge": lambda _stamper, _question: (200, b"\x30" * (3 << 20)),
    "slow": _slow,
}
