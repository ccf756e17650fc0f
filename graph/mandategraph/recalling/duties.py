"""The obligations of a store as `overlaps` compares them, and what tells which documents carry on which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.rows import text_rows
from mandategraph.symbols import symbol_of
from mandategraph.vocabulary import BASE, shorten

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


def headings(store: GraphStore) -> dict[str, tuple[str, ...]]:
    """Return day, body and title of each document, by key."""
    return {symbol_of(shorten(document)): tuple(said) for document, *said in text_rows(store, _HEADS)}


def citations(store: GraphStore) -> dict[str, set[str]]:
    """Return what each document cites, by key."""
    found: dict[str, set[str]] = defaultdict(set)
    for document, instrument in text_rows(store, _CITATIONS):
        found[symbol_of(shorten(document))].add(symbol_of(shorten(instrument)))
    return found


def states_named(store: GraphStore) -> dict[str, list[tuple[str, int]]]:
    """Return the States that each document names, with how often, the most often first, by key."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for document, state, count in text_rows(store, _STATES):
        found[symbol_of(shorten(document))].append((shorten(state), int(count)))
    return found


def read_duties(store: GraphStore, heads: Mapping[str, tuple[str, ...]], *, product: str = "") -> list[Duty]:
    """Return the obligations of a store by document and in the order of the text, but those that a document quotes.

    Args:
        store: open.
        heads: day, body and title of each document, as `headings` gives them.
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
