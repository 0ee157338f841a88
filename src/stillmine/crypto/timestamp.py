"""Ask an authority to vouch for a time, and check its answer (RFC 3161).

Only a digest and a random number go out. An answer is kept as it came; where its certificates stand
in an order that DER does not allow (X.690, 11.6), as some authorities send them, a copy is put in
order for the check alone: that part of an answer is not signed.
"""

from __future__ import annotations

import hashlib
import secrets
import warnings
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import (
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from stillmine.crypto.chain import chains_of, der_of, is_self_signed, load_certificates, name_of
from stillmine.crypto.cms_signature import check_cms_signature
from stillmine.errors import BadStamp

LARGEST = 1 << 20
"""Bytes of an answer that are read: real ones have some thousands."""
_DIGEST = 32
_BY_SIZE = {32: "sha256", 48: "sha384", 64: "sha512"}
_GRANTED = 0
# Both libraries read parts of an answer only when they are asked for, so anything may come late.
_UNREADABLE = (
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
    x509.InvalidVersion,
)
_SIGNING = {"signing_certificate": "sha1", "signing_certificate_v2": ""}


@dataclass(frozen=True, slots=True)
class StampRequest:
    """What is sent to an authority: `body` is DER, `nonce` the number that its answer repeats."""

    body: bytes
    digest: bytes
    nonce: int


@dataclass(frozen=True, slots=True)
class CheckedStamp:
    """An answer that holds: its signature, what it was made over, and its chain at its time.

    `certificates` are DER, the signer's first, each signed by the next. `complete` says that they
    reach a root, whose SHA-256 is `root`, and that all of them were good at that time; `known` that
    the root is one of those that were given. Where it is not, anybody may have made the answer, and
    its time is only what somebody says. `repaired` says that the order was put right.
    """

    at: datetime
    signer: str
    serial: int
    nonce: int | None
    certificates: tuple[bytes, ...]
    root: str
    complete: bool
    known: bool
    repaired: bool


def request_stamp(digest: bytes) -> StampRequest:
    """Return a question about a SHA-256 digest, with a random number, that asks for the chain."""
    if len(digest) != _DIGEST:
        raise ValueError("a SHA-256 digest has 32 bytes")
    nonce = secrets.randbits(63) | 1 << 62
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    body = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": imprint,
            "nonce": nonce,
            "cert_req": True,
        }
    ).dump()
    return StampRequest(body, digest, nonce)


def check_stamp(
    response: bytes,
    digest: bytes,
    *,
    roots: Sequence[bytes],
    known: Collection[str] = (),
    more: Sequence[bytes] = (),
    nonce: int | None = None,
) -> CheckedStamp:
    """Check an authority's answer about a digest, as of the time that it names.

    The digest is of SHA-256, SHA-384 or SHA-512; its size says which.

    `roots` are DER certificates that are relied on, `known` the SHA-256 of others that are, in
    hexadecimal; `more` are certificates that may stand in the chain but are not relied on.
    Raises BadStamp with a `reason`: `garbage` (no answer of this kind), `refused` (the authority
    said no), `nonce` (an answer to another question), `digest` (a stamp of something else),
    `incomplete` (the signer's certificate is missing), `signature` (it, or the chain, does not hold
    at that time), `purpose` (the certificate is not one for time stamps).
    """
    try:
        with warnings.catch_warnings():
            # Odd certificates are judged here; a person has no use for how they are odd.
            warnings.simplefilter("ignore", CryptographyDeprecationWarning)
            return _checked(response, digest, (roots, known, more), nonce)
    except _UNREADABLE as error:
        raise BadStamp(reason="garbage") from error


def _checked(
    response: bytes,
    digest: bytes,
    around: tuple[Sequence[bytes], Collection[str], Sequence[bytes]],
    nonce: int | None,
) -> CheckedStamp:
    roots, known, more = around
    answer, repaired = _decoded(response)
    _require_answer_to(answer, response, digest, nonce)
    info = answer.tst_info
    embedded = load_certificates(answer.signed_data.certificates)
    beside = [*embedded, *load_certificates(more)]
    signer = _signer(answer, beside)
    _require_purpose(signer)
    trusted = {der_of(each) for each in load_certificates(roots)}

    def is_trusted(each: x509.Certificate) -> bool:
        return der_of(each) in trusted or _sum(each) in known

    chains = chains_of(signer, [*load_certificates(roots), *beside], is_trusted)
    check_cms_signature(response, signer)
    _require_named(response, signer)
    complete = [each for each in chains if is_self_signed(each[-1]) or is_trusted(each[-1])]
    chain = _first_that_holds(answer, digest, complete) if complete else chains[0]
    root = chain[-1]
    return CheckedStamp(
        at=info.gen_time.astimezone(UTC),
        signer=name_of(signer),
        serial=info.serial_number,
        nonce=info.nonce,
        certificates=tuple(der_of(each) for each in chain),
        root=_sum(root),
        complete=bool(complete),
        known=len(chain) > 1 and is_trusted(root),
        repaired=repaired,
    )


