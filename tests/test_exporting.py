from __future__ import annotations

import csv
import io
import json

import networkx as nx
import rdflib
from pyoxigraph import Quad, RdfFormat, parse

from mandategraph.exporting import FORMATS
from mandategraph.store import GraphStore


def _written(store: GraphStore, format_: str) -> bytes:
    output = io.BytesIO()
    FORMATS[format_](store, output)
    return output.getvalue()


def _plain(quads: object) -> set[Quad]:
    return set(quads)  # type: ignore[call-overload]


def test_rdf_is_read_back_the_same(sample_store: GraphStore) -> None:
    stored = _plain(sample_store.quads())
    for format_, syntax in (("nquads", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG), ("json-ld", RdfFormat.JSON_LD)):
        assert _plain(parse(_written(sample_store, format_), format=syntax)) == stored


def test_turtle_is_read_by_another_library(sample_store: GraphStore) -> None:
    graph = rdflib.Graph().parse(data=_written(sample_store, "turtle"), format="turtle")
    assert len(graph) == len({(q.subject, q.predicate, q.object) for q in sample_store.quads()})
    prefixes = dict(graph.namespaces())
    assert str(prefixes["mg"]) == "https://w3id.org/mandategraph/ontology#"


def test_rdf_xml_is_the_same_graph(sample_store: GraphStore) -> None:
    graph = rdflib.Graph().parse(data=_written(sample_store, "rdf-xml"), format="xml")
    turtle = rdflib.Graph().parse(data=_written(sample_store, "turtle"), format="turtle")
    assert set(graph) == set(turtle)


def test_gexf_and_tables_hold_the_whole_network_and_no_day(sample_store: GraphStore) -> None:
    graphml = nx.read_graphml(io.BytesIO(_written(sample_store, "graphml")), force_multigraph=True)
    written = _written(sample_store, "gexf")
    assert b"lastmodifieddate" not in written
    gexf = nx.read_gexf(io.BytesIO(written))
    assert set(gexf.nodes) == set(graphml.nodes)
    assert gexf.number_of_edges() == graphml.number_of_edges()
    nodes = list(csv.DictReader(_written(sample_store, "csv-nodes").decode().splitlines()))
    edges = list(csv.DictReader(_written(sample_store, "csv-edges").decode().splitlines()))
    assert {n["id"] for n in nodes} == set(graphml.nodes)
    assert len(edges) == graphml.number_of_edges()
    assert {e["source"] for e in edges} | {e["target"] for e in edges} <= {n["id"] for n in nodes}


def test_graphml_is_read_back_with_labels_types_and_parallel_edges(sample_store: GraphStore) -> None:
    written = _written(sample_store, "graphml")
    graph = nx.read_graphml(io.BytesIO(written), force_multigraph=True)
    assert isinstance(graph, nx.MultiDiGraph)
    assert graph.number_of_nodes() > 200
    for _, attributes in graph.nodes(data=True):
        assert attributes["label"]
        assert attributes["kind"] in {"actor", "instrument", "obligation", "other"}
        assert isinstance(attributes["strength"], int)
    for _, _, attributes in graph.edges(data=True):
        assert attributes["label"]
        assert attributes["document"]
        assert attributes["quotation"]
    minusma = "https://w3id.org/mandategraph/actor/MINUSMA"
    assert graph.nodes[minusma]["type"] == "un_mission"
    pairs = [(a, b) for a, b, _ in graph.edges(keys=True)]
    assert len(pairs) > len(set(pairs)), "parallel edges are kept"
    ids = (
        [d["id"] for _, _, d in graph.edges(data=True)]
        if "id" in next(iter(graph.edges(data=True)))[2]
        else list(graph.edges(keys=True))
    )
    assert len(ids) == len(set(ids))


def test_graphml_has_the_same_bytes_twice(sample_store: GraphStore) -> None:
    assert _written(sample_store, "graphml") == _written(sample_store, "graphml")


def test_json_lines(sample_store: GraphStore) -> None:
    records = [json.loads(line) for line in _written(sample_store, "jsonl").splitlines()]
    assert {r["record"] for r in records} == {"statement", "indicator", "relation"}
    statement = next(
        r for r in records if r["record"] == "statement" and r["source"] == "S_2020_600" and r["para"] == "16"
    )
    assert (statement["verb"], statement["act"], statement["counterparts"]) == ("decide", "decision", ["MINUSMA"])
    assert statement["deadline"] == {"type": "date", "value": "2021-06-30"}
    item = next(r for r in records if r.get("para") == "3/2(iii)")
    assert item["addressees"] == [{"id": "MalianParties", "text": "the Malian parties"}]
    assert item["deadline"]["resolves"] == "2021-06-30"
