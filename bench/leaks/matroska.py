"""Words planted in Matroska and WebM: infos, tags, attachments, chapters, blocks and gaps."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable

import av

from bench.leaks.planting import Leak, canary, many, picture


@functools.cache
def film(kind: str) -> bytes:
    """Return a film of six frames."""
    out = io.BytesIO()
    with av.open(out, "w", format=kind, options={"fflags": "+bitexact"}) as made:
        codec = "libvpx-vp9" if kind == "webm" else "libx264"
        stream = made.add_stream(
            codec, rate=10, options={"crf": "30", "cpu-used": "8"} if kind == "webm" else {}
        )
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(6):
            made.mux(stream.encode(av.VideoFrame.from_image(picture((64, 48), shift=4 * number))))
        made.mux(stream.encode(None))
    return out.getvalue()


def element(name: int, data: bytes) -> bytes:
    """Return an element with a length of eight bytes (RFC 8794, section 4)."""
    head = name.to_bytes((name.bit_length() + 7) // 8, "big")
    return head + (len(data) | 1 << 56).to_bytes(8, "big") + data


def _number(data: bytes, at: int, *, keep: bool) -> tuple[int, int]:
    length = 9 - data[at].bit_length()
    value = int.from_bytes(data[at : at + length], "big")
    return (value if keep else value & ((1 << 7 * length) - 1)), at + length


def listed(data: bytes) -> list[tuple[int, bytes]]:
    """Return the name and the content of each element in a row."""
    found, at = [], 0
    while at < len(data):
        name, at = _number(data, at, keep=True)
        length, at = _number(data, at, keep=False)
        found.append((name, data[at : at + length]))
        at += length
    return found


def joined(parts: list[tuple[int, bytes]]) -> bytes:
    """Return elements in a row as bytes."""
    return b"".join(element(name, data) for name, data in parts)


_EBML, _SEGMENT, _INFO, _TRACKS, _CLUSTER = (
    0x1A45DFA3,
    0x18538067,
    0x1549A966,
    0x1654AE6B,
    0x1F43B675,
)
_ENTRY, _VIDEO, _BLOCKS, _BLOCK, _SIMPLE, _VOID = 0xAE, 0xE0, 0xA0, 0xA1, 0xA3, 0xEC
_SEEK, _CUES, _TAGS = 0x114D9B74, 0x1C53BB6B, 0x1254C367


def put(data: bytes, path: tuple[int, ...], extra: bytes, *, instead: int = 0) -> bytes:
    """Return elements with `extra` at the end of the holder that a path leads to."""
    if not path:
        return joined([one for one in listed(data) if one[0] != instead]) + extra
    parts = listed(data)
    for number, (name, inside) in enumerate(parts):
        if name == path[0]:
            parts[number] = (name, put(inside, path[1:], extra, instead=instead))
            break
    return joined(parts)


def made(path: tuple[int, ...], extra: bytes, kind: str, *, instead: int = 0) -> bytes:
    """Return the film with an element in a holder below the segment; its index is left out."""
    parts = listed(film(kind))
    inner = [one for one in listed(parts[1][1]) if one[0] not in (_SEEK, _CUES, _TAGS, _VOID)]
    segment = put(joined(inner), path, extra, instead=instead)
    return element(*parts[0]) + element(_SEGMENT, segment)


def _tag(name: bytes, words: bytes, target: bytes = b"") -> bytes:
    simple = element(0x67C8, element(0x45A3, name) + element(0x4487, words))
    return element(_TAGS, element(0x7373, element(0x63C0, target) + simple))


def _attachment(name: bytes, data: bytes, words: bytes = b"x") -> bytes:
    file = element(0x467E, words) + element(0x466E, name) + element(0x4660, b"text/plain")
    return element(
        0x1941A469, element(0x61A7, file + element(0x465C, data) + element(0x46AE, b"\7"))
    )


def _chapters(words: bytes, *, at: int = 0x85) -> bytes:
    shown = element(0x80, element(at, words) + element(0x437C, b"eng"))
    atom = element(0xB6, element(0x73C4, b"\1") + element(0x91, b"\0") + shown)
    return element(0x1043A770, element(0x45B9, atom))


def _block_group(c: bytes, extra: int, kind: str) -> bytes:
    """Let the first block stand in a group, with something beside it."""
    parts = listed(film(kind))
    inner = [one for one in listed(parts[1][1]) if one[0] not in (_SEEK, _CUES, _TAGS, _VOID)]
    for number, (name, data) in enumerate(inner):
        if name != _CLUSTER:
            continue
        blocks = listed(data)
        place = next(n for n, (what, _) in enumerate(blocks) if what in (_SIMPLE, _BLOCKS))
        what, one = blocks[place]
        block = element(_BLOCK, one) if what == _SIMPLE else one
        more = c if extra != 0x75A1 else element(0xA6, element(0xEE, b"\4") + element(0xA5, c))
        blocks[place] = (_BLOCKS, block + element(extra, more))
        inner[number] = (name, joined(blocks))
        break
    return element(*parts[0]) + element(_SEGMENT, joined(inner))


_TAG_NAMES = ("TITLE", "COMMENT", "ARTIST", "ENCODER", "DATE_RECORDED", "RECORDING_LOCATION",
              "COPYRIGHT", "com.apple.quicktime.location.ISO6709",
              "MAJOR_BRAND", "DURATION")  # fmt: skip
_INFO_FIELDS = {
    "Title": 0x7BA9, "MuxingApp": 0x4D80, "WritingApp": 0x5741, "SegmentFilename": 0x7384,
    "PrevFilename": 0x3C83AB, "NextFilename": 0x3E83BB, "SegmentUID": 0x73A4, "PrevUID": 0x3CB923,
    "SegmentFamily": 0x4444, "ChapterTranslate": 0x6924,
}  # fmt: skip
_TRACK_FIELDS = {
    "Name": 0x536E, "Language": 0x22B59C, "LanguageBCP47": 0x22B59D, "CodecName": 0x258688,
    "CodecSettings": 0x3A9697, "CodecInfoURL": 0x3B4040, "CodecDownloadURL": 0x26B240,
    "AttachmentLink": 0x7446, "TrackOverlay": 0x6FAB, "unknown": 0x4FFF,
}  # fmt: skip
_BLOCK_FIELDS = {"BlockAdditions": 0x75A1, "CodecState": 0xA4, "BlockVirtual": 0xA2, "Void": 0xEC,
                 "unknown": 0x4FFE, "DiscardPadding": 0x75A2}  # fmt: skip


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    found = []
    for kind, suffix in (("webm", "webm"), ("matroska", "mkv")):
        for name, make in _places(kind).items():
            if name == "CodecPrivate-and-more" and kind == "webm":
                continue
            short = 16 if "UID" in name and name.startswith("info") else 24
            found.append(Leak(f"{suffix}-{name}", suffix, make, lambda c, short=short: [c[:short]]))
    moment = canary("mkv-DateUTC")[:8]
    found.append(
        Leak("mkv-DateUTC", "mkv",
             lambda c: made((_INFO,), element(0x4461, moment), "matroska", instead=0x4461),
             lambda c: [moment])
    )  # fmt: skip
    found.append(Leak("mkv-CRC", "mkv",
                      lambda c: made((_INFO,), element(0xBF, c[:4]), "matroska"),
                      lambda c: [element(0xBF, c[:4])[-4:]]))  # fmt: skip
    return found


def _fields(kind: str) -> dict[str, Callable[[bytes], bytes]]:
    found: dict[str, Callable[[bytes], bytes]] = {}
    for title in _TAG_NAMES:
        name = title.encode()
        found[f"tag-{title.replace('.', '-')}"] = lambda c, name=name: made((), _tag(name, c), kind)
    for title, number in _INFO_FIELDS.items():
        most = 16 if "UID" in title else 24
        found[f"info-{title}"] = lambda c, number=number, most=most: made(
            (_INFO,), element(number, c[:most]), kind, instead=number
        )
    for title, number in _TRACK_FIELDS.items():
        found[f"track-{title}"] = lambda c, number=number: made(
            (_TRACKS, _ENTRY), element(number, c), kind, instead=number
        )
    for title, number in _BLOCK_FIELDS.items():
        found[f"block-{title}"] = lambda c, number=number: _block_group(c, number, kind)
    return found


def _private(c: bytes, kind: str) -> bytes:
    """Let the settings of the decoder go on behind their end."""
    tracks = next(data for name, data in listed(listed(film(kind))[1][1]) if name == _TRACKS)
    entry = listed(next(data for name, data in listed(tracks) if name == _ENTRY))
    old = next((data for name, data in entry if name == 0x63A2), b"")
    return made((_TRACKS, _ENTRY), element(0x63A2, old + c), kind, instead=0x63A2)


def _places(kind: str) -> dict[str, Callable[[bytes], bytes]]:
    return _fields(kind) | {
        "tag-name": lambda c: made((), _tag(c, b"x"), kind),
        "tag-of-a-track": lambda c: made((), _tag(b"LENS", c, element(0x63C5, b"\1")), kind),
        "tag-binary": lambda c: made(
            (),
            element(
                _TAGS,
                element(
                    0x7373,
                    element(0x63C0, b"")
                    + element(0x67C8, element(0x45A3, b"x") + element(0x4485, c)),
                ),
            ),
            kind,
        ),
        "attachment": lambda c: made((), _attachment(b"a.txt", c), kind),
        "attachment-name": lambda c: made((), _attachment(c, b"x"), kind),
        "attachment-description": lambda c: made((), _attachment(b"a", b"x", c), kind),
        "chapter-name": lambda c: made((), _chapters(c), kind),
        "chapter-country": lambda c: made((), _chapters(c, at=0x437E), kind),
        "void-in-the-segment": lambda c: made((), element(_VOID, c), kind),
        "void-in-a-cluster": lambda c: made((_CLUSTER,), element(_VOID, c), kind),
        "void-in-the-info": lambda c: made((_INFO,), element(_VOID, c), kind),
        "void-in-a-track": lambda c: made((_TRACKS, _ENTRY), element(_VOID, c), kind),
        "void-at-the-top": lambda c: film(kind) + element(_VOID, c),
        "void-in-the-EBML-head": lambda c: put(film(kind), (_EBML,), element(_VOID, c)),
        "unknown-in-the-segment": lambda c: made((), element(0x4FFD, c), kind),
        "unknown-in-a-cluster": lambda c: made((_CLUSTER,), element(0x4FFD, c), kind),
        "unknown-in-the-video": lambda c: made((_TRACKS, _ENTRY, _VIDEO), element(0x4FFD, c), kind),
        "projection": lambda c: made(
            (_TRACKS, _ENTRY, _VIDEO), element(0x7670, element(0x7672, c)), kind
        ),
        "silent-tracks": lambda c: made((_CLUSTER,), element(0x5854, c), kind),
        "encrypted-block": lambda c: made((_CLUSTER,), element(0xAF, c), kind),
        "DocType-extension": lambda c: put(
            film(kind), (_EBML,), element(0x4281, element(0x4283, c) + element(0x4284, b"\1"))
        ),
        "CodecPrivate-and-more": lambda c: _private(c, kind),
        "SeekHead-and-more": lambda c: made((), element(_SEEK, element(_VOID, c)), kind),
        "Cues-and-more": lambda c: made((), element(_CUES, element(0x4FFD, c)), kind),
        "after-the-segment": lambda c: film(kind) + c,
        "second-segment": lambda c: (
            made((), b"", kind) + element(_SEGMENT, element(_INFO, element(0x7BA9, c)))
        ),
        "content-compression": lambda c: made(
            (_TRACKS, _ENTRY), element(0x41E4, element(0x41A4, c)), kind
        ),
        "long-void": lambda c: made((), element(_VOID, many(c, 4000)), kind),
    }
