"""CleanText -> Document: whose it is, title block, preamble, headings, numbered and nested paragraphs, annexes.

In: one paragraph a line. Out: the masthead (`masthead`) and sections of labelled paragraphs (`sections`); which form the document
has, `genres` tells.
"""

from __future__ import annotations

from mandategraph.lexicon import Tables
from mandategraph.reading.genres import Drafting, find_body, find_genre, find_status
from mandategraph.reading.languages import find_language
from mandategraph.reading.lines import read_lines
from mandategraph.reading.masthead import MastheadReader
from mandategraph.records import CleanText, Document
from mandategraph.structuring.sections import SectionBuilder

__all__ = ["Structurer"]


class Structurer:
    """Gives documents their structure with one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self._heads = tables.heads
        self._bodies = tables.bodies
        self._languages = tables.languages
        self._mastheads = MastheadReader(tables)

    def drafting(self, text: CleanText) -> Drafting:
        """Return how a clean text is drafted, with the evidence."""
        return find_genre(read_lines(text.text))

    def structure(self, text: CleanText) -> Document:
        """Return the document that a clean text is.

        Args:
            text: one paragraph a line.
        """
        lines = read_lines(text.text)
        drafting = find_genre(lines)
        genre, body_at = drafting.genre, drafting.body_at
        body = find_body(lines, drafting, self._bodies)
        masthead = self._mastheads.read(text, lines, body_at, genre, body)
        status = find_status(genre, lines[:body_at], masthead.symbol)
        builder = SectionBuilder(
            text=text.text, lines=lines, heads=self._heads, genre=genre, status=status, issuer=masthead.body
        )
        language = find_language(text.text, self._languages)
        id_, name = (language.id, language.name) if language else ("", "")
        return Document(text, masthead, genre, status, builder.build(body_at), id_, name)
