"""How large a document may be. The defaults take anything that the United Nations publish; a hostile file is refused early."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from mandategraph.errors import QueryError


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may have.

    Attributes:
        megabytes: of a file, and of a member of an archive, as it is on disk.
        unpacked: megabytes that an archive or an Office document may unpack to.
        members: files in an archive.
        pages: of a PDF.
        characters: of text, in any format.
        seconds: that reading a file may take.
    """

    megabytes: int = 100
    unpacked: int = 500
    members: int = 10_000
    pages: int = 5_000
    characters: int = 10_000_000
    seconds: int = 120


def parse_limits(given: Iterable[str]) -> Limits:
    """Return the limits with some changed, each given as `name=number`.

    Raises:
        QueryError: there is no such limit, or it is no whole number above 0.

    Example:
        >>> parse_limits(["pages=10"]).pages
        10
    """
    names = [field.name for field in fields(Limits)]
    limits = Limits()
    for each in given:
        name, _, number = each.partition("=")
        if name not in names or not (number.isascii() and number.isdigit()) or not int(number):
            raise QueryError(f"{each!r} is no limit", hint=f"Write NAME=NUMBER; the names are {', '.join(names)}.")
        limits = replace(limits, **{name: int(number)})
    return limits
