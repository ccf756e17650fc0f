"""What a short script would do, to measure against: one leading verb a paragraph, names by searching for each, rdflib in memory.

It links nothing, knows no offset, reads no lists and no deadlines.
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph, Literal, URIRef

from mandategraph.lexicon import Tables
from mandategraph.vocabulary import MG


def read_naively(texts: Iterable[str], tables: Tables) -> Graph:
    """Return a graph of leading verbs and the names beside them."""
    graph = Graph()
    verbs = {form: verb.verb for verb in tables.verbs for forms in verb.forms for form in forms}
    names = {alias: entry.id for entry in tables.gazetteer.entries for alias in entry.aliases}
    for d, text in enumerate(texts):
        for p, paragraph in enumerate(text.split("\n\n")):
            words = paragraph.split()
            verb = next((verbs[w.lower()] for w in words[:4] if w.lower() in verbs), None)
            if verb is None:
                continue
            node = URIRef(f"urn:paragraph:{d}:{p}")
            graph.add((node, URIRef(MG + "verbLemma"), Literal(verb)))
            graph.add((node, URIRef(MG + "text"), Literal(paragraph)))
            for alias, actor in names.items():
                if alias in paragraph:
                    graph.add((node, URIRef(MG + "addressee"), Literal(actor)))
    return graph
