"""Paragraphs -> statements: who says that whom must do what, under which instrument, by when.

In: annotated paragraphs with linked mentions. Out: `Statement` records in reading order, and `Unread` ones for operative
paragraphs in which no verb was understood. The walk remembers lead-ins, letters and section heads for what comes below.

Rule: annotation guidelines, section on statements.jsonl.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from mandategraph.interpreting.context import Walk, addressed, charged, find_scopes
from mandategraph.interpreting.fields import instruments
from mandategraph.interpreting.grammar import Grammar
from mandategraph.interpreting.leading import points
from mandategraph.interpreting.paragraphs import ParagraphReader
from mandategraph.lexicon import Tables
from mandategraph.records import (
    LONGEST_PARAGRAPH,
    Act,
    Annotated,
    AnnotatedParagraph,
    Deadline,
    Genre,
    ParagraphKind,
    Statement,
    Status,
    Step,
    Unread,
)
from mandategraph.records.phrases import Phrases

Trees = Callable[[int], Phrases]
"""The phrases of a paragraph by its place in the document; found when they are first asked for."""


class StatementReader:
    """Reads statements with one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self.grammar = Grammar(tables)

    def read(self, annotated: Annotated) -> tuple[list[Statement], list[Unread], Trees]:
        """Return the statements of a document, the operative passages that were not understood, and the phrases of its paragraphs."""
        readers: dict[int, ParagraphReader] = {}
        statements: list[Statement] = []
        unread: list[Unread] = []
        walk = Walk(addressed=addressed(annotated), points=points(annotated))
        scopes = find_scopes(annotated, self.grammar.deadlines)
        for at, paragraph in enumerate(annotated.paragraphs):
            kind = paragraph.paragraph.kind
            if kind is ParagraphKind.HEADING:
                walk.head = self.grammar.head_parties(annotated, paragraph)
                if parties := charged(annotated, paragraph):
                    walk.charged[paragraph.section.key] = parties
            if kind in {ParagraphKind.TITLE, ParagraphKind.HEADING, ParagraphKind.FOOTNOTE}:
                continue
            if paragraph.section.status is Status.STATEMENT and annotated.document.genre in {Genre.NOTE, Genre.OTHER}:
                continue
            if not paragraph.tokens:
                if paragraph.paragraph.span.end - paragraph.paragraph.span.start > LONGEST_PARAGRAPH:
                    unread.append(_unread(annotated, paragraph, "it is longer than any paragraph that is read"))
                continue
            if paragraph.paragraph.lead_in in walk.provisos:
                walk.provisos.add(paragraph.paragraph.label)
                _add_topics(annotated, paragraph, statements, ())
                continue
            reader = ParagraphReader(self.grammar, annotated, paragraph, walk, scopes)
            readers[at] = reader
            found = reader.read()
            statements.extend(found)
            if not found and paragraph.paragraph.lead_in:
                _add_topics(annotated, paragraph, statements, reader.due())
            if (
                not found
                and kind is ParagraphKind.OPERATIVE
                and not paragraph.paragraph.depth
                and len(paragraph.tokens) > 3
                and not paragraph.section.key.startswith("annex")
            ):
                unread.append(_unread(annotated, paragraph, "no operative verb was recognized"))
        return statements, unread, lambda at: self._tree(annotated.paragraphs[at], readers.get(at))

    def _tree(self, paragraph: AnnotatedParagraph, reader: ParagraphReader | None) -> Phrases:
        return self.grammar.phrases(paragraph) if reader is None else reader.phrases


def _unread(annotated: Annotated, paragraph: AnnotatedParagraph, why: str) -> Unread:
    span = annotated.document.text.offsets.to_source(paragraph.paragraph.span)
    return Unread(paragraph.paragraph.label, span, why)


def _add_topics(
    annotated: Annotated, item: AnnotatedParagraph, statements: list[Statement], due: Sequence[Deadline]
) -> None:
    """Give what a list item that only names a topic cites, and when it is due, to the statement that it belongs to.

    That is the last one before it; what asserts has no deadline.
    """
    if not statements or not item.paragraph.label.startswith(statements[-1].paragraph):
        return
    last = statements[-1]
    cited = instruments(annotated, item, 0, len(item.tokens))
    topics = tuple(Step("instruments", id_, rule) for id_, rule in cited.items() if id_ not in last.instruments)
    known = tuple(dict.fromkeys([*last.instruments, *cited]))
    said = {(each.kind, each.value, each.resolves) for each in last.deadlines}
    later = () if last.act is Act.ASSERTION else [d for d in due if (d.kind, d.value, d.resolves) not in said]
    days = tuple(Step("deadline", each.surface, each.rule) for each in later)
    statements[-1] = replace(
        last,
        instruments=known,
        deadlines=(*last.deadlines, *later),
        trace=(*last.trace, *topics, *days),
    )
