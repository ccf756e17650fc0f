"""Document + Reading -> the quads of the document's named graph.

One node a paragraph, statement, party, deadline, indicator, relation and mention; each statement, indicator, relation
and mention points to the passage of the source that says it (Web Annotation selectors). Direct edges
(`mg:bears`, `mg:signatoryOf`, `eli:cites`, ...) stand beside the nodes, so that simple questions have simple queries.
"""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from mandategraph.describing.gazetteer import describe_entity
from mandategraph.describing.terms import Graph, boolean, date, decimal, duration, integer, mg
from mandategraph.records import (
    Deadline,
    DeadlineKind,
    Document,
    Entity,
    Indicator,
    MentionKind,
    ParagraphKind,
    Party,
    Reading,
    Relation,
    SourceSpan,
    SourceText,
    Statement,
    Term,
)
from mandategraph.symbols import name_of, type_of
from mandategraph.vocabulary import (
    DCTERMS,
    ELI,
    INDICATORS,
    OA,
    PROGRAM,
    PROV,
    QB,
    RDFS,
    ROLES,
    TIME,
    actor_iri,
    camel,
    concept_iri,
    document_iri,
    instrument_iri,
    mandate_iri,
    paragraph_iri,
    part_iri,
    passage_iri,
    theme_iri,
    verb_iri,
)


def describe(document: Document, reading: Reading, *, key: str, version: str, fingerprint: str) -> bytes:
    """Return the quads of a document's graph, as N-Quads in the order in which they are said.

    Args:
        document: the structure.
        reading: what it states.
        key: the document's key; its graph is named by it.
        version: of the program.
        fingerprint: hex digest of all that the quads depend on: source, data files and program.
    """
    return _Describer(document, reading, key).describe(version, fingerprint)


