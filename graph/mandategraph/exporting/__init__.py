"""The store -> files: RDF in every syntax, the network, and records as JSON Lines; one format a module."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from mandategraph.exporting import network, rdf, records
from mandategraph.store import GraphStore

FORMATS: dict[str, Callable[[GraphStore, BinaryIO], None]] = {
    "turtle": rdf.write_turtle,
    "rdf-xml": rdf.write_rdf_xml,
    "trig": rdf.write_trig,
    "nquads": rdf.write_nquads,
    "json-ld": rdf.write_json_ld,
    "graphml": network.write_graphml,
    "gexf": network.write_gexf,
    "csv-nodes": network.write_nodes,
    "csv-edges": network.write_edges,
    "jsonl": records.write_json_lines,
}

__all__ = ["FORMATS"]
