"""The obligations of a store as records, and which documents carry on which: what `overlaps` compares."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal
from rapidfuzz import fuzz

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.rows import text_rows
from mandategraph.symbols import symbol_of
from mandategraph.vocabulary import BASE, shorten

_LIKE_TITLE = 80
# A document speaks of a State that it names so often, and as often as all others together.
_OFTEN = 3
# Documents of one body go on with the same where so much of what both cite is cited by both.
_CITED = 0.3
_NUMBERED = re.compile(r"resolution\s+\d", re.IGNORECASE)
_SEVERAL = {
    "addressee": "bearers",
    "counterpart": "counterparts",
    "recipient": "recipients",
    "theme": "themes",
    "product": "products",
}
_DUTIES = """
SELECT ?duty ?document ?label ?act ?actions ?status ?text ?start WHERE {
  ?duty a mg:Obligation ; mg:inDocument ?document ; mg:inParagraph/mg:label ?label ; mg:act ?act ; mg:actionList ?actions ;
    mg:status ?status ; mg:text ?text ; mg:trigger/oa:start ?start . %s
}"""
_VALUES = "SELECT ?duty ?value WHERE { ?duty a mg:Obligation ; mg:%s ?value . %s }"
_TIMES = """
SELECT ?duty ?day ?cycle WHERE {
  ?duty a mg:Obligation ; mg:deadline ?deadline . OPTIONAL { ?deadline time:inXSDDate ?day }
  OPTIONAL { ?deadline mg:recurs ?again ; mg:period ?cycle }
  %s
}"""
_MAKING = "?duty mg:product %s ."
_HEADS = """
SELECT ?document ?day ?body ?title WHERE {
  ?document a mg:Document . OPTIONAL { ?document dcterms:date ?day } OPTIONAL { ?document mg:issuingBody ?body }
  OPTIONAL { ?document dcterms:title ?title }
}"""
_CITATIONS = "SELECT ?document ?instrument WHERE { ?document eli:cites ?instrument }"
_STATES = """
SELECT ?document ?state (COUNT(?mention) AS ?times) WHERE {
  { SELECT DISTINCT ?state WHERE { ?state mg:actorType <https://w3id.org/mandategraph/actor-type/state> } }
  ?mention mg:names ?state ; oa:hasSource ?document
} GROUP BY ?document ?state ORDER BY ?document DESC(?times) ?state"""
_GROUPS = "SELECT DISTINCT ?part ?whole WHERE { ?part mg:memberOfTransitive|mg:partOfTransitive ?whole }"


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation of a store.

    Attributes:
        iri: of its statement; `document`: key; `label`: of its paragraph.
        day: of the document, ISO 8601, "" where it is not known; `body`: that speaks.
        act: directive, prohibition, ...; `actions`: heads of what is to be done, a negated one with "not".
        bearers, counterparts, recipients, themes: ids; a bearer without an id is none.
        products: kinds of what is to be made (report); `days`, `cycles`: ISO 8601, of its deadlines.
        text: on one line.
    """

    iri: str
    document: str
    label: str
    day: str
    body: str
    act: str
    actions: tuple[str, ...]
    status: str
    bearers: frozenset[str]
    counterparts: frozenset[str]
    recipients: frozenset[str]
    themes: frozenset[str]
    products: frozenset[str]
    days: tuple[str, ...]
    cycles: tuple[str, ...]
    text: str

    @property
    def is_forbidding(self) -> bool:
        """Whether it asks that something be not done."""
        return self.act == "prohibition" or any(action.startswith("not ") for action in self.actions)


class Lines:
    """Which documents of a store carry on which: those of one body of which one cites the other, that cite the same, speak of one State, or have one title."""

    def __init__(self, store: GraphStore) -> None:
        self.heads = {symbol_of(shorten(d)): tuple(said) for d, *said in text_rows(store, _HEADS)}
        self._cited: dict[str, set[str]] = defaultdict(set)
        for document, instrument in text_rows(store, _CITATIONS):
            self._cited[symbol_of(shorten(document))].add(symbol_of(shorten(instrument)))
        named: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for document, state, count in text_rows(store, _STATES):
            named[symbol_of(shorten(document))].append((shorten(state), int(count)))
        self._states = {
            document: states[0][0]
            for document, states in named.items()
            if states[0][1] >= max(_OFTEN, sum(count for _, count in states) / 2)
        }
        self.is_one = cache(self._is_one)
        self.is_one_subject = cache(self._is_one_subject)

    def _is_one(self, one: str, other: str) -> bool:
        if self.heads[one][1].casefold() != self.heads[other][1].casefold():
            return False
        here, there = self._cited[one], self._cited[other]
        if other in here or one in there or self.is_one_subject(one, other):
            return True
        return len(here & there) >= _CITED * len(here | there) > 0

    def _is_one_subject(self, one: str, other: str) -> bool:
        """Return whether two documents speak of one State most, or have one title."""
        titles = [self.heads[key][2] for key in (one, other)]
        if all(titles) and not any(_NUMBERED.match(title) for title in titles):
            return bool(fuzz.ratio(titles[0].casefold(), titles[1].casefold()) >= _LIKE_TITLE)
        states = [self._states.get(key, "") for key in (one, other)]
        return bool(states[0]) and states[0] == states[1]


@dataclass(frozen=True, slots=True)
class Known:
    """What is read of a store to compare its obligations: which documents carry on which, them, and the groups and bodies of actors, by id."""

    lines: Lines
    duties: tuple[Duty, ...]
    above: Mapping[str, frozenset[str]]


def read_known(store: GraphStore, *, product: str = "") -> Known:
    """Return what is compared of a store, all of it or only what makes a product."""
    lines = Lines(store)
    return Known(lines, tuple(read_duties(store, lines.heads, product=product)), wholes(store))


def read_duties(store: GraphStore, heads: Mapping[str, tuple[str, ...]], *, product: str = "") -> list[Duty]:
    """Return the obligations of a store by document and in the order of the text, but those that a document quotes.

    Args:
        store: open.
        heads: day, body and title of each document, as `Lines` has them.
        product: only what makes this, as "report".
    """
    choice = _MAKING % Literal(product) if product else ""
    several: dict[tuple[str, str], set[str]] = defaultdict(set)
    for property_, name in _SEVERAL.items():
        for iri, value in text_rows(store, _VALUES % (property_, choice)):
            if "#" not in value:
                several[iri, name].add(shorten(value) if value.startswith(BASE) else value)
    times: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for iri, day, cycle in text_rows(store, _TIMES % choice):
        times[iri].append((day, cycle))
    rows = sorted(text_rows(store, _DUTIES % choice), key=lambda row: (row[1], int(row[-1]), row[0]))
    return list(_duties(rows, heads, several, times))


def _duties(
    rows: Iterable[list[str]],
    heads: Mapping[str, tuple[str, ...]],
    several: Mapping[tuple[str, str], set[str]],
    times: Mapping[str, list[tuple[str, str]]],
) -> Iterator[Duty]:
    for iri, document, label, act, actions, status, text, _ in rows:
        key = symbol_of(shorten(document))
        if shorten(status) == "quoted":
            continue
        yield Duty(
            iri=iri,
            document=key,
            label=label,
            day=heads[key][0],
            body=heads[key][1],
            act=shorten(act),
            actions=tuple(filter(None, actions.split("|"))),
            status=shorten(status),
            **{name: frozenset(several.get((iri, name), ())) for name in _SEVERAL.values()},
            days=tuple(sorted({day for day, _ in times.get(iri, ()) if day})),
            cycles=tuple(sorted({cycle for _, cycle in times.get(iri, ()) if cycle})),
            text=" ".join(text.split()),
        )


def wholes(store: GraphStore) -> dict[str, frozenset[str]]:
    """Return the groups that each actor belongs to, and the bodies that it is part of, by id."""
    found: dict[str, set[str]] = defaultdict(set)
    for part, whole in text_rows(store, _GROUPS):
        found[shorten(part)].add(shorten(whole))
    return {part: frozenset(them) for part, them in found.items()}
