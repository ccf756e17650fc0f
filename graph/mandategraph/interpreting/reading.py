"""Annotated -> Reading: puts the readers of statements, indicators and relations together."""

from __future__ import annotations

from mandategraph.interpreting.statements import StatementReader
from mandategraph.lexicon import Tables
from mandategraph.records import Annotated, Mention, Reading, SourceSpan


class Interpreter:
    """The readers over one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self._statements = StatementReader(tables)

    def interpret(self, annotated: Annotated) -> Reading:
        """Return all that a document states."""
        statements, unread = self._statements.read(annotated)
        return Reading(
            statements=tuple(statements),
            entities=annotated.entities,
            unread=tuple(unread),
        )
