"""Decisions about inputs, written into the store: new documents some at a time, every other change in a transaction of its own."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pyoxigraph import Quad, RdfFormat, parse

from mandategraph.building.claims import Decision
from mandategraph.building.holdings import Holdings
from mandategraph.keeping.history import history_of, moved_to, revise
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import corrections_iri, document_iri

# New documents are written together, in one transaction: up to so many bytes of N-Quads, or what came in so many seconds.
BATCH, SECONDS = 32_000_000, 10.0


_PARTS = ("drop", "take", "add")


@dataclass(frozen=True, slots=True)
class _Change:
    """Graphs to drop, quads to take out and quads to add."""

    drop: Sequence[str] = ()
    take: Sequence[Quad] = ()
    add: Sequence[Quad] = ()


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
        self._together: list[_Change] | None = None
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
        keys = (*gone, *([holding.key] if parsed else []))
        is_corrected = self._together is not None
        self._write(
            _Change(
                drop=[iri(key) for key in keys for iri in (document_iri, corrections_iri)],
                take=[*(quad for each in old for quad in each.quads()), *histories],
                add=[
                    *parsed,
                    *(quad for each in (holding, *decision.changed) for quad in each.quads()),
                    *(revise(self.store, holding.key, parsed) if parsed and not is_corrected else ()),
                    *(moved_to(holding.key, histories) if decision.is_renamed else ()),
                ],
            )
        )
        self.holdings.apply(decision)

    @contextmanager
    def together(self, add: Iterable[Quad]) -> Iterator[None]:
        """Write all that is kept meanwhile in one transaction, with some quads; nothing of it where an error ends it.

        It is for corrections, whose record is the history of what they change.
        """
        self.flush()
        changes = self._together = [_Change(add=list(add))]
        try:
            yield
        finally:
            self._together = None
        drop, take, added = ([each for change in changes for each in getattr(change, part)] for part in _PARTS)
        self.store.exchange(drop=drop, take=take, add=added)

    def _write(self, change: _Change) -> None:
        if self._together is not None:
            self._together.append(change)
        else:
            self.store.exchange(drop=change.drop, take=change.take, add=change.add)

    def flush(self) -> None:
        """Write the new documents that are held, in one transaction."""
        if self._new:
            self.store.add(b"".join(self._new))
            self._new.clear()
            self.written += 1
        self._since = time.monotonic()
