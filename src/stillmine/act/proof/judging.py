"""Compare the files of a bundle with what was signed, and name each one that differs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stillmine.act.proof import manifest as names
from stillmine.act.proof.canonical import read_canonical
from stillmine.act.proof.container import in_order
from stillmine.act.proof.findings import Finding
from stillmine.act.proof.manifest import Entry
from stillmine.act.proof.opening import LIST, Opened
from stillmine.act.proof.package import check_digest, package_of
from stillmine.act.proof.summing import Summed
from stillmine.crypto import check_evidence_signature, key_name, public_from_pem
from stillmine.errors import BadSignature, NotCanonical

_SUM = re.compile(rb"([0-9a-f]{64})  ([!-~]{1,140})\Z")
_CLOSING = frozenset({names.PACKAGE, names.DIGEST})
_SIGNED = frozenset({names.ROOT, names.SIGNATURE})


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found, without the time stamps; `head` is what the manifest says of the whole.

    Where there are no findings, every byte is as its maker left it.
    """

    findings: tuple[Finding, ...]
    root: bytes = b""
    key: str = ""
    head: Mapping[str, Any] | None = None


def is_proof(opened: Opened) -> bool:
    """Say whether these files are a proof of ours, perhaps a changed one, or a part of one."""
    files = {each.path: each for each in opened.files}
    listed = _content(files, names.PACKAGE)
    inside = {names.MANIFEST, names.ROOT, names.SIGNATURE, names.KEY, names.README}
    return bool(inside & files.keys()) or f'"{names.ROOT}"'.encode() in listed


def judge(opened: Opened) -> Judged:
    """Compare everything in a container with everything that was signed."""
    files = {each.path: each for each in opened.files}
    public = _key(files)
    head = _head(files)
    found = dict(_differing(files, public, head))
    if not found and (head is None or not _manifest_holds(files, head)):
        found[names.MANIFEST] = "changed"
    findings = [Finding(code, path) for path, code in sorted(found.items())]
    findings += [Finding("around", path) for path in opened.odd if path and path not in found]
    if len(files) != len(opened.files):
        findings.append(Finding("twice"))
    if opened.cut:
        findings.append(Finding("cut"))
    elif LIST in opened.odd:
        findings.append(Finding("list"))
    if opened.repacked:
        findings.append(Finding("repacked"))
    root = files[names.ROOT].content if names.ROOT in files else b""
    name = key_name(public) if public else ""
    return Judged(tuple(findings), hashlib.sha256(root).digest() if root else b"", name, head)


def _differing(
    files: Mapping[str, Summed], public: bytes, head: Mapping[str, Any] | None
) -> Iterator[tuple[str, str]]:
    """Yield (path, what) for each file that is not as it was signed.

    There are two signed lists: the root over what is proof, and the closing list over all files.
    Where only one of them holds, it says what happened to the other.
    """
    rooted = _signed_root(files, public)
    closed = _signed_package(files, public, head)
    if rooted is None and closed is None:
        # Nothing that is signed is left to compare with; these are the files that could be it.
        yield from ((path, "unsigned") for path in in_order(_SIGNED | {names.KEY} | _CLOSING))
        return
    listed = {**(closed or {}), **(rooted or {})}
    for path, total in listed.items():
        if path not in files:
            yield path, "missing"
        elif files[path].sha256 != total:
            yield path, "changed"
    signed_here = _SIGNED | _CLOSING
    for path in files:
        if path not in listed and path not in signed_here and not _is_stamp(path):
            yield path, "added"
    yield from _lists(files, rooted, closed)


def _lists(
    files: Mapping[str, Summed],
    rooted: Mapping[str, str] | None,
    closed: Mapping[str, str] | None,
) -> Iterator[tuple[str, str]]:
    """Yield the signed lists that do not hold, and what the closing list does not have."""
    if rooted is None and closed is not None:
        unlike = [each for each in _SIGNED if _sum(files, each) != closed.get(each)]
        yield from ((each, "changed") for each in unlike or _SIGNED)
    if closed is None:
        yield names.PACKAGE, "closing"
        return
    yield from ((path, "added") for path in files if path not in closed and path not in _CLOSING)


