"""CleanText -> Document: whose it is, title block, preamble, headings, numbered and nested paragraphs, annexes.

In: one paragraph a line. Out: the masthead (`masthead`) and sections of labelled paragraphs (`sections`); which form the document
has, `genres` tells.
"""

from __future__ import annotations

from mandategraph.lexicon import Language, Tables
from mandategraph.reading.genres import Drafting, find_body, find_genre, find_status
from mandategraph.reading.lines import read_lines
from mandategraph.reading.masthead import MastheadReader
from mandategraph.records import CleanText, Document
from mandategraph.structuring.sections import SectionBuilder

__all__ = ["Structurer"]


class Structurer:
    """Gives documents their structure with one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self._heads = tables.heads
        self._said = tables.glossary.said if tables.glossary else None
        self._mastheads = MastheadReader(tables)

    def drafting(self, text: CleanText) -> Drafting:
        """Return how a clean text is drafted, with the evidence."""
        return find_genre(read_lines(text.text, self._said))

    def structure(self, text: CleanText, language: Language | None) -> Document:
        """Return the document that a clean text is.

        Args:
            text: one paragraph a line.
            language: of the text, None where it cannot be told.
        """
        lines = read_lines(text.text, self._said)
        drafting = find_genre(lines)
        genre, body_at = drafting.genre, drafting.body_at
        body = find_body(lines, drafting)
        masthead = self._mastheads.read(text, lines, body_at, genre, body)
        status = find_status(genre, lines[:body_at], masthead.symbol)
        builder = SectionBuilder(
            text=text.text, lines=lines, heads=self._heads, genre=genre, status=status, issuer=masthead.body
        )
        told = (language.id, language.name, language.is_read) if language else ()
        return Document(text, masthead, genre, status, builder.build(body_at), *told)
