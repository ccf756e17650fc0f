"""What is known besides a draft: the documents of a store with their paragraphs, who is named in them, and how much of a series they are.

In: a store, or none. Out: a `Known`, which the rules of drafting ask. A draft that stands in the store itself is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from mandategraph.indexing.index import Index, Scope
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon import Tables
from mandategraph.recalling.documents import Head, documents, paragraphs
from mandategraph.recalling.things import named_actors
from mandategraph.symbols import parts

_SESSION = re.compile(r"(A/RES|A/HRC/RES|E/RES)/(\d+)/(\d+)")


class Known:
    """What a store says besides a draft.

    Args:
        store: open, or None where nothing is known.
        tables: what the draft was read with.
        without: key of the draft.
        among: what the documents say of themselves, where that was read already.
        index: of the store, open, where there is one at hand.
    """

    def __init__(
        self,
        store: GraphStore | None,
        tables: Tables,
        *,
        without: str = "",
        among: Iterable[Head] | None = None,
        index: Index | None = None,
    ) -> None:
        self._among, self._index = among, index
        self.store, self.tables, self._without = store, tables, without
        self._paragraphs: dict[str, Mapping[str, str]] = {}

    @cached_property
    def heads(self) -> dict[str, Head]:
        """What the documents say of themselves, by key."""
        found = self._among if self._among is not None else documents(self.store) if self.store is not None else []
        return {head.key: head for head in found if head.key != self._without}

    def paragraphs(self, key: str) -> Mapping[str, str]:
        """Return the words of the operative paragraphs of a document, by label; nothing where it is not known."""
        if key not in self._paragraphs:
            is_there = self.store is not None and key in self.heads
            read = paragraphs(self.store, key) if is_there and self.store is not None else []
            self._paragraphs[key] = {p.label: p.text for p in read if p.kind == "operative"}
        return self._paragraphs[key]

    def is_named(self, actor: str, name: str) -> bool:
        """Return whether a document names an actor, by its id or the words of its name, or one whose name goes on after that."""
        if self._index is not None:
            return self._index.is_said(name, Scope(without=(self._without,)))
        return any(name.startswith(actor) for name in self._actors)

    @cached_property
    def _actors(self) -> frozenset[str]:
        return frozenset() if self.store is None else named_actors(self.store, without=self._without)

    def share_of(self, symbol: str) -> float:
        """Return how much of its series about a resolution is known here, 0 to 1: of its year, or of its session as far as the last number known."""
        series = self._series
        number, year = parts(symbol)
        if number:
            asked = next(((first, last) for y, first, last in self.tables.resolution_years if y == int(year)), None)
            if not asked or not asked[0] <= int(number) <= asked[1]:
                return 0.0
            return series[f"S/RES {year}", 0] / (asked[1] - asked[0] + 1)
        if found := _SESSION.match(symbol):
            last = series[f"{found[1]} {found[2]}", 1]
            return series[f"{found[1]} {found[2]}", 0] / last if int(found[3]) <= last else 0.0
        return 0.0

    @cached_property
    def _series(self) -> Counter[tuple[str, int]]:
        """How many resolutions of each year or session are known, and the last number of it."""
        found: Counter[tuple[str, int]] = Counter()
        for key in self.heads:
            _, year = parts(key)
            session = _SESSION.match(key)
            if year:
                found[f"S/RES {year}", 0] += 1
            elif session:
                name = f"{session[1]} {session[2]}"
                found[name, 0] += 1
                found[name, 1] = max(found[name, 1], int(session[3]))
        return found
