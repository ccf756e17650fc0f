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
from mandategraph.answering.naming import find_named
from mandategraph.errors import NotFoundError, QueryError
from mandategraph.keeping.store import GraphStore
from mandategraph.symbols import did_you_mean, normalize
from mandategraph.vocabulary import BASE, actor_iri, document_iri, instrument_iri, shorten, theme_iri

_PROPERTIES = """
SELECT DISTINCT ?thing ?property ?value WHERE {
  ?thing ?property ?value . FILTER (?property NOT IN (mg:bears, mg:sourceText, mg:sourcePlaces, mg:sourceOmitted, mg:text, eli:cites, mg:fingerprint,
    mg:claims))
} ORDER BY ?property ?value"""
_STATEMENTS = """
SELECT DISTINCT ?document ?paragraph ?verb ?actions ?start ?end ?from ?to ?statement ?locator WHERE {
  %s
  ?statement mg:inDocument ?document ; mg:inParagraph/mg:label ?paragraph ; mg:verbLemma ?verb ; mg:actionList ?actions ;
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
_TEXT = "SELECT ?document ?text WHERE { ?document mg:sourceText ?text }"
_THEMES = "SELECT DISTINCT ?theme WHERE { ?theme skos:inScheme <https://w3id.org/mandategraph/scheme/themes> }"
_IDS = "SELECT DISTINCT ?id WHERE { ?x a ?class ; dcterms:identifier ?id . FILTER (?class IN (mg:Actor, mg:Instrument, mg:Document)) }"


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
    kind, iri = resolve(store, name)
    found = _passages(store, kind, iri) if kind in _OF else ()
    passages = tuple(p for p in found if paragraph is None or p.paragraph == paragraph)
    if paragraph is not None and not passages:
        hint = "See the labels with: mandategraph show " + name
        raise QueryError(f"no statement stands in paragraph {paragraph!r}", where=name, hint=hint)
    return Thing(iri, kind, tuple(_properties(store, iri)), passages)


def resolve(store: GraphStore, name: str) -> tuple[str, str]:
    """Return kind and IRI of what a name means: a document, else an instrument, else an actor, or any IRI of the graph.

    Raises:
        NotFoundError: nothing is called so; the nearest names are listed.
    """
    for kind, iri in _candidates(name):
        if _exists(store, iri):
            return kind, iri
    for kind in ("document", "instrument", "actor"):
        try:
            return kind, find_named(store, kind, name)
        except NotFoundError:
            continue
    hint = did_you_mean(shorten(name), _ids(store)) or "List what there is with: mandategraph actors"
    raise NotFoundError(f"nothing is called {shorten(name)!r}", hint=hint)


def find_actor(store: GraphStore, name: str) -> str:
    """Return the id of an actor from what people type.

    Raises:
        NotFoundError: nothing is called so, or it is no actor.
    """
    kind, iri = resolve(store, name)
    if kind != "actor":
        raise NotFoundError(f"{name!r} is no actor", hint="List them with: mandategraph actors")
    return shorten(iri)


def find_actor_or_mandate(store: GraphStore, name: str) -> tuple[str, str]:
    """Return what a name is, "actor" or "mandate", and its id or the name.

    Raises:
        NotFoundError: it is neither; the nearest names are listed.
        AmbiguousError: several mandates may be meant.
    """
    if _exists(store, actor_iri(name)):
        return "actor", name
    try:
        find_mandate(store, name)
    except NotFoundError as error:
        store.filled()
        hint = did_you_mean(shorten(name), _ids(store)) or "List what there is with: mandategraph documents, actors"
        raise NotFoundError(f"{shorten(name)!r} is no actor and no mandate here", hint=hint) from error
    return "mandate", name


def find_subject(store: GraphStore, name: str) -> tuple[str, str]:
    """Return what a name is, "actor" or "theme", and its id.

    Raises:
        NotFoundError: it is neither; the nearest names are listed.
    """
    store.filled()
    if _exists(store, actor_iri(name)):
        return "actor", name
    label = name.removeprefix("theme:").strip().casefold().replace(" ", "_")
    if _exists(store, theme_iri(label)):
        return "theme", label
    themes = [row[0] for row in ask_rows(store, Question("themes", "", "", (), _THEMES)).as_text()]
    hint = did_you_mean(name, [*_ids(store), *themes]) or "List what there is with: mandategraph actors"
    raise NotFoundError(f"{name!r} is no actor and no theme", hint=hint)


def source_text(store: GraphStore, document: str) -> str:
    """Return the source text of a document by its key."""
    question = Question("text", "", "", (Parameter("document", "document", document, ""),), _TEXT)
    rows = ask_rows(store, question)
    return next((row[-1] for row in rows.as_text()), "")


def omissions(store: GraphStore, document: str) -> list[tuple[int, int]]:
    """Return what of a document's source is not read, by its key: starts and ends in code points, in order."""
    question = Question("omissions", "", "", (Parameter("document", "document", document, ""),), _OMISSIONS)
    return [(int(start), int(end)) for _, start, end in ask_rows(store, question).as_text()]


def _candidates(name: str) -> Iterator[tuple[str, str]]:
    if name.startswith(("http://", "https://")):
        if "#statement-" in name:
            yield "statement", name
        for kind in ("document", "instrument", "actor"):
            if name.startswith(f"{BASE}{kind}/"):
                yield kind, name
        yield "concept", name
        return
    key = normalize(name)
    if key[:1].isdigit() and "(" in key:
        key = f"S/RES/{key}"
    yield "document", document_iri(key)
    yield "instrument", instrument_iri(key)
    yield "actor", actor_iri(name)


def _exists(store: GraphStore, iri: str) -> bool:
    try:
        node = NamedNode(iri)
    except ValueError:
        return False
    return next(iter(store.store.quads_for_pattern(node, None, None, None)), None) is not None


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


def _ids(store: GraphStore) -> Iterator[str]:
    for row in ask_rows(store, Question("ids", "", "", (), _IDS)).as_text():
        yield row[0]
