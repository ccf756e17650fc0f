"""The store -> files: RDF in every syntax, the network, Akoma Ntoso, and records as JSON Lines; one format a module.

`graph_store` sends the graphs to a server instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, Protocol

from mandategraph.exporting import network, rdf, records
from mandategraph.exporting.akoma_ntoso import akoma_ntoso_documents
from mandategraph.keeping.store import GraphStore


class NetworkWriter(Protocol):
    """Writes a projection of the network."""

    def __call__(self, store: GraphStore, output: BinaryIO, *, projection: str = "full") -> None:
        """Write it."""


NETWORKS: dict[str, NetworkWriter] = {
    "graphml": network.write_graphml,
    "gexf": network.write_gexf,
    "csv-nodes": network.write_nodes,
    "csv-edges": network.write_edges,
}
FORMATS: dict[str, Callable[[GraphStore, BinaryIO], None]] = {
    "turtle": rdf.write_turtle,
    "rdf-xml": rdf.write_rdf_xml,
    "trig": rdf.write_trig,
    "nquads": rdf.write_nquads,
    "json-ld": rdf.write_json_ld,
    "jsonl": records.write_json_lines,
    **NETWORKS,
}

__all__ = ["FORMATS", "NETWORKS", "akoma_ntoso_documents"]
