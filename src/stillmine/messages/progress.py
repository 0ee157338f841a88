"""What is said while work goes on: a few words for each stretch of it."""

from __future__ import annotations

from stillmine.messages import (
    capture,
    cases,
    cleaning,
    clock,
    compare,
    fingerprints,
    handing,
    notices,
    papers,
    proof,
    tracing,
    watching,
    web,
)

DOING: dict[str, str] = {
    **capture.DOING,
    **cases.DOING,
    **clock.DOING,
    **notices.DOING,
    **papers.DOING,
    **proof.DOING,
    **watching.DOING,
    **web.DOING,
    **cleaning.DOING,
    **fingerprints.DOING,
    **handing.DOING,
    **tracing.DOING,
    **compare.DOING,
    "app.fingerprinting": "Learning how your pictures look",
    "backup.drilling": "Opening a sample of the backup",
    "backup.pruning": "Removing old keys from the backup",
    "backup.restoring": "Bringing sealed files back",
    "backup.sending": "Sending sealed files",
    "backup.verifying": "Reading the backup back",
    "keep.adding": "Sealing",
    "keep.exporting": "Writing out",
    "keep.looking-for-files": "Looking for files",
    "keep.verifying": "Reading back",
    "try.drawing": "Drawing pictures to try with",
    "try.walking": "Trying everything",
    "doctor.looking": "Looking at this computer",
}
