"""Extracts in a file: what another machine has extracted, to be loaded where the store is.

A shard is a file of quads (`quadfiles`) in which a comment stands before each document's quads: its report, as JSON. It lies in a
local folder, or wherever fsspec reaches (`s3://...`, `gs://...`, `memory://...`), which is an extra to install.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from mandategraph.building.extracting import DocumentReport, Extract
from mandategraph.errors import EngineError, SourceError
from mandategraph.keeping.quadfiles import QuadReader, QuadWriter
from mandategraph.records import SourceSpan, Unread

SUFFIX = ".nq.gz"
_DOCUMENT = b"# document "
_HINT = "Have it extracted anew."


def write_shard(extracts: Iterable[Extract], where: str) -> None:
    """Write extracts to a file that is there whole or not at all.

    Args:
        extracts: in the order in which they are to be loaded.
        where: path, or a URL that fsspec knows.
    """
    part = where if _is_remote(where) else f"{where}.{os.getpid()}.part"
    with open_file(part, "wb") as file:
        writer = QuadWriter(file)
        for extract in extracts:
            for each in (extract, *extract.parts):
                writer.write(_DOCUMENT + json.dumps(asdict(each.report)).encode() + b"\n" + each.quads)
        writer.finish()
    if part != where:
        Path(part).replace(where)


def read_shard(where: str) -> list[Extract]:
    """Return the extracts in a shard.

    Raises:
        SourceError: it is not there, no shard, or not whole.
    """
    try:
        with open_file(where, "rb") as file:
            reader = QuadReader(file)
            found = list(_with_parts(_extracts(reader.rows())))
    except FileNotFoundError:
        raise SourceError("there is no shard here", where=where, hint="Check the path.") from None
    except (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError) as error:
        raise SourceError(f"this is no shard, or a damaged one ({error})", where=where, hint=_HINT) from error
    if not reader.is_whole:
        raise SourceError("the shard is not whole", where=where, hint=_HINT)
    return found


def is_shard(where: str) -> bool:
    """Return whether a whole shard is there."""
    try:
        read_shard(where)
    except SourceError:
        return False
    return True


def _extracts(rows: Iterable[bytes]) -> Iterator[Extract]:
    report: DocumentReport | None = None
    quads: list[bytes] = []
    for row in rows:
        if row.startswith(_DOCUMENT):
            if report is not None:
                yield Extract(report, b"".join(quads))
            report, quads = _report(json.loads(row[len(_DOCUMENT) :])), []
        else:
            quads.append(row)
    if report is not None:
        yield Extract(report, b"".join(quads))


def _with_parts(extracts: Iterable[Extract]) -> Iterator[Extract]:
    """Yield the extract of each file with those of the documents in it, which follow it."""
    whole: Extract | None = None
    for extract in extracts:
        if whole is not None and extract.report.within:
            whole = replace(whole, parts=(*whole.parts, extract))
            continue
        if whole is not None:
            yield whole
        whole = extract
    if whole is not None:
        yield whole


def _report(said: dict[str, Any]) -> DocumentReport:
    unread = tuple(Unread(u["paragraph"], SourceSpan(**u["span"]), u["why"]) for u in said.pop("unread"))
    return DocumentReport(**said, unread=unread)


def open_file(where: str, mode: str) -> BinaryIO:
    """Return an open file of a path, or of a URL that fsspec knows.

    Raises:
        EngineError: it is a URL, and fsspec is not installed.
    """
    if not _is_remote(where):
        return cast(BinaryIO, Path(where).open(mode))
    try:
        import fsspec
    except ImportError:
        hint = "Install it with: pip install 'mandategraph[dask]'"
        raise EngineError("addresses of storage need fsspec", where=where, hint=hint) from None
    return cast(BinaryIO, fsspec.open(where, mode).open())


def _is_remote(where: str) -> bool:
    return "://" in where
