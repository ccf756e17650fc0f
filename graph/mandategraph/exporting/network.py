"""The store -> the network: GraphML and GEXF for Gephi, yEd and Cytoscape, CSV tables for spreadsheets.

Nodes are the actors, instruments and obligations that the documents name; edges run from an issuer to its obligation,
from the obligation to whom it addresses, to its counterparts and to the instruments it cites, and between the two ends
of every stated fact; a projection shows a part of that (see `mandategraph.answering.network`). Attributes are typed (`strength` is an
integer) and the same on every node or edge.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import product
from typing import BinaryIO

import networkx as nx
from pyoxigraph import NamedNode

from mandategraph.answering.asking import plain_cell, text_rows
from mandategraph.answering.network import Edge, Network, Node, make_network, project
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import MG, RDF, RDFS, SKOS, shorten

_OBLIGATIONS = """
SELECT DISTINCT ?id ?verb ?actions ?act ?strength ?status ?bindingness ?document ?paragraph ?text ?issuer WHERE {
  #choice
  ?id a mg:Obligation ; mg:verbLemma ?verb ; mg:actionWords ?actions ; mg:act ?act ; mg:strength ?strength ;
    mg:status ?status ; mg:bindingness ?bindingness ; mg:inDocument ?document ; mg:inParagraph/mg:label ?paragraph ; mg:text ?text .
  OPTIONAL { ?id mg:issuer ?issuer }
}"""
_DAYS = "SELECT DISTINCT ?id ?due WHERE {\n#choice\n?id a mg:Obligation ; mg:due ?due . } ORDER BY ?id ?due"
_THEMES = "SELECT DISTINCT ?id ?theme WHERE {\n#choice\n?id a mg:Obligation ; mg:theme ?theme . } ORDER BY ?id ?theme"
_ENDS = """
SELECT DISTINCT ?id ?how ?end WHERE {
  #choice
  ?id a mg:Obligation .
  { ?id mg:addressee ?end BIND ("addressed_to" AS ?how) }
  UNION { ?id mg:counterpart ?end BIND ("counterpart" AS ?how) }
  UNION { ?id mg:cites ?end BIND ("cites" AS ?how) }
}"""
_FACTS = """
SELECT DISTINCT ?subject ?name ?object ?document ?paragraph ?quotation WHERE {
  #choice
  ?id a mg:Relation ; mg:subject ?subject ; mg:relationName ?name ; mg:object ?object ; mg:inDocument ?document ;
    mg:inParagraph/mg:label ?paragraph ; mg:evidence/oa:exact ?quotation .
}"""
_KINDS = {
    MG + "actorType": "actor", MG + "instrumentType": "instrument", MG + "Actor": "actor", MG + "Instrument": "instrument",
    MG + "DescribedParty": "actor",
}  # fmt: skip


def write_graphml(store: GraphStore, output: BinaryIO, *, projection: str = "full") -> None:
    """Write the network as GraphML."""
    nx.write_graphml_xml(
        project(read_network(store), projection), output, infer_numeric_types=False, edge_id_from_attribute="id"
    )


def write_gexf(store: GraphStore, output: BinaryIO, *, projection: str = "full") -> None:
    """Write the network as GEXF 1.2, without the day on which it was written."""
    text = "\n".join(nx.generate_gexf(project(read_network(store), projection)))
    output.write(re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1).encode())


def write_nodes(store: GraphStore, output: BinaryIO, *, projection: str = "full") -> None:
    """Write the nodes as a CSV table (RFC 4180, UTF-8)."""
    network = project(read_network(store), projection)
    _write_table(output, ({"id": id_, **attributes} for id_, attributes in network.nodes(data=True)))


def write_edges(store: GraphStore, output: BinaryIO, *, projection: str = "full") -> None:
    """Write the edges as a CSV table; `source` and `target` are ids of nodes."""
    network = project(read_network(store), projection)
    edges = network.edges(data=True)
    _write_table(output, ({"source": source, "target": target, **attributes} for source, target, attributes in edges))


def _write_table(output: BinaryIO, rows: Iterable[dict[str, object]]) -> None:
    text = io.StringIO(newline="")
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(text, list(row))
            writer.writeheader()
        writer.writerow({name: plain_cell(value) if isinstance(value, str) else value for name, value in row.items()})
    output.write(text.getvalue().encode())


def read_network(
    store: GraphStore, *, documents: Iterable[str] = (), actors: Iterable[str] = (), themes: Iterable[str] = ()
) -> Network:
    """Return the network of a store, or of what is chosen from it: only that is read.

    Args:
        store: open.
        documents: only what one of these says, by IRI; all where none is given.
        actors: only obligations and facts that one of these is an end of, by IRI, with their other ends.
        themes: only obligations on one of these, by IRI; no facts, which have no theme.
    """
    chosen = (("mg:inDocument", documents), ("?as", actors), ("mg:theme", themes))
    given = [[f"?id {role} {NamedNode(iri)} ." for iri in sorted(set(iris))] or [""] for role, iris in chosen]
    obligations: dict[str, Node] = {}
    edges: list[Edge] = []
    for choice in map(" ".join, product(*given)):
        _read_obligations(store, choice, obligations, edges)
        for subject, name, object_, document, paragraph, quotation in text_rows(store, _chosen(_FACTS, choice)):
            where = ("0", "", shorten(document), paragraph, quotation)
            edges.append(_edge(subject, object_, name, where))
    used = {end for edge in edges for end in (edge.source, edge.target)} - set(obligations)
    entities = (_entity(store, id_) for id_ in sorted(used))
    return make_network([*filter(None, entities), *obligations.values()], edges)


def _chosen(query: str, choice: str) -> str:
    """Return a query with the patterns of a choice; its terms are IRIs that the store has checked, and stand in the text so that it plans by them."""
    return query.replace("#choice", choice)


def _read_obligations(store: GraphStore, choice: str, obligations: dict[str, Node], edges: list[Edge]) -> None:
    facts: dict[str, tuple[str, ...]] = {}
    themes: dict[str, list[str]] = defaultdict(list)
    for id_, theme in text_rows(store, _chosen(_THEMES, choice)):
        themes[id_].append(shorten(theme))
    days: dict[str, list[str]] = defaultdict(list)
    for id_, day in text_rows(store, _chosen(_DAYS, choice)):
        days[id_].append(day)
    for row in text_rows(store, _chosen(_OBLIGATIONS, choice)):
        id_, verb, actions, act, strength, status, bindingness, document, paragraph, text, issuer = row
        due = "|".join(days[id_])
        where = (strength, due, shorten(document), paragraph, text)
        facts[id_] = where
        label = f"{verb}: {actions.replace('|', ', ')}" if actions else verb
        said = (shorten(act), int(strength), due, shorten(status), *where[2:], "|".join(themes[id_]))
        obligations[id_] = Node(id_, label, "obligation", *said, shorten(bindingness))
        if issuer:
            edges.append(_edge(issuer, id_, "issues", where))
    for id_, how, end in text_rows(store, _chosen(_ENDS, choice)):
        edges.append(_edge(id_, end, how, facts[id_]))


def _entity(store: GraphStore, id_: str) -> Node | None:
    """Return the node of an actor or instrument with its first type and name, or None where it is neither."""
    kinds, labels, names = [], [], []
    for quad in store.store.quads_for_pattern(NamedNode(id_), None, None, None):
        predicate, value = quad.predicate.value, getattr(quad.object, "value", "")
        if predicate in {MG + "actorType", MG + "instrumentType"}:
            kinds.append((0, _KINDS[predicate], shorten(value)))
        elif predicate == RDF + "type" and value in _KINDS:
            kinds.append((1, _KINDS[value], ""))
        elif predicate == RDFS + "label":
            labels.append(value)
        elif predicate == SKOS + "prefLabel":
            names.append(value)
    if not kinds:
        return None
    _, kind, type_ = min(kinds)
    return Node(id_, min(names, default="") or min(labels, default="") or shorten(id_), kind, type_)


def _edge(source: str, target: str, type_: str, where: tuple[str, ...]) -> Edge:
    strength, deadline, document, paragraph, quotation = where
    return Edge(
        source,
        target,
        type_,
        type_.replace("_", " "),
        strength=int(strength),
        deadline=deadline,
        document=document,
        paragraph=paragraph,
        quotation=" ".join(quotation.split()),
    )
