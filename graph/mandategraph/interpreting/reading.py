"""Annotated -> Reading: puts the readers of statements, indicators and relations together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mandategraph.interpreting.answers import AnswerReader
from mandategraph.interpreting.bindingness import bind
from mandategraph.interpreting.contents import ContentReader
from mandategraph.interpreting.indicators import read_indicators
from mandategraph.interpreting.mandates import TermReader
from mandategraph.interpreting.relations import RelationReader
from mandategraph.interpreting.statements import StatementReader
from mandategraph.interpreting.themes import ThemeReader
from mandategraph.lexicon import Tables
from mandategraph.phrasing.bracketing import bracketing
from mandategraph.records import Annotated, Genre, Mention, MentionKind, Reading, SourceSpan, Span, Statement


class Interpreter:
    """The readers over one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self._statements = StatementReader(tables)
        self._relations = RelationReader(self._statements.grammar)
        self._terms = TermReader(tables)
        self._contents = ContentReader(tables)
        self._answers = AnswerReader(tables)
        self._themes = ThemeReader(tables.themes)
        self._bindingness = tables.bindingness
        self._types = {entry.id: entry.type for entry in tables.gazetteer.entries}

    def interpret(self, annotated: Annotated, *, is_read: bool = True) -> Reading:
        """Return all that a document states, or only what it names where its language is not read."""
        if not is_read:
            return Reading((), (), (), tuple(_mentions(annotated)), annotated.entities, ())
        statements, unread, trees = self._statements.read(annotated)
        statements.sort(key=lambda s: (s.trigger, s.paragraph))
        statements = self._valued(annotated, statements)
        relations = tuple(self._relations.read(annotated, statements, trees))
        indicators = tuple(read_indicators(annotated, statements))
        terms = tuple(self._terms.read(annotated, statements, relations))
        return Reading(
            statements=tuple(statements),
            indicators=indicators,
            relations=relations,
            mentions=tuple(_mentions(annotated)),
            entities=annotated.entities,
            unread=tuple(unread),
            terms=terms,
            contents=tuple(self._contents.read(annotated, statements, indicators, terms)),
            answers=tuple(self._answers.read(annotated)),
        )

    def phrases(self, annotated: Annotated) -> Iterator[tuple[str, str]]:
        """Yield the phrases of each paragraph as a line of text, with the paragraph's label."""
        grammar = self._statements.grammar
        for paragraph in annotated.paragraphs:
            if paragraph.tokens:
                found = grammar.phrases(paragraph, grammar.finder.find(paragraph))
                yield paragraph.paragraph.label, bracketing(found)

    def _valued(self, annotated: Annotated, statements: list[Statement]) -> list[Statement]:
        """Return the statements with their themes and their bindingness."""
        words = [annotated.document.text.words(s.span) for s in statements]
        told = _told(annotated, statements) or words
        types = {**self._types, **{e.id: e.type for e in annotated.entities}}
        bindings = bind(statements, self._bindingness, types, told, _parts(annotated, statements))
        return [
            replace(s, themes=self._themes.read(text), bindingness=binding, trace=(*s.trace, step))
            for s, text, (binding, step) in zip(statements, told, bindings, strict=True)
        ]


def _parts(annotated: Annotated, statements: Sequence[Statement]) -> list[tuple[Genre, str]]:
    """Return form and title of the part of the document in which each statement stands: an annex has its own."""
    document, offsets = annotated.document, annotated.document.text.offsets
    titles: dict[str, str] = {}
    for section in document.sections:
        if section.key.startswith("annex"):
            titles.setdefault(section.key, section.title)
    paragraphs = [p for p in annotated.paragraphs if p.offset is None]
    at = [offsets.to_source(p.paragraph.span).start for p in paragraphs]
    sections = [paragraphs[max(0, bisect_right(at, s.span.start) - 1)].section for s in statements]
    return [(section.genre, titles.get(section.key, document.masthead.title)) for section in sections]


def _told(annotated: Annotated, statements: Sequence[Statement]) -> list[str]:
    """Return the words of each statement as words of the grammar; none where those are what is printed."""
    offsets = annotated.document.text.offsets
    glossed = [p for p in annotated.paragraphs if p.glossed is not None and p.offset is None]
    at = [offsets.to_source(p.paragraph.span).start for p in glossed]
    told = []
    for s in statements if glossed else ():
        said = glossed[max(0, bisect_right(at, s.span.start) - 1)].said
        inside = [i for i, place in enumerate(said.places) if _is_in(offsets.to_source(Span(*place)), s)]
        told.append(said.text[inside[0] : inside[-1] + 1] if inside else "")
    return told


def _is_in(span: SourceSpan, statement: Statement) -> bool:
    return statement.span.start <= span.start < statement.span.end


def _mentions(annotated: Annotated) -> list[tuple[str, SourceSpan, Mention]]:
    """Return every linked mention with its paragraph and its place in the source."""
    found = []
    offsets = annotated.document.text.offsets
    for paragraph in annotated.paragraphs:
        for m in paragraph.mentions:
            if m.kind in {MentionKind.ACTOR, MentionKind.INSTRUMENT} and m.entity:
                if paragraph.offset is None:
                    span = offsets.to_source(m.span)
                else:
                    span = SourceSpan(paragraph.offset + m.span.start, paragraph.offset + m.span.end)
                found.append((paragraph.paragraph.label, span, m))
    return sorted(found, key=lambda x: (x[1], x[2].entity or ""))
