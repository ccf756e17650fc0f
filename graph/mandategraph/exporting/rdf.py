"""The store -> Turtle, RDF/XML, TriG, N-Quads, JSON-LD.

The same store gives the same bytes: quads are sorted before they are written. Turtle and RDF/XML have no named graphs, so there the
triples of all graphs stand together, each once.
"""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from mandategraph.store import GraphStore
from mandategraph.vocabulary import PREFIXES


def _sorted(store: GraphStore) -> list[Quad]:
    return sorted(store.quads(), key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)))


def _merged(store: GraphStore) -> list[Triple]:
    triples = {Triple(q.subject, q.predicate, q.object) for q in store.quads()}
    return sorted(triples, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))


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
    """Write every named graph as JSON-LD."""
    serialize(_sorted(store), output, format=RdfFormat.JSON_LD, prefixes=PREFIXES)
