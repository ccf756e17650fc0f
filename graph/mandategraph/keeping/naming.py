"""What people type -> the thing of the store that is meant: a document, an instrument, an actor or a theme.

In: an id ("UNMISS"), a symbol or its end ("S/RES/2374 (2017)", "resolution 2374"), a label, an alias, an IRI, in any case. Out: a `Named`. Every
command, parameter and page asks here, so that a name means the same everywhere, or is refused with those that come nearest.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from weakref import WeakKeyDictionary

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz, process

from mandategraph.errors import AmbiguousError, NotFoundError
from mandategraph.keeping.store import GraphStore
from mandategraph.symbols import did_you_mean, pick, symbol_of
from mandategraph.vocabulary import BASE, DCTERMS, actor_iri, document_iri, expand, instrument_iri, shorten, theme_iri

_MOST = 5
# So many names come nearest to one that nothing has, and so like it they are, of 100.
_NEAR, _LIKE = 8, 78
_SMALL = frozenset("the of and for in on to a an by with from".split())
_Known = dict[str, set[str]]
# The names of a store that nobody writes to are gone through once.
_KNOWN: WeakKeyDictionary[GraphStore, dict[tuple[ThingKind, Sequence[str]], _Known]] = WeakKeyDictionary()
_IDENTIFIER = NamedNode(DCTERMS + "identifier")
_IDS = ("dcterms:identifier",)
_RANKS = (_IDS, ("skos:prefLabel", "rdfs:label", "dcterms:title"), ("skos:altLabel",))


class ThingKind(StrEnum):
    """What a name may be the name of; a concept is anything else that has an IRI."""

    DOCUMENT = "document"
    INSTRUMENT = "instrument"
    ACTOR = "actor"
    THEME = "theme"
    STATEMENT = "statement"
    CONCEPT = "concept"


THINGS = (ThingKind.DOCUMENT, ThingKind.INSTRUMENT, ThingKind.ACTOR)
# Whoever meant one kind may have typed the name of another.
_NEAR_KINDS = (*THINGS, ThingKind.THEME)
_SYMBOLS = frozenset({ThingKind.DOCUMENT, ThingKind.INSTRUMENT})
_MINT = {
    ThingKind.DOCUMENT: document_iri,
    ThingKind.INSTRUMENT: instrument_iri,
    ThingKind.ACTOR: actor_iri,
    ThingKind.THEME: theme_iri,
}
_LISTS = {
    ThingKind.DOCUMENT: "documents",
    ThingKind.INSTRUMENT: "documents",
    ThingKind.ACTOR: "actors",
    ThingKind.THEME: "query themes",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A thing of the store by its IRI; `id` is the key, symbol or id that it is known by."""

    kind: ThingKind
    iri: str
    id: str


def find(
    store: GraphStore, name: str, kinds: Sequence[ThingKind] = THINGS, *, among: Collection[str] | None = None
) -> Named:
    """Return the thing that a name means, of the first of some kinds that has one: by its id, else by a label, else by an alias.

    Args:
        store: open.
        name: as typed; white space around it does not count.
        kinds: that it may be of, the likeliest first.
        among: IRIs of all things that may be meant; where it is not given, all of the store.

    Raises:
        NotFoundError: nothing is called so; the nearest names are listed.
        AmbiguousError: several things of one kind are called so.
    """
    typed = name.strip()
    if typed.startswith(("http://", "https://")):
        return _by_iri(store, typed, kinds)
    for kind in kinds:
        key = symbol_of(typed) if kind in _SYMBOLS else typed.removeprefix("theme:")
        iri = _MINT[kind](key)
        if key and _exists(store, iri) and (among is None or iri in among):
            return _named(store, kind, iri)
    seen: set[str] = set()
    for names in _RANKS:
        for kind in kinds:
            known = _known(store, kind, names, among)
            if found := _called(typed, known, are_symbols=names == _IDS and kind in _SYMBOLS):
                return _named(store, kind, found)
            seen.update(*known.values())
    raise _not_found(store, typed, kinds, sorted(seen))


def find_documents(store: GraphStore, names: Iterable[str]) -> list[str]:
    """Return the keys of the documents that names mean; an empty list where none is given.

    Raises:
        NotFoundError: a document is not in the store; the nearest are named.
        AmbiguousError: several may be meant.
    """
    return [find(store, name, (ThingKind.DOCUMENT,)).id for name in names]


def _by_iri(store: GraphStore, iri: str, kinds: Sequence[ThingKind]) -> Named:
    kind = next((kind for kind in _MINT if iri.startswith(f"{BASE}{kind}/")), ThingKind.CONCEPT)
    if "#" in iri:
        kind = ThingKind.STATEMENT if "#statement-" in iri else ThingKind.CONCEPT
    if (kind in kinds or kind not in THINGS) and _exists(store, iri):
        return _named(store, kind, iri)
    raise _not_found(
        store,
        shorten(iri),
        kinds,
        sorted(set().union(*(names for of in kinds for names in _known(store, of, _IDS, None).values()))),
    )


