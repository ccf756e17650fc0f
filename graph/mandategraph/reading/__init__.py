"""Bytes -> SourceText; a module a format, chosen by content and never by suffix.

In: paths of files, folders, archives, or "-" for standard input. Out: `Item`s, and the `SourceText` of each, or a `SourceError`
that says what is wrong with the file. Here the path ends.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from mandategraph.errors import SourceError
from mandategraph.reading.formats import ZIP, words_of
from mandategraph.reading.isolated import Helper, Here
from mandategraph.reading.limits import Limits
from mandategraph.reading.words import Words
from mandategraph.records import SourceText

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text", ".pdf", ".docx", ".html", ".htm", ".xhtml", ".zip"})
STDIN = Path("-")
_MEGABYTE = 1_000_000
# No control character and no noncharacter of Unicode travels on: XML has no way to write them, and a terminal obeys some.
_NO_CHARACTERS = dict.fromkeys(
    [n for n in (*range(32), *range(0x7F, 0xA0)) if chr(n) not in "\t\n"]
    + [*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0)]
    + [plane + n for plane in range(0, 0x110000, 0x10000) for n in (0xFFFE, 0xFFFF)],
    "\ufffd",
)


@dataclass(frozen=True, slots=True)
class Item:
    """A document that can be read: a file, or a member of an archive."""

    path: Path
    member: str = ""

    def __str__(self) -> str:
        """Return it as people read it."""
        return printable(f"{self.path}/{self.member}" if self.member else str(self.path))

    @property
    def name(self) -> str:
        """The document's name: of its file, without a suffix that says its format."""
        if self.path == STDIN:
            return "stdin"
        inner = PurePosixPath(self.member or self.path.name)
        return printable(inner.stem if inner.suffix.lower() in SUFFIXES else inner.name)

    def origin(self, sha256: str) -> str:
        """Return where it was found: the whole path; standard input is another place each time that it gives something else."""
        if self.path == STDIN:
            return f"standard input {sha256[:8]}"
        place = os.path.abspath(self.path)
        return printable(f"{place}/{self.member}" if self.member else place)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The bytes of a document, with their SHA-256 as hex digits."""

    item: Item
    content: bytes
    sha256: str


class SourceReader:
    """Reads documents within limits; it keeps a process for PDF, so close it.

    Args:
        limits: what a document may have.
        is_apart: whether each format is read in another process; not where this one has walls of its own.
    """

    def __init__(self, limits: Limits | None = None, *, is_apart: bool = True) -> None:
        self.limits = limits or Limits()
        self._helper: Helper | Here = Helper() if is_apart else Here()
        self._opened: tuple[Path, ZipFile] | None = None
        self.passed_over: dict[str, list[str]] = {}

    def __enter__(self) -> SourceReader:
        """Return the reader itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End its process."""
        self.close()

    def close(self) -> None:
        """End its process."""
        self._helper.close()

    def find(self, path: Path) -> Iterator[Item]:
        """Yield the documents at a path: the file itself, what an archive holds, or what stands below a folder, sorted.

        Files below a folder or in an archive that are of no kind that is read are listed in `passed_over`, by folder or archive.

        Raises:
            SourceError: nothing is there, the folder holds no document, or the archive is damaged.
        """
        if path == STDIN:
            yield Item(path)
        elif path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.is_file() and not _is_hidden(p.relative_to(path)))
            found = [p for p in files if p.suffix.lower() in SUFFIXES]
            # Beside what `fetch` has downloaded stands a file that says where it came from.
            known = {*found, *(p.with_name(f"{p.name}.json") for p in found)}
            others = [str(p.relative_to(path)) for p in files if p not in known]
            self._pass_over(str(path), others)
            if not found:
                kinds = ", ".join(sorted(SUFFIXES))
                raise SourceError("the folder holds no documents", where=str(path), hint=f"Documents end in {kinds}.")
            for file in found:
                yield from self.find(file)
        elif not path.exists():
            raise SourceError("no such file or folder", where=str(path), hint="Check the path.")
        elif _is_zip(path):
            yield from self._in_archive(path)
        else:
            yield Item(path)

    def load(self, item: Item) -> Loaded:
        """Return the bytes of a document.

        Raises:
            SourceError: the file is missing, unreadable, or too large.
        """
        content = self._content(item)
        return Loaded(item, content, hashlib.sha256(content).hexdigest())

    def read(self, loaded: Loaded) -> SourceText:
        """Return the text of a document.

        Line ends become line feeds, as Python's text mode makes them, and control characters U+FFFD; of text nothing else is
        changed, so that an offset counts the characters any other program sees.

        Raises:
            SourceError: the file is empty, damaged, too large inside, or of no kind we read.
        """
        item, where, limits = loaded.item, str(loaded.item), self.limits
        suffix = PurePosixPath(item.member).suffix if item.member else item.path.suffix
        words: Words = self._helper.call(
            words_of, loaded.content, where, suffix, limits, where=where, seconds=limits.seconds
        )
        text = printed(words.text)
        if not text.strip():
            raise SourceError("the file is empty", where=where, hint="Give a document with text.")
        return SourceText(item.name, words.media_type, text, loaded.sha256, words.places, words.omitted, words.remarks)

    def _content(self, item: Item) -> bytes:
        """Return the bytes of a document, read no further than they may go."""
        most = self.limits.megabytes * _MEGABYTE
        where = str(item)
        try:
            if item.member:
                from mandategraph.reading.archive import member

                return member(self._archive(item.path), item.member, where, self.limits)
            if item.path == STDIN:
                content = sys.stdin.buffer.read(most + 1)
            else:
                before = item.path.stat()
                with item.path.open("rb") as file:
                    content = file.read(most + 1)
                after = item.path.stat()
                if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                    raise SourceError("the file was written while it was read", where=where, hint="Try again.")
        except FileNotFoundError:
            raise SourceError("no such file", where=where, hint="Check the path.") from None
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise SourceError(f"cannot be read ({reason})", where=where, hint="Check its permissions.") from error
        if len(content) > most:
            raise SourceError(
                f"the file is larger than {self.limits.megabytes} MB", where=where, hint="See --limit megabytes."
            )
        return content

    def _pass_over(self, where: str, names: list[str]) -> None:
        if names:
            self.passed_over[printable(where)] = list(map(printable, names))

    def _archive(self, path: Path) -> ZipFile:
        """Return an archive; the last one is kept, since its members are read one after the other."""
        from mandategraph.reading.archive import opened

        if self._opened is None or self._opened[0] != path:
            self._opened = path, opened(self._content(Item(path)), str(path), self.limits)
        return self._opened[1]

    def _in_archive(self, path: Path) -> Iterator[Item]:
        from mandategraph.reading.archive import kind_of, members_of

        archive = self._archive(path)
        if kind_of(archive):
            yield Item(path)
            return
        names = members_of(archive)
        found = [name for name in names if PurePosixPath(name).suffix.lower() in SUFFIXES]
        self._pass_over(str(path), [name for name in names if name not in set(found)])
        if not found:
            raise SourceError("the archive holds no documents", where=str(path), hint="Check what is in it.")
        yield from (Item(path, name) for name in found)


def read(path: Path, limits: Limits | None = None) -> SourceText:
    """Return the text of one file, as `SourceReader.load` and `read` do."""
    with SourceReader(limits) as reader:
        return reader.read(reader.load(Item(path)))


def printed(text: str) -> str:
    """Return a text in which U+FFFD stands for each control character and noncharacter, so that all offsets stay."""
    return text.translate(_NO_CHARACTERS)


def printable(text: str) -> str:
    r"""Return a name as it can be printed and stored: what is no character, or no character to print, is written as its code.

    Example:
        >>> printable("a\x1b[31mb"), printable("caf\udce9")
        ('a\\x1b[31mb', 'caf\\xe9')
    """
    text = os.fsencode(text).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) in ZIP
    except OSError:
        return False
