"""The files of a store -> the same files held, so that no writer can take them away from who reads them.

An Oxigraph store is a RocksDB: tables that are written once, logs that only grow, and a manifest that says which of them count. A reader
opens a table when it first needs it; a writer deletes the tables that it has merged, and a reader that comes late goes round inside the
engine and collects errors. So a reader gets a directory of its own: copies of the manifest and the logs as they were at one moment, and
each table that was there then, held open. A held file is whole, whatever its writer does, and its space is given back when the reader
ends, however it ends.

Where the system names open files (`/proc/self/fd`, on Linux), a table is a link to its descriptor; elsewhere a hard link beside the store, or
a copy where there can be none. Weighed: hard links everywhere (they need the right to write beside the store, stay behind after a kill and
keep their space then), checkpoints by the writer (one each time it writes, whether anybody reads or not), a lease (a writer that waits for
its readers, and readers that forget to give it back).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
import weakref
from pathlib import Path

from mandategraph.errors import StaleError

_PREFIX = "mandategraph-reading-"
_LOCK = "lock"
_DESCRIPTORS = Path("/proc/self/fd")
_FILES = 10_240
_TRIES, _PAUSE = 250, 0.03
_YOUNG = 60.0


class Snapshot:
    """The files of a store as they were at one moment.

    Attributes:
        directory: where a store can be opened for reading, by this process alone.
    """

    def __init__(self, directory: Path, descriptors: list[int]) -> None:
        self.directory = directory
        self.close = weakref.finalize(self, _release, directory, descriptors)


def take(path: Path) -> Snapshot:
    """Return a snapshot of the store in a directory, of a moment when its manifest stood still.

    Raises:
        StaleError: it never stood still.
        OSError: the files cannot be read.
    """
    _allow_many_files()
    beside = None if _DESCRIPTORS.is_dir() or not os.access(path.parent, os.W_OK) else path.parent
    _sweep(Path(beside or tempfile.gettempdir()))
    for _ in range(_TRIES):
        directory, descriptors = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=beside)), list[int]()
        snapshot = Snapshot(directory, descriptors)
        try:
            descriptors.append(_locked(directory / _LOCK))
            before = _manifest(path)
            for file in path.iterdir():
                if file.suffix == ".sst":
                    descriptors.extend(_hold(file, directory / file.name))
                elif file.suffix == ".log":
                    shutil.copyfile(file, directory / file.name)
            if _manifest(path) == before:
                _write(directory, *before)
                return snapshot
        except FileNotFoundError:
            if not (path / "CURRENT").exists():
                raise
        snapshot.close()
        time.sleep(_PAUSE)
    raise StaleError("the store is written all the time", where=str(path), hint="Try again.")


def _manifest(path: Path) -> tuple[str, bytes]:
    """Return the name of the manifest that counts, and what it says."""
    name = (path / "CURRENT").read_text(encoding="ascii").strip()
    return name, (path / name).read_bytes()


def _write(directory: Path, name: str, said: bytes) -> None:
    (directory / name).write_bytes(said)
    (directory / "CURRENT").write_text(f"{name}\n", encoding="ascii")


def _hold(file: Path, link: Path) -> list[int]:
    """Make a file's link, and return the descriptors that hold it."""
    if _DESCRIPTORS.is_dir():
        descriptor = os.open(file, os.O_RDONLY)
        link.symlink_to(_DESCRIPTORS / str(descriptor))
        return [descriptor]
    try:
        os.link(file, link)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(file, link)
    return []


def _release(directory: Path, descriptors: list[int]) -> None:
    shutil.rmtree(directory, ignore_errors=True)
    for descriptor in descriptors:
        with contextlib.suppress(OSError):
            os.close(descriptor)


def _locked(file: Path) -> int:
    """Return a descriptor of a new file that is locked as long as this process lives."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    _lock(descriptor)
    return descriptor


def _lock(descriptor: int) -> None:
    """Lock a file for this process.

    Raises:
        OSError: another has it.
    """
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sweep(place: Path) -> None:
    """Take away the directories of readers that were killed."""
    for directory in place.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if time.time() - directory.stat().st_mtime < _YOUNG:
                continue
            descriptor = os.open(directory / _LOCK, os.O_RDWR)
            try:
                _lock(descriptor)
                shutil.rmtree(directory, ignore_errors=True)
            finally:
                os.close(descriptor)


def _allow_many_files() -> None:
    """Let this process have as many files open as it may."""
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = _FILES if hard == resource.RLIM_INFINITY else min(hard, _FILES)
        if soft != resource.RLIM_INFINITY and soft < most:
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
