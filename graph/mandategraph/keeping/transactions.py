"""One transaction on a store: named graphs dropped, quads taken out, others added."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from mandategraph.keeping.directories import refusal


def exchange(
    store: Store, where: str, *, drop: Iterable[str] = (), take: Iterable[Quad] = (), add: Iterable[Quad] = ()
) -> None:
    """Drop named graphs, take quads out and add others, in one transaction and in this order.

    Args:
        store: the engine's.
        where: its directory, for what is said of it.
        drop: IRIs of graphs; those that are not there are passed over.
        take: quads to take out.
        add: quads to add.

    Raises:
        StoreError: the store cannot be written.
    """
    parts = [f"DROP GRAPH {NamedNode(g)}" for g in drop if store.contains_named_graph(NamedNode(g))]
    if taken := _written(take):
        parts.append(f"DELETE DATA {{ {taken} }}")
    try:
        if not parts:
            store.extend(add)
            return
        if added := _written(add):
            parts.append(f"INSERT DATA {{ {added} }}")
        store.update(" ;\n".join(parts))
    except OSError as error:
        raise refusal(error, Path(where)) from error


def _written(quads: Iterable[Quad]) -> str:
    """Return quads as SPARQL writes them in INSERT DATA."""
    return "\n".join(f"GRAPH {q.graph_name} {{ {q.subject} {q.predicate} {q.object} }}" for q in quads)
