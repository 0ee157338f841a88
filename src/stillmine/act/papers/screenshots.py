"""Get the screenshots of a case out of its proof, for a report that somebody asked to have them."""

from __future__ import annotations

import io
import zipfile
from typing import BinaryIO

from stillmine.act.case.model import Case, Proof
from stillmine.act.papers.report_parts import Screenshot
from stillmine.act.papers.saying import words
from stillmine.app.jobs import Job
from stillmine.app.storage.vault import Vault
from stillmine.errors import ItemDamaged, UnknownEvidence
from stillmine.imaging import Decoder
from stillmine.messages import translate
from stillmine.messages.reporting import REPORT, WHY_OPENED

_SIDE = 2000  # pixels of the longer side: enough to read a page that is not very long
_LARGEST = 200 << 20  # bytes of one picture that is unpacked
_KINDS = ("screenshot.png", "screenshot.jpg", "screenshot.jpeg")


def screenshots(vault: Vault, case: Case, job: Job) -> tuple[Screenshot, ...]:
    """Return the screenshot of each proof that has one, coded anew; the log notes each look.

    The vault is open for writing. A proof that cannot be opened has no picture, and no other is
    held up by it.
    """
    job.begin("papers.pictures", len(case.proofs), "")
    found = []
    with Decoder(workers=1) as decoder:
        for proof in case.proofs:
            shot = _screenshot(vault, proof, decoder)
            if shot is not None:
                found.append(shot)
            job.advance()
    return tuple(found)


def _screenshot(vault: Vault, proof: Proof, decoder: Decoder) -> Screenshot | None:
    about = proof.title or words(REPORT)("proof")
    try:
        with vault.evidence.open(proof.evidence, why=translate(WHY_OPENED)) as bundle:
            picture = _picture_in(bundle)
    except (ItemDamaged, UnknownEvidence, zipfile.BadZipFile):
        return Screenshot(proof.proof, about, None)
    if picture is None:
        return None
    jpeg = decoder.thumbnail(io.BytesIO(picture), side=_SIDE)
    return Screenshot(proof.proof, about, jpeg)


def _picture_in(bundle: BinaryIO) -> bytes | None:
    with zipfile.ZipFile(io.BytesIO(bundle.read())) as archive:
        for member in archive.infolist():
            name = member.filename.rpartition("/")[2].lower()
            if name.endswith(_KINDS) and member.file_size <= _LARGEST:
                return archive.read(member)
    return None
