"""What stands around a verb: the boundary before it, and whether it is a noun, a means or reported speech there.

In: tokens and the index of a verb form. Out: answers about its place. Which answers make a statement is for `clauses`
and `narrative` to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from mandategraph.phrasing.words import DETERMINERS, PREPOSITIONS, RELATIVES, Morphology, is_adverb, is_clitic
from mandategraph.records import Token, Trigger

_SKIPPED = (
    ("in", "this", "regard"),
    ("in", "that", "regard"),
    ("in", "this", "context"),
    ("in", "this", "respect"),
    ("in", "this", "connection"),
    ("in", "particular"),
    ("in", "addition"),
    ("for", "its", "part"),
    ("at", "the", "same", "time"),
    ("to", "this", "end"),
    ("to", "that", "end"),
    ("in", "that", "context"),
    ("in", "that", "connection"),
    ("in", "that", "respect"),
    ("in", "the", "same", "vein"),
)
_SKIPPED_FROM = {first: [p for p in _SKIPPED if p[0] == first] for first in {p[0] for p in _SKIPPED}}
_SKIPPED_TO = {last: [p for p in _SKIPPED if p[-1] == last] for last in {p[-1] for p in _SKIPPED}}
SUBJECTS = frozenset("he she it they".split())
Begun = tuple[int, Trigger, tuple[int, int] | None]


class Manner(StrEnum):
    """How the verbs of a paragraph stand."""

    FINITE = "finite"
    PARTICIPLE = "participle"
    BASE = "base"
    NARRATED = "narrated"


class Places:
    """Answers about the places of verbs, with one set of tables."""

    def __init__(self, morphology: Morphology) -> None:
        self.morphology = morphology

    def boundary(self, tokens: Sequence[Token], i: int) -> str | None:
        """Return what stands before a verb and its adverbs: ",", ";", "and", "while", ...; None where nothing does."""
        j = i - 1
        while j >= 0 and (is_adverb(tokens[j].lower) or is_clitic(tokens[j].lower) or self._ends_skipped(tokens, j)):
            j -= self._ends_skipped(tokens, j) or 1
        if j < 0:
            return None
        word = tokens[j].lower
        if word in {"being", "remaining", "remains", "are", "were", "having"} and j > 0:
            return self.boundary(tokens, j)
        if word in {"and", "but", "while", ";", ",", ".", ":", "as"}:
            before = tokens[j - 1].lower if j else ""
            if word == "," and before in {"and", "but"}:
                return "and"
            if word in {"and", "but", "while"} and before in {",", ";"}:
                return before + word
            return word if word != "as" else None
        return None

    @staticmethod
    def _ends_skipped(tokens: Sequence[Token], j: int) -> int:
        for phrase in _SKIPPED_TO.get(tokens[j].lower, ()):
            n = len(phrase)
            if j + 1 >= n and tuple(t.lower for t in tokens[j + 1 - n : j + 1]) == phrase:
                return n
        return 0

    def follows_gerund(self, tokens: Sequence[Token], i: int) -> bool:
        """A gerund joined to the one right before it has its place: "in promoting and encouraging respect"."""
        j = i - 1
        while j > 0 and (is_adverb(tokens[j].lower) or tokens[j].lower == "and"):
            j -= 1
        return self.morphology.of_gerund(tokens[j].lower) is not None

    @staticmethod
    def after_including(tokens: Sequence[Token], i: int) -> bool:
        """A gerund after "by" or "including" in the same stretch is a means, not a statement."""
        j = i - 1
        while j >= 0 and tokens[j].lower not in {",", ";"}:
            j -= 1
        k = j - 1
        while k >= 0 and tokens[k].lower not in {",", ";", "by", "including", "through"}:
            k -= 1
        return k >= 0 and tokens[k].lower in {"by", "through"} and tokens[k + 1].lower.endswith("ing") and j - k < 14

    def is_noun(self, tokens: Sequence[Token], i: int) -> bool:
        """Return whether a finite form is a plural noun where it stands."""
        word = tokens[i].lower
        before = tokens[i - 1].lower if i else ""
        if before in DETERMINERS or before in PREPOSITIONS:
            return True
        if word not in self.morphology.tables.word_classes["stating-noun"]:
            return False
        k = i + 1
        while k < len(tokens) - 1 and is_adverb(tokens[k].lower):
            k += 1
        following = tokens[k].lower if k < len(tokens) else ""
        if k + 1 < len(tokens) and tokens[k].text.endswith("ed") and tokens[k + 1].lower in {"by", "to", "from"}:
            return True
        if word in {"calls", "appeals"}:
            return following not in {"upon", "on", "for", "to", "in", "attention", ","} and following not in DETERMINERS
        if i == 0 and following == "and" and i + 2 < len(tokens):
            return not self.morphology.is_verb(tokens[2].lower.removesuffix("s"))
        return following in {"of", "from", "made", "by", "and", "or", ";", "."} or (
            following == "for" and word == "requests"
        )

    @staticmethod
    def is_reported(tokens: Sequence[Token], i: int) -> bool:
        """Return whether a finite verb has a subject of its own in a relative clause ("in which he calls on")."""
        j = i - 1
        while j >= 0 and is_adverb(tokens[j].lower):
            j -= 1
        return j >= 1 and (tokens[j].lower in SUBJECTS or tokens[j].lower in RELATIVES or tokens[j].lower == "that")

    @staticmethod
    def has_pronoun(tokens: Sequence[Token], i: int) -> bool:
        """Return whether a pronoun is the subject of a verb: what follows in its sentence is reported."""
        j = i - 1
        while j >= 0 and is_adverb(tokens[j].lower):
            j -= 1
        return j >= 1 and tokens[j].lower in SUBJECTS

    @staticmethod
    def length(tokens: Sequence[Token], i: int, trigger: Trigger) -> int:
        """Return how many tokens a verb form has, its particle counted."""
        n = 1
        while i + n < len(tokens) and tokens[i + n].start < trigger.span.end:
            n += 1
        return n


def boundary_is_strong(tokens: Sequence[Token], i: int) -> bool:
    """Return whether a semicolon or full stop stands shortly before token i."""
    return any(t.lower in {";", "."} for t in tokens[max(0, i - 3) : i])


def skip_adverbs(tokens: Sequence[Token], i: int) -> int:
    """Return the index of the first token from i on that is no adverb, quotation mark or fixed phrase."""
    while i < len(tokens):
        word = tokens[i].lower
        is_emphatic = word == "do" and i + 1 < len(tokens) and tokens[i + 1].lower == "hereby"
        if is_adverb(word) or is_emphatic or word == "hereby" or word in {'"', "'", "(", "...", "…"}:
            i += 1
            continue
        phrases = _SKIPPED_FROM.get(word, ())
        n = next((len(p) for p in phrases if tuple(t.lower for t in tokens[i : i + len(p)]) == p), 0)
        if not n:
            having = word == "having" and i + 1 < len(tokens) and tokens[i + 1].lower != "regard"
            if having or (word in {"remaining", "being"} and i + 1 < len(tokens)):
                i += 1
                continue
            return i
        i += n
        if i < len(tokens) and tokens[i].lower == ",":
            i += 1
    return i
