"""The store -> Turtle, RDF/XML, TriG, N-Quads, JSON-LD.

The same store gives the same bytes: quads are sorted before they are written. Turtle and RDF/XML have no named graphs, so there the
triples of all graphs stand together, each once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from typing import Any, BinaryIO

from pyoxigraph import Quad, RdfFormat, Triple, serialize
from rdflib import Graph

from mandategraph.keeping.store import GraphStore
from mandategraph.resources import folder
from mandategraph.vocabulary import PREFIXES


def _sorted(store: GraphStore) -> list[Quad]:
    return sorted(store.quads(), key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)))


def _merged(store: GraphStore) -> list[Triple]:
    triples = {Triple(q.subject, q.predicate, q.object) for q in store.quads()}
    return sorted(triples, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))


def turtle(triples: Iterable[Triple]) -> str:
    """Return triples as Turtle, sorted: the answer to a CONSTRUCT or DESCRIBE."""
    return (serialize(sorted(triples, key=str), format=RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()


def write_nquads(store: GraphStore, output: BinaryIO) -> None:
    """Write every quad, sorted."""
    serialize(_sorted(store), output, format=RdfFormat.N_QUADS)


def write_trig(store: GraphStore, output: BinaryIO) -> None:
    """Write every named graph, subjects together."""
    serialize(_sorted(store), output, format=RdfFormat.TRIG, prefixes=PREFIXES)


def write_turtle(store: GraphStore, output: BinaryIO) -> None:
    """Write the triples of all graphs, subjects together."""
    serialize(_merged(store), output, format=RdfFormat.TURTLE, prefixes=PREFIXES)


def write_rdf_xml(store: GraphStore, output: BinaryIO) -> None:
    """Write the triples of all graphs as RDF/XML, subjects together."""
    serialize(_merged(store), output, format=RdfFormat.RDF_XML, prefixes=PREFIXES)


def write_json_ld(store: GraphStore, output: BinaryIO) -> None:
    """Write every named graph as JSON-LD, its keys those of the published context (`ontology/context.jsonld`)."""
    context = json.loads((folder("ontology") / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    output.write(b'{"@context": ' + _json(context) + b',\n "@graph": [')
    for n, (name, quads) in enumerate(groupby(_sorted(store), key=lambda quad: quad.graph_name)):
        triples = serialize((Triple(q.subject, q.predicate, q.object) for q in quads), format=RdfFormat.N_TRIPLES)
        written = Graph().parse(data=triples or b"", format="nt").serialize(format="json-ld", context=context)
        nodes = sorted(json.loads(written)["@graph"], key=lambda node: str(node["@id"]))
        output.write(b",\n" if n else b"\n")
        output.write(_json({"@id": str(getattr(name, "value", "")), "@graph": [_in_order(node) for node in nodes]}))
    output.write(b"]}\n")


def _in_order(node: dict[str, Any]) -> dict[str, Any]:
    """Return a node with its keys and the values of each key sorted; the order of neither means anything."""
    return {
        key: sorted(value, key=json.dumps) if isinstance(value, list) else value for key, value in sorted(node.items())
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
