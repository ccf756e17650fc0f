"""The store -> lists of what there is: documents, actors, obligations, questions, and the names that fields suggest.

In: a store. Out: rows for `tables`, and names. What is read of a whole store that nobody writes to is kept with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from pyoxigraph import Literal, NamedNode

from mandategraph.answering.listing import obligations
from mandategraph.answering.questions import Question, load_question, question_names
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import documents
from mandategraph.recalling.labels import labels_of
from mandategraph.recalling.rows import Rows
from mandategraph.recalling.things import list_actors, list_bearers, list_documents, vocabulary
from mandategraph.symbols import symbol_of
from mandategraph.vocabulary import BASE, actor_iri, concept_iri, document_iri, instrument_iri, theme_iri

_SUGGESTED = 300


@dataclass(frozen=True, slots=True)
class Suggested:
    """Names that the fields of forms suggest: of those who bear most, of documents, instruments, themes and bodies."""

    actors: tuple[str, ...]
    documents: tuple[str, ...]
    instruments: tuple[str, ...]
    themes: tuple[str, ...]
    bodies: tuple[str, ...]


_OBLIGATIONS: WeakKeyDictionary[GraphStore, Rows] = WeakKeyDictionary()
_SUGGESTIONS: WeakKeyDictionary[GraphStore, Suggested] = WeakKeyDictionary()


def document_rows(store: GraphStore) -> Rows:
    """Return the documents, each with its body, form, day, status and how much it states."""
    heads = {document_iri(head.key): head for head in documents(store)}
    found = list_documents(store)
    at = {name: n for n, name in enumerate(found.columns)}
    rows = []
    for row in found.rows:
        head = heads[getattr(row[0], "value", "")]
        said = (Literal(head.body) if head.body else None, NamedNode(concept_iri("genre", head.genre)))
        rows.append(
            (
                row[0],
                row[at["date"]],
                *said,
                *(row[at[name]] for name in ("status", "statements", "obligations", "conflict")),
            )
        )
    return Rows(("document", "date", "body", "form", "status", "statements", "obligations", "conflict"), tuple(rows))


def actor_rows(store: GraphStore) -> Rows:
    """Return the actors that documents name, those that bear most first; their names stand for their ids."""
    found = list_actors(store)
    kept = [n for n, name in enumerate(found.columns) if name in {"actor", "type", "bears", "mentions"}]
    return Rows(tuple(found.columns[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in found.rows))


def obligation_rows(store: GraphStore, given: Mapping[str, str], *, with_instruments: bool) -> Rows:
    """Return the obligations that fit; as `listing.obligations`."""
    if any(given.values()) or with_instruments or not store.is_still:
        return obligations(store, given, with_instruments=with_instruments)
    if store not in _OBLIGATIONS:
        _OBLIGATIONS[store] = obligations(store, {})
    return _OBLIGATIONS[store]


def suggested(store: GraphStore) -> Suggested:
    """Return the names that fields suggest; of a store that nobody writes to they are read once."""
    if store.is_still and store in _SUGGESTIONS:
        return _SUGGESTIONS[store]
    labels, heads = labels_of(store), documents(store)
    bearers = [str(getattr(row[0], "value", "")) for row in list_bearers(store).rows]
    themes = {
        quad.object.value
        for quad in store.store.quads_for_pattern(None, NamedNode(f"{BASE}ontology#theme"), None, None)
        if isinstance(quad.object, NamedNode)
    }
    found = Suggested(
        tuple(dict.fromkeys(labels.of(iri) for iri in bearers if iri.startswith(actor_iri("")) and "#" not in iri))[
            :_SUGGESTED
        ],
        tuple(head.key for head in heads)[:_SUGGESTED],
        tuple(sorted({symbol_of(head.instrument) for head in heads if head.instrument}))[:_SUGGESTED],
        tuple(sorted(map(labels.of, themes))),
        tuple(sorted({head.body for head in heads if head.body})),
    )
    if store.is_still:
        _SUGGESTIONS[store] = found
    return found


def terms(store: GraphStore) -> list[dict[str, str]]:
    """Return the terms of the ontology with what they mean, for completion."""
    return [{"name": term, "about": about} for term, about in vocabulary(store)]


def examples(store: GraphStore, question: Question) -> dict[str, str]:
    """Return an example of each parameter of a question, as people type it."""
    labels, iris = labels_of(store), {"actor": actor_iri, "theme": theme_iri, "instrument": instrument_iri}
    return {
        each.name: labels.of(iris[each.type](each.example))
        if each.type in iris and each.example
        else each.example or ""
        for each in question.parameters
    }


def questions() -> list[Question]:
    """Return the named questions."""
    return [load_question(name) for name in question_names()]
