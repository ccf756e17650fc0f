"""The store -> the IRIs of statements by where they stand or when they are due, so that whoever wants few of them need not read all."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.rows import plain, select
from mandategraph.vocabulary import MG, actor_iri, document_iri, paragraph_iri

_IN = NamedNode(MG + "inParagraph")
_DUE = """
  ?s a mg:Obligation ; mg:addressee {actor} ; mg:deadline ?deadline ; mg:inDocument ?document .
  OPTIONAL {{ ?deadline time:inXSDDate ?day }} OPTIONAL {{ ?deadline mg:recurs ?again }} OPTIONAL {{ ?document dcterms:date ?said }}"""


def in_paragraphs(store: GraphStore, places: Iterable[tuple[str, str]]) -> list[str]:
    """Return the statements that stand in some paragraphs, each a document's key and a label; in their order."""
    found: dict[str, None] = {}
    for document, label in places:
        graph = NamedNode(document_iri(document))
        place = NamedNode(paragraph_iri(document_iri(document), label))
        for quad in store.store.quads_for_pattern(None, _IN, place, graph):
            if isinstance(quad.subject, NamedNode):
                found[quad.subject.value] = None
    return list(found)


def due_of(store: GraphStore, actor: str, *, since: str, after: str) -> list[str]:
    """Return the obligations of an actor that are due on a day, or in cycles.

    Args:
        store: open.
        actor: id.
        since: ISO 8601: what is due once is due on this day or later.
        after: ISO 8601: what is due in cycles was said on this day or later.
    """
    patterns = _DUE.format(actor=NamedNode(actor_iri(actor)))
    rows = plain(select(store, "?s ?day ?again ?said", patterns, order="?s"))
    return list(dict.fromkeys(iri for iri, day, again, said in rows if day >= since or (again and said >= after)))
