"""Walls around this process, which it cannot take down again: it opens no connection, and takes no more memory than it may.

They trust nothing that runs inside. On Linux the kernel holds them: a filter of system calls (seccomp) refuses sockets, other processes
and what could stand in for them, and the address space has a limit. Elsewhere there is no such filter, and outside of Linux the limit
of memory is kept by few systems; what is missing is said in a warning of this module.

Weighed for the network: Landlock (TCP alone, so that names could still be looked up, and data carried out with them), a network
namespace (needs rights that many systems do not give), a package (one file of ours does it, and libseccomp would be needed besides).
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import platform
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MEGABYTES = 1024
SECONDS = 300.0
_LOG = logging.getLogger(__name__)
_POOLS = -8
_PR_SET_NO_NEW_PRIVS = 38
_SET_MODE_FILTER, _ALL_THREADS = 1, 1
_DENY, _ALLOW = 0x00050000 | 13, 0x7FFF0000  # answers EACCES; lets the call through
_LOAD, _IS, _IS_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE = 0, 4  # where a call's number and architecture stand in what the filter is given
_FOREIGN = 0x40000000  # numbers from here on are of another convention (x32)
# By machine: its architecture as the kernel writes it, the number of seccomp, and the calls that are refused: socket, connect, accept,
# sendto, sendmsg, bind, listen, socketpair, accept4, sendmmsg, ptrace, process_vm_readv, process_vm_writev, execve, execveat; and, with
# the same number everywhere, io_uring's three and pidfd_getfd.
_EVERYWHERE = (425, 426, 427, 438)
_MACHINES = {
    "x86_64": (0xC000003E, 317, (41, 42, 43, 44, 46, 49, 50, 53, 288, 307, 101, 310, 311, 59, 322)),
    "aarch64": (0xC00000B7, 277, (198, 203, 202, 206, 211, 200, 201, 199, 242, 269, 117, 270, 271, 221, 281)),
}


def confine(*, megabytes: int, is_offline: bool = True) -> None:
    """Put up the walls; what is written to standard error after that is not shown, for an engine that gets no memory writes there as it ends.

    Args:
        megabytes: of memory that this process may take, counted as address space.
        is_offline: whether it may open no connection either, and start no program.
    """
    if not _limit_memory(megabytes << 20):
        _LOG.warning("this system does not limit the memory of a process: a query may take all there is")
    if is_offline and not _refuse_connections():
        _LOG.warning("this system does not keep a process off the network: the judge of queries alone does")
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)


def _limit_memory(length: int) -> bool:
    if sys.platform == "win32":
        return False
    import resource

    with contextlib.suppress(AttributeError):  # the pools of glibc's threads would take most of a small space, unused
        ctypes.CDLL(None).mallopt(_POOLS, 2)
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (length, length))
    except (OSError, ValueError):
        return False
    return sys.platform == "linux"


def _refuse_connections() -> bool:
    """Return whether the kernel has taken the filter, for all threads there are and will be."""
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        return False
    architecture, seccomp, refused = _MACHINES[platform.machine()]
    program = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IS, 1, 0, architecture),
        (_RETURN, 0, 0, _DENY),
        (_LOAD, 0, 0, _NUMBER),
        (_IS_AT_LEAST, 0, 1, _FOREIGN),
        (_RETURN, 0, 0, _DENY),
    ]
    for number in (*refused, *_EVERYWHERE):
        program += [(_IS, 0, 1, number), (_RETURN, 0, 0, _DENY)]
    program.append((_RETURN, 0, 0, _ALLOW))
    written = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
    pointer = struct.pack("HxxxxxxP", len(program), ctypes.addressof(written))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return bool(libc.syscall(seccomp, _SET_MODE_FILTER, _ALL_THREADS, pointer) == 0)


@contextmanager
def within_bounds(*, megabytes: int, seconds: float, end: Callable[[], None]) -> Iterator[None]:
    """Bound what this process may take while it reads: more memory is a `MemoryError`, or ends it; more time calls `end`.

    Args:
        megabytes: of address space, where the system can bound it.
        seconds: until `end` is called, in a thread of its own.
        end: says why and ends the process.
    """
    timer = threading.Timer(seconds, end)
    timer.daemon = True
    kept = _bound_memory(megabytes * 1_048_576)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if kept is not None:
            _bound_memory(kept)


def _bound_memory(length: int) -> int | None:
    """Bound the address space of this process for the time being, and return the bound before; None where that cannot be."""
    try:
        import resource
    except ImportError:
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = length if hard < 0 else min(length, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    return soft
