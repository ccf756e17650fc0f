"""Bytes -> SourceText; a module a format, chosen by content.

In: a path. Out: a `SourceText`, or a `SourceError` that says what is wrong with the file. Here the path ends.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from mandategraph.errors import SourceError
from mandategraph.reading.plain import decode, media_type_of
from mandategraph.records import SourceText

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})


def read(path: Path) -> SourceText:
    """Return the text of a file.

    Line ends become line feeds, as Python's text mode makes them; nothing else is changed, so that an offset counts
    the characters any other program sees.

    Raises:
        SourceError: the file is missing, unreadable, empty, not text, or in no encoding we know.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise SourceError("no such file", where=str(path), hint="Check the path.") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SourceError(f"cannot be read ({reason})", where=str(path), hint="Check its permissions.") from error
    text = decode(content, where=str(path))
    if not text.strip():
        raise SourceError("the file is empty", where=str(path), hint="Give a document with text.")
    return SourceText(
        name=path.stem if path.suffix.lower() in SUFFIXES else path.name,
        media_type=media_type_of(path.suffix),
        text=text,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def find_documents(path: Path) -> list[Path]:
    """Return the documents below a folder, sorted, or the path itself where it is a file.

    Raises:
        SourceError: nothing is there, or the folder holds no document.
    """
    if path.is_file():
        return [path]
    if not path.exists():
        raise SourceError("no such file or folder", where=str(path), hint="Check the path.")
    found = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES)
    if not found:
        kinds = ", ".join(sorted(SUFFIXES))
        raise SourceError("the folder holds no documents", where=str(path), hint=f"Documents end in {kinds}.")
    return found
