"""Tokens -> phrases without inner structure: noun phrases, verb groups, prepositions, openers of clauses, joints, marks.

One walk from left to right. What a word is depends on its lexicon, on the phrase before it and on the word after it: "the existing
measures" is a noun phrase, "measures existing in" a noun phrase and a participle, "to support of" a preposition and a noun phrase.
"""

from __future__ import annotations

from collections.abc import Mapping

from mandategraph.phrasing.groups import find_verb
from mandategraph.phrasing.nouns import find_noun
from mandategraph.phrasing.walking import EXPANDERS, JOINTS, MARKS, OPENERS, PARTICLES, Walk
from mandategraph.phrasing.words import (
    PREPOSITIONS,
    Morphology,
    is_adverb,
)
from mandategraph.records import AnnotatedParagraph
from mandategraph.records.phrases import Phrase, PhraseKind, VerbForm

_INFINITE = frozenset({VerbForm.INFINITIVE, VerbForm.BASE})
_JOINING = JOINTS | EXPANDERS | {"as", "such", "in"}


class Chunker:
    """Finds phrases with one set of tables."""

    def __init__(self, morphology: Morphology) -> None:
        self.morphology = morphology

    def chunk(self, paragraph: AnnotatedParagraph, stated: Mapping[int, int]) -> list[Phrase]:
        """Return the phrases of a paragraph, each token in one of them.

        Args:
            paragraph: with its names.
            stated: the verbs that state something: first token of each, and one past its last.
        """
        return walk_through(Walk(self.morphology, paragraph, stated))


def walk_through(walk: Walk) -> list[Phrase]:
    """Return the phrases of the paragraph that a walk begins."""
    at, end = 0, len(walk.tokens)
    while at < end:
        phrase = _phrase(walk, at)
        walk.found.append(phrase)
        if phrase.modal or phrase.form in _INFINITE:
            walk.has_infinitive = True
        at = phrase.end
    return walk.found


def _phrase(walk: Walk, at: int) -> Phrase:
    """Return the phrase that begins at a token."""
    word = walk.low[at]
    if at in walk.named:
        return find_noun(walk, at)
    if at in walk.spoken:
        return Phrase(PhraseKind.ADVERB, at, at + 1, at, word)
    if (end := walk.stated.get(at)) is not None:
        return Phrase(PhraseKind.VERB, at, end, at, word, VerbForm.FINITE)
    if word in MARKS:
        return Phrase(PhraseKind.MARK, at, at + 1, at, word)
    if joint := _joint(walk, at):
        return joint
    if word in OPENERS and not _points(walk, at) and walk.low[at : at + 2] != ["provided", "by"]:
        end = at + 2 if word == "provided" and walk.low[at + 1] == "that" else at + 1
        return Phrase(PhraseKind.OPENER, at, end, at, word)
    is_of_two = walk.words.is_preposition(f"{word} {walk.low[at + 1]}")
    return (None if is_of_two else find_verb(walk, at)) or _other(walk, at)


def _other(walk: Walk, at: int) -> Phrase:
    word = walk.low[at]
    if walk.words.is_preposition(two := f"{word} {walk.low[at + 1]}"):
        return Phrase(PhraseKind.PREPOSITION, at, at + 2, at, two)
    if word in PREPOSITIONS:
        return Phrase(PhraseKind.PREPOSITION, at, at + 1, at, word)
    if word in PARTICLES or word == "not" or (is_adverb(word) and not walk.modifies(at)):
        return Phrase(PhraseKind.ADVERB, at, at + 1, at, word)
    return find_noun(walk, at)


def _joint(walk: Walk, at: int) -> Phrase | None:
    word = walk.low[at]
    if word not in _JOINING:
        return None
    ahead = walk.low[at : at + 3]
    if ahead == ["as", "well", "as"]:
        return Phrase(PhraseKind.JOINT, at, at + 3, at, "and")
    if ahead[:2] in (["such", "as"], ["in", "particular"]):
        return Phrase(PhraseKind.JOINT, at, at + 2, at, "including")
    if word in JOINTS:
        return Phrase(PhraseKind.JOINT, at, at + 1, at, "or" if word in {"or", "nor"} else "and")
    return Phrase(PhraseKind.JOINT, at, at + 1, at, "including") if word in EXPANDERS else None


def _points(walk: Walk, at: int) -> bool:
    """Return whether "that" is no opener but points: "in that regard", "that Council"."""
    before = walk.found[-1].kind if walk.found else PhraseKind.MARK
    return walk.low[at] == "that" and before is PhraseKind.PREPOSITION
