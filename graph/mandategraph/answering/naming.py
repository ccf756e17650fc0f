"""What people type -> the thing of the graph that it names: by id, symbol, IRI, label or short form, in any case.

In: "unmiss", "Secretary-General", "2729", "resolution 2729", "S/RES/2729 (2024)". Out: the IRI. Nothing is guessed: a name that nothing has
is refused with the nearest ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import NamedNode

from mandategraph.answering.asking import Question, text_rows
from mandategraph.errors import AmbiguousError, NotFoundError
from mandategraph.keeping.store import GraphStore
from mandategraph.symbols import did_you_mean, pick, symbol_of
from mandategraph.vocabulary import actor_iri, document_iri, instrument_iri, shorten, theme_iri

_MAKERS = {"actor": actor_iri, "instrument": instrument_iri, "document": document_iri, "theme": theme_iri}
_NAMES = """
SELECT DISTINCT ?thing ?name WHERE {
  ?thing dcterms:identifier|skos:prefLabel|skos:altLabel|rdfs:label ?name .
  FILTER (STRSTARTS(STR(?thing), "https://w3id.org/mandategraph/%s/"))
}"""
_WORD_BEFORE = re.compile(r"^(?:the|resolutions?|decision|document)\s+", re.I)


def find_named(store: GraphStore, kind: str, typed: str) -> str:
    """Return the IRI of what a name means.

    Args:
        store: open.
        kind: "actor", "instrument", "document" or "theme".
        typed: by people.

    Raises:
        NotFoundError: nothing of the kind is called so; the nearest names are listed.
        AmbiguousError: several things are.
    """
    iri = typed if typed.startswith(("http://", "https://")) else _MAKERS[kind](_key(kind, typed))
    if _exists(store, iri):
        return iri
    names = {name: thing for thing, name in text_rows(store, _NAMES % kind)}
    folded = _WORD_BEFORE.sub("", " ".join(typed.split())).casefold()
    meant = sorted({thing for name, thing in names.items() if _WORD_BEFORE.sub("", name).casefold() == folded})
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise AmbiguousError(f"{typed!r} may be {' or '.join(map(shorten, meant))}", hint="Say which.")
    if kind in {"instrument", "document"}:
        symbol = pick(_WORD_BEFORE.sub("", typed), names, what=kind, hint=_hint(kind))
        return names[symbol]
    raise NotFoundError(f"there is no {kind} {typed!r}", hint=did_you_mean(typed, names) or _hint(kind))


def resolved(store: GraphStore, question: Question, given: Mapping[str, str]) -> dict[str, str]:
    """Return what is given for the parameters of a question, with names as IRIs of what they mean.

    Raises:
        NotFoundError, AmbiguousError: as `find_named`.
    """
    kinds = {parameter.name: parameter.type for parameter in question.parameters}
    return {
        name: find_named(store, kinds[name], value) if kinds.get(name) in _MAKERS else value
        for name, value in given.items()
    }


def _key(kind: str, typed: str) -> str:
    return symbol_of(typed) if kind in {"instrument", "document"} else typed


def _exists(store: GraphStore, iri: str) -> bool:
    try:
        node = NamedNode(iri)
    except ValueError:
        return False
    return next(iter(store.store.quads_for_pattern(node, None, None, None)), None) is not None


def _hint(kind: str) -> str:
    return f"List them with: mandategraph {'documents' if kind == 'document' else 'actors' if kind == 'actor' else 'query cited'}"
