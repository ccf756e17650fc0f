"""Document + Reading -> the quads of the document's named graph.

One node a paragraph, statement, party, deadline, indicator, relation and mention; each statement, indicator, relation
and mention points to the passage of the source that says it (Web Annotation selectors). Direct edges
(`mg:bears`, `mg:signatoryOf`, `eli:cites`, ...) stand beside the nodes, so that simple questions have simple queries.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from mandategraph.describing.facts import (
    describe_answer,
    describe_content,
    describe_indicator,
    describe_relation,
    describe_term,
)
from mandategraph.describing.gazetteer import describe_entity
from mandategraph.describing.passages import Said
from mandategraph.describing.statements import describe_statement
from mandategraph.describing.terms import date, integer, mg
from mandategraph.records import (
    Document,
    Entity,
    Mention,
    MentionKind,
    ParagraphKind,
    Reading,
    SourceSpan,
    SourceText,
    Unread,
)
from mandategraph.symbols import name_of, type_of
from mandategraph.vocabulary import (
    DCTERMS,
    ELI,
    OA,
    PROGRAM,
    PROV,
    RDFS,
    concept_iri,
    document_iri,
    instrument_iri,
    paragraph_iri,
    part_iri,
)


def describe(
    document: Document, reading: Reading, *, key: str, version: str, fingerprint: str, within: str = ""
) -> bytes:
    """Return the quads of a document's graph, as N-Quads in the order in which they are said.

    Args:
        document: the structure.
        reading: what it states.
        key: the document's key; its graph is named by it.
        version: of the program.
        fingerprint: hex digest of all that the quads depend on: source, data files and program.
        within: key of the document of its file, where it is one of several there.
    """
    said = Said(document, reading.entities, key)
    _document(said, fingerprint)
    _source(said, within)
    _origin(said, version)
    _paragraphs(said)
    for entity in reading.entities:
        if entity.id != document.symbol:
            describe_entity(said.graph, entity)
    for statement in reading.statements:
        describe_statement(said, statement)
    for indicator in reading.indicators:
        describe_indicator(said, indicator)
    for relation in reading.relations:
        describe_relation(said, relation)
    for term in reading.terms:
        describe_term(said, term)
    for answer in reading.answers:
        describe_answer(said, answer)
    for content in reading.contents:
        describe_content(said, content)
    for label, span, mention in reading.mentions:
        _mention(said, label, span, mention)
    for unread in reading.unread:
        _unread(said, unread)
    _omissions(said)
    return said.graph.written()


def _document(said: Said, fingerprint: str) -> None:
    """Say what a document is: what its masthead says, and what it was made from."""
    document, graph, iri = said.document, said.graph, said.iri
    source = document.text.source
    graph.type(iri, mg("Document"), PROV + "Entity", ELI + "LegalExpression")
    graph.add(
        iri,
        (DCTERMS + "identifier", said.key),
        (DCTERMS + "title", document.title),
        (DCTERMS + "date", date(document.date) if document.date else None),
        (mg("genre"), NamedNode(concept_iri("genre", document.genre.value))),
        (mg("status"), NamedNode(concept_iri("status", document.status.value))),
        (mg("issuingBody"), document.body),
        (mg("sourceName"), source.name),
        (mg("sha256"), document.digest),
        (mg("fingerprint"), fingerprint),
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


def _source(said: Said, within: str) -> None:
    """Say the text of a file, and where the documents in it stand; of one of these, where it stands in which file.

    The text of a file is said once, of its own document.
    """
    document, graph, iri = said.document, said.graph, said.iri
    if document.place:
        graph.add(iri, (DCTERMS + "isPartOf", NamedNode(document_iri(within))), *_at(document.place))
        return
    source = document.text.source
    graph.add(
        iri,
        (mg("sourceText"), source.text),
        (mg("sourcePlaces"), _places(source)),
        (mg("sourceOmitted"), "\n".join(f"{o.span.start} {o.span.end} {o.reason}" for o in source.omitted)),
        (mg("sourceRemarks"), "\n".join(source.remarks)),
    )
    for each in document.enclosed:
        node = part_iri(iri, "enclosed", each.place.start)
        graph.type(node, mg("Enclosed"))
        graph.add(node, (mg("inDocument"), graph.name), *_at(each.place))


def _at(span: SourceSpan) -> tuple[tuple[str, Literal], tuple[str, Literal]]:
    """Return where something stands in its file."""
    return (OA + "start", integer(span.start)), (OA + "end", integer(span.end))


def _origin(said: Said, version: str) -> None:
    """Say which program read a document, and the instrument whose words it has."""
    document, graph, iri = said.document, said.graph, said.iri
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


def _paragraphs(said: Said) -> None:
    """Say the paragraphs with their words and places."""
    document, graph, iri = said.document, said.graph, said.iri
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
            *_at(span),
        )


def _mention(said: Said, label: str, span: SourceSpan, mention: Mention) -> None:
    """Say that a passage names somebody or something, where it is known whom or what."""
    if mention.entity:
        place = said.passage(span)
        said.graph.type(place, mg("Mention"))
        said.graph.add(
            place,
            (mg("names"), said.entity(mention.entity)),
            (mg("inParagraph"), said.paragraph(label)),
            (mg("rule"), mention.rule),
        )


def _unread(said: Said, unread: Unread) -> None:
    """Say that a passage was not understood, and why."""
    place = said.passage(unread.span)
    said.graph.type(place, mg("UnreadPassage"))
    said.graph.add(place, (mg("inParagraph"), said.paragraph(unread.paragraph)), (RDFS + "comment", unread.why))


def _omissions(said: Said) -> None:
    """Say what of the source is not in the text, and why; what holds no letter and no figure is not said."""
    for cut in said.document.text.cuts:
        if any(c.isalnum() for c in cut.text):
            place = said.passage(cut.span)
            said.graph.type(place, mg("Omission"))
            said.graph.add(place, (mg("omissionReason"), cut.reason))


def _places(source: SourceText) -> str:
    """Return the places of a source as a literal keeps them: what they are, then where each begins."""
    kind = source.places[0].name.split()[0] if source.places else ""
    return " ".join((kind, *(str(place.start) for place in source.places)))
