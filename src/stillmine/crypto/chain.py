"""Find the way from a certificate up to its root (X.509, RFC 5280)."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import NameOID

from stillmine.errors import NotACertificate

_LONGEST = 10
_MOST_CHAINS = 500
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


def chains_of(
    first: x509.Certificate,
    others: Sequence[x509.Certificate],
    is_trusted: Callable[[x509.Certificate], bool],
) -> list[list[x509.Certificate]]:
    """Return the chains from a certificate up, the best first; each is signed by the next.

    Those that end in a certificate that is trusted come first, the shortest of them before others;
    then those that end in another root; then those whose last issuer is not there. (Authorities
    change roots by having the new one vouched for by the old: then there are several ways up, and
    only one may be known here, or be good at a time.)
    """
    found = []
    ahead, looked_at = [[first]], 0
    while ahead and looked_at < _MOST_CHAINS:
        chain = ahead.pop()
        looked_at += 1
        at_end = is_self_signed(chain[-1]) or (len(chain) > 1 and is_trusted(chain[-1]))
        issuers = [] if at_end else _issuers(chain[-1], others)
        longer = [[*chain, each] for each in issuers if each not in chain]
        if longer and len(chain) < _LONGEST:
            ahead += longer
        else:
            found.append(chain)
    return sorted(found, key=lambda chain: _order(chain, is_trusted))


def _order(
    chain: Sequence[x509.Certificate], is_trusted: Callable[[x509.Certificate], bool]
) -> tuple[int, int]:
    if len(chain) > 1 and is_trusted(chain[-1]):
        return 0, len(chain)
    return (1, len(chain)) if is_self_signed(chain[-1]) else (2, -len(chain))


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


def _issuers(
    certificate: x509.Certificate, others: Sequence[x509.Certificate]
) -> list[x509.Certificate]:
    named = [each for each in others if each.subject == certificate.issuer]
    return [each for each in named if _signed_by(certificate, each)]


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
