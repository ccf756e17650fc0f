"""The store -> what people say of it, and what became of that: the inverse of `describing.corrections`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from mandategraph.correcting.settling import holding
from mandategraph.errors import AmbiguousError, NotFoundError, SourceError
from mandategraph.keeping.checking import Finding
from mandategraph.keeping.documents import file_of, said_of
from mandategraph.keeping.naming import ThingKind, find
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.things import value
from mandategraph.records import Anchor, Correction, Entity, Fate, MentionKind, SourceSpan, Standing, Target, Verdict
from mandategraph.vocabulary import (
    BASE,
    CORRECTIONS_GRAPH,
    FOAF,
    MG,
    OA,
    PROV,
    RDF,
    RDFS,
    SKOS,
    correction_iri,
    corrections_iri,
    document_iri,
    shorten,
)

_CORRECTION = NamedNode(MG + "Correction")
_TYPE = NamedNode(RDF + "type")
_START = f"{BASE}correction/"


def corrections(store: GraphStore) -> list[Correction]:
    """Return all that people say, in order."""
    return from_quads(store.store.quads_for_pattern(None, None, None, NamedNode(CORRECTIONS_GRAPH)))


def from_quads(quads: Iterable[Quad]) -> list[Correction]:
    """Return the corrections that some quads say, in order.

    Raises:
        SourceError: one lacks what each has, or is not what its name is the digest of.
    """
    said: dict[str, dict[str, str]] = defaultdict(dict)
    nodes = []
    for quad in quads:
        subject = str(getattr(quad.subject, "value", ""))
        if quad.predicate == _TYPE:
            nodes += [subject] if quad.object == _CORRECTION else []
        elif isinstance(quad.object, Literal | NamedNode):
            said[subject][quad.predicate.value] = quad.object.value
    return sorted((_correction(node, said) for node in nodes), key=lambda each: each.order)


def _correction(node: str, said: Mapping[str, Mapping[str, str]]) -> Correction:
    own = said[node]
    quote = said.get(f"{node}#quote")
    try:
        found = Correction(
            verdict=Verdict(own[MG + "verdict"]),
            target=Target(own[MG + "target"]),
            document=own.get(MG + "documentKey", ""),
            sha256=own.get(MG + "sha256", ""),
            anchor=_anchor(quote) if quote else None,
            field=own.get(MG + "field", ""),
            was=own.get(MG + "was", ""),
            becomes=own.get(MG + "becomes", ""),
            who=said[own[PROV + "wasAttributedTo"]][FOAF + "name"],
            when=own[PROV + "generatedAtTime"],
            reason=own.get(RDFS + "comment", ""),
            of=own.get(MG + "withdraws", "").removeprefix(_START),
        )
    except (KeyError, ValueError) as error:
        raise SourceError(f"this is no correction ({error})", where=node, hint="Write it again with: mandategraph corrections export") from error  # fmt: skip
    if correction_iri(found.id) != node:
        hint = "A correction is not changed: take it back, and say it anew."
        raise SourceError("the correction was changed after it was written", where=node, hint=hint)
    return found


def _anchor(quote: Mapping[str, str]) -> Anchor:
    prefix, suffix = quote.get(OA + "prefix", ""), quote.get(OA + "suffix", "")
    return Anchor(quote.get(MG + "ofParagraph", ""), quote[OA + "exact"], prefix, suffix)


def fates(store: GraphStore, key: str) -> list[Fate]:
    """Return what became of corrections in a document, by their ids."""
    graph = NamedNode(corrections_iri(key))
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in store.store.quads_for_pattern(None, None, None, graph):
        if isinstance(quad.object, Literal | NamedNode):
            said[str(quad.subject)][quad.predicate.value] = quad.object.value
    found = [_fate(each) for each in said.values() if MG + "standing" in each]
    return sorted(found, key=lambda fate: fate.correction)


def _fate(said: Mapping[str, str]) -> Fate:
    start, end = said.get(OA + "start"), said.get(OA + "end")
    return Fate(
        said[MG + "ofCorrection"].removeprefix(_START),
        Standing(said[MG + "standing"]),
        said.get(RDFS + "comment", ""),
        SourceSpan(int(start), int(end)) if start is not None and end is not None else None,
    )


def standings(store: GraphStore) -> dict[str, list[tuple[str, Fate]]]:
    """Return what became of each correction, by its id: in which document, and what; nothing of one whose document is not there."""
    found: dict[str, list[tuple[str, Fate]]] = defaultdict(list)
    for key in store.documents():
        for fate in fates(store, key):
            found[fate.correction].append((key, fate))
    return found


def keys_naming(store: GraphStore, iris: Iterable[str]) -> list[str]:
    """Return the keys of the documents whose graphs name any of some things."""
    graphs = {
        quad.graph_name.value
        for iri in iris
        for pattern in ((NamedNode(iri), None, None), (None, None, NamedNode(iri)))
        for quad in store.store.quads_for_pattern(*pattern)
        if isinstance(quad.graph_name, NamedNode)
    }
    return [key for key in store.documents() if document_iri(key) in graphs]


def check_corrections(store: GraphStore) -> list[Finding]:
    """Return what is not as it must be with corrections: changed records, words that are not where one stands, one that was passed over."""
    name = shorten(CORRECTIONS_GRAPH)
    try:
        said = {each.id: each for each in corrections(store)}
    except SourceError as error:
        return [Finding(name, str(error))]
    findings, placed = [], defaultdict[str, set[str]](set)
    for key in store.documents():
        text = said_of(store, file_of(store, key)).get("sourceText", "")
        for fate in fates(store, key):
            each = said.get(fate.correction)
            placed[fate.correction].add(key)
            words = " ".join(text[fate.span.start : fate.span.end].split()) if fate.span else ""
            if each is None:
                findings.append(Finding(key, f"there is no correction {fate.correction}"))
            elif fate.span and each.anchor and words != " ".join(each.anchor.exact.split()):
                findings.append(Finding(key, f"the words of the correction {fate.correction} are not at its place"))
    for each in holding(said.values()):
        if each.document in store.documents() and not placed[each.id]:
            findings.append(Finding(each.document, f"the correction {each.id} was passed over: build again"))
    return findings


def entity_called(store: GraphStore, name: str) -> Entity | None:
    """Return the actor or instrument that a name means, None where nothing is called so or several are."""
    try:
        found = find(store, name, (ThingKind.ACTOR, ThingKind.INSTRUMENT))
    except (NotFoundError, AmbiguousError):
        return None
    is_actor = found.kind is ThingKind.ACTOR
    kind = MentionKind.ACTOR if is_actor else MentionKind.INSTRUMENT
    label = value(store, found.iri, SKOS + "prefLabel") or value(store, found.iri, RDFS + "label") or found.id
    of_type = NamedNode(MG + ("actorType" if is_actor else "instrumentType"))
    types = store.store.quads_for_pattern(NamedNode(found.iri), of_type, None, None)
    type_ = min((shorten(str(quad.object.value)) for quad in types if isinstance(quad.object, NamedNode)), default="")
    return Entity(found.id, kind, type_, label, minted=bool(value(store, found.iri, MG + "minted")))
