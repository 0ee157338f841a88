"""Leave the child only the system calls that computing needs (Linux seccomp-BPF).

It is a list of what is allowed, not of what is forbidden: a deny-list forgets the call that the
next kernel adds. Reading the descriptors it already has, memory, threads, clocks and ending are
allowed. There is no call in the list that opens, names, creates, connects, starts or signals
anything outside the process. What is not listed fails with EPERM rather than killing, because
decoders ask for harmless things (CPU numbers, thread names) and carry on without them; only a
foreign instruction set, which would give the same numbers another meaning, kills.

Sources: linux/seccomp.h, linux/filter.h, linux/audit.h; call numbers from the kernel's
arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_COLUMN = {"x86_64": 0, "aarch64": 1}
_SECCOMP_CALL = (317, 277)

# name: number on x86_64, number on aarch64 (None: not there)
_ALLOWED: dict[str, tuple[int | None, int]] = {
    "read": (0, 63),
    "write": (1, 64),  # to the descriptors it has: the line to us, and the null device
    "close": (3, 57),
    "fstat": (5, 80),
    "poll": (7, 73),
    "lseek": (8, 62),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "pread64": (17, 67),
    "readv": (19, 65),
    "writev": (20, 66),
    "sched_yield": (24, 124),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "dup": (32, 23),
    "nanosleep": (35, 101),
    "getpid": (39, 172),
    "sendto": (44, 206),  # on the line to us: no other socket can be made
    "recvfrom": (45, 207),
    "sendmsg": (46, 211),
    "recvmsg": (47, 212),
    "exit": (60, 93),
    "gettimeofday": (96, 169),
    "getrusage": (98, 165),
    "sysinfo": (99, 179),
    "sigaltstack": (131, 132),
    "gettid": (186, 178),
    "futex": (202, 98),
    "sched_getaffinity": (204, 123),
    "set_tid_address": (218, 96),
    "restart_syscall": (219, 128),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "exit_group": (231, 94),
    "set_robust_list": (273, 99),
    "preadv": (295, 69),
    "getcpu": (309, 168),
    "preadv2": (327, 286),  # what os.preadv calls
    "getrandom": (318, 278),
    "membarrier": (324, 283),
    "rseq": (334, 293),
}
_CLONE, _CLONE3 = (56, 220), (435, 435)
_FCNTL, _FSTATAT = (72, 25), (262, 79)
_TGKILL, _PRLIMIT = (234, 131), (302, 261)

_CLONE_THREAD = 0x00010000
_AT_EMPTY_PATH = 0x1000
_F_GETFD, _F_SETFD, _F_GETFL = 1, 2, 3

_LOAD, _JUMP_EQUAL, _JUMP_SET, _JUMP_OVER, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_KILL, _ALLOW, _ERRNO = 0x80000000, 0x7FFF0000, 0x00050000
_NUMBER_AT, _ARCH_AT, _ARGUMENTS_AT = 0, 4, 16
_X32_BIT = 0x40000000
_SET_MODE_FILTER, _ALL_THREADS = 1, 1

_Instruction = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def install() -> bool:
    """Lock all threads of this process; return whether it worked on this kernel."""
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _COLUMN or sys.maxsize < 2**32:
        return False
    code = b"".join(struct.pack("=HBBI", *step) for step in program(machine, os.getpid()))
    library = ctypes.CDLL(None, use_errno=True)
    given = _Program(len(code) // 8, code)
    call = _SECCOMP_CALL[_COLUMN[machine]]
    return bool(library.syscall(call, _SET_MODE_FILTER, _ALL_THREADS, ctypes.byref(given)) == 0)


def program(machine: str, process: int) -> list[_Instruction]:
    """Return the filter as classic BPF steps (code, jump if true, jump if false, constant)."""
    column = _COLUMN[machine]
    steps: list[_Instruction] = [
        (_LOAD, 0, 0, _ARCH_AT),
        (_JUMP_EQUAL, 1, 0, _AUDIT_ARCH[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_JUMP_OVER, 0, 1, _X32_BIT),
        (_RETURN, 0, 0, _KILL),
    ]
    for numbers in _ALLOWED.values():
        steps += _rule(numbers[column], [(_RETURN, 0, 0, _ALLOW)])
    # A thread shares our memory and dies with us; a new process would not.
    steps += _rule(_CLONE[column], _if_set(0, _CLONE_THREAD))
    # clone3 has its flags in memory, where a filter cannot read them: say it does not exist,
    # and the C library falls back to clone.
    steps += _rule(_CLONE3[column], [(_RETURN, 0, 0, _ERRNO | errno.ENOSYS)])
    steps += _rule(_FCNTL[column], _if_one_of(1, (_F_GETFD, _F_SETFD, _F_GETFL)))
    steps += _rule(_FSTATAT[column], _if_set(3, _AT_EMPTY_PATH))
    steps += _rule(_TGKILL[column], _if_one_of(0, (process,)))
    steps += _rule(_PRLIMIT[column], _if_one_of(0, (0, process)))
    return [*steps, (_RETURN, 0, 0, _ERRNO | errno.EPERM)]


def _rule(number: int | None, then: list[_Instruction]) -> list[_Instruction]:
    """Do `then`, which must end by returning, if the call has this number."""
    if number is None:
        return []
    return [(_JUMP_EQUAL, 0, len(then), number), *then]


def _if_set(argument: int, bits: int) -> list[_Instruction]:
    return [
        (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * argument),
        (_JUMP_SET, 0, 1, bits),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERRNO | errno.EPERM),
    ]


def _if_one_of(argument: int, values: tuple[int, ...]) -> list[_Instruction]:
    tests = [(_JUMP_EQUAL, len(values) - place, 0, value) for place, value in enumerate(values)]
    return [
        (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * argument),
        *tests,
        (_RETURN, 0, 0, _ERRNO | errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]
