"""The grammar of one document's paragraphs: all readers over one set of tables, and parties with their actors.

In: token ranges. Out: `Party` records. `paragraphs` reads with it, `statements` walks through a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mandategraph.interpreting.clauses import Clause, ClauseFinder
from mandategraph.interpreting.complements import ComplementReader
from mandategraph.interpreting.conditions import ConditionReader
from mandategraph.interpreting.deadlines import DeadlineReader
from mandategraph.interpreting.fields import source_of, text_of
from mandategraph.interpreting.norms import find_norms, is_of_office
from mandategraph.interpreting.products import ProductReader
from mandategraph.interpreting.sanctions import SanctionReader
from mandategraph.lexicon import Tables
from mandategraph.phrasing.chunking import Chunker
from mandategraph.phrasing.reaching import Reach
from mandategraph.phrasing.tying import tie
from mandategraph.phrasing.words import Morphology, is_adverb
from mandategraph.records import (
    Annotated,
    AnnotatedParagraph,
    Genre,
    Mention,
    Party,
    Span,
)
from mandategraph.records.phrases import Phrases


class Grammar:
    """The readers with one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.morphology = Morphology(tables)
        self.finder = ClauseFinder(tables, self.morphology)
        self.chunker = Chunker(self.morphology)
        self.sanctions = SanctionReader(tables.sanctions)
        self.products = ProductReader(tables.products)
        self.conditions = ConditionReader(tables.conditions, tables.word_classes["limit"])
        self.deadlines = DeadlineReader(tables)
        # Forms in which words of duty state only where they lead in a list.
        self.leading = {g for norm in tables.norms if norm.near == ":" and not norm.is_turn for g in norm.genres}
        self.labels = {e.id: e.label for e in tables.gazetteer.entries}

    def phrases(self, paragraph: AnnotatedParagraph, clauses: Iterable[Clause] = (), *, opens: bool = False) -> Phrases:
        """Return the phrases of a paragraph with their ties; the verbs of its clauses are one phrase each, and where it `opens` with a verb that word."""
        stated = {clause.begin: clause.after for clause in clauses} | ({0: 1} if opens else {})
        return tie(paragraph, self.chunker.chunk(paragraph, stated), self.tables.frames, self.morphology)

    def duties(self, paragraph: AnnotatedParagraph, genres: Iterable[Genre]) -> list[Clause]:
        """Return the clauses of duty of a paragraph, by the words that state in some forms."""
        norms = [norm for norm in self.tables.norms if not norm.genres.isdisjoint(genres)]
        if not norms:
            return []
        found = find_norms(Reach(self.phrases(paragraph), self.morphology), norms)
        offices = {norm.rule for norm in norms if norm.bearer == "office"}
        return [c for c in found if c.trigger.rule not in offices or is_of_office(paragraph, c, self.tables)]

    def complements(self, phrases: Phrases) -> ComplementReader:
        """Return the reader of complements in some phrases."""
        return ComplementReader(phrases, self.morphology)

    def head_parties(self, annotated: Annotated, heading: AnnotatedParagraph) -> tuple[Party, ...]:
        """Return the parties that a section head addresses: "To the Government of Mali"."""
        tokens = heading.tokens
        if len(tokens) < 2 or tokens[0].lower != "to":
            return ()
        stop = next((i for i in range(1, len(tokens)) if tokens[i].lower in {",", "mentioned"}), len(tokens))
        read = self.complements(self.phrases(heading))
        ranges = read.parties.split(read.reach.at(1), read.reach.end(stop))
        return self.parties(annotated, heading, ranges, "PTY-section-head", read=read)

    def parties(
        self,
        annotated: Annotated,
        paragraph: AnnotatedParagraph,
        ranges: Iterable[tuple[int, int]],
        rule: str = "PTY-coordination",
        *,
        read: ComplementReader,
    ) -> tuple[Party, ...]:
        """Return token ranges as parties, with the actor that each one's head names.

        Args:
            annotated: the document.
            paragraph: of the tokens.
            ranges: of tokens, half-open.
            rule: how they came to be addressed.
            read: the reader of the paragraph's phrases.
        """
        found = []
        for start, end in ranges:
            tokens = paragraph.tokens
            while end > start and (
                tokens[end - 1].lower in {",", ";", "and", "or"}
                or (is_adverb(tokens[end - 1].lower) and tokens[max(end - 2, start)].lower not in {"do", "done"})
            ):
                end -= 1
            if end <= start:
                continue
            span = Span(tokens[start].start, tokens[end - 1].end)
            mention = read.parties.named_in(start, end)
            surface = text_of(paragraph, span)
            found.append(
                Party(
                    _short(surface, mention),
                    source_of(annotated, paragraph, span),
                    mention.entity if mention else None,
                    rule,
                    mention.rule if mention else "",
                )
            )
        return tuple(found)


def _short(surface: str, mention: Mention | None) -> str:
    """Return a surface without its definition in brackets or apposition."""
    bare = re.sub(r'\s*\((?:"[^"]*"|[A-Z][\w-]+)\)', "", surface)
    return bare.strip(" ,;")
