"""Write kept files out again, bit by bit as they were given."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage import durable
from stillmine.app.storage.container import Header
from stillmine.app.storage.item import Item
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import (
    CannotWriteHere,
    InsideHome,
    ItemDamaged,
    ItemForgotten,
    VaultDamaged,
)

_MOST_NAMES = 10_000
_LONGEST_NAME = 255  # bytes


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to write out, and where to."""

    items: tuple[str, ...] = given(
        "The items' numbers, or how they begin; none for everything.", default=(), positional=True
    )
    to: Path = given("The folder to write to.", default=Path())


@dataclass(frozen=True, slots=True)
class Exported:
    """An item and the file it was written to."""

    item: str
    file: Path


@dataclass(frozen=True, slots=True)
class NotExported:
    """An item that could not be written out, and the code that says why."""

    item: str
    code: str


@dataclass(frozen=True, slots=True)
class ExportAnswer(Answer):
    """What was written out. These files are not sealed: anyone who has them can look at them."""

    exported: tuple[Exported, ...]
    skipped: tuple[NotExported, ...]


@action("keep.export")
def export(context: Context, request: ExportRequest) -> ExportAnswer:
    """Write items out as the files they were. No file that is there already is touched."""
    folder = _require_folder(request.to, Home(context.home))
    exported: list[Exported] = []
    skipped: list[NotExported] = []
    with unlocked(context) as vault:
        items = [vault.item(name) for name in request.items] or vault.items()
        context.job.begin("keep.exporting", len(items), "files")
        for item in items:
            try:
                exported.append(Exported(item.item, _write_out(vault, item, folder)))
            except (ItemDamaged, ItemForgotten, VaultDamaged) as problem:
                skipped.append(NotExported(item.item, problem.code))
            context.job.advance()
    return ExportAnswer(tuple(exported), tuple(skipped))


def _require_folder(folder: Path, home: Home) -> Path:
    with _named_failures():
        if folder.resolve().is_relative_to(home.root.resolve()):
            raise InsideHome(file=str(folder))
        folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextlib.contextmanager
def _named_failures() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        full = problem.errno in (errno.ENOSPC, errno.EDQUOT)
        raise CannotWriteHere(full=full) from problem


def _write_out(vault: Vault, item: Item, folder: Path) -> Path:
    """Write one item under a temporary name, and name it when it is whole."""
    draft = durable.temporary(folder)
    with _named_failures():
        descriptor = durable.create_exclusive(draft)
    try:
        with os.fdopen(descriptor, "wb", buffering=0) as file, vault.open_item(item) as opened:
            header, content = opened
            _copy(content, file, header)
        with _named_failures():
            with contextlib.suppress(OSError, OverflowError):  # a time that this disk cannot hold
                os.utime(draft, ns=(header.modified, header.modified))
            return _name(draft, folder, item.name)
    except BaseException:
        draft.unlink(missing_ok=True)  # it is not sealed
        raise


def _copy(content: BinaryIO, file: BinaryIO, header: Header) -> None:
    left = header.size
    while data := content.read(durable.READ_SIZE):
        with _named_failures():
            durable.write_all(file.fileno(), data)
        left -= len(data)
    if left:
        raise ItemDamaged(item=header.item, what="object-damaged")
    with _named_failures():
        durable.sync_file(file.fileno())


def _name(draft: Path, folder: Path, name: bytes) -> Path:
    """Give a file its own name, or the next free one like it; never in the place of another."""
    own = Path(_safe(os.fsdecode(name)))
    for number in range(1, _MOST_NAMES):
        path = folder / (own.name if number == 1 else _numbered(own, number))
        try:
            # A link fails where the name is taken, which a rename would not.
            os.link(draft, path)
        except FileExistsError:
            continue
        except OSError:
            if path.exists():
                continue
            draft.rename(path)  # a file system without links, say on a stick
            return path
        draft.unlink()
        return path
    raise CannotWriteHere(full=False)


def _numbered(own: Path, number: int) -> str:
    end = f"-{number}{own.suffix}"
    stem = os.fsencode(own.stem)[: _LONGEST_NAME - len(os.fsencode(end))]
    # Not in the middle of a letter, which some disks would refuse.
    text = stem.decode("utf-8", "ignore") if _is_text(own.stem) else os.fsdecode(stem)
    return (text or "unnamed") + end


def _is_text(name: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in name)


def _safe(name: str) -> str:
    """Return a file name that is a name here too, whatever system it came from."""
    flat = name.replace("/", "_").replace("\\", "_").replace("\0", "_").strip()
    return flat if flat not in ("", ".", "..") else "unnamed"
