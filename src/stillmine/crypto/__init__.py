"""Bytes in, bytes out: the age format, keys, words and sums. Raises; never returns a verdict.

Time stamps and the certificates of their makers are in `timestamp` and `chain`, and not named here:
their libraries would take a third of the time in which every command starts.
"""

from stillmine.crypto.armor import armor, dearmor
from stillmine.crypto.contact import AgeRecipient, Contact, PersonalKey, read_recipient
from stillmine.crypto.derivation import derive, keyed_digest
from stillmine.crypto.evidence_key import (
    EvidenceKey,
    check_evidence_signature,
    check_raw_evidence_signature,
    key_name,
    public_from_pem,
    public_pem,
)
from stillmine.crypto.header import kinds_of_keys
from stillmine.crypto.hybrid import HybridIdentity, HybridRecipient
from stillmine.crypto.identity_file import parse_identities
from stillmine.crypto.merkle import merkle_root
from stillmine.crypto.opener import Opener
from stillmine.crypto.padding import padded_size
from stillmine.crypto.passphrase import Passphrase, normalise_passphrase
from stillmine.crypto.sealer import Sealer
from stillmine.crypto.signing import SigningKey, check_signature
from stillmine.crypto.stanza import Identity, Recipient
from stillmine.crypto.strength import Strength, passphrase_strength
from stillmine.crypto.whole import decrypt, encrypt
from stillmine.crypto.words import (
    check_recovery_words,
    fingerprint_words,
    new_passphrase_words,
    new_recovery_words,
)
from stillmine.crypto.x25519 import X25519Identity, X25519Recipient

__all__ = [
    "AgeRecipient",
    "Contact",
    "EvidenceKey",
    "HybridIdentity",
    "HybridRecipient",
    "Identity",
    "Opener",
    "Passphrase",
    "PersonalKey",
    "Recipient",
    "Sealer",
    "SigningKey",
    "Strength",
    "X25519Identity",
    "X25519Recipient",
    "armor",
    "check_evidence_signature",
    "check_raw_evidence_signature",
    "check_recovery_words",
    "check_signature",
    "dearmor",
    "decrypt",
    "derive",
    "encrypt",
    "fingerprint_words",
    "key_name",
    "keyed_digest",
    "kinds_of_keys",
    "merkle_root",
    "new_passphrase_words",
    "new_recovery_words",
    "normalise_passphrase",
    "padded_size",
    "parse_identities",
    "passphrase_strength",
    "public_from_pem",
    "public_pem",
    "read_recipient",
]
