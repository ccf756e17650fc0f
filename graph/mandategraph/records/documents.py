"""What `structuring` gives: a document with its masthead, its sections and its labelled paragraphs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from mandategraph.records.kinds import Genre, ParagraphKind, Status
from mandategraph.records.texts import CleanText, SourceSpan, Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A labelled paragraph.

    Attributes:
        label: as the annotation guidelines give it: `28(a)(iii)/2`, `pp3`, `annex/26/2`.
        kind: what it is in its document.
        span: its words, without number or bullet.
        lead_in: label of the paragraph it hangs under, or None.
        depth: 0 for a numbered or preambular paragraph, one more for each level below.
    """

    label: str
    kind: ParagraphKind
    span: Span
    lead_in: str | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document under one heading.

    Attributes:
        key: short name, unique within the document: `main`, `recommendations`, `annex`.
        title: the heading as printed; empty where there is none.
        span: the heading's place, or an empty span.
        status: of its statements.
        issuer: surface of the body that speaks here.
        genre: how it is drafted; an annex may differ from its document.
        quoted_from: title or symbol of the instrument whose words these are, else empty.
        paragraphs: in reading order.
    """

    key: str
    title: str
    span: Span
    status: Status
    issuer: str
    quoted_from: str
    genre: Genre
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Masthead:
    """Whose document it is, as its first page says it.

    Attributes:
        symbol: UN document symbol of its own, or "" where it has none.
        rule: which found the symbol; `IDY-place` where there is none.
        why: the rule in words.
        span: of the line that the rule read; empty where it read none.
        date: ISO 8601 day, or None.
        title: in words; may be empty.
        body: surface of the issuing body; may be empty.
        organ: of the United Nations for which the document was made, as printed; may be empty.
        session: of the organ, as printed ("Fifty-fifth session"); may be empty.
        agenda_item: as printed ("3"); may be empty.
        original: language in which it was written, as printed; may be empty.
        edition: the day on which it says that it was issued again, "*" where it gives none; a greater one is newer, and "" the
            first.
    """

    symbol: str
    rule: str
    why: str
    span: Span
    date: str | None
    title: str
    body: str
    organ: str = ""
    session: str = ""
    agenda_item: str = ""
    original: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A document that stands in the file of another: where, and the name that it claims."""

    place: SourceSpan
    key: str


@dataclass(frozen=True, slots=True)
class Document:
    """A clean text with its structure.

    Attributes:
        within: the name of the document of the whole file, where it stands in the file of another; else "".
        number: with which it is headed there, as printed; else "".
        place: where it stands in its file, or None where it is all of it.
        enclosed: the documents that stand in its file.
        language: of the text by ISO 639-1, "" where it cannot be told; `language_name` in words.
        is_read: whether documents in it are read for what they state.
    """

    text: CleanText
    masthead: Masthead
    genre: Genre
    status: Status
    sections: tuple[Section, ...]
    language: str = ""
    language_name: str = ""
    is_read: bool = True
    within: str = ""
    number: str = ""
    place: SourceSpan | None = None
    enclosed: tuple[Enclosed, ...] = ()

    @property
    def symbol(self) -> str:
        """The document's own symbol, or ""."""
        return self.masthead.symbol

    @property
    def date(self) -> str | None:
        """The document's day as ISO 8601, or None."""
        return self.masthead.date

    @property
    def title(self) -> str:
        """The title in words; may be empty."""
        return self.masthead.title

    @property
    def body(self) -> str:
        """The surface of the issuing body; may be empty."""
        return self.masthead.body

    @property
    def key(self) -> str:
        """The name the document claims in the graph: its symbol; else the name of its file, with its number there where it is a part of it."""
        return self.symbol or (f"{self.within} ({self.number})" if self.within else self.text.source.name)

    @property
    def digest(self) -> str:
        """SHA-256 as hex digits: of the bytes of its file, or of its words there where it is a part of it."""
        source = self.text.source
        if self.place is None:
            return source.sha256
        return hashlib.sha256(source.text[self.place.start : self.place.end].encode()).hexdigest()

    def identified(self) -> str:
        """Return by which rule the document has its key, and the line that the rule read."""
        words = " ".join(self.text.quote(self.masthead.span).split()) if self.masthead.span.end else ""
        said = f"{self.masthead.rule}: {self.masthead.why}"
        return f"{said} ({words})" if words else said

    def paragraphs(self) -> Iterable[tuple[Section, Paragraph]]:
        """Yield every paragraph with its section, in reading order."""
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield section, paragraph
