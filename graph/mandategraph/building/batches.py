"""Decisions about inputs, written into the store: new documents some at a time, every other change in a transaction of its own."""

from __future__ import annotations

import time

from pyoxigraph import RdfFormat, parse

from mandategraph.building.claims import Decision
from mandategraph.building.holdings import Holdings
from mandategraph.keeping.history import history_of, moved_to, revise
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import document_iri

# New documents are written together, in one transaction: up to so many bytes of N-Quads, or what came in so many seconds.
BATCH, SECONDS = 32_000_000, 10.0


class Batches:
    """What is to be written into a store, and what of it waits for more.

    Attributes:
        written: number of transactions of new documents.
    """

    def __init__(self, store: GraphStore, holdings: Holdings) -> None:
        self.store = store
        self.holdings = holdings
        self.written = 0
        self._new: list[bytes] = []
        self._since = time.monotonic()

    def keep(self, decision: Decision, quads: bytes = b"") -> None:
        """Write what was decided: one transaction, or with other new documents where nothing of it is in the store yet."""
        holding = decision.holding
        before = self.holdings.get(holding.key)
        if quads and before is None and not decision.gone and not decision.changed:
            self.holdings.apply(decision)
            self._new += [quads, *(f"{quad} .\n".encode() for quad in holding.quads())]
            if sum(map(len, self._new)) > BATCH or time.monotonic() - self._since > SECONDS:
                self.flush()
            return
        old = [h for h in (before, *decision.gone, *(self.holdings.get(h.key) for h in decision.changed)) if h]
        if not quads and not decision.gone and set(old) == {holding, *decision.changed}:
            return
        self.flush()
        parsed = list(parse(quads, format=RdfFormat.N_QUADS)) if quads else []
        gone = [each.key for each in decision.gone]
        histories = [quad for key in gone for quad in history_of(self.store, key)]
        self.store.exchange(
            drop=[document_iri(key) for key in (*gone, *([holding.key] if parsed else []))],
            take=[*(quad for each in old for quad in each.quads()), *histories],
            add=[
                *parsed,
                *(quad for each in (holding, *decision.changed) for quad in each.quads()),
                *(revise(self.store, holding.key, parsed) if parsed else ()),
                *(moved_to(holding.key, histories) if decision.is_renamed else ()),
            ],
        )
        self.holdings.apply(decision)

    def flush(self) -> None:
        """Write the new documents that are held, in one transaction."""
        if self._new:
            self.store.add(b"".join(self._new))
            self._new.clear()
            self.written += 1
        self._since = time.monotonic()
