"""Documents of the store -> what the index keeps of them.

In: a store and IRIs of documents. Out: `Entry` records. Of a few documents each node is looked up; of many, each property is gone through once for all of them.
Only what is kept is read, which takes a fraction of the time that whole statements take.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import Head, documents
from mandategraph.recalling.lookups import Lookup
from mandategraph.vocabulary import META_GRAPH, MG, OA, RDF, RDFS, TIME, bounds_of, document_iri, shorten

KINDS = ("operative", "preambular", "body")
# Of more documents than this share of the store, all are read at once.
_MANY = 1 / 12
_FINGERPRINT = NamedNode(MG + "fingerprint")
_DOCUMENT = NamedNode(MG + "correctedDocument")
_CHANGED = (NamedNode(MG + "takenOut"), NamedNode(MG + "putIn"))


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a paragraph, by its IRI, with what a search may narrow to.

    Attributes:
        act: id; `strength`: 0 to 5.
        bearers: IRIs of actors, or words of whom the text only describes; `themes`: ids; `days`: ISO 8601, on which it is due.
        is_cycle: whether it recurs.
    """

    iri: str
    act: str
    strength: int
    bearers: tuple[str, ...]
    themes: tuple[str, ...]
    days: tuple[str, ...]
    is_cycle: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a document.

    Attributes:
        label: "28(a)(iii)"; `kind`: operative, preambular or body.
        start: its place in the source, in code points.
        themes: ids of what its statements speak of, sorted.
        text: as the store has it; `said`: its statements, in the order of the text.
    """

    label: str
    kind: str
    start: int
    themes: tuple[str, ...]
    text: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document: what it says of itself, and its paragraphs in the order of the text."""

    head: Head
    passages: tuple[Passage, ...]


def fingerprints(store: GraphStore) -> dict[str, str]:
    """Return what each document of the store was made from, by the IRIs of the documents: with what people changed in it."""
    found = {}
    for quad in store.store.quads_for_pattern(None, _FINGERPRINT, None, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal) and quad.subject == quad.graph_name:
            found[quad.subject.value] = quad.object.value
    found.pop(META_GRAPH, None)
    for predicate in _CHANGED:
        for quad in store.store.quads_for_pattern(None, predicate, None, None):
            digest = hashlib.sha256(str(quad.object).encode()).hexdigest()
            for about in store.store.quads_for_pattern(quad.subject, _DOCUMENT, None, None):
                iri = str(getattr(about.object, "value", ""))
                found[iri] = f"{found.get(iri, '')} {digest}"
    return found


def gather(store: GraphStore, iris: Collection[str], *, of: int = 0) -> dict[str, Entry]:
    """Return what the index keeps of documents, by their IRIs; headings and titles are not kept.

    Args:
        store: open.
        iris: of documents.
        of: so many documents the store has; of a small share of them each is looked up on its own.
    """
    is_whole = len(iris) > of * _MANY
    heads = documents(store) if is_whole else [head for iri in iris for head in documents(store, iri)]
    own = None
    if not is_whole:
        look = Lookup(store, is_whole=False)
        own = [node for iri in iris for node in look.to(iri, MG + "inDocument")]
    said, passages = _said(store, own), defaultdict[str, list[Passage]](list)
    for iri, passage in _passages(store, own, said):
        passages[iri].append(passage)
    found = {}
    for head in heads:
        iri = document_iri(head.key)
        if iri in iris:
            found[iri] = Entry(head, tuple(sorted(passages[iri], key=lambda passage: (passage.start, passage.label))))
    return found


def _passages(
    store: GraphStore, nodes: Collection[str] | None, said: dict[str, tuple[Said, ...]]
) -> Iterator[tuple[str, Passage]]:
    """Yield the paragraphs among some nodes, of all where none are given, each with the IRI of its document."""
    lookup = Lookup(store, is_whole=nodes is None)
    kinds = {iri: kind for iri, (kind, *_) in lookup.of(nodes, MG + "paragraphKind").items() if kind in KINDS}
    labels, texts = (lookup.of(kinds.keys(), MG + name) for name in ("label", "text"))
    # So much else has a place in the text that to go through all of it takes longer than to look each up.
    starts = Lookup(store, is_whole=False).of(kinds.keys(), OA + "start")
    for iri, kind in kinds.items():
        if iri in labels and iri in texts and iri in starts:
            here = said.get(iri, ())
            themes = tuple(sorted({theme for one in here for theme in one.themes}))
            passage = Passage(labels[iri][0], kind, int(starts[iri][0]), themes, texts[iri][0], here)
            yield iri.partition("#")[0], passage


def _said(store: GraphStore, nodes: Collection[str] | None) -> dict[str, tuple[Said, ...]]:
    """Return the statements among some nodes, all where none are given, by the IRI of the paragraph, in the order of the text."""
    lookup = Lookup(store, is_whole=nodes is None)
    triggers = lookup.of(nodes, MG + "trigger")
    act, strength, place, theme = (
        lookup.of(triggers.keys(), MG + name) for name in ("act", "strength", "inParagraph", "theme")
    )
    bearers, days, cycles = _bearers(lookup, triggers), *_days(lookup, triggers)
    found: dict[str, list[tuple[tuple[int, int], Said]]] = defaultdict(list)
    for iri, (trigger, *_) in triggers.items():
        if iri in act and iri in strength and iri in place:
            themes = tuple(map(shorten, theme.get(iri, ())))
            what, much = shorten(act[iri][0]), int(strength[iri][0])
            said = Said(iri, what, much, bearers.get(iri, ()), themes, days.get(iri, ()), iri in cycles)
            found[place[iri][0]].append((bounds_of(trigger), said))
    return {
        paragraph: tuple(said for _, said in sorted(them, key=lambda each: (each[0], each[1].iri)))
        for paragraph, them in found.items()
    }


def _bearers(lookup: Lookup, iris: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the bearers of statements, in the order of the text: IRIs of actors, or words of whom the text only describes."""
    parties = lookup.of(iris, MG + "party")
    nodes = {node for each in parties.values() for node in each}
    at, names = (lookup.of(nodes, MG + name, via=MG + "party") for name in ("position", "names"))
    things = {thing for each in names.values() for thing in each}
    described = lookup.of(lookup.of(things, RDF + "type", value=MG + "DescribedParty").keys(), RDFS + "label")
    found = {}
    for iri, each in parties.items():
        ordered = sorted((node for node in each if node in at), key=lambda node: int(at[node][0]))
        named = [thing for node in ordered for thing in names.get(node, ())]
        found[iri] = tuple(dict.fromkeys(name for thing in named for name in described.get(thing, [thing])))
    return found


def _days(lookup: Lookup, iris: Collection[str]) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Return the days on which statements are due, sorted, and which of them recur."""
    deadlines = lookup.of(iris, MG + "deadline")
    nodes = {node for each in deadlines.values() for node in each}
    kinds, day, period = (
        lookup.of(nodes, name, via=MG + "deadline") for name in (MG + "deadlineKind", TIME + "inXSDDate", MG + "period")
    )
    cycles = {node for node in nodes if node in period and kinds.get(node, [""])[0] == "recurrence"}
    days = {iri: tuple(sorted({day[node][0] for node in each if node in day})) for iri, each in deadlines.items()}
    return days, frozenset(iri for iri, each in deadlines.items() if cycles.intersection(each))