def _sum(files: Mapping[str, Summed], path: str) -> str | None:
    return files[path].sha256 if path in files else None


def _is_stamp(path: str) -> bool:
    return path.startswith(names.STAMPS)


def _key(files: Mapping[str, Summed]) -> bytes:
    try:
        return public_from_pem(_content(files, names.KEY))
    except BadSignature:
        return b""


def _content(files: Mapping[str, Summed], path: str) -> bytes:
    return files[path].content if path in files else b""


def _signed_root(files: Mapping[str, Summed], public: bytes) -> dict[str, str] | None:
    """Return the sums in the root, None where its signature does not hold."""
    root = _content(files, names.ROOT)
    try:
        check_evidence_signature(public, _content(files, names.SIGNATURE), root)
    except BadSignature:
        return None
    sums = {}
    for line in root.split(b"\n"):
        if match := _SUM.match(line):
            sums[match[2].decode("ascii")] = match[1].decode("ascii")
    return sums


def _signed_package(
    files: Mapping[str, Summed], public: bytes, head: Mapping[str, Any] | None
) -> dict[str, str] | None:
    """Return the sums in the closing list, None where it does not hold."""
    package = _content(files, names.PACKAGE)
    try:
        said = read_canonical(package)
        listed = [(each["path"], each["bytes"], each["hash"]) for each in said["resources"]]
        sums = {path: total.removeprefix("sha256:") for path, _, total in listed}
        sizes = [(path, size, sums[path]) for path, size, _ in listed]
        # The manifest tells what else stands there; without it, what is there is believed.
        around = head if head is not None else _head_of(said)
        if package_of(around, sizes) != package:
            return None
        check_digest(_content(files, names.DIGEST), package, around, public)
    except (BadSignature, NotCanonical, LookupError, TypeError, AttributeError, ValueError):
        return None
    return sums


def _head_of(package: Mapping[str, Any]) -> dict[str, Any]:
    page = {
        "url": package.get("mainPageUrl"),
        "at": package.get("mainPageDate"),
        "title": package.get("title"),
    }
    shown = page if "mainPageUrl" in package else None
    return {"made": package["created"], "software": package["software"], "page": shown}


def _head(files: Mapping[str, Summed]) -> dict[str, Any] | None:
    """Return what the manifest says of the whole, None where it is not of our form."""
    try:
        said = read_canonical(_content(files, names.MANIFEST))
        del said["files"], said["tree"]
        page = said["page"]
        if page is not None and not all(isinstance(page[part], str) for part in _PAGE):
            return None
        if not all(isinstance(said[part], str) for part in ("made", "software", "key", "format")):
            return None
    except (NotCanonical, LookupError, TypeError):
        return None
    return dict(said)


_PAGE = ("url", "at", "title")


def _manifest_holds(files: Mapping[str, Summed], head: Mapping[str, Any]) -> bool:
    """Say whether the manifest is the one that belongs to these files, byte by byte."""
    try:
        said = read_canonical(_content(files, names.MANIFEST))
        kinds = {each["path"]: each["media_type"] for each in said["files"]}
        listing, root = _again(files, head, kinds)
    except (NotCanonical, LookupError, TypeError, AttributeError):
        return False
    as_made = listing == _content(files, names.MANIFEST)
    return as_made and root == _content(files, names.ROOT) and said["key"] == _key_name(files)


def _again(
    files: Mapping[str, Summed], head: Mapping[str, Any], kinds: Mapping[str, str]
) -> tuple[bytes, bytes]:
    """Make the manifest and the root again, of the files as they are."""
    paths: Sequence[str] = in_order(kinds)
    entries = [_entry(files[path], kinds[path]) for path in paths]
    listing, tree = names.manifest_of(head, [each.listed for each in entries])
    sums = {each.path: each.sha256 for each in entries}
    sums[names.MANIFEST] = hashlib.sha256(listing).hexdigest()
    return listing, names.root_of(tree, ((path, sums[path]) for path in in_order(sums)))


def _entry(file: Summed, kind: str) -> Entry:
    return Entry(file.path, kind, file.size, file.crc, file.sha256, file.sha3_512)


def _key_name(files: Mapping[str, Summed]) -> str:
    public = _key(files)
    return key_name(public) if public else ""
