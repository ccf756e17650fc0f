"""One thing of the graph with what is known of it, and the passage of the source that says so.

In: what a person types: an id ("MINUSMA"), a symbol ("S/2020/600", "2374 (2017)"), an IRI, a label. Out: a `Thing`: its
properties, and its statements with their places in the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Variable

from mandategraph.answering.asking import Parameter, Question, ask_rows, run
from mandategraph.answering.comparing import find_mandate
from mandategraph.errors import NotFoundError, QueryError
from mandategraph.keeping.naming import ThingKind, find
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import shorten

_PROPERTIES = """
SELECT DISTINCT ?thing ?property ?value WHERE {
  ?thing ?property ?value . FILTER (?property NOT IN (mg:bears, mg:sourceText, mg:sourcePlaces, mg:sourceOmitted, mg:text, eli:cites, mg:fingerprint,
    mg:claims))
} ORDER BY ?property ?value"""
_STATEMENTS = """
SELECT DISTINCT ?document ?paragraph ?verb ?actions ?start ?end ?from ?to ?statement ?locator WHERE {
  %s
  ?statement mg:inDocument ?document ; mg:inParagraph/mg:label ?paragraph ; mg:verbLemma ?verb ; mg:actionWords ?actions ;
    mg:evidence ?passage ; mg:trigger ?trigger .
  ?passage oa:start ?from ; oa:end ?to . ?trigger oa:start ?start ; oa:end ?end .
  OPTIONAL { ?passage mg:locator ?locator }
} ORDER BY ?document ?start"""
_OF = {
    "actor": "?statement mg:addressee ?thing .",
    "instrument": "?statement mg:cites ?thing .",
    "document": "?statement mg:inDocument ?thing .",
    "statement": "?statement mg:inDocument ?document . FILTER (?statement = ?thing)",
}
_OMISSIONS = """
SELECT ?document ?start ?end WHERE { ?o oa:hasSource ?document ; a mg:Omission ; oa:start ?start ; oa:end ?end } ORDER BY ?start"""
_TEXT = "SELECT ?document ?text WHERE { ?document dcterms:isPartOf?/mg:sourceText ?text }"


@dataclass(frozen=True, slots=True)
class Passage:
    """A statement's words in the source: offsets of the passage and of its trigger, in code points.

    `locator` is the page or paragraph of the file, "" where its format has none.
    """

    document: str
    paragraph: str
    verb: str
    actions: str
    start: int
    end: int
    trigger_start: int
    trigger_end: int
    iri: str
    locator: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A node of the graph: its kind, its properties as people read them, and the statements about it."""

    iri: str
    kind: str
    properties: tuple[tuple[str, str], ...]
    passages: tuple[Passage, ...]


def find_thing(store: GraphStore, name: str, *, paragraph: str | None = None) -> Thing:
    """Return the thing that a name means: a document, else an instrument, else an actor.

    Args:
        store: open.
        name: id, symbol or IRI.
        paragraph: of a document, to show its statements alone.

    Raises:
        NotFoundError: nothing is called so; the nearest names are listed.
        QueryError: the paragraph has no statement.
    """
    thing = find(store, name)
    found = _passages(store, thing.kind, thing.iri) if thing.kind in _OF else ()
    passages = tuple(p for p in found if paragraph is None or p.paragraph == paragraph)
    if paragraph is not None and not passages:
        hint = "See the labels with: mandategraph show " + name
        raise QueryError(f"no statement stands in paragraph {paragraph!r}", where=name, hint=hint)
    return Thing(thing.iri, thing.kind, tuple(_properties(store, thing.iri)), passages)


def find_actor_or_mandate(store: GraphStore, name: str) -> tuple[str, str]:
    """Return what a name is, "actor" or "mandate", and its id or the name.

    Raises:
        NotFoundError: it is neither; the nearest names are listed.
        AmbiguousError: several may be meant.
    """
    try:
        find_mandate(store, name)
    except NotFoundError:
        return "actor", find(store, name, (ThingKind.DOCUMENT, ThingKind.ACTOR)).id
    return "mandate", name


def source_text(store: GraphStore, document: str) -> str:
    """Return the source text of a document by its key."""
    question = Question("text", "", "", (Parameter("document", "document", document, ""),), _TEXT)
    rows = ask_rows(store, question)
    return next((row[-1] for row in rows.as_text()), "")


def omissions(store: GraphStore, document: str) -> list[tuple[int, int]]:
    """Return what of a document's source is not read, by its key: starts and ends in code points, in order."""
    question = Question("omissions", "", "", (Parameter("document", "document", document, ""),), _OMISSIONS)
    return [(int(start), int(end)) for _, start, end in ask_rows(store, question).as_text()]


def _properties(store: GraphStore, iri: str) -> Iterator[tuple[str, str]]:
    solutions = run(store, _PROPERTIES, substitutions={Variable("thing"): NamedNode(iri)})
    for row in solutions:  # type: ignore[union-attr]
        value = row["value"]
        text = str(value.value) if isinstance(value, Literal) else shorten(value.value)
        yield shorten(row["property"].value), text


def _passages(store: GraphStore, kind: str, iri: str) -> Iterator[Passage]:
    text = (_STATEMENTS % _OF[kind]).replace("SELECT DISTINCT", "SELECT DISTINCT ?thing", 1)
    solutions = run(store, text, substitutions={Variable("thing"): NamedNode(iri)})
    for row in solutions:  # type: ignore[union-attr]
        get = row.__getitem__
        yield Passage(
            document=shorten(get("document").value),
            paragraph=get("paragraph").value,
            verb=get("verb").value,
            actions=get("actions").value.replace("|", ", "),
            start=int(get("from").value),
            end=int(get("to").value),
            trigger_start=int(get("start").value),
            trigger_end=int(get("end").value),
            iri=get("statement").value,
            locator=get("locator").value if get("locator") else "",
        )
