"""Corrections -> quads: what people say, and what became of it in a document."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from mandategraph.describing.terms import Graph, integer, mg
from mandategraph.records import Correction, Fate
from mandategraph.vocabulary import (
    CORRECTIONS_GRAPH,
    FOAF,
    OA,
    PROV,
    RDFS,
    XSD,
    correction_iri,
    corrections_iri,
    document_iri,
    part_iri,
    person_iri,
)


def describe_corrections(corrections: Iterable[Correction]) -> bytes:
    """Return the quads of what people say, as N-Quads: each a record of who said what of which words, and when."""
    graph = Graph(CORRECTIONS_GRAPH)
    for each in corrections:
        _correction(graph, each)
    return graph.written()


def describe_fates(key: str, fates: Iterable[Fate], read: bytes, corrected: bytes) -> bytes:
    """Return the quads of what became of corrections in a document, as N-Quads.

    Args:
        key: of the document.
        fates: of the corrections that concern it.
        read: the quads of the document as the machine reads it, as N-Quads.
        corrected: the same as people have them.
    """
    graph, document = Graph(corrections_iri(key)), document_iri(key)
    before, after = (dict.fromkeys(quads.decode().splitlines(keepends=True)) for quads in (read, corrected))
    graph.add(
        graph.name.value,
        (mg("correctedDocument"), NamedNode(document)),
        (mg("takenOut"), "".join(line for line in before if line not in after)),
        (mg("putIn"), "".join(line for line in after if line not in before)),
    )
    for fate in fates:
        node = part_iri(document, "correction", fate.correction)
        graph.type(node, mg("Standing"))
        graph.add(
            node,
            (mg("ofCorrection"), NamedNode(correction_iri(fate.correction))),
            (mg("correctedDocument"), NamedNode(document)),
            (mg("standing"), fate.standing.value),
            (RDFS + "comment", fate.reason),
            *((((OA + "start", integer(fate.span.start)), (OA + "end", integer(fate.span.end)))) if fate.span else ()),
        )
    return graph.written()


def _correction(graph: Graph, each: Correction) -> None:
    node, person = correction_iri(each.id), person_iri(each.who)
    graph.type(node, mg("Correction"), PROV + "Entity", OA + "Annotation")
    graph.add(
        node,
        (mg("verdict"), each.verdict.value),
        (mg("target"), each.target.value),
        (mg("documentKey"), each.document),
        (mg("sha256"), each.sha256),
        (mg("field"), each.field),
        (mg("was"), each.was),
        (mg("becomes"), each.becomes),
        (mg("withdraws"), NamedNode(correction_iri(each.of)) if each.of else None),
        (PROV + "wasAttributedTo", NamedNode(person)),
        (PROV + "generatedAtTime", Literal(each.when, datatype=NamedNode(XSD + "dateTime"))),
        (RDFS + "comment", each.reason),
    )
    graph.type(person, PROV + "Agent")
    graph.add(person, (FOAF + "name", each.who))
    if each.anchor:
        quote = f"{node}#quote"
        graph.add(node, (OA + "hasTarget", NamedNode(f"{node}#target")))
        graph.add(
            f"{node}#target",
            (OA + "hasSource", NamedNode(document_iri(each.document))),
            (OA + "hasSelector", NamedNode(quote)),
        )
        graph.type(quote, OA + "TextQuoteSelector")
        graph.add(
            quote,
            (OA + "exact", each.anchor.exact),
            (OA + "prefix", each.anchor.prefix),
            (OA + "suffix", each.anchor.suffix),
            (mg("ofParagraph"), each.anchor.paragraph),
        )
