"""The directory of a store: made whole, put in the place of another, put back after a stop, opened, or refused.

Limits: a store belongs to one writer at a time; readers read a snapshot (`snapshots`).
"""

from __future__ import annotations

import shutil
from pathlib import Path

from pyoxigraph import Store

from mandategraph.errors import StoreError
from mandategraph.keeping.snapshots import Snapshot, take

_TRIES = 5
_ASIDE, _NEW = ".aside", ".new"
_IN_USE = "Wait until the other command is done, or give another --store."


def open_to_write(path: Path) -> Store:
    """Return the engine's store in a directory, which is made where there is none.

    Raises:
        StoreError: the directory is something else, or is in use.
    """
    recover(path)
    if path.exists() and not path.is_dir():
        raise StoreError("this is a file, not a store", where=str(path), hint="Give a directory with --store.")
    if path.is_dir() and any(path.iterdir()) and not (path / "CURRENT").exists():
        raise StoreError("this directory is not a store", where=str(path), hint="Give an empty or a new directory.")
    try:
        if not (path / "CURRENT").exists():
            _create(path)
        return Store(str(path))
    except OSError as error:
        raise refusal(error, path) from error


def open_to_read(path: Path) -> tuple[Snapshot, Store]:
    """Return a snapshot of the store in a directory, and the engine's store in it.

    Raises:
        StoreError: there is no store, or it cannot be read.
    """
    recover(path)
    if not path.exists():
        raise StoreError("there is no store here", where=str(path), hint="Make one with: mandategraph build PATH")
    if not (path / "CURRENT").exists():
        raise StoreError("this is not a store", where=str(path), hint="Give the directory of a store with --store.")
    try:
        return _opened(path)
    except (OSError, RuntimeError) as error:
        raise refusal(error, path) from error


def _opened(path: Path) -> tuple[Snapshot, Store]:
    """Return a snapshot and the store in it; the end of a log may be half written at the moment, and is not at the next."""
    for left in reversed(range(_TRIES)):
        snapshot = take(path)
        try:
            return snapshot, Store.read_only(str(snapshot.directory))
        except (OSError, RuntimeError):
            snapshot.close()
            if not left:
                raise
    raise AssertionError("unreachable")


def _create(path: Path) -> None:
    """Make an empty store beside a path and put it there whole: a stop in between leaves no half one."""
    new = path.with_name(f"{path.name}{_NEW}")
    shutil.rmtree(new, ignore_errors=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    Store(str(new)).flush()
    if path.is_dir():
        path.rmdir()
    new.rename(path)


def set_aside(path: Path, new: Path) -> None:
    """Put a store in the place of another; a stop in between leaves the old one aside, and `recover` puts it back."""
    old = path.with_name(f"{path.name}{_ASIDE}")
    shutil.rmtree(old, ignore_errors=True)
    if path.exists():
        path.rename(old)
    new.rename(path)
    shutil.rmtree(old, ignore_errors=True)


def recover(path: Path) -> None:
    """Put a store back that was set aside when its successor did not come."""
    old = path.with_name(f"{path.name}{_ASIDE}")
    if not path.exists() and old.is_dir():
        old.rename(path)


def refusal(error: Exception, path: Path) -> StoreError:
    """Return what the engine says of a store as an error of ours, with what to do."""
    text = str(error).lower()
    if "lock" in text:
        return StoreError("the store is in use by another process", where=str(path), hint=_IN_USE)
    if isinstance(error, PermissionError) or "permission" in text:
        return StoreError("the store may not be written", where=str(path), hint="Check the directory's permissions.")
    if "no space" in text:
        return StoreError(
            "the disk is full", where=str(path), hint="Make room, then build again: nothing was half written."
        )
    return StoreError(
        f"the store cannot be used ({str(error).splitlines()[0]})",
        where=str(path),
        hint="Build it anew in another directory.",
    )
