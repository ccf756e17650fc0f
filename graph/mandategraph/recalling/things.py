"""The store -> what is said of one thing: its properties, its names, its passage; and the lists of what there is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Quad, Triple

from mandategraph.describing.terms import date, integer
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import documents
from mandategraph.recalling.labels import labels_of
from mandategraph.recalling.rows import Bindable, Rows, plain, select, text_of
from mandategraph.symbols import symbol_of
from mandategraph.vocabulary import (
    MG,
    RDF,
    RDFS,
    SKOS,
    actor_iri,
    concept_iri,
    document_iri,
    shorten,
    theme_iri,
)

EVIDENCE = ("document", "paragraph", "quotation")
_EVIDENCE = """
  ?thing mg:inParagraph/mg:label ?paragraph ; mg:evidence ?passage . ?passage oa:hasSource ?document ; oa:exact ?quotation . """
_NAMED = """
  GRAPH ?document { ?actor a mg:Actor ; skos:prefLabel|rdfs:label ?name . OPTIONAL { ?actor mg:actorType ?of }
    OPTIONAL { ?actor mg:minted ?minted } OPTIONAL { ?m a mg:Mention ; mg:names ?actor } }
  FILTER (?document != graph:gazetteer)"""
_DESCRIBED = "#described-party-"
_LABELS = (SKOS + "prefLabel", RDFS + "label")


def said_of(store: GraphStore, iri: str) -> list[Quad]:
    """Return what is said of a thing as such, and not of its parts."""
    return list(store.store.quads_for_pattern(NamedNode(iri), None, None, None))


def properties(store: GraphStore, iri: str) -> Iterator[tuple[str, Bindable]]:
    """Yield the properties of a thing with their values, each once and in order."""
    for property_, value in select(
        store, "?property ?value", f"{NamedNode(iri)} ?property ?value", order="?property ?value"
    ).rows:
        if property_ is not None and value is not None:
            yield shorten(text_of(property_)), value


def described(store: GraphStore, iri: str) -> list[Triple]:
    """Return what is said of a thing as triples, sorted: its own, and of a document all of its graph."""
    node, quads = NamedNode(iri), said_of(store, iri)
    if store.store.contains_named_graph(node):
        quads += store.store.quads_for_pattern(None, None, None, node)
    return sorted({Triple(q.subject, q.predicate, q.object) for q in quads}, key=str)


def label(store: GraphStore, id_: str) -> str:
    """Return what an actor or theme is called by its id, "" where the id is none of theirs but words of a text."""
    for iri in (actor_iri(id_), theme_iri(id_)):
        for name in _LABELS:
            said = store.store.quads_for_pattern(NamedNode(iri), NamedNode(name), None, None)
            if labels := sorted(text_of(quad.object) for quad in said):
                return labels[0]
    return ""


def labels_in(store: GraphStore, rows: Iterable[Sequence[Bindable | None]]) -> dict[str, str]:
    """Return what those are called in some rows who are only described, and paragraphs, by IRI."""
    nodes = {term.value for row in rows for term in row if isinstance(term, NamedNode)}
    described = {node: value(store, node, _LABELS[1]) for node in nodes if _DESCRIBED in node}
    places = {node: (*place_of(node), value(store, node, MG + "label")) for node in nodes if "#para_" in node}
    return {**described, **{node: f"{work}, {label or cited}" for node, (work, cited, label) in places.items()}}


def place_of(iri: str) -> tuple[str, str]:
    """Return symbol and label of a paragraph of an instrument, the label "" for an instrument as a whole.

    Example:
        >>> place_of(document_iri("S/RES/1970 (2011)") + "#para_9__point_a")
        ('S/RES/1970 (2011)', '9(a)')
    """
    instrument, _, place = shorten(iri).partition("#para_")
    return symbol_of(instrument), re.sub(r"__point_(\w+?)(?=__|$)", r"(\1)", place)


def value(store: GraphStore, iri: str, property_: str) -> str:
    """Return the literal that a property of a thing has, by their IRIs, "" where it has none."""
    quads = store.store.quads_for_pattern(NamedNode(iri), NamedNode(property_), None, None)
    return next((quad.object.value for quad in quads if isinstance(quad.object, Literal)), "")


def concept_labels(store: GraphStore) -> dict[str, str]:
    """Return what the concepts of the schemes are called, by their ids."""
    patterns = "GRAPH graph:ontology { ?concept a skos:Concept ; skos:prefLabel ?label }"
    return {shorten(concept): said for concept, said in plain(select(store, "?concept ?label", patterns))}


def vocabulary(store: GraphStore) -> list[tuple[str, str]]:
    """Return the terms of the ontology with what they mean."""
    patterns = "GRAPH graph:ontology { ?term rdfs:comment ?about } FILTER (STRSTARTS(STR(?term), STR(mg:)))"
    return [(term, about) for term, about in select(store, "?term ?about", patterns, order="?term").as_text()]


def evidence_of(store: GraphStore, node: NamedNode) -> tuple[Bindable | None, ...]:
    """Return document, paragraph and quotation of a statement, figure or fact; nothing where it is none."""
    columns = " ".join(f"?{name}" for name in EVIDENCE)
    return next(iter(select(store, columns, _EVIDENCE.replace("?thing", str(node))).rows), ())


def list_documents(store: GraphStore) -> Rows:
    """Return the documents, each with its subject as title, with how much it states, and with one that has the same symbol."""
    counts = {
        name: dict(plain(select(store, "?document (COUNT(DISTINCT ?s) AS ?n)", f"?s a mg:{name} ; mg:inDocument ?document", group="?document")))
        for name in ("Statement", "Obligation")
    }  # fmt: skip
    heads, labels = documents(store), labels_of(store)
    rows = []
    for head in heads:
        iri = document_iri(head.key)
        others = (document_iri(o.key) for o in heads if o.instrument and o.instrument == head.instrument)
        conflict = min((other for other in others if other != iri), default="")
        title = labels.subject(head.key)
        said = (Literal(title) if title else None, *(integer(int(of.get(iri, 0))) for of in counts.values()))
        dated = date(head.adopted) if head.adopted else None
        status = NamedNode(concept_iri("status", head.status))
        rows.append((NamedNode(iri), dated, status, *said, NamedNode(conflict) if conflict else None))
    return Rows(("document", "date", "status", "title", "statements", "obligations", "conflict"), tuple(rows))


def list_actors(store: GraphStore) -> Rows:
    """Return the actors that the documents name, those that bear most first."""
    columns = "?actor (MIN(?name) AS ?label) (MIN(?of) AS ?type) (COUNT(?m) AS ?mentions) (MAX(?minted) AS ?new)"
    bears = {row[0]: row[1] for row in list_bearers(store).rows}
    found = []
    for actor, said, type_, mentions, new in select(store, columns, _NAMED, group="?actor").rows:
        found.append((actor, said, type_, bears.get(actor), mentions, new))
    found.sort(key=lambda row: (-int(text_of(row[3]) or 0), -int(text_of(row[4])), str(row[0])))
    return Rows(("actor", "label", "type", "bears", "mentions", "new"), tuple(found))


def list_bearers(store: GraphStore) -> Rows:
    """Return who bears how many obligations, those that bear most first."""
    columns, order = "?actor (COUNT(DISTINCT ?o) AS ?bears)", "DESC(?bears) ?actor"
    return select(store, columns, "?actor mg:bears ?o", group="?actor", order=order)


def bearers_of(store: GraphStore, iri: str, property_: str) -> list[str]:
    """Return whom the obligations address that lead to a thing by a property, as mg:issuer: IRIs of actors, each as often as it is addressed."""
    patterns = f"?o {property_} {NamedNode(iri)} ; a mg:Obligation ; mg:addressee ?actor"
    return [row[1] for row in plain(select(store, "?o ?actor", patterns)) if _DESCRIBED not in row[1]]


def count_obligations(store: GraphStore) -> int:
    """Return how many obligations there are."""
    (row,) = select(store, "(COUNT(DISTINCT ?o) AS ?n)", "?o a mg:Obligation").as_text()
    return int(row[0])


def named_instruments(store: GraphStore, property_: str) -> set[str]:
    """Return the IRIs of what statements lead to by a property, as mg:quotedFrom."""
    return {row[0] for row in plain(select(store, "?value", f"?statement {property_} ?value"))}


def named_actors(store: GraphStore, *, without: str = "") -> frozenset[str]:
    """Return the ids of the actors that documents name; what the one with the key `without` alone names is not among them."""
    kind, skipped = NamedNode(RDF + "type"), document_iri(without)
    quads = store.store.quads_for_pattern(None, kind, NamedNode(MG + "Actor"), None)
    named = (quad.subject for quad in quads if getattr(quad.graph_name, "value", "") != skipped)
    return frozenset(shorten(node.value) for node in named if isinstance(node, NamedNode))
