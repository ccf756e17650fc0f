"""Rows of nodes and edges -> one network of actors, instruments and obligations, and its projections.

In: rows as the queries of `exporting.network` give them. Out: a networkx `MultiDiGraph` whose nodes and edges have the
same attributes throughout, so that a program that reads it can show labels and filter. Two facts between the same two
nodes stay two edges.

    full         everything
    bipartite    actors and instruments on one side, obligations on the other, and no edge within a side
    actor-actor  who owes whom: one edge from each bearer to each counterpart, weighted by the obligations between them
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import networkx as nx

from mandategraph.errors import NotFoundError

if TYPE_CHECKING:
    Network = nx.MultiDiGraph[str]
else:
    Network = nx.MultiDiGraph


PROJECTIONS = ("full", "bipartite", "actor-actor")


@dataclass(frozen=True, slots=True)
class Node:
    """A node: `id` is its IRI; `kind` is actor, instrument, obligation or other.

    `themes` are ids, and `deadline` the days on which it is due, by day, divided by |.
    """

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
    themes: str = ""
    bindingness: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge: `type` says what it states; `strength` is the pressure of the verb it comes from, 0 for a fact.

    `weight` counts what stands behind it: 1, or in a projection the number of obligations.
    """

    source: str
    target: str
    type: str
    label: str = ""
    weight: int = 1
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
        attributes = _attributes(node)
        graph.add_node(attributes.pop("id"), **attributes)
    ordered = sorted(set(edges), key=lambda e: (e.source, e.target, e.type, e.document, e.paragraph, e.quotation))
    for n, edge in enumerate(ordered):
        for end in (edge.source, edge.target):
            if end not in graph:
                attributes = _attributes(Node(end, end.rsplit("/", 1)[-1], "other"))
                graph.add_node(attributes.pop("id"), **attributes)
        attributes = _attributes(edge)
        source, target = attributes.pop("source"), attributes.pop("target")
        attributes["label"] = attributes["label"] or edge.type
        graph.add_edge(source, target, key=f"e{n}", id=f"e{n}", **attributes)
    return graph


def _attributes(row: Node | Edge) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(row)}


def project(network: Network, projection: str) -> Network:
    """Return a projection of a network, one of `PROJECTIONS`.

    Raises:
        NotFoundError: there is no such projection.

    Example:
        >>> nodes = [Node("a", "A", "actor"), Node("b", "B", "actor"), Node("o", "report", "obligation", strength=4)]
        >>> edges = [Edge("o", "a", "addressed_to", strength=4), Edge("o", "b", "counterpart", strength=4)]
        >>> [(s, t, d["weight"]) for s, t, d in project(make_network(nodes, edges), "actor-actor").edges(data=True)]
        [('a', 'b', 1)]
    """
    if projection not in PROJECTIONS:
        raise NotFoundError(f"there is no projection {projection!r}", hint=f"Use one of {', '.join(PROJECTIONS)}.")
    if projection == "bipartite":
        return _bipartite(network)
    return _actor_actor(network) if projection == "actor-actor" else network


def _bipartite(network: Network) -> Network:
    duties = {node for node, said in network.nodes(data=True) if said["kind"] == "obligation"}
    graph = network.copy()
    graph.remove_edges_from([e for e in network.edges(keys=True) if (e[0] in duties) == (e[1] in duties)])
    graph.remove_nodes_from([node for node, degree in graph.degree() if not degree])
    nx.set_node_attributes(graph, {node: int(node in duties) for node in graph}, "bipartite")
    return graph


def tied(network: Network) -> dict[tuple[str, str], int]:
    """Return how many obligations each bearer owes each counterpart.

    Example:
        >>> nodes = [Node("o", "report", "obligation"), Node("p", "assist", "obligation")]
        >>> edges = [Edge(o, e, t) for o in "op" for e, t in (("a", "addressed_to"), ("b", "counterpart"))]
        >>> tied(make_network(nodes, edges))
        {('a', 'b'): 2}
    """
    return {pair: len(duties) for pair, duties in _owed(network).items()}


def communities(graph: nx.Graph[str]) -> list[list[str]]:
    """Return who is tied closely (Louvain): the largest group first, and in a group who has most to do with others.

    Args:
        graph: undirected, each edge with its `weight`.

    Example:
        >>> communities(nx.Graph([("a", "b", {"weight": 2}), ("b", "c", {"weight": 1}), ("x", "y", {"weight": 5})]))
        [['b', 'a', 'c'], ['x', 'y']]
    """
    weights = dict(graph.degree(weight="weight"))
    found = nx.community.louvain_communities(graph, weight="weight", seed=1) if graph.number_of_edges() else []
    groups = [sorted(group, key=lambda node: (-weights[node], node)) for group in found]
    return sorted(groups, key=lambda group: (-len(group), group[0]))


def _owed(network: Network) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return the obligations that one owes another, by both."""
    ends: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for duty, end, said in network.edges(data=True):
        if said["type"] in {"addressed_to", "counterpart"}:
            ends[duty][said["type"]].add(end)
    owed: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for duty in sorted(ends):
        for bearer in ends[duty]["addressed_to"]:
            for counterpart in ends[duty]["counterpart"] - {bearer}:
                owed[bearer, counterpart].append(network.nodes[duty])
    return owed


def _actor_actor(network: Network) -> Network:
    owed = _owed(network)
    edges = [_owes(bearer, counterpart, duties) for (bearer, counterpart), duties in owed.items()]
    used = {end for pair in owed for end in pair}
    return make_network((Node(id_, **network.nodes[id_]) for id_ in used), edges)


def _owes(bearer: str, counterpart: str, duties: list[dict[str, Any]]) -> Edge:
    """Return the edge for all that one owes the other; its sentence is that of the strongest."""
    strongest = max(duties, key=lambda duty: duty["strength"])
    count = f"{len(duties)} obligation" + ("s" if len(duties) > 1 else "")
    return Edge(
        bearer,
        counterpart,
        "owes",
        count,
        len(duties),
        strongest["strength"],
        min((duty["deadline"].partition("|")[0] for duty in duties if duty["deadline"]), default=""),
        strongest["document"],
        strongest["paragraph"],
        strongest["quotation"],
    )
