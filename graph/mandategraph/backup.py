"""A store as one file, and back: all quads as N-Quads, compressed, with a digest that says whether the file is whole.

A backup is taken from a store that is open for reading, so it is the state of one moment, whatever is written meanwhile. A restore
loads into a new directory beside the store and takes its place when all is there: until then the store is as it was.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import re
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from pyoxigraph import RdfFormat

from mandategraph.errors import StoreError
from mandategraph.store import GraphStore, set_aside

_END = re.compile(rb"^# sha256 ([0-9a-f]{64}) lines (\d+)\n$")
_HINT = "Take another backup."


class _Digesting(io.RawIOBase):
    """Passes on what is written, and counts and digests it."""

    def __init__(self, to: BinaryIO) -> None:
        self.to = to
        self.digest = hashlib.sha256()
        self.lines = 0

    def writable(self) -> bool:
        """Return that it can be written."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Write and digest."""
        self.digest.update(data)
        self.lines += data.count(b"\n")
        return self.to.write(data)


def back_up(store: GraphStore, output: BinaryIO) -> int:
    """Write all quads of a store to a file, and return their number."""
    with gzip.GzipFile(fileobj=output, mode="wb", filename="", mtime=0, compresslevel=6) as file:
        digesting = _Digesting(cast(BinaryIO, file))
        store.store.dump(cast(BinaryIO, digesting), RdfFormat.N_QUADS)
        file.write(f"# sha256 {digesting.digest.hexdigest()} lines {digesting.lines}\n".encode())
    return digesting.lines


def restore(file: Path, path: Path, *, replace: bool = False) -> int:
    """Put a backup where a store is or is to be, and return its number of quads.

    Args:
        file: made by `back_up`.
        path: of the store.
        replace: take the place of a store that is there.

    Raises:
        StoreError: the file is no backup or is damaged; a store is there and `replace` is not given, or it is in use.
    """
    if not file.is_file():
        raise StoreError("there is no backup here", where=str(file), hint="Check the path.")
    if path.exists() and any(path.iterdir()):
        if not replace:
            hint = "Give another --store, or --replace to put the backup in its place."
            raise StoreError("a store is here already", where=str(path), hint=hint)
        GraphStore.open(path, any_format=True).close()
    new = path.with_name(f"{path.name}.restoring")
    shutil.rmtree(new, ignore_errors=True)
    try:
        with GraphStore.open(new, any_format=True) as store:
            store.store.clear()
            with contextlib.closing(_Checked(file)) as source:
                store.store.bulk_load(cast(BinaryIO, source), RdfFormat.N_QUADS)
                source.verify()
            store.store.optimize()
            count = len(store)
        set_aside(path, new)
    except (OSError, EOFError, zlib.error, SyntaxError) as error:
        raise StoreError(f"the backup is damaged ({error})", where=str(file), hint=_HINT) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return count


class _Checked(io.RawIOBase):
    """Reads the lines of a backup, and knows at the end whether they are all there and as they were."""

    def __init__(self, file: Path) -> None:
        self.file = gzip.open(file, "rb")  # noqa: SIM115  closed by close()
        self.where = str(file)
        self.digest = hashlib.sha256()
        self.lines = 0
        self.said: tuple[str, int] | None = None
        self._waiting = b""
        self._source = self._read()

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def _read(self) -> Iterator[bytes]:
        for line in self.file:
            if end := _END.match(line):
                self.said = (end[1].decode(), int(end[2]))
                return
            self.digest.update(line)
            self.lines += 1
            yield line

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, as many as are asked at most."""
        while size < 0 or len(self._waiting) < size:
            piece = b"".join(line for _, line in zip(range(1000), self._source, strict=False))
            if not piece:
                break
            self._waiting += piece
        size = len(self._waiting) if size < 0 else size
        given, self._waiting = self._waiting[:size], self._waiting[size:]
        return given

    def verify(self) -> None:
        """Raise a StoreError where the backup is not whole."""
        if self.said != (self.digest.hexdigest(), self.lines):
            raise StoreError("the backup is not whole", where=self.where, hint=_HINT)

    def close(self) -> None:
        """Close the file."""
        self.file.close()
        super().close()
