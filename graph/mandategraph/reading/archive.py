"""ZIP: which kind of package it is, and its members one by one, never more of them than the limits allow."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib

from mandategraph.errors import SourceError
from mandategraph.reading.limits import Limits

MAIN_PART = "word/document.xml"
# What zipfile raises for bytes that are no archive, or no longer one.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    NotImplementedError,
)
_KINDS = (
    (MAIN_PART, "docx"),
    ("xl/workbook.xml", "an Excel workbook"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("META-INF/container.xml", "an EPUB book"),
    ("content.xml", "an OpenDocument file"),
)
_MEGABYTE = 1_000_000


def opened(content: bytes, where: str, limits: Limits) -> zipfile.ZipFile:
    """Return an archive whose members, as it says itself, are not too many or too large.

    Raises:
        SourceError: it is damaged, or would unpack to more than the limits allow.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except DAMAGED as error:
        raise SourceError("the archive is damaged", where=where, hint="Get the file anew.") from error
    members = archive.infolist()
    if len(members) > limits.members:
        raise SourceError(
            f"the archive has {len(members):,} members",
            where=where,
            hint=f"Up to {limits.members:,} are read: see --limit members.",
        )
    if sum(member.file_size for member in members) > limits.unpacked * _MEGABYTE:
        raise SourceError(
            f"the archive unpacks to more than {limits.unpacked} MB", where=where, hint="See --limit unpacked."
        )
    return archive


def kind_of(archive: zipfile.ZipFile) -> str:
    """Return what an archive is: `docx`, "" for one of documents, or another kind in words."""
    names = set(archive.namelist())
    return next((kind for part, kind in _KINDS if part in names), "")


def members_of(archive: zipfile.ZipFile) -> list[str]:
    """Return the names of the files in an archive, sorted, without what an operating system adds to it."""
    names = (member.filename for member in archive.infolist() if not member.is_dir())
    return sorted(
        name for name in names if not name.startswith("__MACOSX/") and not name.split("/")[-1].startswith(".")
    )


def member(archive: zipfile.ZipFile, name: str, where: str, limits: Limits) -> bytes:
    """Return the bytes of a member; no more is unpacked than it may have, whatever it says of itself.

    Raises:
        SourceError: it is damaged, locked, or too large.
    """
    try:
        with archive.open(name) as file:
            content = file.read(limits.megabytes * _MEGABYTE + 1)
    except DAMAGED as error:
        raise SourceError("the archive is damaged there", where=where, hint="Get the file anew.") from error
    except RuntimeError as error:
        raise SourceError("the archive is locked by a password", where=where, hint="Unpack it yourself.") from error
    if len(content) > limits.megabytes * _MEGABYTE:
        raise SourceError(f"it is larger than {limits.megabytes} MB", where=where, hint="See --limit megabytes.")
    return content
