"""A network of things and obligations -> a place for each thing, computed ahead so that the page opens still.

What carries the picture is laid out by ForceAtlas2 (Jacomy et al. 2014; networkx): the ties of most obligations, as many as can be told
apart. Every other thing stands at the middle of what it is tied to, beside others that stand there, and those who only ask stand in a row above.
The same network gets the same places.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from mandategraph.answering.network import Network

MOST_TIES = 120
_ROUNDS = 300
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
_STEP = 0.06
# Nodes of the backbone stand so far apart, and farther beside each other than above, since names are written beside them.
_APART = 0.14
_FLAT = 0.55
_PUSHES = 60

Places = dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Backbone:
    """What carries a picture: the ties of `least` obligations or more, but for those of who is set aside; undirected, each with its `weight`."""

    graph: nx.Graph[str]
    least: int
    aside: frozenset[str]


def backbone(ties: Mapping[tuple[str, str], int], aside: frozenset[str]) -> Backbone:
    """Return the backbone of who owes whom.

    Args:
        ties: the number of obligations from one to another.
        aside: who is set aside. Where nothing is left without them, they are drawn with the rest.

    Example:
        >>> shape = backbone({("a", "b"): 3, ("b", "a"): 1, ("a", "s"): 9}, frozenset("s"))
        >>> sorted(shape.graph.edges(data="weight")), shape.least
        ([('a', 'b', 4)], 1)
    """
    kept = {pair: count for pair, count in ties.items() if not aside & {*pair}}
    if not kept:
        kept, aside = dict(ties), frozenset()
    counts = sorted(kept.values(), reverse=True)
    least = 1 if len(counts) <= MOST_TIES else counts[MOST_TIES] + 1
    least = min(least, counts[0]) if counts else 1
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted({end for pair, count in kept.items() if count >= least for end in pair}))
    for source, target in sorted(pair for pair, count in kept.items() if count >= least):
        before = graph.get_edge_data(source, target, {"weight": 0})["weight"]
        graph.add_edge(source, target, weight=before + kept[source, target])
    return Backbone(graph, least, aside)


def place(network: Network, shape: Backbone) -> Places:
    """Return a place for each thing of a network, within the square of side 2 around the origin or, of who is set aside, above it."""
    things = sorted(node for node, said in network.nodes(data=True) if said["kind"] != "obligation")
    places = _apart(_fitted(_forced(shape.graph)))
    near = _neighbours(network)
    rest = [node for node in things if node not in places and node not in shape.aside]
    places |= _between(near, rest, places)
    above = sorted(shape.aside & {*things})
    for n, node in enumerate(above):
        places[node] = (round(2 * (n + 1) / (len(above) + 1) - 1, 3), 1.25)
    return places


def _neighbours(network: Network) -> dict[str, set[str]]:
    """Return for each thing those it shares an obligation or a fact with."""
    near: dict[str, set[str]] = defaultdict(set)
    for node, said in network.nodes(data=True):
        if said["kind"] == "obligation":
            ends = {*network.successors(node), *network.predecessors(node)}
            for end in ends:
                near[end] |= ends - {end}
    for source, target in network.edges():
        near[source].add(target)
        near[target].add(source)
    return near


def _forced(graph: nx.Graph[str]) -> Places:
    """Return the places of a graph, its parts beside each other."""
    if len(graph) < 2:
        return dict.fromkeys(graph, (0.0, 0.0))
    tied: nx.Graph[str] = nx.Graph()
    tied.add_nodes_from(graph)
    for source, target, said in graph.edges(data=True):
        tied.add_edge(source, target, weight=1 + math.log2(said["weight"]))
    rounds = max(50, min(_ROUNDS, 75_000 // len(graph)))
    found = nx.forceatlas2_layout(
        tied, max_iter=rounds, seed=1, scaling_ratio=6.0, gravity=2.0, weight="weight", distributed_action=True
    )
    return {node: (float(x), float(y)) for node, (x, y) in found.items()}


def _apart(places: Places) -> Places:
    """Return places of which none lies on another: those too near push each other away, again and again."""
    at = {node: [x, y] for node, (x, y) in places.items()}
    pairs = [(at[one], at[other]) for one, other in combinations(sorted(at), 2)]
    for _ in range(_PUSHES):
        for one, other in pairs:
            dx, dy = (other[0] - one[0]) * _FLAT, other[1] - one[1]
            away = math.hypot(dx, dy)
            if away >= _APART:
                continue
            dx, dy = (dx / away, dy / away) if away else (0.0, 1.0)
            push = (_APART - away) / 2
            for end, sign in ((one, -1), (other, 1)):
                end[0] += sign * push * dx / _FLAT
                end[1] += sign * push * dy
    return {node: (round(x, 3), round(y, 3)) for node, (x, y) in at.items()}


def _between(near: Mapping[str, set[str]], nodes: Iterable[str], places: Places) -> Places:
    """Return a place for each node: the middle of its neighbours, the next free one of a spiral around it."""
    taken: dict[tuple[float, float], int] = defaultdict(int)
    found = {}
    for node in nodes:
        ends = [places[end] for end in sorted(near[node]) if end in places] or [(0.0, -1.25)]
        x, y = (sum(axis) / len(ends) for axis in zip(*ends, strict=True))
        at = round(x, 1), round(y, 1)
        taken[at] += 1
        away, angle = _STEP * math.sqrt(taken[at]), _GOLDEN_ANGLE * taken[at]
        found[node] = (round(x + away * math.cos(angle), 3), round(y + away * math.sin(angle), 3))
    return found


def _fitted(places: Places) -> Places:
    """Return places scaled into the square; far outliers are drawn in, so that the middle stays readable."""
    if not places:
        return {}
    middle = [sum(axis) / len(places) for axis in zip(*places.values(), strict=True)]
    away = {node: math.dist(place, middle) for node, place in places.items()}
    usual = sorted(away.values())[int(0.9 * (len(away) - 1))] or 1.0
    fitted = {}
    for node, (x, y) in places.items():
        far = away[node] / usual
        drawn = far if far <= 1 else 1 + math.log(far) * 0.35
        scale = drawn / far / usual if far else 0.0
        fitted[node] = (round((x - middle[0]) * scale, 3), round((y - middle[1]) * scale, 3))
    return fitted
