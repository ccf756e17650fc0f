"""Which documents a store holds and where each came from; which input is kept under a name that two of them claim.

A document claims its symbol, or the name of its file where it has none. Under one claim an input takes the place of a document only
where it is the same one: from the same place, or a newer printing by its own words. All others are kept beside it, or set aside
with a line that says so; nothing is lost in silence.

What the store says of this stands in a graph of its own, `graph/origins`: it is of this store and not of the documents, and is
not exported.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from pyoxigraph import Literal, NamedNode

from mandategraph.building.claims import CLAIMS, GRAPH, ORIGIN, SUPERSEDES, Claimant, Decision, Holding, Outcome
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import DCTERMS, MG, document_iri

_SHA256, _FINGERPRINT, _EDITION = (NamedNode(MG + name) for name in ("sha256", "fingerprint", "edition"))
_SYMBOL_RULE, _PLACE_RULE = NamedNode(MG + "keyRule"), "IDY-place"
_IDENTIFIER, _PART = NamedNode(DCTERMS + "identifier"), NamedNode(DCTERMS + "isPartOf")
_DIGITS = 8


class Holdings:
    """The documents of a store, by key, claim and origin.

    Args:
        found: what the store holds.
        is_there: whether something is still found at an origin.
    """

    def __init__(self, found: Iterable[Holding] = (), *, is_there: Callable[[str], bool] = bool) -> None:
        self._is_there = is_there
        self._by_iri: dict[str, Holding] = {}
        # From a claim, an origin, a fingerprint or a digest that is superseded to the IRIs of the documents that have it.
        self._by: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._preferred: set[str] = set()
        for holding in found:
            self._put(holding)

    def get(self, key: str) -> Holding | None:
        """Return the document that is kept under a key, or None."""
        return self._by_iri.get(document_iri(key))

    def at(self, origin: str) -> Holding | None:
        """Return the document that was found at a place, or None."""
        return self._first("origin", origin)

    def claiming(self, claim: str) -> list[Holding]:
        """Return the documents of one claim: the one that is kept under it first."""
        found = [self._by_iri[iri] for iri in self._by["claim", claim]]
        return sorted(found, key=lambda h: (h.key != claim, h.key))

    def parts_of(self, key: str) -> list[Holding]:
        """Return the documents that stand in the file of another, by their keys."""
        return sorted(
            (self._by_iri[iri] for iri in self._by.get(("within", document_iri(key)), ())), key=lambda h: h.key
        )

    def whole_of(self, holding: Holding) -> Holding:
        """Return the document of the file that a document stands in: itself, where it is all of it."""
        return self._by_iri.get(holding.within, holding)

    def _first(self, what: str, value: str) -> Holding | None:
        return min((self._by_iri[iri] for iri in self._by.get((what, value), ())), key=lambda h: h.key, default=None)

    def _put(self, holding: Holding) -> None:
        iri = document_iri(holding.key)
        self._drop(holding.key)
        self._by_iri[iri] = holding
        for place in _places(holding):
            self._by[place].add(iri)

    def _drop(self, key: str) -> None:
        iri = document_iri(key)
        if holding := self._by_iri.pop(iri, None):
            for place in _places(holding):
                self._by[place].discard(iri)

    def unchanged(self, origin: str, fingerprint: str, sha256: str) -> Decision | None:
        """Return what becomes of an input that needs no reading, or None where it must be read."""
        here = self.at(origin)
        if here is not None:
            is_same = here.fingerprint == fingerprint and not any(map(self._may_rise, (here, *self.parts_of(here.key))))
            return Decision(Outcome.UNCHANGED, here, is_written=False) if is_same else None
        if newer := self._first("superseded", sha256):
            return Decision(Outcome.ASIDE, newer, is_written=False, why=f"{newer.key} stands in its place")
        twin = self._first("fingerprint", fingerprint)
        return self._again(twin, origin, fingerprint, None) if twin and not self._may_rise(twin) else None

    def decide(self, claimant: Claimant) -> Decision:
        """Return what becomes of an input that was read."""
        here = self.get(claimant.held) if claimant.held else self.at(claimant.origin)
        siblings = self.claiming(claimant.claim)
        if claimant.is_preferred:
            return self._preferred_one(claimant, here, siblings)
        twin = next((h for h in siblings if h.sha256 == claimant.sha256), None)
        if twin is not None:
            rises = self._may_rise(twin)
            return (
                self._in_place_of(twin, claimant)
                if rises
                else self._again(twin, claimant.origin, claimant.fingerprint, here)
            )
        if here is not None and (here.sha256 == claimant.sha256 or here.claim == claimant.claim):
            if not self._others(here, claimant.origin):
                return self._in_place_of(here, claimant)
            here = replace(here, origins=here.origins - {claimant.origin})
        decision = self._among(claimant, siblings)
        if here is not None and here.key != decision.holding.key:
            left = replace(here, origins=here.origins - {claimant.origin})
            note = "" if left.origins else f"{left.key}, which its file held before, stays in the store"
            why = "; ".join(filter(None, (decision.why, note)))
            decision = replace(decision, changed=(*decision.changed, left), why=why)
        return decision

    def correct(self, claimant: Claimant) -> Decision:
        """Return what becomes of a document of the store that people correct: it stays the same one, wherever its file still lies."""
        here = self.get(claimant.held)
        return self._in_place_of(here, claimant) if here else self.decide(claimant)

    def apply(self, decision: Decision) -> None:
        """Keep in mind what was decided."""
        for holding in decision.gone:
            self._drop(holding.key)
        for holding in (*decision.changed, decision.holding):
            self._put(holding)

    def forget(self, key: str) -> None:
        """Forget a document that was removed."""
        self._drop(key)

    # the cases

    def _again(self, twin: Holding, origin: str, fingerprint: str, here: Holding | None) -> Decision:
        """The same bytes under the same claim: one document, found at one more place."""
        others = [o for o in sorted(twin.origins) if o != origin]
        is_new_place = bool(origin) and origin not in twin.origins
        origins = twin.origins | ({origin} if origin else set())
        holding = replace(twin, origins=origins, fingerprint=fingerprint)
        gone = (here,) if here and here.key != twin.key and not self._others(here, origin) else ()
        moved = (
            () if gone or here is None or here.key == twin.key else (replace(here, origins=here.origins - {origin}),)
        )
        why = f"it is the same, byte for byte, as {others[0]}" if others and is_new_place else ""
        if gone:
            why = f"{why}; it takes the place of {gone[0].key}"
        is_read_anew = twin.fingerprint != fingerprint
        outcome = Outcome.REPLACED if is_read_anew else Outcome.UNCHANGED
        return Decision(outcome, holding, is_written=is_read_anew, gone=gone, changed=moved, why=why)

    def _in_place_of(self, here: Holding, claimant: Claimant) -> Decision:
        """The same document from the same place, changed, or identified in another way than before."""
        key = here.key
        if here.claim != claimant.claim or self._may_rise(here):
            key = self._free_key(claimant, leaving=here)
        why = "" if key == here.key else f"it was kept as {here.key} before"
        origins = here.origins | ({claimant.origin} if claimant.origin else set())
        holding = replace(_made(claimant, key), origins=origins, supersedes=here.supersedes)
        gone = (here,) if key != here.key else ()
        return Decision(Outcome.REPLACED, holding, gone=gone, is_renamed=bool(gone), why=why)

    def _among(self, claimant: Claimant, siblings: list[Holding]) -> Decision:
        """An input from a new place: alone under its claim, newer or older than the document there, or beside it."""
        if not siblings:
            return Decision(Outcome.BUILT, _made(claimant, self._free_key(claimant)))
        first = siblings[0]
        if claimant.claim in self._preferred or (claimant.has_symbol and claimant.edition < first.edition):
            holding = replace(first, supersedes=first.supersedes | {claimant.sha256})
            newer = "is preferred" if claimant.claim in self._preferred else "is a newer printing by its own words"
            return Decision(Outcome.ASIDE, holding, is_written=False, why=f"{_named(first)} {newer}")
        if claimant.has_symbol and claimant.edition > first.edition:
            holding = replace(_made(claimant, first.key), supersedes=first.supersedes | {first.sha256})
            why = f"it is a newer printing by its own words than {_named(first)}"
            return Decision(Outcome.REPLACED, holding, why=why)
        key = self._free_key(claimant)
        what = "symbol" if claimant.has_symbol else "name"
        why = f"{_named(first)} has the {what} {claimant.claim} too; this one is kept as {key}"
        return Decision(Outcome.BESIDE, _made(claimant, key), why=why)

    def _preferred_one(self, claimant: Claimant, here: Holding | None, siblings: list[Holding]) -> Decision:
        """The one that a person prefers takes the name; all others of its claim are set aside."""
        self._preferred.add(claimant.claim)
        others = [h for h in siblings if h.sha256 != claimant.sha256]
        mine = [h for h in siblings if h.sha256 == claimant.sha256]
        if here is not None and here not in siblings and not self._others(here, claimant.origin):
            others.append(here)
        supersedes = frozenset(h.sha256 for h in others).union(*(h.supersedes for h in siblings)) - {claimant.sha256}
        is_same = bool(mine) and mine[0].key == claimant.claim and mine[0].fingerprint == claimant.fingerprint
        origins = frozenset({claimant.origin}).union(*(h.origins for h in mine))
        holding = replace(_made(claimant, claimant.claim), origins=origins, supersedes=supersedes)
        gone = tuple(h for h in (*others, *mine) if h.key != claimant.claim)
        why = f"it is preferred; set aside: {', '.join(map(_named, others))}" if others else ""
        outcome = Outcome.UNCHANGED if is_same and not others else Outcome.REPLACED if siblings else Outcome.BUILT
        return Decision(outcome, holding, is_written=not is_same, gone=gone, why=why)

    def _others(self, holding: Holding, origin: str) -> list[str]:
        """Return the other places where a document's bytes still are."""
        return [other for other in sorted(holding.origins) if other != origin and self._is_there(other)]

    def _may_rise(self, holding: Holding) -> bool:
        """Return whether a document that was kept beside another could now have the name that it claims."""
        return holding.has_symbol and holding.key != holding.claim and self.get(holding.claim) is None

    def _free_key(self, claimant: Claimant, *, leaving: Holding | None = None) -> str:
        """Return the first name that no other document has: the claim; without a symbol, as much of the place as tells it apart."""
        names = [claimant.claim]
        place = PurePosixPath(claimant.origin)
        if not claimant.has_symbol and place.name:
            names += [place.name, f"{place.parent.name}/{claimant.claim}", f"{place.parent.name}/{place.name}"]
        digest = hashlib.sha256(f"{claimant.sha256} {claimant.origin}".encode()).hexdigest()
        names += [f"{claimant.claim}~{claimant.sha256[:_DIGITS]}", f"{claimant.claim}~{digest[:_DIGITS]}"]
        own = document_iri(leaving.key) if leaving else ""
        names.append(f"{claimant.claim}~{digest}")
        return next(name for name in names if (iri := document_iri(name)) == own or iri not in self._by_iri)


