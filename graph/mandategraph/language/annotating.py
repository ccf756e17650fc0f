"""Document -> Annotated: runs the pipeline over every paragraph and turns its spans into records."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from mandategraph.dates import find_dates
from mandategraph.language.citations import CitationFinder
from mandategraph.language.figures import find_figures
from mandategraph.language.glossing import Glosser
from mandategraph.language.pipeline import MENTIONS, VERBS, build_pipeline
from mandategraph.lexicon import Tables
from mandategraph.records import (
    LONGEST_PARAGRAPH,
    Annotated,
    AnnotatedParagraph,
    Document,
    Mention,
    MentionKind,
    Paragraph,
    ParagraphKind,
    Said,
    Section,
    Span,
    Token,
)
from mandategraph.symbols import type_of

_DIGIT = re.compile(r"\d")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\n": " ", "\t": " ", "\u00a0": " "})


class Annotator:
    """The pipeline over one set of tables; costly to make, so make one and keep it."""

    def __init__(self, tables: Tables) -> None:
        self._nlp = build_pipeline(tables)
        self._citations = CitationFinder(tables)
        self._types = {entry.id: entry.type for entry in tables.gazetteer.entries}
        self._verbs = {verb.rule: verb for verb in tables.verbs}
        self._glosser = Glosser(tables) if tables.glossary else None

    def annotate(self, document: Document) -> Annotated:
        """Return the document with tokens, mentions, verb forms and figures in each paragraph."""
        places = list(_places(document))
        paragraphs = []
        for doc, (section, paragraph, text, offset) in zip(self._nlp.pipe(p[2] for p in places), places, strict=True):
            paragraphs.append(self._paragraph(doc, section, paragraph, text, offset, document.body))
        return Annotated(document, tuple(paragraphs))

    def _paragraph(
        self, doc: Doc, section: Section, paragraph: Paragraph, text: str, offset: int | None, body: str
    ) -> AnnotatedParagraph:
        base = 0 if offset is not None else paragraph.span.start
        tokens, said = _tokens(doc, base, text), None
        if self._glosser is not None:
            tokens, said = self._glosser.gloss(tokens, [(base + s.start_char, s.kb_id_) for s in doc.spans[MENTIONS]])
            verbs = [(Span(tokens[s.start].start, tokens[s.end - 1].end), s) for s in self._glosser.verbs(tokens)]
        else:
            verbs = [(Span(base + s.start_char, base + s.end_char), s) for s in doc.spans[VERBS]]
        has_digits = _DIGIT.search(text) is not None
        return AnnotatedParagraph(
            section=section,
            paragraph=paragraph,
            text=text,
            tokens=tokens,
            mentions=tuple(
                sorted(
                    self._mentions(doc, base, text, said or Said(text, base), body if has_digits else None),
                    key=lambda m: (m.span.start, -m.span.end),
                )
            ),
            triggers=tuple(self._verbs[s.kb_id_].trigger(place, s.label_) for place, s in verbs),
            figures=tuple(find_figures(text, tokens, base)) if has_digits else (),
            offset=offset,
            glossed=said,
        )

    def _mentions(self, doc: Doc, base: int, text: str, said: Said, body: str | None) -> Iterator[Mention]:
        """Yield what the pipeline found, and with a body also its citations and dates, which all have digits."""
        for span in doc.spans[MENTIONS]:
            place = Span(base + span.start_char, base + span.end_char)
            kind = MentionKind(span.label_)
            yield Mention(place, kind, span.text, span.kb_id_, self._types[span.kb_id_], span.id_)
        if body is None:
            return
        citations = self._citations.find(said.text, body)
        for cited in citations:
            place = said.span(cited.start, cited.end)
            surface = text[place.start - base : place.end - base]
            yield Mention(place, MentionKind.INSTRUMENT, surface, cited.symbol, type_of(cited.symbol), cited.rule)
        for date in find_dates(said.text):
            if any(cited.start <= date.start < cited.end for cited in citations):
                continue
            place = said.span(date.start, date.end)
            surface = text[place.start - base : place.end - base]
            yield Mention(place, MentionKind.DATE, surface, date.iso, "", "DAT-date")


def _tokens(doc: Doc, base: int, text: str) -> tuple[Token, ...]:
    """Return the tokens that are no white space."""
    places = [(start, start + length) for start, length in doc.to_array(["IDX", "LENGTH"]).tolist()]
    words = [(start, end, text[start:end]) for start, end in places]
    return tuple(
        [Token(base + start, base + end, word.lower(), word) for start, end, word in words if not word.isspace()]
    )


def _places(document: Document) -> Iterator[tuple[Section, Paragraph, str, int | None]]:
    """Yield every paragraph and footnote with its text; a footnote with the source offset of its first character.

    What is longer than any paragraph has no text here: it is not read.
    """
    text = document.text
    at: list[tuple[Section, Paragraph]] = list(document.paragraphs())
    for section, paragraph in at:
        words = text.text[paragraph.span.start : paragraph.span.end]
        yield section, paragraph, words if len(words) <= LONGEST_PARAGRAPH else "", None
    for note in text.footnotes:
        called = note.called_at if note.called_at is not None else 0
        home = next(((s, p) for s, p in reversed(at) if p.span.start <= called), at[0] if at else None)
        if home is not None:
            section, caller = home
            place = Paragraph(
                f"{caller.label}/fn{note.mark}",
                ParagraphKind.FOOTNOTE,
                Span(called, called),
                caller.label,
                caller.depth + 1,
            )
            words = note.text.translate(_PLAIN)
            yield section, place, words if len(words) <= LONGEST_PARAGRAPH else "", note.span.start
