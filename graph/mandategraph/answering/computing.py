"""Named questions that a function answers, where no pattern over the graph can: those whose head says "answered by"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from mandategraph.answering.answered import answered_rows
from mandategraph.answering.comparing import Change, Pair, compare
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.rows import Bindable, Rows
from mandategraph.vocabulary import document_iri

_WORDS = frozenset({Change.ADDED, Change.DROPPED, Change.STRENGTHENED, Change.WEAKENED})
COLUMNS = ("change", "how", "actor", "before", "was", "document", "paragraph", "quotation")


def changed(store: GraphStore, given: Mapping[str, str]) -> Rows:
    """Return the pairs of a comparison, a row a bearer of each; `given` has the earlier mandate and the later one.

    Raises:
        NotFoundError, AmbiguousError: as `comparing.compare`.
    """
    pairs = compare(store, given["earlier"], given["later"]).pairs
    return Rows(COLUMNS, tuple(row for pair in pairs for row in _rows(pair)))


def _rows(pair: Pair) -> Iterator[tuple[Bindable | None, ...]]:
    either, before = pair.after or pair.before, pair.before
    assert either is not None
    change = pair.changes[0] if pair.changes[0] in _WORDS else Change.KEPT
    how = Literal(", ".join(pair.changes))
    was = (Literal(before.paragraph), Literal(before.words) if pair.after else None) if before else (None, None)
    where = (NamedNode(document_iri(either.document)), Literal(either.paragraph), Literal(either.words))
    for iri in sorted({party.iri for party in either.bearers}) or [""]:
        yield (Literal(change), how, NamedNode(iri) if iri else None, *was, *where)


COMPUTED: Mapping[str, Callable[[GraphStore, Mapping[str, str]], Rows]] = MappingProxyType(
    {"answers": answered_rows, "compare": changed}
)
