"""Read a rebuilt colour profile again, with other code: numbers and one known word, no more."""

from __future__ import annotations

from stillmine.errors import StillSpeaks

_DATE = bytes.fromhex("07d000010001000000000000")
_KINDS = {
    b"XYZ ": (b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt", b"bkpt"),
    b"curv": (b"rTRC", b"gTRC", b"bTRC", b"kTRC"),
    b"para": (b"rTRC", b"gTRC", b"bTRC", b"kTRC"),
    b"sf32": (b"chad",),
    b"cicp": (b"cicp",),
    b"mft1": (b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2"),
    b"mft2": (b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2"),
    b"mAB ": (b"A2B0", b"A2B1", b"A2B2"),
    b"mBA ": (b"B2A0", b"B2A1", b"B2A2"),
}
_WORDS = (
    b"desc\0\0\0\0\0\0\0\x07colour".ljust(97, b"\0"),
    b"text\0\0\0\0colour\0",
    bytes.fromhex("6d6c756300000000000000010000000c656e55530000000c0000001c")
    + "colour".encode("utf-16-be"),
)


def audit_profile(profile: bytes) -> None:
    """Account for every byte of a profile. Raises StillSpeaks."""
    if len(profile) < 132 or int.from_bytes(profile[:4]) != len(profile):
        raise StillSpeaks(part="profile-size")
    _audit_head(profile[:128])
    rows = int.from_bytes(profile[128:132])
    table = profile[132 : 132 + 12 * rows]
    used = {len(profile): 0}
    for start in range(0, len(table), 12):
        name, place, size = (table[start + at : start + at + 4] for at in (0, 4, 8))
        begin, length = int.from_bytes(place), int.from_bytes(size)
        used[begin] = length
        _audit_tag(name, profile[begin : begin + length])
    _audit_gaps(profile, 132 + 12 * rows, used)


def _audit_head(head: bytes) -> None:
    silent = head[4:8] + head[10:12] + head[40:64] + head[64:67] + head[80:]
    if any(silent) or head[24:36] != _DATE or head[36:40] != b"acsp" or head[67] > 3:
        raise StillSpeaks(part="profile-head")


def _audit_tag(name: bytes, body: bytes) -> None:
    if name in (b"desc", b"cprt"):
        if body not in _WORDS:
            raise StillSpeaks(part="profile-words")
        return
    if name not in _KINDS.get(body[:4], ()) or any(body[4:8]):
        raise StillSpeaks(part="profile-tag")
    if body[:4] == b"XYZ " and len(body) != 20:
        raise StillSpeaks(part="profile-tag")
    if body[:4] == b"curv" and len(body) != 12 + 2 * int.from_bytes(body[8:12]):
        raise StillSpeaks(part="profile-tag")


def _audit_gaps(profile: bytes, at: int, used: dict[int, int]) -> None:
    """Between two values at most three zeros may lie, which keep them at whole words."""
    for begin in sorted(used):
        gap = profile[at:begin]
        if begin < at or len(gap) > 3 or any(gap):
            raise StillSpeaks(part="profile-gap")
        at = begin + used[begin]
