from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest
import rdflib
from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize
from rdflib.compare import isomorphic

from mandategraph.answering.network import project
from mandategraph.building.writing import build
from mandategraph.exporting import FORMATS
from mandategraph.exporting.network import read_network
from mandategraph.exporting.records import read_records
from mandategraph.keeping.documents import with_some
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import paragraphs
from mandategraph.vocabulary import BASE

ROOT = Path(__file__).parents[1]


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


@pytest.mark.slow
@pytest.mark.parametrize(("format_", "syntax"), [("trig", "trig"), ("nquads", "nquads"), ("json-ld", "json-ld")])
def test_another_library_reads_the_same_dataset(format_: str, syntax: str, sample_store: GraphStore) -> None:
    one = with_some(sample_store, ["A/HRC/RES/46/28"])
    dataset = rdflib.Dataset().parse(data=_written(one, format_), format=syntax)
    wanted = rdflib.Dataset().parse(data=serialize(one.quads(), format=RdfFormat.N_QUADS), format="nquads")
    names = {g.identifier for g in wanted.graphs() if len(g)}
    assert {g.identifier for g in dataset.graphs() if len(g)} == names
    assert len(names) == 3
    for name in names:
        assert isomorphic(dataset.graph(name), wanted.graph(name)), name


@pytest.fixture(scope="module")
def sample_triples(sample_store: GraphStore) -> set[tuple[rdflib.term.Node, ...]]:
    triples = {Triple(q.subject, q.predicate, q.object) for q in sample_store.quads()}
    return set(rdflib.Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt"))


@pytest.mark.slow
@pytest.mark.parametrize(("format_", "syntax"), [("turtle", "turtle"), ("rdf-xml", "xml")])
def test_another_library_reads_the_same_graph(
    format_: str, syntax: str, sample_store: GraphStore, sample_triples: set[tuple[rdflib.term.Node, ...]]
) -> None:
    """There are no blank nodes, so that the same graph is the same set."""
    graph = rdflib.Graph().parse(data=_written(sample_store, format_), format=syntax)
    assert set(graph) == sample_triples
    assert str(dict(graph.namespaces())["mg"]) == "https://w3id.org/mandategraph/ontology#"


def test_json_ld_has_the_keys_of_the_published_context_and_the_same_bytes_twice(sample_store: GraphStore) -> None:
    one = with_some(sample_store, ["A/HRC/RES/46/28"])
    written = _written(one, "json-ld")
    assert written == _written(one, "json-ld")
    parsed = json.loads(written)
    published = json.loads((ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8"))
    assert parsed["@context"] == published["@context"]
    nodes = [node for graph in parsed["@graph"] for node in graph["@graph"]]
    request = next(n for n in nodes if n.get("verbLemma") == "request" and "Directive" in n["@type"])
    assert request["act"] == "https://w3id.org/mandategraph/act/directive"
    assert request["strength"] == "3"
    keys = {key for node in nodes for key in node if not key.startswith("@")}
    assert {k for k in keys if ":" in k and k.startswith("mg:")} <= {"mg:time"}, "only dates of several types stay long"


def test_projections(sample_store: GraphStore) -> None:
    whole = read_network(sample_store)
    sides = project(whole, "bipartite")
    assert nx.is_bipartite(nx.Graph(sides))
    assert set(nx.get_node_attributes(sides, "bipartite").values()) == {0, 1}
    owed = project(whole, "actor-actor")
    assert {kind for _, kind in owed.nodes(data="kind")} == {"actor"}
    assert {d["type"] for _, _, d in owed.edges(data=True)} == {"owes"}
    report = owed.get_edge_data(BASE + "actor/SecretaryGeneral", BASE + "actor/SecurityCouncil")
    assert len(report) == 1, "one edge a pair"
    edge = next(iter(report.values()))
    duties = {
        duty
        for duty, end, type_ in whole.edges(data="type")
        if type_ == "addressed_to" and end.endswith("/SecretaryGeneral")
        if any(
            t.endswith("/SecurityCouncil") and d["type"] == "counterpart" for _, t, d in whole.edges(duty, data=True)
        )
    }
    assert edge["weight"] == len(duties) > 1
    assert edge["strength"] == max(whole.nodes[d]["strength"] for d in duties)


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


def test_a_document_whose_name_is_like_a_symbol_is_exported(tmp_path: Path) -> None:
    """Its key is the name of its file, which a symbol would be written otherwise than."""
    file = tmp_path / "NOTE_9(2031).txt"
    file.write_text(
        "Note\n\n1. The Council should dig 20 wells.\n\n2. Of the villages 30 per cent are dry.\n", encoding="utf-8"
    )
    with GraphStore.in_memory() as store:
        build([file], store)
        records = list(read_records(store))
        shown = [paragraph.document for paragraph in paragraphs(store)]
    assert {record["record"] for record in records} == {"indicator"}
    assert {record["source"] for record in records} == {"NOTE_9(2031)"}
    assert set(shown) == {"NOTE_9(2031)"}
