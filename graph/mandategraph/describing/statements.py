"""Statements -> quads: each with its words, its parties and its deadlines."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from mandategraph.describing.passages import Said
from mandategraph.describing.terms import date, duration, integer, mg
from mandategraph.records import Deadline, DeadlineKind, Party, Statement
from mandategraph.vocabulary import (
    ELI,
    RDFS,
    ROLES,
    TIME,
    actor_iri,
    concept_iri,
    document_iri,
    instrument_iri,
    joined,
    paragraph_iri,
    part_iri,
    theme_iri,
    verb_iri,
)


def describe_statement(said: Said, statement: Statement) -> None:
    """Say a statement with its parties and deadlines."""
    graph = said.graph
    node = part_iri(said.iri, "statement", statement.trigger.start)
    classes = [mg(statement.act.value.capitalize()), mg("Statement")]
    if statement.is_obligation:
        classes.append(mg("Obligation"))
    graph.type(node, *classes)
    graph.add(
        node,
        (mg("inDocument"), said.graph.name),
        (mg("inParagraph"), said.paragraph(statement.paragraph)),
        (mg("act"), NamedNode(concept_iri("act", statement.act.value))),
        (mg("verb"), NamedNode(verb_iri(statement.verb))),
        (mg("verbLemma"), statement.verb),
        (mg("strength"), integer(statement.strength)),
        (mg("issuer"), NamedNode(actor_iri(statement.issuer)) if statement.issuer else None),
        (mg("status"), NamedNode(concept_iri("status", statement.status.value))),
        (mg("quotedFrom"), NamedNode(instrument_iri(statement.quoted_from)) if statement.quoted_from else None),
        (mg("bindingness"), NamedNode(concept_iri("bindingness", statement.bindingness.value))),
        (mg("actionList"), Literal(joined(statement.actions))),
        (mg("actionWords"), Literal(joined(deed.surface for deed in statement.deeds))),
        (mg("conditionList"), joined(statement.conditions)),
        (mg("text"), said.document.text.words(statement.span)),
        (mg("rule"), statement.rule),
        (mg("evidence"), NamedNode(said.passage(statement.span))),
        (mg("trigger"), NamedNode(said.passage(statement.trigger))),
    )
    for deed in statement.deeds:
        graph.add(node, (mg("action"), deed.head), (mg("actionEvidence"), NamedNode(said.passage(deed.span))))
    graph.add(node, *((mg("sanction"), sanction) for sanction in statement.sanctions))
    graph.add(node, (mg("sanctionOn"), statement.sanctioned))
    graph.add(node, *((mg("product"), product) for product in statement.products))
    graph.add(node, *((mg("theme"), NamedNode(theme_iri(theme))) for theme in statement.themes))
    graph.add(node, *((mg("condition"), condition) for condition in statement.conditions))
    for each in statement.counterparts:
        other = NamedNode(actor_iri(each.actor))
        graph.add(node, (mg("counterpart"), other), (mg(ROLES[each.role]), other))
    for cited in statement.instruments:
        graph.add(node, (mg("cites"), NamedNode(instrument_iri(cited))))
        graph.add(said.iri, (ELI + "cites", NamedNode(instrument_iri(cited))))
    for provision in statement.provisions:
        cited_in = document_iri(provision.instrument)
        graph.add(node, (mg("citesProvision"), NamedNode(paragraph_iri(cited_in, provision.label))))
    for n, party in enumerate(statement.addressees, 1):
        _party(said, node, statement, n, party)
    for n, deadline in enumerate(statement.deadlines, 1):
        _deadline(said, node, statement, n, deadline)


def _party(said: Said, node: str, statement: Statement, n: int, party: Party) -> None:
    graph = said.graph
    here = part_iri(said.iri, "party", statement.trigger.start, n)
    if party.actor:
        bearer = actor_iri(party.actor)
    else:
        bearer = part_iri(said.iri, "described-party", statement.trigger.start, n)
        graph.type(bearer, mg("DescribedParty"))
        graph.add(bearer, (RDFS + "label", party.surface))
    graph.type(here, mg("Party"))
    graph.add(
        here,
        (mg("position"), integer(n)),
        (mg("surface"), party.surface),
        (mg("names"), NamedNode(bearer)),
        (mg("evidence"), NamedNode(said.passage(party.span)) if party.span else None),
    )
    graph.add(node, (mg("party"), NamedNode(here)), (mg("addressee"), NamedNode(bearer)))
    if statement.is_obligation:
        graph.add(bearer, (mg("bears"), NamedNode(node)))


def _deadline(said: Said, node: str, statement: Statement, n: int, deadline: Deadline) -> None:
    graph = said.graph
    here = part_iri(said.iri, "deadline", statement.trigger.start, n)
    day = deadline.day
    graph.type(here, mg("Deadline"), TIME + "TemporalEntity")
    repeated = deadline.kind is DeadlineKind.RECURRENCE
    lasting = deadline.kind is DeadlineKind.DURATION
    graph.add(
        here,
        (mg("position"), integer(n)),
        (mg("deadlineKind"), deadline.kind.value),
        (mg("surface"), deadline.surface),
        (TIME + "inXSDDate", date(day) if day else None),
        (mg("recurs"), duration(deadline.value) if repeated else None),
        (TIME + "hasXSDDuration", duration(deadline.value) if lasting else None),
        (mg("period"), deadline.value if repeated or lasting else None),
        (mg("session"), deadline.value if deadline.kind is DeadlineKind.SESSION else None),
        (mg("evidence"), NamedNode(said.passage(deadline.span)) if deadline.span else None),
    )
    graph.add(node, (mg("deadline"), NamedNode(here)), (mg("due"), date(day) if day else None))
