"""Figures, relations and terms of mandates -> quads."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from mandategraph.describing.passages import Said
from mandategraph.describing.terms import boolean, date, decimal, duration, mg
from mandategraph.records import Answer, Content, ContentKind, Indicator, Relation, Term
from mandategraph.symbols import type_of
from mandategraph.vocabulary import (
    INDICATORS,
    QB,
    actor_iri,
    camel,
    concept_iri,
    document_iri,
    instrument_iri,
    mandate_iri,
    paragraph_iri,
    part_iri,
    theme_iri,
)


def describe_indicator(said: Said, indicator: Indicator) -> None:
    """Say a figure with what it measures."""
    node = part_iri(said.iri, "indicator", indicator.span.start)
    said.graph.type(node, mg("Indicator"), QB + "Observation")
    said.graph.add(
        node,
        (QB + "dataSet", NamedNode(INDICATORS)),
        (mg("inDocument"), said.graph.name),
        (mg("inParagraph"), said.paragraph(indicator.paragraph)),
        (mg("value"), decimal(indicator.value)),
        (mg("unit"), NamedNode(concept_iri("unit", indicator.unit))),
        (mg("measures"), indicator.of),
        (mg("about"), NamedNode(actor_iri(indicator.about)) if indicator.about else None),
        (mg("sex"), indicator.sex),
        (mg("time"), date(indicator.time) if indicator.time else None),
        (mg("isTarget"), boolean(indicator.target)),
        (mg("bound"), indicator.bound),
        (mg("rule"), indicator.rule),
        (mg("evidence"), NamedNode(said.passage(indicator.span))),
    )


def describe_relation(said: Said, relation: Relation) -> None:
    """Say a relation, and the direct edge beside it."""
    graph = said.graph
    node = part_iri(said.iri, "relation", relation.relation, relation.subject, relation.object, relation.span.start)
    subject, object_ = said.entity(relation.subject), _object(said, relation.object)
    graph.type(node, mg("Relation"))
    graph.add(
        node,
        (mg("inDocument"), said.graph.name),
        (mg("inParagraph"), said.paragraph(relation.paragraph)),
        (mg("subject"), subject),
        (mg("relationName"), relation.relation),
        (mg("object"), object_),
        (mg("until"), date(relation.until) if relation.until else None),
        (mg("lasts"), duration(relation.lasts) if relation.lasts else None),
        (mg("rule"), relation.rule),
        (mg("evidence"), NamedNode(said.passage(relation.span))),
    )
    graph.add(subject.value, (mg(camel(relation.relation)), object_))
    if relation.relation == "succeeds":
        newer, older = (_mandate(said, "mandate", id_, None) for id_ in (relation.subject, relation.object))
        graph.add(newer.value, (mg("succeeds"), older))


def describe_term(said: Said, term: Term) -> None:
    """Say a term, and the mandate that it is of."""
    graph = said.graph
    decision = part_iri(said.iri, "statement", term.statement) if term.statement is not None else None
    node = part_iri(said.iri, "term", term.span.start)
    graph.type(node, mg("MandateTerm"))
    graph.add(
        node,
        (mg("ofMandate"), _mandate(said, term.kind, term.holder, term.source)),
        (mg("step"), NamedNode(concept_iri("step", term.step.value))),
        (mg("byInstrument"), NamedNode(instrument_iri(term.instrument))),
        (mg("decidedBy"), NamedNode(decision) if decision else None),
        (mg("inDocument"), graph.name),
        (mg("inParagraph"), said.paragraph(term.paragraph)),
        (mg("until"), date(term.until) if term.until else None),
        (mg("lasts"), duration(term.lasts) if term.lasts else None),
        (mg("since"), date(term.since) if term.since else None),
        (mg("follows"), boolean(value=True) if term.follows else None),
        (mg("automaticIf"), term.condition),
        (mg("decides"), term.about),
        (mg("rule"), term.rule),
        (mg("evidence"), NamedNode(said.passage(term.span))),
    )


def describe_answer(said: Said, answer: Answer) -> None:
    """Say what a document answers, and the direct edge beside it: to a paragraph, or to an instrument where none is named."""
    asked = document_iri(answer.instrument)
    target = NamedNode(paragraph_iri(asked, answer.label) if answer.label else instrument_iri(answer.instrument))
    node = part_iri(said.iri, "answer", answer.instrument, answer.label)
    said.graph.type(node, mg("Answer"))
    said.graph.add(
        node,
        (mg("inDocument"), said.graph.name),
        (mg("inParagraph"), said.paragraph(answer.paragraph)),
        (mg("answers"), target),
        (mg("rule"), answer.rule),
        (mg("evidence"), NamedNode(said.passage(answer.span))),
    )
    said.graph.add(said.iri, (mg("answers"), target))


def describe_content(said: Said, content: Content) -> None:
    """Say what a document gives to a mandate beside its terms."""
    mandate = _mandate(said, content.kind, content.holder, content.source)
    part = "indicator" if content.what is ContentKind.CEILING else "statement"
    said.graph.add(mandate.value, (mg(content.what.value), NamedNode(part_iri(said.iri, part, content.start))))


def _mandate(said: Said, kind: str, holder: str | None, source: str | None) -> NamedNode:
    """Say a mandate, and return its node: documents that speak of one holder, or of one source, meet in it."""
    id_ = holder or source or ""
    node = mandate_iri(kind, id_)
    said.graph.type(node, mg("Mandate"))
    said.graph.add(
        node,
        (mg("mandateKind"), NamedNode(concept_iri("mandate-kind", kind))),
        (mg("holder"), NamedNode(actor_iri(holder))) if holder else (mg("source"), NamedNode(instrument_iri(id_))),
    )
    return NamedNode(node)


def _object(said: Said, id_: str) -> NamedNode:
    if id_ in said.kinds:
        return said.entity(id_)
    if re.fullmatch(r"[a-z_]+", id_):
        return NamedNode(theme_iri(id_))
    return NamedNode(instrument_iri(id_) if type_of(id_) else concept_iri("regime", id_))
