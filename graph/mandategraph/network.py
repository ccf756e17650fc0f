"""Rows of nodes and edges -> one network of actors, instruments and obligations.

In: rows as the queries of `exporting.network` give them. Out: a networkx `MultiDiGraph` whose nodes and edges have the
same attributes throughout, so that a program that reads it can show labels and filter. Two facts between the same two
nodes stay two edges.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    Network = nx.MultiDiGraph[str]
else:
    Network = nx.MultiDiGraph


@dataclass(frozen=True, slots=True)
class Node:
    """A node: `id` is its IRI; `kind` is actor, instrument, obligation or other."""

    id: str
    label: str
    kind: str
    type: str = ""
    strength: int = 0
    deadline: str = ""
    status: str = ""
    document: str = ""
    paragraph: str = ""
    quotation: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge: `type` says what it states; `strength` is the pressure of the verb it comes from, 0 for a fact."""

    source: str
    target: str
    type: str
    label: str = ""
    strength: int = 0
    deadline: str = ""
    document: str = ""
    paragraph: str = ""
    quotation: str = ""


def make_network(nodes: Iterable[Node], edges: Iterable[Edge]) -> Network:
    """Return the network; an edge to a node that is not given makes a node of kind `other`.

    Example:
        >>> g = make_network([Node("a", "A", "actor")], [Edge("a", "b", "supports"), Edge("a", "b", "funds")])
        >>> g.number_of_edges("a", "b"), g.nodes["b"]["kind"]
        (2, 'other')
    """
    graph: Network = nx.MultiDiGraph()
    for node in sorted(set(nodes), key=lambda n: n.id):
        attributes = asdict(node)
        graph.add_node(attributes.pop("id"), **attributes)
    ordered = sorted(set(edges), key=lambda e: (e.source, e.target, e.type, e.document, e.paragraph, e.quotation))
    for n, edge in enumerate(ordered):
        for end in (edge.source, edge.target):
            if end not in graph:
                attributes = asdict(Node(end, end.rsplit("/", 1)[-1], "other"))
                graph.add_node(attributes.pop("id"), **attributes)
        attributes = asdict(edge)
        source, target = attributes.pop("source"), attributes.pop("target")
        attributes["label"] = attributes["label"] or edge.type
        graph.add_edge(source, target, key=f"e{n}", id=f"e{n}", **attributes)
    return graph
