"""A statement on a page of its own, which the reading view shows in its margin; and what a text cites, with the words of the cited paragraphs.

In: a store and a name: of a statement its document, # and its name there. Out: what the templates take.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from pyoxigraph import NamedNode

from mandategraph.answering.citing import cite, pinpoint
from mandategraph.answering.explaining import explain
from mandategraph.answering.later import Following
from mandategraph.correcting.values import FIELDS
from mandategraph.dates import cycle_in_words, in_words
from mandategraph.errors import NotFoundError
from mandategraph.keeping.naming import ThingKind, find, find_documents
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon import load_tables
from mandategraph.lexicon.rules import load_rules
from mandategraph.recalling.documents import documents, paragraphs
from mandategraph.recalling.labels import labels_of
from mandategraph.recalling.statements import Deadline, Stated, statements
from mandategraph.recalling.things import concept_labels
from mandategraph.recalling.wanted import Wanted
from mandategraph.serving.tables import Cell, place_of
from mandategraph.vocabulary import BASE, actor_iri, document_iri, instrument_iri, paragraph_iri, shorten, theme_iri

_NAME = re.compile(r"[a-z0-9-]+")
# What was compared of the store that a worker holds open.
_FOLLOWING: WeakKeyDictionary[GraphStore, Following] = WeakKeyDictionary()


def statement_page(store: GraphStore, given: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page of a statement takes; with `why`, the rules behind its fields, for which its document is read again.

    Raises:
        NotFoundError: there is no such statement.
    """
    stated = _find(store, given["of"])
    (head,) = documents(store, document_iri(stated.document))
    labels = concept_labels(store)
    place = place_of(NamedNode(document_iri(stated.document)), stated.paragraph)
    return {
        "of": given["of"],
        "stated": stated,
        "document": labels_of(store).of(document_iri(stated.document)),
        "place": f"{place.partition('#')[0]}#{stated.statement.partition('#')[2]}",
        "citation": cite(head),
        "pinpoint": pinpoint(stated.paragraph),
        "fields": list(_fields(store, stated, labels)),
        "cited": _cited(store, stated.provisions),
        "became": _became(store, stated),
        "why": _why(store, stated) if given["why"] else None,
        "correctable": tuple(FIELDS),
    }


