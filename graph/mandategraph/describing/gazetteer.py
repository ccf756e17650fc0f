"""Gazetteer and lexicons -> quads of their own graph: actors, instruments, groups."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from mandategraph.describing.terms import Graph, boolean, mg
from mandategraph.lexicon import Tables
from mandategraph.records import Entity, MentionKind
from mandategraph.symbols import name_of, type_of
from mandategraph.vocabulary import (
    DCTERMS,
    ELI,
    FOAF,
    GAZETTEER_GRAPH,
    ORG,
    RDFS,
    SKOS,
    actor_iri,
    concept_iri,
    instrument_iri,
)

_ACTOR_CLASSES = {"person": FOAF + "Person", "office": ORG + "Post", "group": ORG + "OrganizationalCollaboration"}


def describe_gazetteer(tables: Tables) -> Iterable[Quad]:
    """Return the quads of the gazetteer's graph: entries with aliases and groups, and what drafts were adopted as."""
    graph = Graph(GAZETTEER_GRAPH)
    types = {entry.id: entry.type for entry in tables.gazetteer.entries}
    for entry in tables.gazetteer.entries:
        if entry.is_of_a_family:
            continue
        iri = describe_entity(graph, Entity(entry.id, entry.kind, entry.type, entry.label))
        graph.add(
            iri, *((SKOS + "altLabel", alias) for alias in (*entry.aliases, *entry.short_forms) if alias != entry.label)
        )
        graph.add(iri, *((_belongs(entry.type, types[group]), NamedNode(actor_iri(group))) for group in entry.groups))
    for draft, adopted in tables.drafts.items():
        for symbol in (draft, adopted):
            describe_entity(graph, Entity(symbol, MentionKind.INSTRUMENT, type_of(symbol), name_of(symbol)))
        graph.add(instrument_iri(draft), (mg("adoptedAs"), NamedNode(instrument_iri(adopted))))
    return graph.quads()


def _belongs(type_: str, of: str) -> str | NamedNode:
    """Return how what is of one type belongs to what is of another: groups have members, which bear what they bear; bodies have parts."""
    return ORG + "memberOf" if "group" in (type_, of) else mg("partOf")


def describe_entity(graph: Graph, entity: Entity) -> str:
    """Say type and name of an actor or instrument, and return its IRI.

    A name that the gazetteer has is its one preferred label; what a document alone calls it is a label among others.
    """
    if entity.kind is MentionKind.ACTOR:
        iri = actor_iri(entity.id)
        graph.type(iri, mg("Actor"), _ACTOR_CLASSES.get(entity.type, ORG + "Organization"))
        graph.add(
            iri,
            (mg("actorType"), NamedNode(concept_iri("actor-type", entity.type)))
            if entity.type
            else (mg("actorType"), None),
        )
    else:
        iri = instrument_iri(entity.id)
        graph.type(iri, mg("Instrument"), ELI + "LegalResource")
        graph.add(
            iri,
            (mg("instrumentType"), NamedNode(concept_iri("instrument-type", entity.type)))
            if entity.type
            else (mg("instrumentType"), None),
        )
    graph.add(iri, (DCTERMS + "identifier", entity.id))
    if entity.minted:
        graph.add(iri, (RDFS + "label", entity.label), (mg("minted"), boolean(True)))
    else:
        graph.add(iri, (SKOS + "prefLabel", entity.label))
    return iri
