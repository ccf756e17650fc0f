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
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import networkx as nx

from mandategraph.answering.network import Edge, Network, Node, make_network, project
from mandategraph.answering.tabling import plain_cell
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.facts import facts
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.things import said_of
from mandategraph.recalling.wanted import Wanted
from mandategraph.vocabulary import MG, RDF, RDFS, SKOS, actor_iri, document_iri, instrument_iri, shorten

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
    wanted = Wanted(
        documents=tuple(map(shorten, documents)),
        ends=tuple(actors),
        themes=tuple(map(shorten, themes)),
        is_obligation=True,
    )
    obligations: dict[str, Node] = {}
    edges: list[Edge] = []
    for stated in statements(store, wanted):
        obligations[stated.statement] = _obligation(stated)
        edges += _edges_of(stated)
    for fact in facts(store, documents=wanted.documents, ends=wanted.ends) if not wanted.themes else ():
        where = ("0", "", shorten(document_iri(fact.document)), fact.paragraph, fact.quotation)
        edges.append(_edge(fact.subject, fact.object, fact.relation, where))
    used = {end for edge in edges for end in (edge.source, edge.target)} - set(obligations)
    entities = (_entity(store, id_) for id_ in sorted(used))
    return make_network([*filter(None, entities), *obligations.values()], edges)


def _obligation(stated: Stated) -> Node:
    actions = ", ".join(stated.actions)
    label = f"{stated.verb}: {actions}" if actions else stated.verb
    said = (
        stated.act,
        stated.strength,
        "|".join(sorted(set(stated.days))),
        stated.status,
        shorten(document_iri(stated.document)),
    )
    themes = "|".join(stated.themes)
    return Node(
        stated.statement, label, "obligation", *said, stated.paragraph, stated.words, themes, stated.bindingness
    )


def _edges_of(stated: Stated) -> Iterator[Edge]:
    document = shorten(document_iri(stated.document))
    where = (str(stated.strength), "|".join(sorted(set(stated.days))), document, stated.paragraph, stated.words)
    if stated.issuer:
        yield _edge(actor_iri(stated.issuer), stated.statement, "issues", where)
    ends = (
        ("addressed_to", [party.iri for party in stated.bearers]),
        ("counterpart", map(actor_iri, stated.counterparts)),
        ("cites", map(instrument_iri, stated.cites)),
    )
    for how, iris in ends:
        yield from (_edge(stated.statement, iri, how, where) for iri in iris)


def _entity(store: GraphStore, id_: str) -> Node | None:
    """Return the node of an actor or instrument with its first type and name, or None where it is neither."""
    kinds, labels, names = [], [], []
    for quad in said_of(store, id_):
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