def _named(store: GraphStore, kind: ThingKind, iri: str) -> Named:
    said = store.store.quads_for_pattern(NamedNode(iri), _IDENTIFIER, None, None)
    return Named(
        kind, iri, next((quad.object.value for quad in said if isinstance(quad.object, Literal)), shorten(iri))
    )


def _exists(store: GraphStore, iri: str) -> bool:
    try:
        node = NamedNode(iri)
    except ValueError:
        return False
    return next(iter(store.store.quads_for_pattern(node, None, None, None)), None) is not None


def nearest(store: GraphStore, typed: str, kinds: Sequence[ThingKind] = _NEAR_KINDS) -> list[str]:
    """Return the IRIs of the things whose names come nearest to what was typed, the nearest first.

    Args:
        store: open.
        typed: by people.
        kinds: of the things.
    """
    names = [
        (name, iri)
        for kind in kinds
        for of in _RANKS
        for iri, said in _known(store, kind, of, None).items()
        for name in said
    ]
    wanted, choices = _telling(typed), [_telling(name) for name, _ in names]
    found = process.extract(wanted, choices, scorer=fuzz.token_set_ratio, score_cutoff=_LIKE, limit=_MOST * _NEAR)
    ranked = sorted(found, key=lambda each: (-each[1], abs(len(each[0]) - len(wanted)), each[0]))
    return list(dict.fromkeys(names[n][1] for _, _, n in ranked))[:_NEAR]


def _telling(name: str) -> str:
    """Return the words of a name by which it is told from others, as they are compared."""
    words = re.findall(r"\w+", name.casefold().replace("_", " "))
    return " ".join(word for word in words if word not in _SMALL) or name.casefold()


def _known(store: GraphStore, kind: ThingKind, names: Sequence[str], among: Collection[str] | None) -> _Known:
    """Return what all things of a kind are called, by IRI, in some properties."""
    if among is not None or not store.is_still:
        return _gone_through(store, kind, names, among)
    kept = _KNOWN.setdefault(store, {})
    if (kind, names) not in kept:
        kept[kind, names] = _gone_through(store, kind, names, None)
    return kept[kind, names]


def _gone_through(store: GraphStore, kind: ThingKind, names: Sequence[str], among: Collection[str] | None) -> _Known:
    """Return what all things of a kind are called; the id of a theme stands in its IRI alone."""
    found: dict[str, set[str]] = defaultdict(set)
    start, is_theme = f"{BASE}{kind}/", kind is ThingKind.THEME and names == _IDS
    for name in ("skos:prefLabel",) if is_theme else names:
        for quad in store.store.quads_for_pattern(None, NamedNode(expand(name)), None, None):
            iri = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
            is_ours = iri.startswith(start) and "#" not in iri and (among is None or iri in among)
            if is_ours and isinstance(quad.object, Literal):
                found[iri].add(shorten(iri) if is_theme else quad.object.value)
    return found


def _called(typed: str, names: dict[str, set[str]], *, are_symbols: bool) -> str:
    """Return the IRI of the one thing that is called so, "" where none is; of symbols the end is enough.

    Raises:
        AmbiguousError: several are.
    """
    wanted = _folded(typed)
    meant = [iri for iri, said in sorted(names.items()) if wanted and any(_folded(each) == wanted for each in said)]
    if not meant and are_symbols:
        keys = {each: iri for iri, said in names.items() for each in said}
        try:
            return keys[pick(typed, keys, what="thing", hint="")]
        except NotFoundError:
            return ""
    if len(meant) > 1:
        shown = " or ".join(shorten(iri) for iri in meant[:_MOST])
        raise AmbiguousError(f"{typed!r} may be {shown}", hint="Say which.", near=meant)
    return next(iter(meant), "")


def _folded(name: str) -> str:
    """Return a name as it is compared: letters and digits alone, without case, accents and the article before it."""
    bare = unicodedata.normalize("NFKD", name).casefold().strip().removeprefix("the ")
    return "".join(filter(str.isalnum, bare))


def _not_found(store: GraphStore, typed: str, kinds: Sequence[ThingKind], names: Iterable[str]) -> NotFoundError:
    store.filled()
    hint = did_you_mean(typed, names) or f"List what there is with: mandategraph {_LISTS[kinds[-1]]}"
    said = f"nothing is called {typed!r}" if kinds == THINGS else f"there is no {' or '.join(kinds)} {typed!r}"
    return NotFoundError(said, hint=hint, near=nearest(store, typed, tuple(dict.fromkeys((*kinds, *_NEAR_KINDS)))))
