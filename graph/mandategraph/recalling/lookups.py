"""What nodes of a store have, property by property: looked up node by node, or a property gone through once for all nodes.

In: a store. Out: values as plain text, by the IRIs of the nodes. All documents are read together, as by `rows.select`, which plans a question with hundreds
of given nodes as if all of the store were asked for. Limits: what stands in several graphs is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from pyoxigraph import NamedNode

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.rows import pairs

# Of more statements than this, a property is gone through once.
FEW = 3000


class Lookup:
    """The properties of the nodes of a store.

    Args:
        store: open.
        is_whole: go through each property once, rather than look up each node.
    """

    def __init__(self, store: GraphStore, *, is_whole: bool) -> None:
        self._store, self._is_whole = store, is_whole

    def of(
        self, nodes: Collection[str] | None, property_: str, *, value: str = "", via: str = ""
    ) -> dict[str, list[str]]:
        """Return the values of a property, sorted and each once, by the IRIs of those nodes that have any.

        Args:
            nodes: IRIs, None for all that have it.
            property_: IRI.
            value: IRI of the only value that counts, "" where all do.
            via: IRI of a property that leads to all of the nodes, "" where none is known; what else has the property is then not gone through.
        """
        if nodes is None or self._is_whole:
            pattern = f"?node {NamedNode(property_)} {NamedNode(value) if value else '?value'}"
            pattern = f"?from {NamedNode(via)} ?node . {pattern}" if via else pattern
            return _gathered(pairs(self._store, f"SELECT ?node ?value WHERE {{ {pattern} }}"), nodes)
        name, only = NamedNode(property_), NamedNode(value) if value else None
        look = self._store.store.quads_for_pattern
        found = ((node, quad.object) for node in nodes for quad in look(NamedNode(node), name, only, None))
        return _gathered((node, getattr(end, "value", "")) for node, end in found)

    def to(self, node: str, property_: str) -> list[str]:
        """Return the IRIs of what leads to a node by a property, sorted and each once."""
        look = self._store.store.quads_for_pattern(None, NamedNode(property_), NamedNode(node), None)
        return sorted({quad.subject.value for quad in look if isinstance(quad.subject, NamedNode)})


def _gathered(pairs: Iterable[tuple[str, str]], nodes: Collection[str] | None = None) -> dict[str, list[str]]:
    """Return values by their nodes, only of some where they are given."""
    found: dict[str, list[str]] = defaultdict(list)
    for node, value in pairs:
        if nodes is None or node in nodes:
            found[node].append(value)
    return {node: values if len(values) == 1 else sorted(set(values)) for node, values in found.items()}
