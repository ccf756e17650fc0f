"""The errors of the package, one exit code each.

    MandateGraphError             message, where, hint
      SourceError     exit 1      cannot be read, empty, not text       where = file
      ResourceError   exit 3      a shipped folder or file is missing   where = folder
      LexiconError    exit 3      a data file breaks its rules          where = file:line
      QueryError      exit 3      wrong parameter, syntax               where = query, line
        NotFoundError exit 3      a name that nothing has               hint = the nearest
        AmbiguousError exit 3     a name that several have              message names them
      StoreError      exit 4      locked, not a store, newer format     where = directory
        StaleError    exit 4      written all the time, try again
      EngineError     exit 4      no scheduler, an extra is missing     where = address

Every error says three things: what is wrong, where, and what to do about it. What a document *says* is never an
error: passages that are not understood become `Unread` records.
"""

from __future__ import annotations

from collections.abc import Sequence


class MandateGraphError(Exception):
    """A fault that the user can act on.

    Args:
        message: what is wrong, without a final stop.
        where: the file, query or directory concerned; may be empty.
        hint: what to do, as a sentence; may be empty.
    """

    exit_code = 1

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.hint}" if self.hint else ""
        return f"{place}{self.message}.{advice}"


class SourceError(MandateGraphError):
    """A document that cannot be read."""

    exit_code = 1


class ResourceError(MandateGraphError):
    """A folder or file of the package that is missing."""

    exit_code = 3


class LexiconError(MandateGraphError):
    """A data file that breaks its rules."""

    exit_code = 3


class QueryError(MandateGraphError):
    """A question that cannot be asked."""

    exit_code = 3


class NotFoundError(QueryError):
    """A name that nothing in the store has.

    Args:
        near: IRIs of the things whose names come nearest, the nearest first.
    """

    def __init__(self, message: str, *, where: str = "", hint: str = "", near: Sequence[str] = ()) -> None:
        super().__init__(message, where=where, hint=hint)
        self.near = tuple(near)


class AmbiguousError(QueryError):
    """A name that may be that of several things.

    Args:
        near: IRIs of those things.
    """

    def __init__(self, message: str, *, where: str = "", hint: str = "", near: Sequence[str] = ()) -> None:
        super().__init__(message, where=where, hint=hint)
        self.near = tuple(near)


class StoreError(MandateGraphError):
    """A store that cannot be used."""

    exit_code = 4


class StaleError(StoreError):
    """A store that is written all the time, so that no moment of it can be read: asked again, it answers."""


class EngineError(MandateGraphError):
    """An engine that cannot be used."""

    exit_code = 4
