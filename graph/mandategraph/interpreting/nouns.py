"""Noun actions: "the adoption of ... by X", "closer cooperation between X and Y".

In: tokens of a stretch. Out: the head noun in the singular, and the token ranges of those who bear the action.
"""

from __future__ import annotations

from collections.abc import Sequence

from mandategraph.interpreting.infinitives import InfinitiveReader
from mandategraph.interpreting.parties import PartyReader
from mandategraph.phrasing.words import DETERMINERS, PREPOSITIONS, RELATIVES, Morphology, singular
from mandategraph.records import AnnotatedParagraph, Token

_AGENT_ENDS = frozenset(
    "; . : to between with in for toward towards through during under within into as including that".split()
)


class NounReader:
    """Reads noun actions with one set of tables."""

    def __init__(self, morphology: Morphology, parties: PartyReader, infinitives: InfinitiveReader) -> None:
        self.morphology = morphology
        self.parties = parties
        self.infinitives = infinitives

    def head(self, tokens: Sequence[Token], start: int, end: int) -> str:
        """Return the noun that a phrase is about: the last word before its first preposition or comma."""
        last = ""
        for i in range(start, min(end, start + 14)):
            word = tokens[i].lower
            adjectival = i + 2 < end and word == "," and not self._starts_noun(tokens[i + 1].lower)
            if adjectival:
                continue
            if (word in PREPOSITIONS or word in {",", ";", ".", "that", "to", ":", '"'} or word in RELATIVES) and last:
                break
            if word == "and" and last and not self._joins_adjectives(tokens, last, i + 1, end):
                break
            if word.isalpha() or "-" in word:
                last = word
        return singular(last)

    def _joins_adjectives(self, tokens: Sequence[Token], last: str, after: int, end: int) -> bool:
        """Return whether "and" stands between two adjectives: "immediate and unconditional release"."""
        if self.morphology.is_adjective(last):
            return True
        if self.morphology.is_action_noun(last) or last.endswith("s"):
            return False
        k = self.infinitives.after_adverbs(tokens, after, end)
        if k + 1 >= end or tokens[k].lower in DETERMINERS | PREPOSITIONS:
            return False
        noun = tokens[k + 1].lower
        return noun.isalpha() and noun not in PREPOSITIONS | DETERMINERS | {"and", "or", "to", "that"}

    @staticmethod
    def _starts_noun(word: str) -> bool:
        return word in {"and", "including"} or word in PREPOSITIONS or word in DETERMINERS

    def bearers(self, paragraph: AnnotatedParagraph, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return who bears a noun action: "by X", "from X", "between X", "on the part of X" near the head noun."""
        tokens = paragraph.tokens
        for i in range(start, min(end, start + 16)):
            word = tokens[i].lower
            adding = tokens[i + 1].lower in {"and", "including"} if i + 1 < end else False
            if word == ";" or (word == "," and i > start + 3 and not adding):
                break
            before = tokens[i - 1].lower if i > start else ""
            if word not in {"by", "from", "between", "among", "of"} or self.morphology.of_participle(before):
                continue
            if word == "of" and before not in {"part", "cooperation", "co-operation"}:
                continue
            stop = self.agent_end(paragraph, i + 1, end)
            if word == "by" and self.morphology.is_action_noun(before):
                stop = next((k for k in range(i + 2, stop) if self._opens_object(paragraph, k)), stop)
            if self.parties.is_actor(paragraph, i + 1, stop):
                return self.parties.split(paragraph, i + 1, stop)
        return ()

    def _opens_object(self, paragraph: AnnotatedParagraph, k: int) -> bool:
        """Return whether "of" opens the object of the noun before the agent: "the provision by donors of funds"."""
        return paragraph.tokens[k].lower == "of" and not self.parties.is_inside(paragraph, k)

    def agent_end(self, paragraph: AnnotatedParagraph, start: int, end: int) -> int:
        """Return where those who bear a noun action end; behind a comma they go on where somebody is named there."""
        tokens = paragraph.tokens
        for k in range(start, end):
            if self.parties.is_inside(paragraph, k):
                continue
            word = tokens[k].lower
            if word in _AGENT_ENDS:
                return k
            if word == "," and not self._names_more(paragraph, k + 1, end):
                return k
        return end

    def _names_more(self, paragraph: AnnotatedParagraph, start: int, end: int) -> bool:
        """Return whether what follows a comma is one more of those who act."""
        tokens = paragraph.tokens
        if start >= end:
            return False
        stops = (k for k in range(start, end) if tokens[k].lower in _AGENT_ENDS | {",", "and"} and k > start)
        stop = next((k for k in stops if not self.parties.is_inside(paragraph, k)), end)
        if tokens[start].lower in {"and", "as"}:
            return tokens[start].lower == "and" and self.parties.is_actor(paragraph, start + 1, max(stop, start + 2))
        if tokens[start].lower in PREPOSITIONS:
            return False
        named = [t for t in tokens[start:stop] if t.lower != "the"]
        return self.parties.is_actor(paragraph, start, stop) or all(t.text[:1].isupper() for t in named)
