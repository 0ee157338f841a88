"""Take the whole file system, TCP ports and other processes away from the child (Landlock).

A second wall behind seccomp: a ruleset that handles every right and allows none, so that even a
call that slipped through finds nothing to open. Source: Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_ASK_VERSION = 1
_FILE_RIGHTS = ((5, 16), (3, 15), (2, 14), (1, 13))  # since which version, how many rights
_NET_SINCE, _BOTH_TCP_RIGHTS = 4, 0b11
_SCOPE_SINCE, _SOCKETS_AND_SIGNALS = 6, 0b11


def install() -> int:
    """Lock this thread and those it starts; return the kernel's Landlock version, or 0."""
    if sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"):
        return 0
    call = ctypes.CDLL(None, use_errno=True).syscall
    version = int(call(_CREATE_RULESET, None, ctypes.c_size_t(0), _ASK_VERSION))
    if version < 1:
        return 0
    rights = ruleset(version)
    handle = call(_CREATE_RULESET, rights, ctypes.c_size_t(len(rights)), 0)
    if handle < 0:
        return 0
    held = call(_RESTRICT_SELF, handle, 0) == 0
    os.close(handle)
    return version if held else 0


def ruleset(version: int) -> bytes:
    """Return the `landlock_ruleset_attr` that handles all rights this version knows."""
    files = next(count for since, count in _FILE_RIGHTS if version >= since)
    fields = [(1 << files) - 1]
    if version >= _NET_SINCE:
        fields.append(_BOTH_TCP_RIGHTS)
    if version >= _SCOPE_SINCE:
        fields.append(_SOCKETS_AND_SIGNALS)
    return struct.pack(f"={len(fields)}Q", *fields)
