"""Files of N-Quads, compressed, with a digest at their end that says whether they are whole: backups and shards; and Turtle read as quads.

... quads, a line each, and comments ...
# sha256 <hex digest of all lines before> lines <their number>
"""

from __future__ import annotations

import gzip
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from mandategraph.errors import ResourceError

_END = re.compile(rb"^# sha256 ([0-9a-f]{64}) lines (\d+)\n$")


class QuadWriter(io.RawIOBase):
    """Writes lines to a file, and their digest when it is finished; the same lines give the same bytes.

    Args:
        output: open for writing bytes; it is not closed.
    """

    def __init__(self, output: BinaryIO) -> None:
        self._file = gzip.GzipFile(fileobj=output, mode="wb", filename="", mtime=0, compresslevel=6)
        self._digest = hashlib.sha256()
        self.lines = 0

    def writable(self) -> bool:
        """Return that it can be written."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Write and digest."""
        self._digest.update(data)
        self.lines += data.count(b"\n")
        return self._file.write(data)

    def finish(self) -> None:
        """Write the digest; nothing is written after this."""
        self._file.write(f"# sha256 {self._digest.hexdigest()} lines {self.lines}\n".encode())
        self._file.close()


class QuadReader(io.RawIOBase):
    """Reads the lines of a file, and knows at the end whether they are all there and as they were.

    Args:
        source: open for reading bytes; it is not closed.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._file = gzip.GzipFile(fileobj=source, mode="rb")
        self._digest = hashlib.sha256()
        self._lines = 0
        self._said: tuple[str, int] | None = None
        self._waiting = b""
        self._left = self.rows()

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def rows(self) -> Iterator[bytes]:
        """Yield the lines before the digest."""
        for line in self._file:
            if end := _END.match(line):
                self._said = (end[1].decode(), int(end[2]))
                return
            self._digest.update(line)
            self._lines += 1
            yield line

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, as many as are asked at most."""
        while size < 0 or len(self._waiting) < size:
            piece = b"".join(line for _, line in zip(range(1000), self._left, strict=False))
            if not piece:
                break
            self._waiting += piece
        size = len(self._waiting) if size < 0 else size
        given, self._waiting = self._waiting[:size], self._waiting[size:]
        return given

    @property
    def is_whole(self) -> bool:
        """Whether all lines were there and as they were; known when the last has been read."""
        return self._said == (self._digest.hexdigest(), self._lines)


def parse_turtle(files: Iterable[tuple[str, str]], graph: str) -> list[Quad]:
    """Return the triples of Turtle files (name, text) as quads of one graph.

    Raises:
        ResourceError: a file is not Turtle.
    """
    quads: list[Quad] = []
    for name, text in files:
        try:
            quads.extend(parse(text, format=RdfFormat.TURTLE))
        except SyntaxError as error:
            raise ResourceError(f"not Turtle ({error})", where=name, hint="Install the package again.") from error
    return [Quad(q.subject, q.predicate, q.object, NamedNode(graph)) for q in quads]
