"""A statement -> what became of it: the next text of its line and body that goes on with it closely, or the next mandate that leaves it out.

In: the store and a statement. Out: a `Later`, or nothing where no later text of its line is in the store. Texts are of one line as
`succession` has it. That a later text leaves something out is said only of one that goes on with a good part of the document (`GOOD_PART`), as the next
mandate of the same body does; another resolution on the same country leaves out all of it, and drops nothing.

The two are then compared whole, as `comparing` has it. Any other later text counts where it has a statement close to this one (`CLOSE`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mandategraph.answering.comparing import CLOSE, Change, Pair, is_enough, pairs_of, score
from mandategraph.answering.succession import Succession
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.wanted import Wanted

GOOD_PART = 0.25
_LOOKED_AT = 6


@dataclass(frozen=True, slots=True)
class Later:
    """What became of a statement: the later document, by its key and day, and the pair; its `after` is None where it was dropped."""

    document: str
    day: str
    pair: Pair

    @property
    def change(self) -> Change:
        """The main change."""
        return self.pair.changes[0]


class Following:
    """What became of the statements of a store; what it has read and compared it keeps.

    Args:
        store: open.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._succession = Succession(store)
        self._texts = cache(lambda key: tuple(statements(store, Wanted(documents=(key,), is_own=True))))
        self._pairs = cache(self._compared)

    def of(self, stated: Stated) -> Later | None:
        """Return what became of a statement, by the first later text that goes on with it or with a good part of its document."""
        heads, day = self._succession.heads, self._succession.day(stated)
        body = heads[stated.document].body
        looked_at = 0
        for head in sorted(heads.values(), key=lambda head: (head.adopted, head.key)):
            is_later = day and head.adopted > day and head.body == body
            if not is_later or not self._succession.is_one_line(stated.mandate, stated.document, head.key):
                continue
            if found := self._in(stated, head.key):
                return Later(head.key, head.adopted, found)
            looked_at += 1
            if looked_at == _LOOKED_AT:
                break
        return None

    def _in(self, stated: Stated, later: str) -> Pair | None:
        """Return how a later text goes on with a statement, or that it leaves it out; None where it says nothing of either."""
        pairs = self._pairs(stated.document, later)
        if stated.statement in pairs:
            return pairs[stated.statement]
        text = self._texts(later)
        (pair,) = (each for each in pairs_of([stated], text) if each.before) if text else (None,)
        return pair if pair and pair.after and pair.score >= CLOSE else None

    def _compared(self, earlier: str, later: str) -> Mapping[str, Pair]:
        """Return the pairs of two texts by the IRIs of the earlier statements, nothing where the later goes on with too little of it."""
        before, after = self._texts(earlier), self._texts(later)
        kept = sum(any(is_enough(score(old, new)) for new in after) for old in before)
        if not before or kept < GOOD_PART * len(before):
            return {}
        return {
            pair.before.statement: pair
            for pair in pairs_of(before, after)
            if pair.before and Change.SPLIT not in pair.changes
        }
