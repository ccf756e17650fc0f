"""The index of a store, found, made, mended or thrown away.

It lies beside the store in a file of its own, and is brought up to date with it whenever it is opened: what a build that was killed left behind is
done then. One that is damaged, or that another program made, is thrown away and made again; where none can be written, it is made in memory.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from mandategraph.indexing.index import Index
from mandategraph.keeping.store import GraphStore

_SUFFIX = ".index"
_PATIENCE = 60.0
_MEMORY = ":memory:"


def path_of_index(store_path: Path) -> Path:
    """Return where the index of a store lies."""
    return store_path.with_name(f"{store_path.name}{_SUFFIX}")


def open_index(store: GraphStore) -> Index:
    """Return the index of a store, in step with it; it is made where there is none, and made anew where it is damaged.

    Args:
        store: open; the index of one in memory is in memory too.
    """
    if not store.is_on_disk:
        return _made(_MEMORY, store)
    place = str(path_of_index(Path(store.where)))
    try:
        return _made(place, store)
    except sqlite3.OperationalError:
        return _made(_MEMORY, store)
    except sqlite3.DatabaseError:
        throw_away(Path(store.where))
    try:
        return _made(place, store)
    except sqlite3.DatabaseError:
        return _made(_MEMORY, store)


def refresh_index(store: GraphStore) -> None:
    """Bring the index of a store up to date, where it has one; one that cannot be written is thrown away."""
    path = Path(store.where)
    if store.is_on_disk and path_of_index(path).exists():
        try:
            with _made(str(path_of_index(path)), store):
                pass
        except sqlite3.Error:
            throw_away(path)


def throw_away(store_path: Path) -> None:
    """Remove the index of a store, where that can be done; it is made again when it is asked for."""
    path = path_of_index(store_path)
    for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        with contextlib.suppress(OSError):
            each.unlink()


def _made(name: str, store: GraphStore) -> Index:
    """Return an index in a file, in step with a store.

    Raises:
        sqlite3.DatabaseError: it is damaged, or was made by another program.
        sqlite3.OperationalError: it cannot be written.
    """
    index = Index(sqlite3.connect(name, timeout=_PATIENCE, isolation_level=None))
    try:
        index.prepare()
        index.keep_in_step(store)
    except BaseException:
        index.close()
        raise
    return index