def cited_page(store: GraphStore, given: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page of a citation takes: an instrument, where it is read here, and the paragraphs that are meant.

    Raises:
        NotFoundError: there is no such instrument.
    """
    found = find(store, given["instrument"], (ThingKind.INSTRUMENT,))
    held = next(
        (head for head in documents(store) if head.instrument and instrument_iri(head.instrument) == found.iri), None
    )
    return {
        "name": labels_of(store).of(found.iri),
        "link": f"/{found.iri.removeprefix(BASE)}",
        "head": held,
        "day": in_words(held.adopted) if held and held.adopted else "",
        "text": f"/{document_iri(held.key).removeprefix(BASE)}" if held else "",
        "cited": _cited(store, given["paragraphs"].split()),
    }


def _find(store: GraphStore, name: str) -> Stated:
    key, _, local = name.partition("#")
    (document,) = find_documents(store, [key])
    iri = f"{document_iri(document)}#{local}"
    found = statements(store, Wanted(statements=(iri,))) if _NAME.fullmatch(local) else []
    if not found:
        raise NotFoundError(f"there is no statement {local!r} in {document}", hint="Choose one in its text.")
    return found[0]


def _fields(store: GraphStore, stated: Stated, labels: Mapping[str, str]) -> Iterable[tuple[str, list[Cell]]]:
    """Yield what a statement says, a field each with its values; nothing where it has none."""
    name = cache(lambda iri: Cell(labels_of(store).of(iri), f"/{iri.removeprefix(BASE)}"))
    roles = dict(stated.roles)
    bearers = [Cell(party.described) if party.described else name(party.iri) for party in stated.bearers]
    toward = [name(actor_iri(id_)) for id_ in stated.counterparts]
    provisions = [shorten(each).partition("#")[0] for each in stated.provisions]
    found = {
        "who": bearers,
        "asked by": [name(actor_iri(stated.issuer))] if stated.issuer else [],
        "what": [Cell(words) for words in stated.actions],
        "toward": [
            Cell(f"{cell.text} ({roles.get(id_, 'named')})", cell.link)
            for id_, cell in zip(stated.counterparts, toward, strict=True)
        ],
        "by when": [Cell(_when(each)) for each in stated.deadlines],
        "on condition": [Cell(words) for words in stated.conditions],
        "under": [name(instrument_iri(id_)) for id_ in dict.fromkeys((*stated.cites, *provisions))],
        "strength": [Cell(f"{stated.verb} ({labels.get(stated.act, stated.act)}), {stated.strength} of 5")],
        "binding": [Cell(labels.get(stated.bindingness, stated.bindingness.replace("_", " ")))],
        "theme": [name(theme_iri(id_)) for id_ in stated.themes],
        "quoted from": [name(instrument_iri(stated.mandate))] if stated.is_quoted else [],
        "in the file": [Cell(stated.place.locator)] if stated.place.locator else [],
    }
    return ((field, values) for field, values in found.items() if values)


def _when(deadline: Deadline) -> str:
    read = in_words(deadline.day) if deadline.day else cycle_in_words(deadline.recurs) if deadline.recurs else ""
    is_said = read == deadline.words or (deadline.recurs and deadline.words.startswith("every "))
    return f"{deadline.words} ({read})" if read and not is_said else deadline.words


def _cited(store: GraphStore, provisions: Iterable[str]) -> list[dict[str, str]]:
    """Return the paragraphs that are cited, by their ids: those of the store with their words."""
    found = []
    for each in dict.fromkeys(provisions):
        key, _, fragment = each.partition("#")
        iri = document_iri(key)
        here = next((head for head in documents(store, iri)), None)
        text = _paragraph(store, here.key, fragment) if here else ("", "")
        name = f"{here.key if here else key}, {pinpoint(text[0]) or fragment.replace('__', ' ').replace('_', ' ')}"
        found.append(
            {"name": name, "link": f"/{iri.removeprefix(BASE)}#{fragment}" if text[1] else "", "words": text[1]}
        )
    return found


def _paragraph(store: GraphStore, key: str, fragment: str) -> tuple[str, str]:
    """Return the label and words of a paragraph of a document, with those of its points."""
    iri = document_iri(key)
    all_ = paragraphs(store, key)
    own = next((each for each in all_ if paragraph_iri(iri, each.label) == f"{iri}#{fragment}"), None)
    if own is None:
        return "", ""
    below = [each.text for each in all_ if each.label.startswith(f"{own.label}(")]
    return own.label, " ".join(" ".join((own.text, *below)).split())


def _became(store: GraphStore, stated: Stated) -> dict[str, Any] | None:
    if store not in _FOLLOWING:
        _FOLLOWING[store] = Following(store)
    found = _FOLLOWING[store].of(stated)
    if found is None:
        return None
    after = found.pair.after
    link = f"/{document_iri(found.document).removeprefix(BASE)}"
    return {
        "change": str(found.change),
        "reasons": found.pair.reasons,
        "document": found.document,
        "day": in_words(found.day),
        "paragraph": pinpoint(after.paragraph) if after else "",
        "link": f"{link}#{after.statement.partition('#')[2]}" if after else link,
        "words": after.text if after else "",
    }


def _why(store: GraphStore, stated: Stated) -> list[dict[str, str]]:
    """Return the steps by which a statement is read: its field, what was found, the rule and what that decides."""
    rules = load_rules(load_tables())
    at = stated.place.trigger_start
    found = [each for each in explain(store, stated.document, stated.paragraph) if each.statement.trigger.start == at]
    return [
        {
            "field": step.field,
            "value": step.value,
            "rule": step.rule,
            "decides": rules[step.rule].decides if step.rule in rules else "",
        }
        for each in found
        for step in each.steps
    ]