def read_holdings(store: GraphStore, *, is_there: Callable[[str], bool] = bool) -> Holdings:
    """Return what a store holds."""
    said: dict[str, dict[NamedNode, list[str]]] = {}
    for graph in (None, GRAPH):
        wanted = (CLAIMS, ORIGIN, SUPERSEDES) if graph else (_SHA256, _FINGERPRINT, _EDITION, _SYMBOL_RULE)
        for predicate in (*wanted, *(() if graph else (_IDENTIFIER, _PART))):
            for quad in store.store.quads_for_pattern(None, predicate, None, graph):
                if quad.graph_name in {quad.subject, GRAPH} and isinstance(quad.object, Literal | NamedNode):
                    said.setdefault(str(quad.subject), {}).setdefault(predicate, []).append(quad.object.value)
    return Holdings(map(_held, (one for one in said.values() if _IDENTIFIER in one)), is_there=is_there)


def _places(holding: Holding) -> Iterator[tuple[str, str]]:
    """Yield by what a document is found."""
    yield "claim", holding.claim
    yield "fingerprint", holding.fingerprint
    yield from (("origin", origin) for origin in holding.origins)
    yield from (("superseded", sha256) for sha256 in holding.supersedes)
    if holding.within:
        yield "within", holding.within


def _held(said: dict[NamedNode, list[str]]) -> Holding:
    key = said[_IDENTIFIER][0]
    rule = said.get(_SYMBOL_RULE, [""])[0]
    return Holding(
        key=key,
        claim=said.get(CLAIMS, [key.partition("~")[0]])[0],
        has_symbol=rule != _PLACE_RULE,
        sha256=said.get(_SHA256, [""])[0],
        fingerprint=said.get(_FINGERPRINT, [""])[0],
        edition=said.get(_EDITION, [""])[0],
        origins=frozenset(said.get(ORIGIN, ())),
        supersedes=frozenset(said.get(SUPERSEDES, ())),
        within=said.get(_PART, [""])[0],
    )


def _made(claimant: Claimant, key: str) -> Holding:
    return Holding(
        key=key,
        claim=claimant.claim,
        has_symbol=claimant.has_symbol,
        sha256=claimant.sha256,
        fingerprint=claimant.fingerprint,
        edition=claimant.edition,
        origins=frozenset({claimant.origin} - {""}),
        within=claimant.within,
    )


def _named(holding: Holding) -> str:
    """Return a document as a report names it: by its key, and where it is from."""
    place = min(holding.origins, default="")
    return f"{holding.key} (from {place})" if place else holding.key