def _sum(certificate: x509.Certificate) -> str:
    return hashlib.sha256(der_of(certificate)).hexdigest()


def _decoded(response: bytes) -> tuple[TimeStampResponse, bool]:
    if len(response) > LARGEST:
        raise BadStamp(reason="garbage")
    try:
        return decode_timestamp_response(response), False
    except ValueError:
        return decode_timestamp_response(_in_order(response)), True


def _in_order(response: bytes) -> bytes:
    """Return the answer with its certificates sorted as DER wants a SET OF."""
    whole = tsp.TimeStampResp.load(response, strict=True)
    signed = whole["time_stamp_token"]["content"]
    found = sorted(signed["certificates"], key=lambda each: bytes(each.dump()))
    signed["certificates"] = cms.CertificateSet(found)
    return bytes(whole.dump())


def stamped_with(response: bytes) -> str:
    """Return with which hash an answer was made: `sha256`, `sha384` or `sha512`.

    Raises BadStamp (garbage, refused, digest) where it is none of these or no answer at all.
    """
    try:
        answer, _ = _decoded(response)
        name = _algorithm(response) if answer.status == _GRANTED else ""
    except _UNREADABLE as error:
        raise BadStamp(reason="garbage") from error
    if name not in _BY_SIZE.values():
        raise BadStamp(reason="digest" if name else "refused")
    return name


def _algorithm(response: bytes) -> str:
    info = tsp.TimeStampResp.load(response)["time_stamp_token"]["content"]["encap_content_info"]
    return str(info["content"].parsed["message_imprint"]["hash_algorithm"]["algorithm"].native)


def _signer(answer: TimeStampResponse, embedded: Sequence[x509.Certificate]) -> x509.Certificate:
    """Return the certificate that the signature names, by issuer and number."""
    signers = list(answer.signed_data.signer_infos)
    for each in embedded:
        named = (each.issuer, each.serial_number)
        if len(signers) == 1 and named == (signers[0].issuer, signers[0].serial_number):
            return each
    raise BadStamp(reason="incomplete")


def _require_answer_to(
    answer: TimeStampResponse, response: bytes, digest: bytes, nonce: int | None
) -> None:
    """Raise BadStamp unless this is a yes, about this digest, to this question."""
    if answer.status != _GRANTED:
        raise BadStamp(reason="refused")
    info = answer.tst_info
    if info.message_imprint.message != digest or _algorithm(response) != _BY_SIZE.get(len(digest)):
        raise BadStamp(reason="digest")
    if nonce is not None and info.nonce != nonce:
        raise BadStamp(reason="nonce")


def _first_that_holds(
    answer: TimeStampResponse, digest: bytes, chains: Sequence[list[x509.Certificate]]
) -> list[x509.Certificate]:
    """Return the first chain that was good at the time of the answer. Raises BadStamp for none."""
    for chain in chains[:-1]:
        try:
            _verify(answer, digest, chain)
        except BadStamp:
            continue
        return chain
    _verify(answer, digest, chains[-1])
    return chains[-1]


def _verify(answer: TimeStampResponse, digest: bytes, chain: Sequence[x509.Certificate]) -> None:
    root, between = chain[-1], list(chain[1:-1])
    # Where the signer's certificate came beside the answer, the library has to be given it too.
    signer = None if answer.signed_data.certificates else chain[0]
    builder = VerifierBuilder(roots=[root], intermediates=between, tsa_certificate=signer)
    try:
        builder.build().verify(answer, digest)
    except VerificationError as error:
        raise BadStamp(reason="signature") from error


def _require_purpose(signer: x509.Certificate) -> None:
    """Raise BadStamp unless a certificate is for time stamps and nothing else (RFC 3161, 2.3)."""
    try:
        found = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (x509.ExtensionNotFound, ValueError) as error:
        raise BadStamp(reason="purpose") from error
    if not found.critical or list(found.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise BadStamp(reason="purpose")


def _require_named(response: bytes, signer: x509.Certificate) -> None:
    """Raise BadStamp unless what is signed names this very certificate (RFC 5816, 2.2.1).

    Without that, one certificate could be put in the place of another with the same key.
    """
    signed = tsp.TimeStampResp.load(response)["time_stamp_token"]["content"]
    for attribute in signed["signer_infos"][0]["signed_attrs"]:
        kind = attribute["type"].native
        if kind not in _SIGNING:
            continue
        first = attribute["values"][0]["certs"][0]
        name = _SIGNING[kind] or first["hash_algorithm"]["algorithm"].native
        if hashlib.new(name, der_of(signer)).digest() == first["cert_hash"].native:
            return
    raise BadStamp(reason="signature")
