"""What `phrasing` gives: the phrases of a paragraph, and how each hangs on another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from mandategraph.records.annotations import AnnotatedParagraph, Mention

# Phrases between two that belong together, at most: of 34,783 ties that a frame decides in 160 documents 148 reach farther than 50, and the
# farthest 133. What is farther is not looked for, so that no text takes more than its length allows.
FARTHEST = 150


class PhraseKind(StrEnum):
    """What a phrase is."""

    NOUN = "noun"
    VERB = "verb"
    PREPOSITION = "preposition"
    OPENER = "opener"
    JOINT = "joint"
    ADVERB = "adverb"
    MARK = "mark"


class VerbForm(StrEnum):
    """The form of a verb group."""

    INFINITIVE = "infinitive"
    BASE = "base"
    FINITE = "finite"
    GERUND = "gerund"
    PARTICIPLE = "participle"


MAIN = frozenset({VerbForm.INFINITIVE, VerbForm.FINITE, VerbForm.BASE})


class Phrase(NamedTuple):
    """A stretch of tokens that belong together.

    Attributes:
        kind: of the phrase.
        begin: index of its first token; `end`: one past its last; `head`: of the noun or verb that it is about.
        word: what it is about in lower case: a noun in the singular, the base form of a verb, else the words themselves.
        form: of a verb group, else "".
        modal: "shall", "should" ... of a verb group, else "".
        is_negated: a verb group says that it is not done.
        is_passive: a verb group says what is done to its subject.
        is_owner: a noun phrase that ends in "'s": it owns what follows.
        mention: the name that stands at the head of a noun phrase.
        names: those that stand before its head: "United Nations personnel".
        clitic: the pronoun that a verb group has before its verb, as a glossary marks it: "to-it=" of "lui rendre compte"; else "".
    """

    kind: PhraseKind
    begin: int
    end: int
    head: int
    word: str
    form: str = ""
    modal: str = ""
    is_negated: bool = False
    is_passive: bool = False
    is_owner: bool = False
    mention: Mention | None = None
    names: tuple[Mention, ...] = ()
    clitic: str = ""


class Tie(NamedTuple):
    """How a phrase hangs on another.

    Attributes:
        governor: index of the phrase it belongs to, None for one that stands by itself.
        via: the preposition between them, "object", "subject", "owner" or "agent".
        first: index of the phrase whose place it shares, where it is coordinated with one ("A, B and C": A), else its own.
        role: what a frame makes of it: recipient, partner, beneficiary, agent, object; "" where no frame speaks.
        frame: the row of the frame, "" where none speaks.
    """

    governor: int | None
    via: str
    first: int
    role: str = ""
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of a paragraph in reading order.

    Attributes:
        ties: of each phrase.
        owned: the role, and its frame, of who owns what each noun phrase names; "" where no frame speaks.
    """

    paragraph: AnnotatedParagraph
    phrases: tuple[Phrase, ...]
    ties: tuple[Tie, ...]
    owned: tuple[tuple[str, str], ...]

    def within(self, start: int, end: int) -> Iterator[int]:
        """Yield the indices of phrases whose heads stand between two tokens."""
        for i, phrase in enumerate(self.phrases):
            if phrase.head >= end:
                return
            if phrase.head >= start:
                yield i


def ahead(i: int, end: int) -> range:
    """Return the indices behind one, as far as what belongs together can stand apart."""
    return range(i + 1, min(end, i + FARTHEST))


def back(i: int) -> range:
    """Return the indices before one, from it backwards, as far as what belongs together can stand apart."""
    return range(i - 1, max(-1, i - 1 - FARTHEST), -1)
