"""Get the screenshots of a case out of its proof, for a report that somebody asked to have them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
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
_LARGEST_PROOF = 1 << 30  # bytes of a proof that is read for it: it has to fit into memory
_MOST = 32 << 20  # bytes of all pictures in one report; what comes after these is only named
_CAPTURE, _NAME = "capture", "evidence/screenshot.png"


def screenshots(vault: Vault, case: Case, job: Job) -> tuple[Screenshot, ...]:
    """Return the screenshot of each captured page that has one; the log notes each look.

    It is decoded in the limited child and coded anew. What was handed in is never shown: it may be
    the pictures themselves. The vault is open for writing. A proof that cannot be opened has no
    picture, and no other is held up by it.
    """
    captures = [each for each in case.proofs if each.kind == _CAPTURE]
    job.begin("papers.pictures", len(captures), "")
    found: list[Screenshot] = []
    with Decoder(workers=1) as decoder:
        for proof in captures:
            left = _MOST - sum(len(each.jpeg or b"") for each in found)
            shot = _screenshot(vault, proof, decoder)
            if shot is not None:
                found.append(shot if len(shot.jpeg or b"") <= left else replace(shot, jpeg=None))
            job.advance()
    return tuple(found)


def _screenshot(vault: Vault, proof: Proof, decoder: Decoder) -> Screenshot | None:
    about = proof.title or words(REPORT)("proof")
    if proof.size > _LARGEST_PROOF:
        return Screenshot(proof.proof, about, None)
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
        member = archive.NameToInfo.get(_NAME)
        if member is None or member.file_size > _LARGEST:
            return None
        return archive.read(member)