class _Describer:
    def __init__(self, document: Document, reading: Reading, key: str) -> None:
        self.document = document
        self.reading = reading
        self.iri = document_iri(key)
        self.key = key
        self.graph = Graph(self.iri)
        self.source = document.text.source.text
        self.kinds = {entity.id: entity.kind for entity in reading.entities}
        self._paragraphs: dict[str, NamedNode] = {}
        self._passages: set[SourceSpan] = set()

    def describe(self, version: str, fingerprint: str) -> bytes:
        """Return all quads of the document."""
        self._document(version, fingerprint)
        for entity in self.reading.entities:
            if entity.id != self.document.symbol:
                describe_entity(self.graph, entity)
        for statement in self.reading.statements:
            self._statement(statement)
        for n, indicator in enumerate(self.reading.indicators):
            self._indicator(n, indicator)
        for relation in self.reading.relations:
            self._relation(relation)
        for term in self.reading.terms:
            self._term(term)
        for label, span, mention in self.reading.mentions:
            if mention.entity:
                place = self._passage(span)
                self.graph.type(place, mg("Mention"))
                self.graph.add(
                    place,
                    (mg("names"), self._entity(mention.entity)),
                    (mg("inParagraph"), self._paragraph_node(label)),
                    (mg("rule"), mention.rule),
                )
        for unread in self.reading.unread:
            place = self._passage(unread.span)
            self.graph.type(place, mg("UnreadPassage"))
            self.graph.add(
                place, (mg("inParagraph"), self._paragraph_node(unread.paragraph)), (RDFS + "comment", unread.why)
            )
        self._omissions()
        return self.graph.written()

    # the document

    def _omissions(self) -> None:
        """Say what of the source is not in the text, and why; what holds no letter and no figure is not said."""
        for cut in self.document.text.cuts:
            if any(c.isalnum() for c in cut.text):
                place = self._passage(cut.span)
                self.graph.type(place, mg("Omission"))
                self.graph.add(place, (mg("omissionReason"), cut.reason))

    def _document(self, version: str, fingerprint: str) -> None:
        document, graph, iri = self.document, self.graph, self.iri
        source = document.text.source
        graph.type(iri, mg("Document"), PROV + "Entity", ELI + "LegalExpression")
        graph.add(
            iri,
            (DCTERMS + "identifier", self.key),
            (DCTERMS + "title", document.title),
            (DCTERMS + "date", date(document.date) if document.date else None),
            (mg("genre"), NamedNode(concept_iri("genre", document.genre.value))),
            (mg("status"), NamedNode(concept_iri("status", document.status.value))),
            (mg("issuingBody"), document.body),
            (mg("sourceName"), source.name),
            (mg("sha256"), source.sha256),
            (mg("fingerprint"), fingerprint),
            (mg("sourceText"), source.text),
            (mg("sourcePlaces"), _places(source)),
            (mg("sourceOmitted"), "\n".join(f"{o.span.start} {o.span.end} {o.reason}" for o in source.omitted)),
            (mg("sourceRemarks"), "\n".join(source.remarks)),
            (DCTERMS + "format", source.media_type),
            (mg("symbol"), document.symbol),
            (mg("keyRule"), document.masthead.rule),
            (mg("keyReason"), document.identified().partition(": ")[2]),
            (mg("edition"), document.masthead.edition),
            (mg("organ"), document.masthead.organ),
            (mg("bodySession"), document.masthead.session),
            (mg("agendaItem"), document.masthead.agenda_item),
            (mg("originalLanguage"), document.masthead.original),
            (DCTERMS + "language", document.language),
            (mg("cutCount"), integer(len(document.text.cuts))),
        )
        activity = part_iri(iri, "reading")
        graph.add(iri, (PROV + "wasGeneratedBy", NamedNode(activity)))
        graph.type(activity, PROV + "Activity")
        graph.add(activity, (PROV + "wasAssociatedWith", NamedNode(PROGRAM)), (mg("programVersion"), version))
        if document.symbol:
            work = instrument_iri(document.symbol)
            graph.add(iri, (ELI + "realizes", NamedNode(work)))
            describe_entity(
                graph,
                Entity(document.symbol, MentionKind.INSTRUMENT, type_of(document.symbol), name_of(document.symbol)),
            )
            graph.add(work, (DCTERMS + "title", document.title))
        for section, paragraph in document.paragraphs():
            node = paragraph_iri(iri, paragraph.label)
            graph.type(node, mg("Heading" if paragraph.kind is ParagraphKind.HEADING else "Paragraph"))
            span = document.text.offsets.to_source(paragraph.span)
            graph.add(
                node,
                (mg("inDocument"), graph.name),
                (mg("label"), paragraph.label),
                (mg("paragraphKind"), paragraph.kind.value),
                (mg("leadIn"), NamedNode(paragraph_iri(iri, paragraph.lead_in)) if paragraph.lead_in else None),
                (mg("sectionTitle"), section.title),
                (mg("text"), document.text.text[paragraph.span.start : paragraph.span.end]),
                (OA + "start", integer(span.start)),
                (OA + "end", integer(span.end)),
            )

    def _entity(self, id_: str) -> NamedNode:
        actor = self.kinds.get(id_) is MentionKind.ACTOR
        return NamedNode(actor_iri(id_) if actor else instrument_iri(id_))

    def _paragraph_node(self, label: str) -> NamedNode:
        """Return the paragraph of a label; a part of an enumeration within a sentence is a paragraph of its own."""
        if label not in self._paragraphs:
            node = paragraph_iri(self.iri, label)
            self.graph.type(node, mg("Paragraph"))
            self.graph.add(node, (mg("inDocument"), self.graph.name), (mg("label"), label))
            self._paragraphs[label] = NamedNode(node)
        return self._paragraphs[label]

    def _passage(self, span: SourceSpan) -> str:
        """Say a stretch of the source with its selectors, and return its IRI."""
        node = passage_iri(self.iri, span.start, span.end)
        if span in self._passages:
            return node
        self._passages.add(span)
        self.graph.type(node, OA + "SpecificResource", OA + "TextPositionSelector", OA + "TextQuoteSelector")
        self.graph.add(
            node,
            (OA + "hasSource", self.graph.name),
            (OA + "start", integer(span.start)),
            (OA + "end", integer(span.end)),
            (OA + "exact", self.source[span.start : span.end]),
            (mg("locator"), self.document.text.source.place(span.start)),
        )
        return node

    # statements

    def _statement(self, statement: Statement) -> None:
        graph = self.graph
        node = part_iri(self.iri, "statement", statement.trigger.start)
        classes = [mg(statement.act.value.capitalize()), mg("Statement")]
        if statement.is_obligation:
            classes.append(mg("Obligation"))
        graph.type(node, *classes)
        graph.add(
            node,
            (mg("inDocument"), self.graph.name),
            (mg("inParagraph"), self._paragraph_node(statement.paragraph)),
            (mg("act"), NamedNode(concept_iri("act", statement.act.value))),
            (mg("verb"), NamedNode(verb_iri(statement.verb))),
            (mg("verbLemma"), statement.verb),
            (mg("strength"), integer(statement.strength)),
            (mg("issuer"), NamedNode(actor_iri(statement.issuer)) if statement.issuer else None),
            (mg("status"), NamedNode(concept_iri("status", statement.status.value))),
            (mg("quotedFrom"), NamedNode(instrument_iri(statement.quoted_from)) if statement.quoted_from else None),
            (mg("bindingness"), NamedNode(concept_iri("bindingness", statement.bindingness.value))),
            (mg("actionList"), Literal("|".join(statement.actions))),
            (mg("actionWords"), Literal("|".join(deed.surface for deed in statement.deeds))),
            (mg("conditionList"), "|".join(statement.conditions)),
            (mg("text"), self.document.text.words(statement.span)),
            (mg("rule"), statement.rule),
            (mg("evidence"), NamedNode(self._passage(statement.span))),
            (mg("trigger"), NamedNode(self._passage(statement.trigger))),
        )
        for deed in statement.deeds:
            graph.add(node, (mg("action"), deed.head), (mg("actionEvidence"), NamedNode(self._passage(deed.span))))
        graph.add(node, *((mg("theme"), NamedNode(theme_iri(theme))) for theme in statement.themes))
        graph.add(node, *((mg("condition"), condition) for condition in statement.conditions))
        for each in statement.counterparts:
            other = NamedNode(actor_iri(each.actor))
            graph.add(node, (mg("counterpart"), other), (mg(ROLES[each.role]), other))
        for cited in statement.instruments:
            graph.add(node, (mg("cites"), NamedNode(instrument_iri(cited))))
            graph.add(self.iri, (ELI + "cites", NamedNode(instrument_iri(cited))))
        for provision in statement.provisions:
            cited_in = document_iri(provision.instrument)
            graph.add(node, (mg("citesProvision"), NamedNode(paragraph_iri(cited_in, provision.label))))
        for n, party in enumerate(statement.addressees, 1):
            self._party(node, statement, n, party)
        for n, deadline in enumerate(statement.deadlines, 1):
            self._deadline(node, statement, n, deadline)

    def _party(self, node: str, statement: Statement, n: int, party: Party) -> None:
        graph = self.graph
        here = part_iri(self.iri, "party", statement.trigger.start, n)
        if party.actor:
            bearer = actor_iri(party.actor)
        else:
            bearer = part_iri(self.iri, "described-party", statement.trigger.start, n)
            graph.type(bearer, mg("DescribedParty"))
            graph.add(bearer, (RDFS + "label", party.surface))
        graph.type(here, mg("Party"))
        graph.add(
            here,
            (mg("position"), integer(n)),
            (mg("surface"), party.surface),
            (mg("names"), NamedNode(bearer)),
            (mg("evidence"), NamedNode(self._passage(party.span)) if party.span else None),
        )
        graph.add(node, (mg("party"), NamedNode(here)), (mg("addressee"), NamedNode(bearer)))
        if statement.is_obligation:
            graph.add(bearer, (mg("bears"), NamedNode(node)))

    def _deadline(self, node: str, statement: Statement, n: int, deadline: Deadline) -> None:
        graph = self.graph
        here = part_iri(self.iri, "deadline", statement.trigger.start, n)
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
            (mg("evidence"), NamedNode(self._passage(deadline.span)) if deadline.span else None),
        )
        graph.add(node, (mg("deadline"), NamedNode(here)), (mg("due"), date(day) if day else None))

    # figures and facts

    def _indicator(self, n: int, indicator: Indicator) -> None:
        node = part_iri(self.iri, "indicator", indicator.span.start)
        self.graph.type(node, mg("Indicator"), QB + "Observation")
        self.graph.add(
            node,
            (QB + "dataSet", NamedNode(INDICATORS)),
            (mg("inDocument"), self.graph.name),
            (mg("inParagraph"), self._paragraph_node(indicator.paragraph)),
            (mg("value"), decimal(indicator.value)),
            (mg("unit"), NamedNode(concept_iri("unit", indicator.unit))),
            (mg("measures"), indicator.of),
            (mg("about"), NamedNode(actor_iri(indicator.about)) if indicator.about else None),
            (mg("sex"), indicator.sex),
            (mg("time"), date(indicator.time) if indicator.time else None),
            (mg("isTarget"), boolean(indicator.target)),
            (mg("bound"), indicator.bound),
            (mg("rule"), indicator.rule),
            (mg("evidence"), NamedNode(self._passage(indicator.span))),
        )

    def _relation(self, relation: Relation) -> None:
        graph = self.graph
        node = part_iri(self.iri, "relation", relation.relation, relation.subject, relation.object, relation.span.start)
        subject, object_ = self._entity(relation.subject), self._object(relation.object)
        graph.type(node, mg("Relation"))
        graph.add(
            node,
            (mg("inDocument"), self.graph.name),
            (mg("inParagraph"), self._paragraph_node(relation.paragraph)),
            (mg("subject"), subject),
            (mg("relationName"), relation.relation),
            (mg("object"), object_),
            (mg("until"), date(relation.until) if relation.until else None),
            (mg("lasts"), duration(relation.lasts) if relation.lasts else None),
            (mg("rule"), relation.rule),
            (mg("evidence"), NamedNode(self._passage(relation.span))),
        )
        graph.add(subject.value, (mg(camel(relation.relation)), object_))

    def _term(self, term: Term) -> None:
        """Say a term, and the mandate that it is of: documents that speak of one holder, or of one source, meet in its node."""
        graph, id_ = self.graph, term.holder or term.source or ""
        whose = NamedNode(actor_iri(id_) if term.holder else instrument_iri(id_))
        mandate = mandate_iri(term.kind, id_)
        decision = part_iri(self.iri, "statement", term.statement) if term.statement is not None else None
        graph.type(mandate, mg("Mandate"))
        graph.add(
            mandate,
            (mg("mandateKind"), NamedNode(concept_iri("mandate-kind", term.kind))),
            (mg("holder" if term.holder else "source"), whose),
        )
        node = part_iri(self.iri, "term", term.span.start)
        graph.type(node, mg("MandateTerm"))
        graph.add(
            node,
            (mg("ofMandate"), NamedNode(mandate)),
            (mg("step"), NamedNode(concept_iri("step", term.step.value))),
            (mg("byInstrument"), NamedNode(instrument_iri(term.instrument))),
            (mg("decidedBy"), NamedNode(decision) if decision else None),
            (mg("inDocument"), graph.name),
            (mg("inParagraph"), self._paragraph_node(term.paragraph)),
            (mg("until"), date(term.until) if term.until else None),
            (mg("lasts"), duration(term.lasts) if term.lasts else None),
            (mg("rule"), term.rule),
            (mg("evidence"), NamedNode(self._passage(term.span))),
        )

    def _object(self, id_: str) -> NamedNode:
        if id_ in self.kinds:
            return self._entity(id_)
        if re.fullmatch(r"[a-z_]+", id_):
            return NamedNode(theme_iri(id_))
        return NamedNode(instrument_iri(id_) if type_of(id_) else concept_iri("regime", id_))


def _places(source: SourceText) -> str:
    """Return the places of a source as a literal keeps them: what they are, then where each begins."""
    kind = source.places[0].name.split()[0] if source.places else ""
    return " ".join((kind, *(str(place.start) for place in source.places)))
