"""The store -> the network: GraphML and GEXF for Gephi, yEd and Cytoscape, CSV tables for spreadsheets.

Nodes are the actors, instruments and obligations that the documents name; edges run from an issuer to its obligation,
from the obligation to whom it addresses, to its counterparts and to the instruments it cites, and between the two ends
of every stated fact; a projection shows a part of that (see `mandategraph.network`). Attributes are typed (`strength` is an
integer) and the same on every node or edge.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import BinaryIO

import networkx as nx

from mandategraph.asking import text_rows
from mandategraph.network import Edge, Network, Node, make_network, project
from mandategraph.store import GraphStore
from mandategraph.vocabulary import shorten

_OBLIGATIONS = """
SELECT DISTINCT ?id ?verb ?actions ?act ?strength ?due ?status ?bindingness ?document ?paragraph ?text ?issuer WHERE {
  ?id a mg:Obligation ; mg:verbLemma ?verb ; mg:actionList ?actions ; mg:act ?act ; mg:strength ?strength ;
    mg:status ?status ; mg:bindingness ?bindingness ; mg:inDocument ?document ; mg:inParagraph/mg:label ?paragraph ; mg:text ?text .
  OPTIONAL { ?id mg:due ?due }
  OPTIONAL { ?id mg:issuer ?issuer }
}"""
_THEMES = "SELECT DISTINCT ?id ?theme WHERE { ?id a mg:Obligation ; mg:theme ?theme } ORDER BY ?id ?theme"
_ENDS = """
SELECT DISTINCT ?id ?how ?end WHERE {
  ?id a mg:Obligation .
  { ?id mg:addressee ?end BIND ("addressed_to" AS ?how) }
  UNION { ?id mg:counterpart ?end BIND ("counterpart" AS ?how) }
  UNION { ?id mg:cites ?end BIND ("cites" AS ?how) }
}"""
_ENTITIES = """
SELECT DISTINCT ?id ?kind ?type WHERE {
  { ?id mg:actorType ?type BIND ("actor" AS ?kind) } UNION { ?id mg:instrumentType ?type BIND ("instrument" AS ?kind) }
  UNION { ?id a mg:Actor BIND ("actor" AS ?kind) } UNION { ?id a mg:Instrument BIND ("instrument" AS ?kind) }
  UNION { ?id a mg:DescribedParty BIND ("actor" AS ?kind) }
}"""
_NAMES = "SELECT DISTINCT ?id ?name WHERE { ?id %s ?name }"
_FACTS = """
SELECT DISTINCT ?subject ?name ?object ?document ?paragraph ?quotation WHERE {
  ?r a mg:Relation ; mg:subject ?subject ; mg:relationName ?name ; mg:object ?object ; mg:inDocument ?document ;
    mg:inParagraph/mg:label ?paragraph ; mg:evidence/oa:exact ?quotation .
}"""


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
        writer.writerow(row)
    output.write(text.getvalue().encode())


def read_network(store: GraphStore) -> Network:
    """Return the network of everything in the store."""
    obligations, edges = [], []
    facts: dict[str, tuple[str, ...]] = {}
    themes: dict[str, list[str]] = defaultdict(list)
    for id_, theme in text_rows(store, _THEMES):
        themes[id_].append(shorten(theme))
    for row in text_rows(store, _OBLIGATIONS):
        id_, verb, actions, act, strength, due, status, bindingness, document, paragraph, text, issuer = row
        where = (strength, due, shorten(document), paragraph, text)
        facts[id_] = where
        obligations.append(
            Node(
                id_,
                f"{verb}: {actions.replace('|', ', ')}" if actions else verb,
                "obligation",
                shorten(act),
                int(strength),
                due,
                shorten(status),
                *where[2:],
                "|".join(themes[id_]),
                shorten(bindingness),
            )
        )
        if issuer:
            edges.append(_edge(issuer, id_, "issues", where))
    for id_, how, end in text_rows(store, _ENDS):
        edges.append(_edge(id_, end, how, facts[id_]))
    for subject, name, object_, document, paragraph, quotation in text_rows(store, _FACTS):
        edges.append(_edge(subject, object_, name, ("0", "", shorten(document), paragraph, quotation)))
    used = {end for edge in edges for end in (edge.source, edge.target)}
    types: dict[str, tuple[str, str]] = {}
    for id_, kind, type_ in sorted(text_rows(store, _ENTITIES), reverse=True):
        if id_ in used and (type_ or id_ not in types):
            types[id_] = (kind, type_)
    names: dict[str, str] = {}
    for property_ in ("rdfs:label", "skos:prefLabel"):
        names |= {id_: name for id_, name in sorted(text_rows(store, _NAMES % property_), reverse=True) if id_ in used}
    entities = [
        Node(id_, names.get(id_) or shorten(id_), kind, shorten(type_)) for id_, (kind, type_) in sorted(types.items())
    ]
    return make_network([*entities, *obligations], edges)


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
