"""Write the draft of a statement about a proof, with how it was made and who had it in hand."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from stillmine.act.case.model import Proof
from stillmine.act.case.store import find_case, proof_of
from stillmine.act.papers.certification import Seen, certification, form_for
from stillmine.act.papers.giving import PaperAnswer, give, require_place
from stillmine.act.papers.reporting import custody_of
from stillmine.act.proof import check_bundle
from stillmine.act.proof.authorities import trust
from stillmine.act.proof.manifest import MANIFEST
from stillmine.act.proof.opening import open_container
from stillmine.app.actions import action, given
from stillmine.app.context import Context
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import ItemDamaged, UnknownEvidence
from stillmine.messages import translate
from stillmine.messages.certifying import WHY_READ

_LARGEST = 1 << 30  # bytes of a proof that is read for the draft: it has to fit into memory


@dataclass(frozen=True, slots=True)
class CertifyRequest:
    """About which proof of which case, and for the courts of which country."""

    case: str = given("The case, by its name or how it begins.")
    proof: str = given("The proof, such as p1.")
    file: Path = given("The file to write; it ends in .pdf or .txt.", positional=True)
    form: Literal["us", "gb", "plain"] | None = given(
        "For which courts; else those of the case's country.", default=None
    )


@action("act.certify")
def certify(context: Context, request: CertifyRequest) -> PaperAnswer:
    """Write the draft of a statement about a proof, for a lawyer to read before it is signed."""
    require_place(request.file, context)
    with unlocked(context, writing=True) as vault:
        case = find_case(vault, request.case)
        proof = proof_of(case, request.proof)
        custody = custody_of(vault, case)
        seen = see(vault, proof, custody.key)
        custody = custody_of(vault, case)  # with the line of this look
    form = request.form or form_for(case.country)
    document = certification(case, proof, seen, custody, form)
    return give(document, request.file, context)


def see(vault: Vault, proof: Proof, key: str) -> Seen | None:
    """Look into a proof, which its log notes. None where it cannot be opened or is no bundle.

    `key` is the name of the key that must have signed it, or empty.
    """
    if proof.size > _LARGEST:
        return None
    try:
        with vault.evidence.open(proof.evidence, why=translate(WHY_READ)) as sealed:
            bundle = io.BytesIO(sealed.read())
    except (ItemDamaged, UnknownEvidence):
        return None
    opened = open_container(bundle)
    files = {each.path: each for each in opened.files} if opened else {}
    if MANIFEST not in files:
        return None
    listing = files[MANIFEST].content
    said = _read(listing)
    listed = said.get("files", [])
    sums = tuple((str(each["path"]), str(each["sha256"])) for each in listed)
    return Seen(listing, said, sums, check_bundle(bundle, trust=trust(()), key=key))


def _read(listing: bytes) -> dict[str, Any]:
    try:
        said = json.loads(listing)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
