"""A network -> a place for each node, computed ahead so that the page opens still.

Small networks are laid out whole by ForceAtlas2 (Jacomy et al. 2014; networkx). In large ones only actors and instruments are:
each obligation then stands at the middle of its ends, beside others that stand there. The same network gets the same places.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

import networkx as nx

from mandategraph.answering.network import Network

WHOLE = 1000
_ROUNDS = 150
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
_STEP = 0.006

Places = dict[str, tuple[float, float]]


def place(network: Network) -> Places:
    """Return places within the square of side 2 around the origin, rounded to four digits."""
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(network))
    plain.add_edges_from(sorted({(min(s, t), max(s, t)) for s, t in network.edges() if s != t}))
    if len(plain) <= WHOLE:
        places = _forced(plain)
    else:
        duties = {node for node, said in network.nodes(data=True) if said["kind"] == "obligation"}
        places = _forced(_without(plain, duties))
        places |= _between(plain, sorted(duties), places)
    return _fitted(places)


def _forced(graph: nx.Graph[str]) -> Places:
    if len(graph) < 2:
        return dict.fromkeys(graph, (0.0, 0.0))
    rounds = max(25, min(_ROUNDS, 75_000 // len(graph)))
    found = nx.forceatlas2_layout(graph, max_iter=rounds, seed=1, scaling_ratio=2.0)
    return {node: (float(x), float(y)) for node, (x, y) in found.items()}


def _without(graph: nx.Graph[str], duties: set[str]) -> nx.Graph[str]:
    """Return the graph of the others: the ends of an obligation are joined."""
    rest = nx.Graph(graph.subgraph(node for node in graph if node not in duties))
    for duty in sorted(duties):
        ends = sorted(end for end in graph[duty] if end not in duties)
        rest.add_edges_from((ends[0], end) for end in ends[1:])
    return rest


def _between(graph: nx.Graph[str], duties: Iterable[str], places: Places) -> Places:
    """Return a place for each obligation: the middle of its ends, the next free one of a spiral around it."""
    taken: dict[tuple[float, float], int] = defaultdict(int)
    found = {}
    width = max((abs(c) for place in places.values() for c in place), default=1.0) or 1.0
    for duty in duties:
        ends = [places[end] for end in graph[duty] if end in places] or [(0.0, 0.0)]
        x, y = (sum(axis) / len(ends) for axis in zip(*ends, strict=True))
        n = taken[round(x, 6), round(y, 6)]
        taken[round(x, 6), round(y, 6)] += 1
        away, angle = _STEP * width * math.sqrt(n + 1), _GOLDEN_ANGLE * n
        found[duty] = (x + away * math.cos(angle), y + away * math.sin(angle))
    return found


def _fitted(places: Places) -> Places:
    """Return places scaled into the square; far outliers are drawn in, so that the middle stays readable."""
    if not places:
        return {}
    middle = [sum(axis) / len(places) for axis in zip(*places.values(), strict=True)]
    away = {node: math.dist(place, middle) for node, place in places.items()}
    usual = sorted(away.values())[int(0.9 * (len(away) - 1))] or 1.0
    fitted = {}
    for node, place in places.items():
        far = away[node] / usual
        drawn = far if far <= 1 else 1 + math.log(far) * 0.35
        scale = drawn / far / usual if far else 0.0
        x, y = ((c - m) * scale for c, m in zip(place, middle, strict=True))
        fitted[node] = (round(x, 4), round(y, 4))
    return fitted
