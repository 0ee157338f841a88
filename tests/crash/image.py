"""A folder held in memory, so that it can be laid on a disk again and again."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Entry(NamedTuple):
    """One file or, where `data` is None, one folder."""

    data: bytes | None
    mode: int


Image = Mapping[str, Entry]  # path below the root, with "/" between parts; "" is not in it


def read_image(root: Path) -> dict[str, Entry]:
    """Read every file and folder below `root`."""
    image: dict[str, Entry] = {}
    waiting = [str(root)]
    skip = len(str(root)) + 1
    while waiting:
        with os.scandir(waiting.pop()) as found:
            for item in found:
                mode = stat.S_IMODE(item.stat(follow_symlinks=False).st_mode)
                if item.is_dir(follow_symlinks=False):
                    waiting.append(item.path)
                    image[item.path[skip:]] = Entry(None, mode)
                elif item.is_file(follow_symlinks=False):
                    image[item.path[skip:]] = Entry(Path(item.path).read_bytes(), mode)
    return image


def lay(image: Image, root: Path) -> None:
    """Make `root` hold exactly `image`."""
    clear(root)
    folders = sorted(path for path, entry in image.items() if entry.data is None)
    for path in folders:
        (root / path).mkdir(mode=0o700)
    for path, entry in image.items():
        if entry.data is not None:
            target = f"{root}/{path}"
            file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, entry.mode | 0o200)
            view = memoryview(entry.data)
            while view:
                view = view[os.write(file, view) :]
            os.fchmod(file, entry.mode)
            os.close(file)
    for path in reversed(folders):
        (root / path).chmod(image[path].mode)


def clear(root: Path) -> None:
    """Empty `root`, folders that refuse it included; make it if it is not there."""
    root.mkdir(mode=0o700, exist_ok=True)
    with os.scandir(root) as found:
        for item in found:
            if not item.is_dir(follow_symlinks=False):
                os.unlink(item.path)  # noqa: PTH108 - called thousands of times
                continue
            try:
                shutil.rmtree(item.path)
            except PermissionError:
                for folder, _, _ in os.walk(item.path):
                    Path(folder).chmod(0o700)
                shutil.rmtree(item.path)


def differences(one: Image, two: Image) -> list[str]:
    """Name each path whose kind or bytes differ."""
    return sorted(
        path
        for path in one.keys() | two.keys()
        if path not in one or path not in two or one[path].data != two[path].data
    )
