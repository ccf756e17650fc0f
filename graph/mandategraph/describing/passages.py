"""The nodes that all quads of a document meet in: its paragraphs, the passages of its source, what it names."""

from __future__ import annotations

from pyoxigraph import NamedNode

from mandategraph.describing.terms import Graph, integer, mg
from mandategraph.records import Document, Entity, MentionKind, SourceSpan
from mandategraph.vocabulary import OA, actor_iri, document_iri, instrument_iri, paragraph_iri, passage_iri


class Said:
    """The graph of one document, and the nodes that have been said in it.

    Args:
        document: the structure.
        entities: what the document names.
        key: the document's key; its graph is named by it.
    """

    def __init__(self, document: Document, entities: tuple[Entity, ...], key: str) -> None:
        self.document = document
        self.kinds = {entity.id: entity.kind for entity in entities}
        self.key = key
        self.iri = document_iri(key)
        self.graph = Graph(self.iri)
        self._paragraphs: dict[str, NamedNode] = {}
        self._passages: set[SourceSpan] = set()

    def entity(self, id_: str) -> NamedNode:
        """Return the node of an actor or instrument."""
        actor = self.kinds.get(id_) is MentionKind.ACTOR
        return NamedNode(actor_iri(id_) if actor else instrument_iri(id_))

    def paragraph(self, label: str) -> NamedNode:
        """Return the paragraph of a label; a part of an enumeration within a sentence is a paragraph of its own."""
        if label not in self._paragraphs:
            node = paragraph_iri(self.iri, label)
            self.graph.type(node, mg("Paragraph"))
            self.graph.add(node, (mg("inDocument"), self.graph.name), (mg("label"), label))
            self._paragraphs[label] = NamedNode(node)
        return self._paragraphs[label]

    def passage(self, span: SourceSpan) -> str:
        """Say a stretch of the source with its selectors, and return its IRI."""
        node = passage_iri(self.iri, span.start, span.end)
        if span in self._passages:
            return node
        self._passages.add(span)
        source = self.document.text.source
        self.graph.type(node, OA + "SpecificResource", OA + "TextPositionSelector", OA + "TextQuoteSelector")
        self.graph.add(
            node,
            (OA + "hasSource", self.graph.name),
            (OA + "start", integer(span.start)),
            (OA + "end", integer(span.end)),
            (OA + "exact", source.text[span.start : span.end]),
            (mg("locator"), source.place(span.start)),
        )
        return node
