"""Find the way from a certificate up to its root (X.509, RFC 5280)."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import NameOID

from stillmine.errors import BadStamp, NotACertificate

_LONGEST = 10
_BEGIN = b"-----BEGIN CERTIFICATE-----"


def load_certificates(found: Iterable[bytes]) -> list[x509.Certificate]:
    """Read certificates in DER, passing over what none can be made of."""
    loaded = []
    for each in found:
        try:
            loaded.append(x509.load_der_x509_certificate(bytes(each)))
        except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion):
            continue
    return loaded


def read_certificates(content: bytes) -> tuple[bytes, ...]:
    """Return the certificates of a file as DER: PEM, several in a row, or DER ones in a row.

    Raises NotACertificate where there is none.
    """
    try:
        with warnings.catch_warnings():
            # Odd certificates are judged where they are used.
            warnings.simplefilter("ignore", CryptographyDeprecationWarning)
            loaded = _loaded(content)
    except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion) as error:
        raise NotACertificate(file="") from error
    if not loaded:
        raise NotACertificate(file="")
    return tuple(der_of(each) for each in loaded)


def _loaded(content: bytes) -> list[x509.Certificate]:
    if _BEGIN in content:
        return x509.load_pem_x509_certificates(content)
    return [x509.load_der_x509_certificate(each) for each in _in_a_row(content)]


def write_certificates(found: Iterable[bytes]) -> bytes:
    """Return DER certificates as PEM, one after the other, as `openssl` reads them."""
    return b"".join(each.public_bytes(Encoding.PEM) for each in load_certificates(found))


def chain_of(
    first: x509.Certificate,
    others: Sequence[x509.Certificate],
    trusted: Sequence[x509.Certificate],
) -> list[x509.Certificate]:
    """Return the chain from a certificate up as far as its issuers are there.

    Each is signed by the next. What is trusted is taken before others of the same name, so that a
    chain ends at the first one that is. Raises BadStamp for a chain in a circle.
    """
    chain = [first]
    while not is_self_signed(chain[-1]) and (len(chain) == 1 or chain[-1] not in trusted):
        issuer = _issuer(chain[-1], [*trusted, *others])
        if issuer is None:
            return chain
        if issuer in chain or len(chain) == _LONGEST:
            raise BadStamp(reason="signature")
        chain.append(issuer)
    return chain


def is_self_signed(certificate: x509.Certificate) -> bool:
    """Say whether a certificate vouches for itself only, as roots do."""
    return certificate.issuer == certificate.subject and _signed_by(certificate, certificate)


def der_of(certificate: x509.Certificate) -> bytes:
    """Return a certificate as DER."""
    return certificate.public_bytes(Encoding.DER)


def name_of(certificate: x509.Certificate) -> str:
    """Return what people call who has a certificate: its common name, else all of its name."""
    named = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(named[0].value) if named else certificate.subject.rfc4514_string()


def _issuer(
    certificate: x509.Certificate, others: Sequence[x509.Certificate]
) -> x509.Certificate | None:
    for each in others:
        if each.subject == certificate.issuer and _signed_by(certificate, each):
            return each
    return None


def _signed_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def _in_a_row(content: bytes) -> Iterable[bytes]:
    """Yield DER structures that stand one after the other; whatever follows as one more."""
    at = 0
    while at < len(content):
        size = _size(content[at : at + 6]) or len(content)
        yield content[at : at + size]
        at += size


def _size(head: bytes) -> int:
    """Return how many bytes a DER sequence has in all, 0 where it does not say (X.690, 8.1.3)."""
    if len(head) < 2 or head[0] != 0x30:
        return 0
    if head[1] < 0x80:
        return 2 + head[1]
    count = head[1] & 0x7F
    if not 1 <= count <= 3 or len(head) < 2 + count:
        return 0
    return 2 + count + int.from_bytes(head[2 : 2 + count], "big")
