"""Tokens of another language -> tokens and text in words of the grammar, over its glossary.

In: the printed tokens of a paragraph and the names in it. Out: tokens that the grammar reads, with the places of what is printed, and the
paragraph as one text of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Span

from mandategraph.language.pipeline import find_verbs
from mandategraph.lexicon import Printed, Tables, render
from mandategraph.records import PLACES, Said, Token


class Glosser:
    """Glosses with one set of tables, which have a glossary."""

    def __init__(self, tables: Tables) -> None:
        assert tables.glossary is not None
        self._glossary = tables.glossary
        self._find_verbs = find_verbs(tables)
        self._places = frozenset(entry.id for entry in tables.gazetteer.entries if entry.type in PLACES)

    def gloss(self, tokens: Sequence[Token], named: Iterable[tuple[int, str]]) -> tuple[tuple[Token, ...], Said]:
        """Return tokens as those of the grammar, and their text.

        Args:
            tokens: as printed, white space left out.
            named: where names begin, and the ids that they mean.
        """
        begins = {start for start, id_ in named if id_ in self._places}
        places = frozenset(i for i, token in enumerate(tokens) if token.start in begins)
        found = self._glossary.gloss([Printed(t.start, t.end, t.text) for t in tokens], places)
        text, owners = render(found)
        said = Said(text, 0, tuple((found[i].start, found[i].end) for i in owners))
        return tuple(Token(each.start, each.end, each.word.lower(), each.text) for each in found), said

    def verbs(self, tokens: Sequence[Token]) -> list[Span]:
        """Return the forms of operative verbs in tokens of the grammar, by the indices of the tokens."""
        return self._find_verbs([token.lower for token in tokens])
