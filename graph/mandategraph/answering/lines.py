"""Which documents of a store carry on which, with their obligations: what `overlaps` compares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from mandategraph.dates import MONTHS
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.duties import Duty, citations, headings, read_duties, states_named, wholes

_LIKE_TITLE = 80
# A title up to a colon is that of a series where it has so many words.
_SERIES = 3
# A document speaks of a State that it names so often, and as often as all others together.
_OFTEN = 3
# Documents of one body go on with the same where so much of what both cite is cited by both.
_CITED = 0.3
# Days, in titles of letters.
_BETWEEN = re.compile(rf"\b\d+\b|\b(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_NUMBERED = re.compile(r"resolution\s+\d", re.IGNORECASE)


class Lines:
    """Which documents of a store carry on which: those of one body of which one cites the other, that cite the same, speak of one State, or have one title; and letters between the same two."""

    def __init__(self, store: GraphStore) -> None:
        self.heads = headings(store)
        self._cited = citations(store)
        named = states_named(store)
        self._states = {
            document: states[0][0]
            for document, states in named.items()
            if states[0][1] >= max(_OFTEN, sum(count for _, count in states) / 2)
        }
        self.is_one = cache(self._is_one)
        self.is_one_subject = cache(self._is_one_subject)

    def _is_one(self, one: str, other: str) -> bool:
        (_, body, title), (_, other_body, other_title) = self.heads[one], self.heads[other]
        if body.casefold() != other_body.casefold():
            return are_of_one_exchange(title, other_title)
        here, there = self._cited.get(one, set()), self._cited.get(other, set())
        if other in here or one in there or self.is_one_subject(one, other):
            return True
        return len(here & there) >= _CITED * len(here | there) > 0

    def _is_one_subject(self, one: str, other: str) -> bool:
        """Return whether two documents speak of one State most, or have one title."""
        titles = [self.heads[key][2] for key in (one, other)]
        if all(titles) and not any(_NUMBERED.match(title) for title in titles):
            return are_one_title(*titles)
        states = [self._states.get(key, "") for key in (one, other)]
        return bool(states[0]) and states[0] == states[1]


def are_one_title(one: str, other: str) -> bool:
    """Return whether two titles are one, or one up to a colon, after which a series says what it is about this time.

    Example:
        >>> are_one_title("Seeds of the uplands: rye", "Seeds of the uplands: barley and its enemies")
        True
    """
    heads = [title.casefold().partition(":")[0] for title in (one, other)]
    is_series = all(":" in title and len(head.split()) >= _SERIES for title, head in zip((one, other), heads, strict=True))  # fmt: skip
    return fuzz.ratio(one.casefold(), other.casefold()) >= _LIKE_TITLE or (is_series and heads[0] == heads[1])


def are_of_one_exchange(one: str, other: str) -> bool:
    """Return whether two titles are of letters between the same two, whoever wrote: what is proposed in one and agreed in the other is one mandate.

    Example:
        >>> are_of_one_exchange("Letter dated 1 May 2031 from the Mayor addressed to the Board", "Letter dated 9 June 2031 from the Board addressed to the Mayor")
        True
    """
    words = [sorted(_BETWEEN.sub("", title.casefold()).split()) for title in (one, other)]
    return all(title.casefold().startswith("letter ") for title in (one, other)) and words[0] == words[1]


@dataclass(frozen=True, slots=True)
class Known:
    """What is read of a store to compare its obligations: which documents carry on which, them, and the groups and bodies of actors, by id."""

    lines: Lines
    duties: tuple[Duty, ...]
    above: Mapping[str, frozenset[str]]


def read_known(store: GraphStore, *, product: str = "") -> Known:
    """Return what is compared of a store, all of it or only what makes a product."""
    lines = Lines(store)
    return Known(lines, tuple(read_duties(store, lines.heads, product=product)), wholes(store))
