"""One thing of the graph with what is known of it, and the passage of the source that says so.

In: what a person types: an id ("MINUSMA"), a symbol ("S/2020/600", "2374 (2017)"), an IRI, a label. Out: a `Thing`: its
properties, and its statements with their places in the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal

from mandategraph.answering.comparing import find_mandate
from mandategraph.errors import NotFoundError, QueryError
from mandategraph.keeping.naming import Named, ThingKind, find
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.things import properties
from mandategraph.recalling.wanted import Wanted
from mandategraph.vocabulary import shorten

_FILTERS = {
    ThingKind.ACTOR: "bearers",
    ThingKind.INSTRUMENT: "cites",
    ThingKind.DOCUMENT: "documents",
    ThingKind.STATEMENT: "statements",
}
_NOT_SHOWN = frozenset(
    f"mg:{name}" for name in "bears sourceText sourcePlaces sourceOmitted text fingerprint claims".split()
) | {"eli:cites"}


@dataclass(frozen=True, slots=True)
class Thing:
    """A node of the graph: its kind, its properties as people read them, and the statements about it."""

    iri: str
    kind: str
    properties: tuple[tuple[str, str], ...]
    passages: tuple[Stated, ...]


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
    found = statements(store, _about(thing)) if thing.kind in _FILTERS else ()
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


def _about(thing: Named) -> Wanted:
    """Return the filter of the statements that are shown of a thing: what it bears, what cites it, what it says."""
    name = thing.iri if thing.kind is ThingKind.STATEMENT else thing.id
    given: dict[str, Any] = {_FILTERS[thing.kind]: (name,)}
    return Wanted(**given)


def _properties(store: GraphStore, iri: str) -> Iterator[tuple[str, str]]:
    for name, value in properties(store, iri):
        if name not in _NOT_SHOWN:
            yield name, str(value.value) if isinstance(value, Literal) else shorten(str(getattr(value, "value", value)))
