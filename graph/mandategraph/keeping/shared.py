"""A store that others may write, for those who read it all day: opened again when its files have changed."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from mandategraph.keeping.asread import open_to_read
from mandategraph.keeping.store import GraphStore


class SharedReader:
    """A store that others may write, read as it is now: opened again when its files have changed.

    Args:
        path: of the store.
        is_as_read: give what the machine reads, without what people corrected.
    """

    def __init__(self, path: Path, *, is_as_read: bool = False) -> None:
        self.path = path
        self._is_as_read = is_as_read
        self._opened: GraphStore | None = None
        self._seen: tuple[tuple[str, int, int], ...] = ()

    def store(self) -> GraphStore:
        """Return the store in its newest committed state.

        Raises:
            StoreError: there is no store, or it cannot be read.
        """
        now = self.signature()
        if self._opened is None or now != self._seen:
            if self._opened is not None:
                self._opened.close()
                self._opened = None
            self._opened = open_to_read(self.path, is_as_read=self._is_as_read)
            self._seen = now
        return self._opened

    def signature(self) -> tuple[tuple[str, int, int], ...]:
        """Return what tells one state of the files from another: names, sizes, times in nanoseconds."""
        if not self.path.is_dir():
            return ()
        found = []
        for file in self.path.iterdir():
            try:
                stat = file.stat()
            except FileNotFoundError:
                continue
            if file.name not in {"LOCK", "LOG"}:
                found.append((file.name, stat.st_size, stat.st_mtime_ns))
        return tuple(sorted(found))

    def state(self) -> str:
        """Return a short name of the state of the files."""
        return hashlib.sha256(repr(self.signature()).encode()).hexdigest()[:16]

    def written(self) -> datetime:
        """Return when the store was last written, in UTC."""
        last = max((time for _, _, time in self.signature()), default=0)
        return datetime.fromtimestamp(last // 1_000_000_000, tz=UTC)
