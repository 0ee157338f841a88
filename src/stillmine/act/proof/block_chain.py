"""Read and write OpenTimestamps proofs: how a sum leads to a block of Bitcoin, step by step.

The format of `.ots` files, version 1, written from its description; no library of theirs is used. A
proof is a tree: each node holds a message, and leads by operations (put bytes before or behind it,
hash it) to other messages, until a message is what a calendar promised to keep, or what stands in
the head of a block.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from stillmine.errors import BadStamp

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
_VERSION, _FORK, _ATTESTATION = 1, 0xFF, 0x00
_SHA256, _APPEND, _PREPEND = 0x08, 0xF0, 0xF1
_PENDING, _BITCOIN = bytes.fromhex("83dfe30d2ef90c8e"), bytes.fromhex("0588960d73d71901")
_HASHES: dict[int, Callable[[bytes], bytes]] = {
    _SHA256: lambda message: hashlib.sha256(message).digest(),
    0x02: lambda message: hashlib.sha1(message, usedforsecurity=False).digest(),
}
_DEEPEST, _LONGEST, _LONGEST_NOTE = 256, 4096, 8192
LARGEST = 1 << 16
"""Bytes of a proof, or of a calendar's answer, that are read."""
_IN_ADDRESS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/:")


@dataclass(slots=True)
class Node:
    """A message, the calendars that promised to keep it, and the blocks whose head holds it.

    `other` are notes of kinds that are not read here, as (tag, content); `steps` are (operation,
    argument, the node that it leads to).
    """

    message: bytes
    pending: list[str] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    other: list[tuple[bytes, bytes]] = field(default_factory=list)
    steps: list[tuple[int, bytes, Node]] = field(default_factory=list)

    def all(self) -> Iterator[Node]:
        """Yield this node and all that it leads to."""
        yield self
        for _, _, node in self.steps:
            yield from node.all()

    def append(self, content: bytes) -> Node:
        """Lead on to the message with these bytes behind it; return that node."""
        return self._lead(_APPEND, content)

    def hash(self) -> Node:
        """Lead on to the SHA-256 of the message; return that node."""
        return self._lead(_SHA256, b"")

    def _lead(self, operation: int, argument: bytes) -> Node:
        node = Node(_result(operation, argument, self.message))
        self.steps.append((operation, argument, node))
        return node

    def take(self, other: Node) -> None:
        """Add everything that another node says of the same message."""
        self.pending += [each for each in other.pending if each not in self.pending]
        self.blocks += [each for each in other.blocks if each not in self.blocks]
        self.other += [each for each in other.other if each not in self.other]
        for operation, argument, node in other.steps:
            mine = next((n for o, a, n in self.steps if (o, a) == (operation, argument)), None)
            if mine:
                mine.take(node)
            else:
                self.steps.append((operation, argument, node))


def read_proof(content: bytes, digest: bytes) -> Node:
    """Return what an `.ots` file says of a SHA-256 digest. Raises BadStamp (garbage, digest)."""
    head = MAGIC + bytes([_VERSION, _SHA256])
    if not content.startswith(head) or len(content) > LARGEST:
        raise BadStamp(reason="garbage")
    rest = content[len(head) :]
    if rest[: len(digest)] != digest:
        raise BadStamp(reason="digest")
    return read_node(rest[len(digest) :], digest)


def write_proof(node: Node) -> bytes:
    """Return the `.ots` file about the message of a node, a SHA-256 digest."""
    return MAGIC + bytes([_VERSION, _SHA256]) + node.message + _written(node)


def read_node(content: bytes, message: bytes) -> Node:
    """Return what a calendar answers about a message. Raises BadStamp."""
    if len(content) > LARGEST:
        raise BadStamp(reason="garbage")
    reader = _Reader(content)
    node = reader.node(message, _DEEPEST)
    if reader.left:
        raise BadStamp(reason="garbage")
    return node


class _Reader:
    """Takes a proof apart; everything in it is a stranger's."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    @property
    def left(self) -> int:
        """How many bytes were not read."""
        return len(self._content) - self._at

    def node(self, message: bytes, depth: int) -> Node:
        """Read all that is said of a message."""
        if not depth:
            raise BadStamp(reason="garbage")
        node = Node(message)
        tag = self._byte()
        while tag == _FORK:
            self._one(node, self._byte(), depth)
            tag = self._byte()
        self._one(node, tag, depth)
        return node

    def _one(self, node: Node, tag: int, depth: int) -> None:
        if tag == _ATTESTATION:
            self._note(node)
            return
        argument = self._varied(_LONGEST) if tag in (_APPEND, _PREPEND) else b""
        result = _result(tag, argument, node.message)
        node.steps.append((tag, argument, self.node(result, depth - 1)))

    def _note(self, node: Node) -> None:
        tag = self._take(8)
        note = self._varied(_LONGEST_NOTE)
        inside = _Reader(note)
        if tag == _PENDING:
            address = inside._varied(1000)
            if not _IN_ADDRESS.issuperset(address):
                raise BadStamp(reason="garbage")
            node.pending.append(address.decode("ascii"))
        elif tag == _BITCOIN:
            node.blocks.append(inside._number())
        else:
            node.other.append((tag, note))

    def _byte(self) -> int:
        return self._take(1)[0]

    def _take(self, count: int) -> bytes:
        if count > self.left:
            raise BadStamp(reason="garbage")
        self._at += count
        return self._content[self._at - count : self._at]

    def _number(self) -> int:
        number, shift = 0, 0
        while True:
            byte = self._byte()
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
            shift += 7
            if shift > 56:
                raise BadStamp(reason="garbage")

    def _varied(self, most: int) -> bytes:
        size = self._number()
        if size > most:
            raise BadStamp(reason="garbage")
        return self._take(size)


def _result(operation: int, argument: bytes, message: bytes) -> bytes:
    if operation == _APPEND:
        result = message + argument
    elif operation == _PREPEND:
        result = argument + message
    elif operation in _HASHES:
        result = _HASHES[operation](message)
    else:
        raise BadStamp(reason="garbage")
    if len(result) > _LONGEST:
        raise BadStamp(reason="garbage")
    return result


def _written(node: Node) -> bytes:
    """Return a node as it is written: notes by their bytes, then operations by theirs."""
    notes = [(_PENDING, _varied(each.encode("ascii"))) for each in node.pending]
    notes += [(_BITCOIN, _number(each)) for each in node.blocks]
    notes += node.other
    parts = [bytes([_ATTESTATION]) + tag + _varied(note) for tag, note in sorted(notes)]
    for operation, argument, after in sorted(node.steps, key=lambda step: step[:2]):
        said = _varied(argument) if operation in (_APPEND, _PREPEND) else b""
        parts.append(bytes([operation]) + said + _written(after))
    if not parts:
        raise BadStamp(reason="garbage")
    fork = bytes([_FORK])
    return b"".join(fork + part for part in parts[:-1]) + parts[-1]


def _number(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _varied(content: bytes) -> bytes:
    return _number(len(content)) + content
