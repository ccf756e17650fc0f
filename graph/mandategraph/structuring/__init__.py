"""CleanText -> Documents, one or several of a file: whose it is, title block, preamble, headings, numbered and nested paragraphs, annexes.

In: one paragraph a line. Out: the masthead (`masthead`) and sections of labelled paragraphs; which form the document has, `genres`
tells. `sections` walks through the lines: `titles` says where a section opens, `labels` labels what stands in one, `lines` tells what a
line is among others, and `frames` holds what they go by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mandategraph.lexicon import Language, Tables
from mandategraph.reading.dividing import Stretch, divide, find_documents
from mandategraph.reading.genres import Drafting, find_genre, find_genre_of_part, find_status
from mandategraph.reading.lines import Line, read_lines
from mandategraph.reading.masthead import FILE_NAME, NO_SYMBOL, PLACE, MastheadReader
from mandategraph.reading.speaking import find_body
from mandategraph.records import CleanText, Document, Enclosed, Span
from mandategraph.structuring.frames import Frame
from mandategraph.structuring.sections import build_sections
from mandategraph.symbols import type_of

__all__ = ["Structurer"]


class Structurer:
    """Gives documents their structure with one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self._heads = tables.heads
        self._bodies = tables.bodies
        self._said = tables.glossary.said if tables.glossary else None
        self._mastheads = MastheadReader(tables)

    def drafting(self, document: Document) -> Drafting:
        """Return how a document is drafted, with the evidence."""
        return _drafting(
            read_lines(document.text.text, self._said), is_whole=not (document.within or document.enclosed)
        )

    def structure(self, text: CleanText, language: Language | None) -> tuple[Document, ...]:
        """Return the document that a clean text is; where it holds several, what it is besides, and then each of them in order.

        Args:
            text: one paragraph a line.
            language: of the text, None where it cannot be told.
        """
        lines = read_lines(text.text, self._said)
        found = find_documents(lines, self._mastheads.number)
        if not found:
            return (self._document(text, language),)
        (rest, _), *parts = divide(text, lines, found)
        numbers = [self._mastheads.number(lines[stretch.first]) for stretch in found]
        speaking = self._speaking(lines, found)
        whole = self._document(rest, language, speaking=speaking)
        documents = [
            self._document(each, language, number=number, speaking=speaking)
            for (each, _), number in zip(parts, numbers, strict=True)
        ]
        is_of_part = whole.masthead.rule == FILE_NAME and type_of(whole.symbol).endswith("_resolution")
        if is_of_part or whole.symbol in {document.symbol for document in documents}:
            unnamed = replace(whole.masthead, symbol="", rule=PLACE, why=NO_SYMBOL, span=Span(0, 0))
            whole = replace(whole, masthead=unnamed)
        placed = [
            replace(document, within=whole.key, place=place)
            for document, (_, place) in zip(documents, parts, strict=True)
        ]
        enclosed = tuple(Enclosed(each.place, each.key) for each in placed if each.place)
        return (replace(whole, enclosed=enclosed), *placed)

    def _document(
        self, text: CleanText, language: Language | None, *, number: str = "", speaking: str | None = None
    ) -> Document:
        """Return the one document that a clean text is.

        Args:
            text: one paragraph a line.
            language: of the text, None where it cannot be told.
            number: with which it is headed, where it is one of several in its file: the name of the file is not its own then.
            speaking: the body that speaks in a part of a file that names none; None where it is a whole file.
        """
        lines = read_lines(text.text, self._said)
        drafting = _drafting(lines, is_whole=speaking is None)
        genre, body_at = drafting.genre, drafting.body_at
        body = find_body(lines, drafting, self._bodies) or speaking or ""
        masthead = self._mastheads.read(text, lines, body_at, genre, body, is_part=bool(number))
        status = find_status(genre, lines[:body_at], masthead.symbol)
        frame = Frame(text.text, lines, self._heads, genre, status, masthead.body)
        id_, name, is_read = (language.id, language.name, language.is_read) if language else ("", "", True)
        sections = build_sections(frame, body_at)
        return Document(text, masthead, genre, status, sections, id_, name, is_read, number=number)

    def _speaking(self, lines: Sequence[Line], found: Sequence[Stretch]) -> str:
        """Return the body that the first of several documents names over its preamble, "" where none does."""
        for stretch in found:
            part = lines[stretch.first : stretch.last]
            if body := find_body(part, find_genre(part), self._bodies):
                return body
        return ""


def _drafting(lines: Sequence[Line], *, is_whole: bool) -> Drafting:
    return find_genre(lines) if is_whole else find_genre_of_part(lines)
